"""Stems that are spelled almost like another one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

__all__ = ["NearStems"]

_NEAR = 3  # a fourth near one says nothing new; by hand
_BITS = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


def _letters(chunk: str) -> int:
    """Which letters a chunk has, as bits of a number; some letters share one."""
    found = 0
    for letter in chunk:
        found |= 1 << (ord(letter) & 31)
    return found


class NearStems:
    """Stems, found by those that are spelled almost alike.

    An edit changes the length by one at most, and two of the letters that a stem has: most stems
    are passed over by that, without a look at their spelling.

    Args:
        stems: The stems, each once.

    Example:
        >>> NearStems(["kuda", "kudu", "malin"]).near("kudo", 1)
        [('kuda', 1), ('kudu', 1)]
    """

    def __init__(self, stems: Iterable[str] = ()) -> None:
        self._stems = list(stems)
        self._table = (np.zeros(0, np.int64), np.zeros(0, np.uint32))

    def add(self, stems: Iterable[str]) -> None:
        """Take in more stems, which come after the others."""
        self._stems += stems

    def near(self, chunk: str, most: int) -> list[tuple[str, int]]:
        """Return the nearest stems that are at most so many edits away, with their distance."""
        length, bits = self._columns()
        differ = bits ^ np.uint32(_letters(chunk))
        edits = _BITS[differ & np.uint32(0xFFFF)] + _BITS[differ >> np.uint32(16)]
        close = (edits <= 2 * most) & (np.abs(length - len(chunk)) <= most)
        found = process.extract(
            chunk,
            [self._stems[at] for at in np.flatnonzero(close).tolist()],
            scorer=Levenshtein.distance,
            score_cutoff=most,
            limit=_NEAR,
        )
        return [(stem, int(distance)) for stem, distance, _ in found]

    def _columns(self) -> tuple[np.ndarray, np.ndarray]:
        """The stems' lengths and letters; of those added since the last time they are found now."""
        length, bits = self._table
        if len(length) < len(self._stems):
            new = self._stems[len(length) :]
            length = np.concatenate([length, np.array([len(stem) for stem in new], np.int64)])
            letters = np.array([_letters(stem) for stem in new], np.uint32)
            bits = np.concatenate([bits, letters])
            self._table = length, bits  # whole only, as another thread may look
        return length, bits
