"""Strings as 32-bit numbers, and columns of them mixed into one: no feature is ever a string."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

__all__ = ["SPREAD", "Templates", "code", "codes", "hash_used", "mix"]

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 by the golden ratio: what numbers of 64 bits are multiplied by to spread them."""


_GOLDEN = np.uint32(0x9E3779B1)  # 2 ** 32 by the golden ratio (Knuth), a prime (xxHash)
_OTHER = np.uint32(0x85EBCA6B)  # of the last steps of MurmurHash3
_AT_ONCE = 4096  # rows at a time, so that they stay in the processor's cache; by hand


def code(text: str) -> int:
    """A number for a string, the same on every machine."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def codes(texts: Sequence[str]) -> np.ndarray:
    """Numbers for strings."""
    return np.array([code(text) for text in texts], np.uint32)


def mix(salt: int, *columns: np.ndarray) -> np.ndarray:
    """Return columns of 32-bit numbers mixed into one; order matters.

    Args:
        salt: Number of the feature template.
        columns: uint32 arrays that broadcast together.
    """
    mixed = np.array(_begin(salt), np.uint32)
    for column in columns:
        mixed = (mixed ^ column) * _GOLDEN
        mixed ^= mixed >> np.uint32(15)
    mixed *= _OTHER
    mixed ^= mixed >> np.uint32(13)
    return mixed


def _begin(salt: int) -> int:
    return (salt * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF


class Templates:
    """Sets of columns, each to be mixed into one as `mix` does: all at once, as each step costs.

    Args:
        sets: For each template's number (salt) the names of its columns, in order.

    Example:
        >>> columns = {"a": np.arange(3, dtype=np.uint32), "b": np.ones(3, np.uint32)}
        >>> both = Templates({1: ("a", "b"), 2: ("a",)}).mixed(columns)
        >>> bool((both[:, 0] == mix(1, columns["a"], columns["b"])).all()), both.shape
        (True, (3, 2))
    """

    def __init__(self, sets: Mapping[int, Sequence[str]]) -> None:
        self.names = tuple(dict.fromkeys(name for names in sets.values() for name in names))
        by_length: defaultdict[int, list[tuple[int, int, list[int]]]] = defaultdict(list)
        for place, (salt, names) in enumerate(sets.items()):
            at = [self.names.index(name) for name in names]
            by_length[len(names)].append((place, _begin(salt), at))
        self._size = len(sets)
        self._groups = []
        for group in by_length.values():
            places, starts, index = zip(*group, strict=True)
            begin = np.array(starts, np.uint32)[:, None]
            self._groups.append((np.array(places), begin, np.array(index).T))

    def mixed(self, columns: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return the mixed columns, shape ``(rows, templates)``.

        Args:
            columns: uint32 arrays of one length, by name.
        """
        table = np.stack([columns[name] for name in self.names])
        rows = table.shape[1]
        result = np.empty((rows, self._size), np.uint32)
        for low in range(0, rows, _AT_ONCE):
            part = table[:, low : low + _AT_ONCE]
            for places, begin, index in self._groups:
                mixed = begin
                for column in index:
                    mixed = (mixed ^ part[column]) * _GOLDEN
                    mixed ^= mixed >> np.uint32(15)
                mixed = mixed * _OTHER
                mixed ^= mixed >> np.uint32(13)
                result[low : low + _AT_ONCE, places] = mixed.T
        return result


def hash_used(
    salts: Sequence[int], columns: Sequence[np.ndarray], used: Sequence[np.ndarray]
) -> np.ndarray:
    """Return hashes of the used columns of each row, in order.

    Args:
        salts: A number for each hash.
        columns: For each hash its columns, shape ``(rows, k)``, uint32.
        used: For each hash which of them are used.

    Returns:
        Shape ``(hashes, rows)``, uint32.
    """
    begin = np.array([_begin(salt) for salt in salts], np.uint32)[:, None]
    first = np.array([salt * 2654435761 & 0xFFFFFFFF for salt in salts], np.uint32)[:, None]
    table, live = np.stack(columns), np.stack(used)
    total = np.broadcast_to(first, table.shape[:2])
    for k in range(table.shape[2]):
        mixed = (begin ^ total) * _GOLDEN
        mixed ^= mixed >> np.uint32(15)
        mixed = (mixed ^ table[:, :, k]) * _GOLDEN
        mixed ^= mixed >> np.uint32(15)
        mixed *= _OTHER
        mixed ^= mixed >> np.uint32(13)
        total = np.where(live[:, :, k], mixed, total)
    return total
