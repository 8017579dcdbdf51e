"""Words without what spelling variants differ in: marks, apostrophes and doubled letters."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["skeleton", "skeletons"]


@lru_cache(maxsize=1 << 12)
def _plain(character: str) -> str:
    """The letters of a character without marks; none of an apostrophe."""
    letters = unicodedata.normalize("NFD", character)
    kinds = map(unicodedata.category, letters)
    pairs = zip(letters, kinds, strict=True)
    return "".join(c for c, kind in pairs if kind[0] not in "MP" and kind not in {"Lm", "Sk"})


def skeletons(word: str, begin: int, end: int) -> Iterator[str]:
    """Yield each stretch from a letter on without marks, apostrophes and doubled letters.

    Args:
        word: The word.
        begin: The letter the stretches begin with.
        end: The letter after the longest.

    Example:
        >>> list(skeletons("galáan'", 2, 7))
        ['l', 'la', 'la', 'lan', 'lan']
    """
    found, last = "", ""
    for character in word[begin:end]:
        for letter in _plain(character):
            if letter != last:
                found, last = found + letter, letter
        yield found


def skeleton(chunk: str) -> str:
    """A chunk without marks, apostrophes and doubled letters, for spelling variants.

    Example:
        >>> skeleton("galáan'") == skeleton("galan")
        True
    """
    return deque(skeletons(chunk, 0, len(chunk)), maxlen=1).pop() if chunk else ""
