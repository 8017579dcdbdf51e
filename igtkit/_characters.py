"""Characters: their case, and how many columns they take in a fixed-width font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["display_width", "fold_case", "pad"]


def fold_case(text: str) -> str:
    """Return the text case-folded, with the dotted capital İ as plain i.

    Unicode's folding leaves a combining dot behind, so that ``İki`` would not match ``iki``.

    Example:
        >>> fold_case("İKİ Straße")
        'iki strasse'
    """
    return text.replace("İ", "i").casefold()


def display_width(text: str) -> int:
    """The number of columns that a text takes.

    Combining marks and invisible format characters take none, East Asian wide and fullwidth
    characters two (Unicode Standard Annex 11), any other character one.

    Example:
        >>> display_width("ɛ́"), display_width("猫"), display_width("cat")
        (1, 2, 3)
    """
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def pad(text: str, width: int) -> str:
    """The text with spaces after it, up to a number of columns.

    Example:
        >>> pad("ɛ́", 3) + "|"
        'ɛ́  |'
    """
    return text + " " * (width - display_width(text))


@lru_cache(maxsize=1 << 14)
def _columns(character: str) -> int:
    if "\u1160" <= character <= "\u11ff":  # Hangul vowels and finals join the consonant before
        return 0
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
