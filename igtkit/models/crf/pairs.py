"""How often two numbered things stand together: all pairs in one sorted table."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.arrays import changes

__all__ = ["Pairs", "pair_keys"]

_SECOND = 32  # bits of a key that hold the second number of its pair
_SHARE = 16  # what is added is held apart until it is this part of all: 1/16; by hand


def pair_keys(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return a number for each pair, in the order of pairs; the two arrays are broadcast.

    Example:
        >>> pair_keys(np.array([0, 1]), np.array([3, 2])).tolist()
        [3, 4294967298]
    """
    return np.asarray((first.astype(np.int64) << _SECOND) | second)


@attrs.frozen
class Pairs:
    """Counts of pairs.

    Attributes:
        keys: The pairs that were counted, as `pair_keys`, sorted.
        often: How often each was counted, int32.
        changed: What is to be added to these counts, or taken away; it has none itself.
    """

    keys: np.ndarray
    often: np.ndarray
    changed: Pairs | None = None

    @classmethod
    def of(cls, keys: np.ndarray) -> Pairs:
        """Return the counts of pairs, given as `pair_keys`.

        Example:
            >>> found = Pairs.of(pair_keys(np.array([1, 0, 1]), np.array([2, 5, 2])))
            >>> found.row(1)[0].tolist(), found.row(1)[1].tolist()
            ([2], [2])
        """
        ordered = np.sort(keys)
        first = np.flatnonzero(changes(ordered)) if len(keys) else np.zeros(0, np.int64)
        often = np.diff(first, append=len(keys)).astype(np.int32)
        return cls(ordered[first], often)

    @classmethod
    def total(cls, parts: Sequence[Pairs]) -> Pairs:
        """Return the sums of counts, but for what is `changed` in them."""
        keys = np.concatenate([np.zeros(0, np.int64), *(part.keys for part in parts)])
        often = np.concatenate([np.zeros(0, np.int32), *(part.often for part in parts)])
        order = np.argsort(keys, kind="stable")
        start = np.flatnonzero(changes(keys[order])) if len(keys) else order
        return cls(keys[order][start], np.add.reduceat(often[order], start, dtype=np.int32))

    def turned(self) -> Pairs:
        """Return the counts of the same pairs the other way round."""
        keys = pair_keys(self.keys & ((1 << _SECOND) - 1), self.keys >> _SECOND)
        order = np.argsort(keys, kind="stable")
        changed = self.changed and self.changed.turned()
        return attrs.evolve(self, keys=keys[order], often=self.often[order], changed=changed)

    def plus(self, other: Pairs, times: int = 1) -> Pairs:
        """Return the sums of two counts.

        Args:
            other: The other counts, with nothing `changed`.
            times: 1 to add them, -1 to take them away.
        """
        more = attrs.evolve(other, often=other.often * np.int32(times))
        if self.changed is not None:
            more = self.total([self.changed, more])
        if times > 0 and len(more.keys) * _SHARE > len(self.keys):
            return self.total([self, more])
        return attrs.evolve(self, changed=more)

    def row(self, first: int) -> tuple[np.ndarray, np.ndarray]:
        """Return what stands together with a thing, in order, and how often; some may be 0."""
        low, high = self.keys.searchsorted([first << _SECOND, (first + 1) << _SECOND]).tolist()
        second, often = self.keys[low:high] & ((1 << _SECOND) - 1), self.often[low:high]
        if self.changed is None:
            return second, often
        more, by = self.changed.row(first)
        if not len(more):
            return second, often
        every = np.concatenate([second, more])
        order = np.argsort(every, kind="stable")
        start = np.flatnonzero(changes(every[order]))
        sums = np.add.reduceat(np.concatenate([often, by])[order], start, dtype=np.int32)
        return every[order][start], sums

    def count(self, keys: np.ndarray) -> np.ndarray:
        """Return how often each of some pairs was counted, given as `pair_keys`."""
        if not len(self.keys):
            found = np.zeros(keys.shape, np.int32)
        else:
            at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
            found = np.where(self.keys[at] == keys, self.often[at], 0)
        return found if self.changed is None else found + self.changed.count(keys)
