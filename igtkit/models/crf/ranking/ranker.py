"""The ranker: a conditional random field with hashed weights.

It learns which candidate fits its word and its neighbors. Training maximizes the likelihood of the
right candidates, with Adagrad on small batches of sentences, while a random part of the features
is switched off (so that no single clue is relied on), and returns the average of the later
weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import attrs
import numpy as np

from igtkit._progress import Progress
from igtkit.models.crf.arrays import bounds, ranges
from igtkit.models.crf.hashing import Templates, mix
from igtkit.models.crf.ranking.chain import forward_backward, state_probabilities
from igtkit.models.crf.ranking.features import ATTRIBUTES, CHAIN, CROSS, CandidateFeatures
from igtkit.models.crf.ranking.settings import RankerSettings

__all__ = ["Problem", "Ranker", "passes_over"]


# Below so many words the mean of four runs, or of two, is taken: crf_log.md, cross-validation 5.
_FOUR_RUNS, _TWO_RUNS = 2000, 6000
# One sentence in so many is spared in each run of training, at most the last number: of few words,
# whose ranker is the mean of four runs, each sentence in one of them (crf_log.md, *Calibration*).
_OF_FEW, _OF_MANY, _SPARED = 4, 12, 300
_NONE_TO_SPARE = 50  # below so many sentences the runs that are tried are not those that are used
# A candidate less probable than this in one pass is passed over in those that follow, as in a
# cascade (Weiss and Taskar 2010): half of the time; crf_log.md, *Less to learn from*.
_HOPELESS = 1e-3
_EVERY = 3  # steps between the weights that are averaged: a third of the time, by hand
_ADAGRAD = 1e-2  # what the squared gradients begin with, so that first steps are small; by hand

_AT_ONCE = 64  # sentences

_BESIDE = Templates(
    {300 + number: (left,) for number, (left, _) in enumerate(CHAIN)}
    | {400 + number: (right,) for number, (_, right) in enumerate(CHAIN)}
    | {100 + number: (name,) for number, name in enumerate(CROSS)}
)


@attrs.define
class Problem:
    """Sentences to rank, in arrays.

    Attributes:
        sentence: Shape ``(sentences + 1,)``: each sentence's first word.
        item: For each word its row of `start`.
        start: Shape ``(items + 1,)``: each item's first candidate.
        own: Features of the candidates (``index``, ``offset``, ``attributes``, ``real``).
        context: Shape ``(words, k)``: attributes of each word's place.
        first: Shape ``(words + 1,)``: each word's first row in `extra`, `extra_real` and `target`.
        extra: Shape ``(rows, k)``: features of a candidate in its sentence.
        extra_real: Shape ``(rows, k)``: features with values.
        target: Share of the right answer that each row gets.
        bias: What is added to each row's score for what a person has said of it; -inf rules it out.
    """

    sentence: np.ndarray
    item: np.ndarray
    start: np.ndarray
    own: CandidateFeatures
    context: np.ndarray
    first: np.ndarray
    extra: np.ndarray
    extra_real: np.ndarray
    target: np.ndarray
    bias: np.ndarray | None = None
    left: np.ndarray = attrs.field(init=False)
    right: np.ndarray = attrs.field(init=False)
    cross: np.ndarray = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        mixed = _BESIDE.mixed(dict(zip(ATTRIBUTES, self.own.attributes.T, strict=True)))
        self.left, self.right, self.cross = np.split(mixed, (len(CHAIN), 2 * len(CHAIN)), 1)
        salt = np.arange(self.context.shape[1], dtype=np.uint32)
        self.context = mix(200, salt, self.context)


def passes_over(words: int, settings: RankerSettings) -> int:
    """How often training passes over sentences of so many words, all of its runs counted."""
    return settings.epochs * _runs(words, settings)


def _runs(words: int, settings: RankerSettings) -> int:
    return settings.runs or (4 if words < _FOUR_RUNS else 2 if words < _TWO_RUNS else 1)


def _scramble(mixed: np.ndarray, bits: int) -> np.ndarray:
    """The numbers of the weights of mixed columns, which are overwritten."""
    mixed *= np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA6B)
    mixed >>= np.uint32(32 - bits)
    return mixed


def _gathered(table: np.ndarray, index: np.ndarray) -> np.ndarray:
    """``table[index]`` for numbers known to be in the table: twice as fast.

    The table must be contiguous, or else the whole of it is copied first.
    """
    return table.take(index, axis=0, mode="clip")


class _Batch:
    """The feature numbers of a few sentences, and their places in the padded chain.

    Args:
        problem: The sentences.
        sentences: Which of them; none is empty.
        bits: The weights are a table of ``2 ** bits``.
        kept: Whether each row of the problem counts, at least one of each word; None for all.
    """

    def __init__(
        self, problem: Problem, sentences: np.ndarray, bits: int, kept: np.ndarray | None = None
    ) -> None:
        begin = problem.sentence[sentences]
        length = problem.sentence[sentences + 1] - begin
        words = ranges(begin, length)
        item = problem.item[words]
        low = problem.start[item]
        size = problem.start[item + 1] - low
        self.rows = ranges(low, size)
        self.extra_rows = ranges(problem.first[words], size)
        if kept is not None:
            here = kept[self.extra_rows]
            self.rows, self.extra_rows = self.rows[here], self.extra_rows[here]
            size = np.add.reduceat(here, bounds(size)[:-1], dtype=np.int64)
        self.words = words
        self.size = size
        word = np.repeat(np.arange(len(words)), size)
        offset = problem.own.offset
        counts = offset[self.rows + 1] - offset[self.rows]
        self.own_start = bounds(counts)[:-1]
        self.own_counts = counts
        own = _gathered(problem.own.index, ranges(offset[self.rows], counts))
        context = _gathered(problem.context[words], word)
        crossed = problem.cross[self.rows][:, :, None] ^ context[:, None, :]
        extra = _gathered(problem.extra, self.extra_rows)
        self.real = np.concatenate(
            [problem.own.real[self.rows], problem.extra_real[self.extra_rows]], 1
        )
        # places in the padded chain
        position = ranges(np.zeros_like(length), length)
        chain = np.repeat(np.arange(len(sentences)), length)
        slot = ranges(np.zeros_like(size), size)
        self.shape = (int(length.max()), int(size.max()), len(sentences))
        self.place = (position[word], slot, chain[word])
        self.length = length
        # neighbors
        first = bounds(size)
        here = np.flatnonzero(position[1:] > 0)  # words with a right neighbor in their sentence
        pairs = size[here] * size[here + 1]
        of = np.repeat(np.arange(len(here)), pairs)
        number = ranges(np.zeros_like(pairs), pairs)
        a, b = np.divmod(number, size[here + 1][of])
        self.left, self.right = first[here][of] + a, first[here + 1][of] + b
        left, right = (_gathered(self.rows, side) for side in (self.left, self.right))
        beside = problem.left[left] ^ problem.right[right]
        self.pair_place = (position[here][of], a, b, chain[here][of])
        # all numbers stand in one array, so that they need not be copied together
        many = crossed.shape[1] * crossed.shape[2]
        self.shapes = (own.shape, (len(self.rows), many + extra.shape[1]), beside.shape)
        self.index = np.empty(sum(map(math.prod, self.shapes)), np.int64)
        self.own, self.cross, self.chain = self.views(self.index)
        self.own[:] = own >> np.uint32(32 - bits)
        self.cross[:, :many] = _scramble(crossed, bits).reshape(len(self.rows), many)
        self.cross[:, many:] = extra >> np.uint32(32 - bits)
        self.chain[:] = _scramble(beside, bits)

    def views(self, flat: np.ndarray) -> list[np.ndarray]:
        """The parts of an array like `index`: candidates' own, crossed, and pairs' numbers."""
        own, crossed, _ = map(math.prod, self.shapes)
        parts = (flat[:own], flat[own : own + crossed], flat[own + crossed :])
        return [part.reshape(shape) for part, shape in zip(parts, self.shapes, strict=True)]

    def renumber(self, found: np.ndarray, place: np.ndarray) -> np.ndarray:
        """Number the features anew, from 0, and return their numbers until now.

        Args:
            found: False for each of them; it is so again afterwards.
            place: Room for a number for each of them.
        """
        found[self.index] = True
        numbers = np.flatnonzero(found)
        found[:] = False
        place[numbers] = np.arange(len(numbers), dtype=place.dtype)
        self.index[:] = _gathered(place, self.index)  # and so the parts that are views of it
        return numbers

    def scores(self, weights: np.ndarray, real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the padded log-scores of candidates and of pairs of neighbors."""
        own = _gathered(weights, self.own)
        flat = np.add.reduceat(own, self.own_start) if len(own) else np.zeros(0)
        flat = flat + _gathered(weights, self.cross).sum(1) + (self.real * real).sum(1)
        words, states, chains = self.shape
        unary = np.full(self.shape, -np.inf)
        unary[self.place] = flat
        unary[:, 0][np.arange(words)[:, None] >= self.length] = 0.0
        pairs = np.zeros((words - 1, states, states, chains))
        pairs[self.pair_place] = _gathered(weights, self.chain).sum(1)
        return unary, pairs


