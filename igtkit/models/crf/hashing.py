"""Strings as 32-bit numbers, and columns of them mixed into one: no feature is ever a string."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

__all__ = ["code", "codes", "hash_used", "mix"]

_GOLDEN = np.uint32(0x9E3779B1)  # 2 ** 32 by the golden ratio (Knuth), a prime (xxHash)
_OTHER = np.uint32(0x85EBCA6B)  # of the last steps of MurmurHash3


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
    mixed = np.array((salt * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF, np.uint32)
    for column in columns:
        mixed = (mixed ^ column) * _GOLDEN
        mixed ^= mixed >> np.uint32(15)
    mixed *= _OTHER
    mixed ^= mixed >> np.uint32(13)
    return mixed


def hash_used(salt: int, columns: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Return a hash of the used columns of each row, in order."""
    total = np.full(len(columns), salt * 2654435761 & 0xFFFFFFFF, np.uint32)
    for k in range(columns.shape[1]):
        total = np.where(used[:, k], mix(salt, total, columns[:, k]), total)
    return total
