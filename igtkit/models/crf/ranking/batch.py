"""Sentences as arrays, and what is added up of a few of them: features by number, and scores."""

from __future__ import annotations

import math
from typing import Self

import attrs
import numpy as np

from igtkit.models.crf.arrays import bounds, ranges
from igtkit.models.crf.hashing import Templates, mix
from igtkit.models.crf.ranking.features import ATTRIBUTES, CHAIN, CROSS, CandidateFeatures

__all__ = ["AT_ONCE", "Batch", "Counted", "Hashed", "Problem", "gathered"]

AT_ONCE = 64  # sentences whose features are held at once

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

    @property
    def widths(self) -> tuple[int, int]:
        """How many features a row has in its place, and how many a pair of neighbors has."""
        crossed = self.cross.shape[1] * self.context.shape[1]
        return crossed + self.extra.shape[1], self.left.shape[1]


class Batch:
    """The feature numbers of a few sentences, and their places in the padded chain.

    Args:
        problem: The sentences.
        sentences: Which of them; none is empty.
        numbering: How features are numbered.
        kept: Whether each row of the problem counts, at least one of each word; None for all.
    """

    def __init__(
        self,
        problem: Problem,
        sentences: np.ndarray,
        numbering: Hashed | Counted,
        kept: np.ndarray | None = None,
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
        self.size = size
        word = np.repeat(np.arange(len(words)), size)
        self.owner = words[word]
        offset = problem.own.offset
        counts = offset[self.rows + 1] - offset[self.rows]
        self.own_start = bounds(counts)[:-1]
        self.own_counts = counts
        self.own_places = ranges(offset[self.rows], counts)
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
        self.pair_place = (position[here][of], a, b, chain[here][of])
        # all numbers stand in one array, so that they need not be copied together
        many, beside = problem.widths
        self.shapes = (self.own_places.shape, (len(self.rows), many), (len(self.left), beside))
        self.index = np.empty(sum(map(math.prod, self.shapes)), np.int64)
        self.own, self.cross, self.chain = self.views(self.index)
        numbering.fill(problem, self)

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
        self.index[:] = gathered(place, self.index)  # and so the parts that are views of it
        return numbers

    def scores(self, weights: np.ndarray, real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the padded log-scores of candidates and of pairs of neighbors."""
        own = gathered(weights, self.own)
        flat = np.add.reduceat(own, self.own_start) if len(own) else np.zeros(0)
        flat = flat + gathered(weights, self.cross).sum(1) + (self.real * real).sum(1)
        words, states, chains = self.shape
        unary = np.full(self.shape, -np.inf)
        unary[self.place] = flat
        unary[:, 0][np.arange(words)[:, None] >= self.length] = 0.0
        pairs = np.zeros((words - 1, states, states, chains))
        pairs[self.pair_place] = gathered(weights, self.chain).sum(1)
        return unary, pairs


@attrs.frozen
class Hashed:
    """Numbers that are what features are hashed to, found when they are asked for.

    Attributes:
        bits: There are ``2 ** bits``.
    """

    bits: int

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return 1 << self.bits

    def fill(self, problem: Problem, batch: Batch) -> None:
        """Set the numbers of a batch: of its candidates, of these in their places, of pairs."""
        rest = np.uint32(32 - self.bits)
        batch.own[:] = gathered(problem.own.index, batch.own_places) >> rest
        context = gathered(problem.context, batch.owner)
        crossed = problem.cross[batch.rows][:, :, None] ^ context[:, None, :]
        many = crossed.shape[1] * crossed.shape[2]
        batch.cross[:, :many] = _scramble(crossed, self.bits).reshape(len(batch.rows), many)
        batch.cross[:, many:] = gathered(problem.extra, batch.extra_rows) >> rest
        left, right = (gathered(batch.rows, side) for side in (batch.left, batch.right))
        batch.chain[:] = _scramble(problem.left[left] ^ problem.right[right], self.bits)

    def hashes(self, numbers: np.ndarray) -> np.ndarray:
        """Return what features of some numbers were hashed to."""
        return numbers

    def table(self, weights: np.ndarray) -> np.ndarray:
        """Return weights by number as weights by what features are hashed to."""
        return weights


@attrs.frozen
class Counted:
    """Numbers that count the features of a problem, found once for all steps of training.

    Attributes:
        bits: Features are hashed to ``2 ** bits`` numbers.
        used: Those that occur, in order.
        own: The numbers of the candidates' features.
        cross: Those of each row.
        chain: Those of each pair of neighbors.
        pairs: The first pair of each word with the next one.
    """

    bits: int
    used: np.ndarray
    own: np.ndarray
    cross: np.ndarray
    chain: np.ndarray
    pairs: np.ndarray

    @classmethod
    def of(cls, problem: Problem, bits: int) -> Self:
        """Number the features of a problem, with memory for as many numbers as they have places."""
        hashed, sizes = Hashed(bits), np.diff(problem.first)
        ends = np.zeros(len(sizes) + 1, bool)
        ends[problem.sentence] = True
        pairs = bounds(np.where(ends[1:], 0, sizes * np.append(sizes[1:], 0)))
        own = (problem.own.index >> np.uint32(32 - bits)).astype(np.int32)
        many, beside = problem.widths
        cross = np.empty((len(problem.target), many), np.int32)
        chain = np.empty((pairs[-1], beside), np.int32)
        told = np.flatnonzero(np.diff(problem.sentence))
        for first in range(0, len(told), AT_ONCE):
            batch = Batch(problem, told[first : first + AT_ONCE], hashed)
            cross[batch.extra_rows] = batch.cross
            chain[_pairs(problem, pairs, batch)] = batch.chain
        found = np.zeros(1 << bits, bool)
        for part in (own, cross, chain):
            found[part] = True
        used = np.flatnonzero(found)
        number = np.empty(len(found), np.int32)
        number[used] = np.arange(len(used), dtype=np.int32)
        return cls(bits, used, number[own], number[cross], number[chain], pairs)

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.used)

    def fill(self, problem: Problem, batch: Batch) -> None:
        """Set the numbers of a batch: of its candidates, of these in their places, of pairs."""
        batch.own[:] = gathered(self.own, batch.own_places)
        batch.cross[:] = gathered(self.cross, batch.extra_rows)
        batch.chain[:] = gathered(self.chain, _pairs(problem, self.pairs, batch))

    def hashes(self, numbers: np.ndarray) -> np.ndarray:
        """Return what features of some numbers were hashed to."""
        return gathered(self.used, numbers)

    def table(self, weights: np.ndarray) -> np.ndarray:
        """Return weights by number as weights by what features are hashed to."""
        result = np.zeros(1 << self.bits, weights.dtype)
        result[self.used] = weights
        return result


def _pairs(problem: Problem, pairs: np.ndarray, batch: Batch) -> np.ndarray:
    """Which of all pairs of neighbors those of a batch are."""
    slot = batch.extra_rows - problem.first[batch.owner]
    word = batch.owner[batch.left]
    beside = problem.first[word + 2] - problem.first[word + 1]
    return np.asarray(pairs[word] + slot[batch.left] * beside + slot[batch.right])


def _scramble(mixed: np.ndarray, bits: int) -> np.ndarray:
    """The numbers of the weights of mixed columns, which are overwritten."""
    mixed *= np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA6B)
    mixed >>= np.uint32(32 - bits)
    return mixed


def gathered(table: np.ndarray, index: np.ndarray) -> np.ndarray:
    """``table[index]`` for numbers known to be in the table: twice as fast.

    The table must be contiguous, or else the whole of it is copied first.
    """
    return table.take(index, axis=0, mode="clip")
