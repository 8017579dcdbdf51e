"""Characters: case, normal forms, direction, width in a font, and which act on a terminal."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import Literal

__all__ = [
    "UnicodeForm",
    "direction",
    "display_width",
    "fold_case",
    "is_in_form",
    "pad",
    "put_in_form",
    "shared_start",
    "shown",
    "shown_line",
]

UnicodeForm = Literal["NFC", "NFD"]
"""Letters composed with their marks, or apart from them."""

_LONG = 1000  # characters: a shorter text takes Python no time, whatever it holds
_MARKS = re.compile("[^\\w\\s\x00-\x7f]{32,}")  # no letter has a tenth of them

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


def shared_start(one: str, other: str) -> int:
    """How many characters two texts begin with that are the same.

    Example:
        >>> shared_start("citi", "city"), shared_start("", "city")
        (3, 0)
    """
    count = 0
    for mine, its in zip(one, other):  # noqa: B905 - the shorter one ends the comparison
        if mine != its:
            break
        count += 1
    return count


def put_in_form(text: str, form: UnicodeForm | Literal["NFKD"]) -> str:
    r"""Return the text in a normalization form of Unicode, in time that grows with its length.

    Python sorts the marks on a letter by insertion, which takes the square of their number.

    Example:
        >>> put_in_form("e\u0301", "NFC"), len(put_in_form("e\u0301", "NFC"))
        ('é', 1)
    """
    if len(text) > _LONG and not text.isascii():
        text = _MARKS.sub(_sorted_marks, text)
    return unicodedata.normalize(form, text)


def is_in_form(text: str, form: UnicodeForm) -> bool:
    """Whether the text is in a normalization form of Unicode; as fast as `put_in_form`.

    Example:
        >>> is_in_form("\u00e9", "NFC"), is_in_form("\u00e9", "NFD")
        (True, False)
    """
    if len(text) > _LONG and _MARKS.search(text) is not None:
        return put_in_form(text, form) == text
    return unicodedata.is_normalized(form, text)


def _sorted_marks(found: re.Match[str]) -> str:
    """Marks decomposed and in Unicode's order, which every form makes the same of."""
    decomposed = "".join([unicodedata.normalize("NFD", each) for each in found[0]])
    marked = itertools.groupby(decomposed, lambda each: unicodedata.combining(each) > 0)
    return "".join(
        "".join(sorted(group, key=unicodedata.combining) if is_marks else group)
        for is_marks, group in marked
    )


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
