"""How often two numbered things stand together: all pairs in one sorted table."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.arrays import changes, ranges

__all__ = ["Pairs", "pair_keys", "pair_parts"]

_SECOND = 32  # bits of a key that hold the second number of its pair
_SHARE = 16  # what is added is held apart until it is this part of all: 1/16; by hand


def pair_keys(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return a number for each pair, in the order of pairs; the two arrays are broadcast.

    Example:
        >>> pair_keys(np.array([0, 1]), np.array([3, 2])).tolist()
        [3, 4294967298]
    """
    return np.asarray((first.astype(np.int64) << _SECOND) | second)


def pair_parts(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and the second numbers of pairs.

    Example:
        >>> [column.tolist() for column in pair_parts(np.array([3, 4294967298]))]
        [[0, 1], [3, 2]]
    """
    return keys >> _SECOND, keys & ((1 << _SECOND) - 1)


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
            >>> [column.tolist() for column in found.rows(np.array([1, 7, 0]))]
            [[0, 2], [2, 5], [2, 1]]
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
        keys = pair_keys(*pair_parts(self.keys)[::-1])
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

    def rows(self, firsts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return what stands together with each of some things, and how often; some may be 0.

        Returns:
            For each pair the place of its first thing in `firsts`, its second thing, in order
            within that, and its count.
        """
        low, high = self.keys.searchsorted([firsts << _SECOND, (firsts + 1) << _SECOND])
        at, owner = ranges(low, high - low), np.repeat(np.arange(len(firsts)), high - low)
        second, often = self.keys[at] & ((1 << _SECOND) - 1), self.often[at]
        if self.changed is None:
            return owner, second, often
        other, more, by = self.changed.rows(firsts)
        if not len(more):
            return owner, second, often
        keys, new = pair_keys(owner, second), pair_keys(other, more)
        place = keys.searchsorted(new)
        there = np.append(keys, -1)[place] == new
        often[place[there]] += by[there]
        if there.all():
            return owner, second, often
        place, absent = place[~there], ~there
        columns = ((owner, other), (second, more), (often, by))
        owner, second, often = (np.insert(one, place, two[absent]) for one, two in columns)
        return owner, second, often

    def count(self, keys: np.ndarray) -> np.ndarray:
        """Return how often each of some pairs was counted, given as `pair_keys`."""
        if not len(self.keys):
            found = np.zeros(keys.shape, np.int32)
        else:
            at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
            found = np.where(self.keys[at] == keys, self.often[at], 0)
        return found if self.changed is None else found + self.changed.count(keys)