class Ranker:
    """Weights of the conditional random field.

    Attributes:
        weights: Hashed weights, float32.
        real: Weights of the features with values.
    """

    def __init__(self, weights: np.ndarray, real: np.ndarray) -> None:
        self.weights = weights
        self.real = real

    @property
    def bits(self) -> int:
        """The weights are a table of ``2 ** bits``."""
        return len(self.weights).bit_length() - 1

    @classmethod
    def train(
        cls,
        problem: Problem,
        settings: RankerSettings,
        seed: int = 0,
        bar: Progress | None = None,
    ) -> tuple[Ranker, np.ndarray]:
        """Return a ranker that learned from `problem`; from few words, the mean of several runs.

        Each run is spared some sentences, on which it is then tried; from very few sentences, other
        runs learn from all. Every pass over a sentence is counted on the bar.

        Returns:
            The ranker, and for each row its probability by a run that has not seen its sentence;
            NaN where all have.
        """
        bar = bar or Progress(None, shown=False)
        runs = _runs(len(problem.item), settings)
        spared = _spared(len(problem.sentence) - 1, runs, seed)
        unseen = np.full(len(problem.target), np.nan)
        learned = []
        for run, part in enumerate(spared):
            weights, real = cls._run(problem, settings, seed * 1000 + run, bar, part)
            rows, probability = cls(weights, real).rank(problem, part)
            unseen[rows] = probability
            bar.advance(len(part) * settings.epochs)
            learned.append((weights, real))
        if len(problem.sentence) - 1 < _NONE_TO_SPARE:
            silent, nothing = Progress(None, shown=False), np.zeros(0, np.int64)
            seeds = range(seed * 1000, seed * 1000 + runs)
            learned = [cls._run(problem, settings, one, silent, nothing) for one in seeds]
        mean_weights = np.mean([one for one, _ in learned], axis=0)
        mean_real = np.mean([one for _, one in learned], axis=0)
        # rounded as they are saved, so that a loaded ranker is the same
        weights = mean_weights.astype(np.float16).astype(np.float32)
        return cls(weights, mean_real.astype(np.float32)), unseen

    @classmethod
    def _run(
        cls,
        problem: Problem,
        settings: RankerSettings,
        seed: int,
        bar: Progress,
        spared: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """One training; each step touches only the weights of its sentences' features."""
        rng = np.random.default_rng(seed)
        size = 1 << settings.bits
        found, place = np.zeros(size, bool), np.empty(size, np.int32)
        batch_size = int(
            np.clip((len(problem.sentence) - 1) // settings.least_steps, 1, settings.batch)
        )
        weights, total = np.zeros(size, np.float32), np.zeros(size, np.float32)
        squares = np.full(size, _ADAGRAD, np.float32)
        values = problem.own.real.shape[1] + problem.extra_real.shape[1]
        real, total_real = np.zeros(values), np.zeros(values)
        real[0] = 1.0  # the lattice's own score, to begin with
        real_squares = np.full(values, _ADAGRAD)
        keep = 1.0 - settings.dropout
        on = rng.random(2 * size) < keep
        kept = np.ones(len(problem.target), bool)
        step = summed = 0
        for epoch in range(settings.epochs):
            for sentences in _batches(problem, batch_size, rng, spared):
                batch = _Batch(problem, sentences, settings.bits, kept)
                numbers = batch.renumber(found, place)
                live = _gathered(on[int(rng.integers(size)) :], numbers) / np.float32(keep)
                own = _gathered(weights, numbers)
                amount, real_gradient, now = cls._gradient(
                    problem, batch, own * live, real, settings.length_power
                )
                rows = batch.extra_rows
                kept[rows] = (now >= _HOPELESS) | (problem.target[rows] > 0)
                gradient = np.bincount(batch.index, amount, len(numbers)).astype(np.float32)
                gradient *= live
                move = np.float32(settings.l2) * own
                move += gradient
                move *= gradient != 0
                square = _gathered(squares, numbers) + move * move
                squares[numbers] = square
                move *= np.float32(settings.rate)
                move /= np.sqrt(square)
                own -= move
                weights[numbers] = own
                real_squares += real_gradient**2
                real -= settings.rate * real_gradient / np.sqrt(real_squares)
                step += 1
                bar.advance(len(sentences))
                if epoch >= settings.epochs - settings.averaged and step % _EVERY == 0:
                    total += weights
                    total_real += real
                    summed += 1
        table = total / np.float32(summed) if summed else weights
        return table, total_real / summed if summed else real

    @staticmethod
    def _gradient(
        problem: Problem,
        batch: _Batch,
        weights: np.ndarray,
        real: np.ndarray,
        length_power: float,
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Gradient of the negative log-likelihood.

        Returns:
            What each number of the batch's `index` adds to its weight's gradient, the gradient of
            the weights of the features with values, and the probability of each row.
        """
        states, joint, _ = forward_backward(*batch.scores(weights, real))
        target = problem.target[batch.extra_rows]
        now = states[batch.place]
        told = np.add.reduceat(target, bounds(batch.size)[:-1]) > 0
        target = np.where(np.repeat(told, batch.size), target, now)  # nothing to learn from others
        scale = batch.length.astype(float) ** -length_power
        row = (now - target) * scale[batch.place[-1]]
        right = target[batch.left] * target[batch.right]
        pair = (joint[batch.pair_place] - right) * scale[batch.pair_place[-1]]
        amount = np.empty(len(batch.index))
        own, cross, chain = batch.views(amount)
        own[:] = np.repeat(row, batch.own_counts)
        cross[:], chain[:] = row[:, None], pair[:, None]
        return amount, batch.real.T @ row, now

    def marginals(self, problem: Problem, batch: int = _AT_ONCE) -> np.ndarray:
        """Return the probability of each word's candidates, in the order of the problem's rows."""
        out = np.zeros(len(problem.target))
        rows, probability = self.rank(problem, np.arange(len(problem.sentence) - 1), batch)
        out[rows] = probability
        return out

    def rank(
        self, problem: Problem, sentences: np.ndarray, batch: int = _AT_ONCE
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of some sentences, and their probabilities."""
        lengths = np.diff(problem.sentence)[sentences]
        order = sentences[np.argsort(lengths, kind="stable")][(lengths == 0).sum() :]
        rows, probability = [np.zeros(0, np.int64)], [np.zeros(0)]
        for first in range(0, len(order), batch):
            part = _Batch(problem, order[first : first + batch], self.bits)
            unary, pairs = part.scores(self.weights, self.real)
            if problem.bias is not None:
                unary[part.place] += problem.bias[part.extra_rows]
            states = state_probabilities(unary, pairs)
            rows.append(part.extra_rows)
            probability.append(states[part.place])
        return np.concatenate(rows), np.concatenate(probability)


def _spared(sentences: int, runs: int, seed: int) -> list[np.ndarray]:
    """For each run the sentences that it does not learn from, others for each."""
    many = min(sentences // (_OF_FEW if runs > 2 else _OF_MANY), _SPARED)
    order = np.random.default_rng((seed, 1)).permutation(sentences)
    return [order[run * many : (run + 1) * many] for run in range(runs)]


def _batches(
    problem: Problem, size: int, rng: np.random.Generator, spared: np.ndarray
) -> Iterator[np.ndarray]:
    """Batches of sentences of about equal length, in random order, without some."""
    lengths = np.diff(problem.sentence)
    learned = lengths > 0
    learned[spared] = False
    order = np.flatnonzero(learned)
    noisy = lengths[order] * rng.uniform(0.8, 1.25, len(order))
    order = order[np.argsort(noisy, kind="stable")]
    starts = np.arange(0, len(order), size)
    for first in rng.permutation(starts):
        yield order[first : first + size]
