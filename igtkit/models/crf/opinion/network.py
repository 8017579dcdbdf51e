"""A small network that chooses among the candidates of a word.

One hidden layer beside a linear one, a softmax over the candidates, several networks at once: they
begin with other numbers, and each may be spared other words. Adam, decreasing steps, the mean of
the later weights.
"""

from __future__ import annotations

from typing import Self

import attrs
import numpy as np

__all__ = ["BATCH", "Network", "softmax"]

# By hand, from the prototype of benchmarks/crf_log.md, *A second opinion*.
_LEAK = 0.1
_DROPOUT = 0.1
_PULL = 1e-4  # back to where it began
_MEAN, _SQUARE = 0.9, 0.99  # how much Adam keeps of before
BATCH = 256  # words in a step
_FURTHEST = 6.0  # standard deviations
_AT_ONCE = 4096  # rows that are scaled at a time, which bounds the memory
_DIGITS = 7
_LEARNED = ("hidden", "shift", "out", "straight")


def softmax(scores: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return probabilities within each word.

    Args:
        scores: Shape ``(rows, ...)``.
        first: Each word's first row, and the end of the last; no word is without rows.

    Example:
        >>> softmax(np.log([1.0, 3.0, 5.0]), np.array([0, 2, 3])).round(2).tolist()
        [0.25, 0.75, 1.0]
    """
    word = np.repeat(np.arange(len(first) - 1), np.diff(first))
    shares = np.exp(scores - np.maximum.reduceat(scores, first[:-1])[word])
    return np.asarray(shares / np.add.reduceat(shares, first[:-1])[word])


@attrs.define
class Network:
    """The weights of several networks.

    Attributes:
        mean: The clues' means in training.
        spread: Their standard deviations.
        hidden: Shape ``(clues, networks, units)``.
        shift: Shape ``(networks, units)``.
        out: Shape ``(networks, units)``.
        straight: Shape ``(clues, networks)``.
    """

    mean: np.ndarray
    spread: np.ndarray
    hidden: np.ndarray
    shift: np.ndarray
    out: np.ndarray
    straight: np.ndarray

    def scores(self, clues: np.ndarray) -> np.ndarray:
        """Return the score of each row by each network."""
        x = self._scaled(clues)
        many, units = self.out.shape
        before = x @ self.hidden.reshape(len(self.mean), -1) + self.shift.reshape(-1)
        after = np.maximum(before, _LEAK * before).reshape(-1, many, units)
        scores = (after * self.out).sum(2) + x @ self.straight
        # the order of sums depends on the number of rows; a sentence gets the same among others
        return np.asarray(scores.round(_DIGITS))

    def numbers(self) -> np.ndarray:
        """Return all that is learned, in one row."""
        rows: list[np.ndarray] = [getattr(self, name).ravel() for name in _LEARNED]
        return np.concatenate(rows)

    def with_numbers(self, numbers: np.ndarray) -> Self:
        """Return networks of this shape with what `numbers` gave."""
        arrays, at = {}, 0
        for name in _LEARNED:
            own = getattr(self, name)
            arrays[name] = numbers[at : at + own.size].reshape(own.shape)
            at += own.size
        return attrs.evolve(self, **arrays)

    def _scaled(self, clues: np.ndarray) -> np.ndarray:
        scaled = clues - self.mean
        scaled /= self.spread
        return np.asarray(np.clip(scaled, -_FURTHEST, _FURTHEST, out=scaled))

    @classmethod
    def begin(cls, clues: np.ndarray, many: int, units: int, seed: int) -> Self:
        """Return networks with random weights, for clues like these.

        Args:
            clues: Shape ``(rows, clues)``.
            many: How many networks.
            units: Hidden units of each.
            seed: Seed of the weights.
        """
        rng = np.random.default_rng((seed, 4))
        width = clues.shape[1]
        return cls(
            clues.mean(0).astype(np.float32),
            clues.std(0).astype(np.float32) + np.float32(1e-3),
            rng.normal(0, width**-0.5, (width, many, units)).astype(np.float32),
            np.zeros((many, units), np.float32),
            rng.normal(0, units**-0.5, (many, units)).astype(np.float32),
            np.zeros((width, many), np.float32),
        )

    def trained(
        self,
        clues: np.ndarray,
        target: np.ndarray,
        first: np.ndarray,
        weight: np.ndarray,
        *,
        steps: int,
        rate: float,
        seed: int,
    ) -> Self:
        """Return networks that went on to learn which row of each word is right.

        Args:
            clues: Shape ``(rows, clues)``.
            target: For each row 1 where it is right, else 0.
            first: Each word's first row, and the end of the last.
            weight: Shape ``(words, networks)``: how much each word counts; 0 for spared words.
            steps: Steps, of `BATCH` words each.
            rate: Adam's first step.
            seed: Seed of order and dropout.
        """
        rng = np.random.default_rng((seed, 2))
        begin = self.numbers()
        flat, mean, square, total = begin.copy(), *np.zeros((3, len(begin)), np.float32)
        now = self.with_numbers(flat)  # views, so that it changes with each step
        x = np.empty(clues.shape, np.float32)
        for low in range(0, len(clues), _AT_ONCE):
            x[low : low + _AT_ONCE] = self._scaled(clues[low : low + _AT_ONCE])
        size = np.diff(first)
        told = np.flatnonzero((np.add.reduceat(target, first[:-1]) > 0) & (size > 1))
        if not len(told):
            return self
        most = int(np.sort(size)[-BATCH:].sum())
        drop = (rng.random((2 * most + 1, *self.out.shape)) > _DROPOUT) / (1 - _DROPOUT)
        drop = drop.astype(np.float32)
        order = np.zeros(0, np.int64)
        for step in range(1, steps + 1):
            if not len(order):
                order = rng.permutation(told)
            words, order = order[:BATCH], order[BATCH:]
            low = np.r_[0, np.cumsum(size[words])]
            rows = np.repeat(first[words] - low[:-1], size[words]) + np.arange(low[-1])
            at = int(rng.integers(len(drop) - len(rows)))
            live = drop[at : at + len(rows)]
            gradient = now.gradient(x[rows], target[rows], low, weight[words], live)
            gradient += np.float32(_PULL) * (flat - begin)
            mean += np.float32(1 - _MEAN) * (gradient - mean)
            square += np.float32(1 - _SQUARE) * (gradient * gradient - square)
            move = mean / (1 - _MEAN**step) / (np.sqrt(square / (1 - _SQUARE**step)) + 1e-8)
            flat -= np.float32(rate * (1.05 - (step - 1) / steps)) * move.astype(np.float32)
            if step > steps // 2:
                total += flat
        return self.with_numbers(total / np.float32(steps - steps // 2))

    def gradient(
        self,
        x: np.ndarray,
        target: np.ndarray,
        first: np.ndarray,
        weight: np.ndarray,
        drop: np.ndarray,
    ) -> np.ndarray:
        """Return the gradient of the negative log-likelihood, in the order of `numbers`.

        Args:
            x: The clues, scaled.
            target: As for `trained`, of these rows.
            first: The same.
            weight: The same.
            drop: Shape ``(rows, networks, units)``: what each unit is multiplied by.
        """
        many, units = self.out.shape
        after = x @ self.hidden.reshape(x.shape[1], -1)
        after += self.shift.reshape(-1)
        after = after.reshape(-1, many, units)
        slope = (after > 0).astype(np.float32)
        slope *= np.float32(1) - np.float32(_LEAK)
        slope += np.float32(_LEAK)  # so, and not by np.where, in a tenth of the time
        slope *= drop
        after *= slope
        scores = (after * self.out).sum(2) + x @ self.straight
        word = np.repeat(np.arange(len(first) - 1), np.diff(first))
        wrong = (softmax(scores, first) - target[:, None]) * weight[word]
        wrong = (wrong / len(weight)).astype(np.float32)
        back = wrong[:, :, None] * self.out
        back *= slope
        after *= wrong[:, :, None]
        parts = (x.T @ back.reshape(len(x), -1), back.sum(0), after.sum(0), x.T @ wrong)
        return np.concatenate([part.ravel() for part in parts])
