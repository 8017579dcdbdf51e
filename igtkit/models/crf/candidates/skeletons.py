"""Words without what spelling variants differ in: marks, apostrophes and doubled letters."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache

__all__ = ["plain_letters", "skeleton", "skeletons"]


@lru_cache(maxsize=1 << 12)
def _plain(character: str) -> str:
    """The letters of a character without marks; none of an apostrophe."""
    letters = unicodedata.normalize("NFD", character)
    kinds = map(unicodedata.category, letters)
    pairs = zip(letters, kinds, strict=True)
    return "".join(c for c, kind in pairs if kind[0] not in "MP" and kind not in {"Lm", "Sk"})


def plain_letters(word: str) -> list[str]:
    """Each letter of a word without marks; apostrophes are empty.

    Example:
        >>> plain_letters("galáan'")
        ['g', 'a', 'l', 'a', 'a', 'n', '']
    """
    return [*word] if word.isascii() and word.isalnum() else [*map(_plain, word)]


def skeletons(letters: Sequence[str]) -> Iterator[str]:
    """Yield the skeleton of the first letter, of the first two, of the first three, ...

    Args:
        letters: As `plain_letters` gives them.

    Example:
        >>> list(skeletons(plain_letters("láan'")))
        ['l', 'la', 'la', 'lan', 'lan']
    """
    found, last = "", ""
    for letter in letters:
        if letter != last:
            for one in letter:  # some letters are several
                if one != last:
                    found, last = found + one, one
        yield found


def skeleton(chunk: str) -> str:
    """A chunk without marks, apostrophes and doubled letters, for spelling variants.

    Example:
        >>> skeleton("galáan'") == skeleton("galan")
        True
    """
    return deque(skeletons(plain_letters(chunk)), maxlen=1).pop() if chunk else ""
