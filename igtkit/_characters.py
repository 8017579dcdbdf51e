"""Characters: case, direction, width in a fixed-width font, and which act on a terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

__all__ = ["direction", "display_width", "fold_case", "pad", "shown", "shown_line"]

_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # controls: they move, erase, color, and begin commands of a terminal
    "\u2028\u2029"  # ends of a line and of a paragraph
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates: they turn text around
    "\ud800-\udfff]"  # halves of characters, which nothing can print
)
_NAMES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_COMMAND = re.compile(r"^(\s*):(?=:)|(?<=##)\[|(?<=##vso)\[")
"""Where a line begins that GitHub Actions and Azure Pipelines take for a command to them."""


def fold_case(text: str) -> str:
    """Return the text case-folded, with the dotted capital İ as plain i.

    Unicode's folding leaves a combining dot behind, so that ``İki`` would not match ``iki``.

    Example:
        >>> fold_case("İKİ Straße")
        'iki strasse'
    """
    return text.replace("İ", "i").casefold()


def shown(text: str) -> str:
    r"""The text with the characters that act on a terminal written out.

    Those are controls, the characters that turn the direction of text around, and halves of
    characters. What is written for them is what JSON writes.

    Example:
        >>> print(shown("kedi\x1b[8m\u202eler\n"))
        kedi\u001b[8m\u202eler\n
    """
    return _ACTING.sub(_written_out, text)


def shown_line(line: str) -> str:
    r"""A line of output that neither a terminal nor a service that runs it takes for a command.

    Example:
        >>> print(shown_line("::error::pwned"))
        \u003a:error::pwned
    """
    return _COMMAND.sub(lambda found: found[0][:-1] + _code(found[0][-1]), shown(line))


def _written_out(found: re.Match[str]) -> str:
    return _NAMES.get(found[0]) or _code(found[0])


def _code(character: str) -> str:
    return f"\\u{ord(character):04x}"


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


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Which way a line runs: that of its first letter (Unicode Bidirectional Algorithm, P2).

    Example:
        >>> direction("(1) ev"), direction("עברית")
        ('ltr', 'rtl')
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


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
