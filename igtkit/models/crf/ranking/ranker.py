"""The ranker: a conditional random field with hashed weights.

It learns which candidate fits its word and its neighbors. Training maximizes the likelihood of the
right candidates, with Adagrad on small batches of sentences, while a random part of the features
is switched off (so that no single clue is relied on), and returns the average of the later
weights.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from igtkit._progress import Progress
from igtkit.models.crf.arrays import bounds
from igtkit.models.crf.ranking.batch import (
    AT_ONCE,
    Batch,
    Counted,
    Hashed,
    Problem,
    gathered,
)
from igtkit.models.crf.ranking.chain import forward_backward, state_probabilities
from igtkit.models.crf.ranking.settings import RankerSettings

__all__ = ["Ranker", "passes_over"]


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


def passes_over(words: int, settings: RankerSettings) -> int:
    """How often training passes over sentences of so many words, all of its runs counted."""
    return settings.epochs * _runs(words, settings)


def _runs(words: int, settings: RankerSettings) -> int:
    return settings.runs or (4 if words < _FOUR_RUNS else 2 if words < _TWO_RUNS else 1)


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
        few = len(problem.item) < _FOUR_RUNS
        numbering = Counted.of(problem, settings.bits) if few else Hashed(settings.bits)
        learned = []
        for run, part in enumerate(spared):
            weights, real = cls._run(problem, settings, numbering, seed * 1000 + run, bar, part)
            rows, probability = cls(weights, real).rank(problem, part)
            unseen[rows] = probability
            bar.advance(len(part) * settings.epochs)
            learned.append((weights, real))
        if len(problem.sentence) - 1 < _NONE_TO_SPARE:
            silent, nothing = Progress(None, shown=False), np.zeros(0, np.int64)
            seeds = range(seed * 1000, seed * 1000 + runs)
            learned = [
                cls._run(problem, settings, numbering, one, silent, nothing) for one in seeds
            ]
        mean_weights = np.mean([one for one, _ in learned], axis=0)
        mean_real = np.mean([one for _, one in learned], axis=0)
        # rounded as they are saved, so that a loaded ranker is the same
        weights = mean_weights.astype(np.float16).astype(np.float32)
        return cls(weights, mean_real.astype(np.float32)), unseen

    @classmethod
    def _run(  # noqa: PLR0917
        cls,
        problem: Problem,
        settings: RankerSettings,
        numbering: Hashed | Counted,
        seed: int,
        bar: Progress,
        spared: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """One training; each step touches only the weights of its sentences' features."""
        rng = np.random.default_rng(seed)
        hashes, size = 1 << settings.bits, numbering.size
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
        on = rng.random(2 * hashes) < keep
        kept = np.ones(len(problem.target), bool)
        step = summed = 0
        for epoch in range(settings.epochs):
            for sentences in _batches(problem, batch_size, rng, spared):
                batch = Batch(problem, sentences, numbering, kept)
                numbers = batch.renumber(found, place)
                shift = int(rng.integers(hashes))
                live = gathered(on[shift:], numbering.hashes(numbers)) / np.float32(keep)
                own = gathered(weights, numbers)
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
                square = gathered(squares, numbers) + move * move
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
        return numbering.table(table), total_real / summed if summed else real

    @staticmethod
    def _gradient(
        problem: Problem,
        batch: Batch,
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

    def marginals(self, problem: Problem, batch: int = AT_ONCE) -> np.ndarray:
        """Return the probability of each word's candidates, in the order of the problem's rows."""
        out = np.zeros(len(problem.target))
        rows, probability = self.rank(problem, np.arange(len(problem.sentence) - 1), batch)
        out[rows] = probability
        return out

    def rank(
        self, problem: Problem, sentences: np.ndarray, batch: int = AT_ONCE
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of some sentences, and their probabilities."""
        lengths = np.diff(problem.sentence)[sentences]
        order = sentences[np.argsort(lengths, kind="stable")][(lengths == 0).sum() :]
        rows, probability = [np.zeros(0, np.int64)], [np.zeros(0)]
        for first in range(0, len(order), batch):
            part = Batch(problem, order[first : first + batch], Hashed(self.bits))
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
