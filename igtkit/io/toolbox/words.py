"""The words of an interlinear line, put together of the morphemes that stand apart in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from igtkit.boundaries import INFIX, LEIPZIG, UNKNOWN, is_word
from igtkit.io._joining import is_mark, opening

__all__ = [
    "MARKS",
    "UNANALYZED",
    "Spans",
    "join_cells",
    "join_columns",
    "join_plain",
    "leads_out",
    "unknown_cells",
]

MARKS = LEIPZIG.joiners
"""The boundaries that join two morphemes."""

UNANALYZED = re.compile(r"(?<![^-=~])\*{1,3}(?![^-=~])")
"""Toolbox's own mark where it finds no analysis."""

_UNCLEAR = re.compile(r"([-=~]?)\?([-=~]?)")
Spans = Sequence[tuple[int, int]]
"""For each word the place of its first morpheme, and the place behind its last."""


def join_plain(forms: Sequence[str], texts: Sequence[str], spans: Spans) -> list[str]:
    """The words of a line that has one token under each morpheme.

    Args:
        forms: The morphemes.
        texts: What stands under each.
        spans: For each word the place of its first morpheme, and the place behind its last.

    Example:
        >>> join_plain(["ev", "-ler", "o"], ["house", "PL", "that"], [(0, 2), (2, 3)])
        ['house-PL', 'that']
    """
    joined, _ = join_columns(forms, [texts], spans)
    return joined[0].split()


def join_columns(
    forms: Sequence[str], lines: Collection[Sequence[str]], spans: Spans
) -> tuple[Sequence[str], int]:
    """Return lines that have one token under each morpheme in words, and which of them do not fit.

    Args:
        forms: The morphemes.
        lines: What stands under each, line by line.
        spans: As for `join_plain`.

    Returns:
        The lines, and a number with a bit for each, from the lowest: that a boundary leads out of a
        word (`leads_out`).

    Example:
        >>> join_columns(["ev", "-ler"], [["house", "PL"], ["n", "sfx-"]], [(0, 2)])
        (['house-PL', 'n-sfx-'], 2)
    """
    first = [begin for begin, _ in spans]
    parts = [
        (place, begin, end, tuple(forms[begin:end]))
        for place, (begin, end) in enumerate(spans)
        if end - begin > 1
    ]
    joined = []
    stray = 0
    for bit, texts in enumerate(lines):
        words = [texts[place] for place in first]
        for place, begin, end, own in parts:
            words[place] = _joined(own, tuple(texts[begin:end]))
        line = " ".join(filter(None, words))
        if _has_edge(f" {line} ") and leads_out(forms, texts, spans):
            stray |= 1 << bit
        joined.append(line)
    return joined, stray


def _has_edge(text: str) -> bool:
    """Whether a word begins or ends with a boundary; text that stands between blanks."""
    return (
        " -" in text or "- " in text  # the usual ones, which a pattern would take twice as long for
        or " =" in text or "= " in text or " ~" in text or "~ " in text
    )  # fmt: skip


@lru_cache(maxsize=1 << 15)
def _joined(forms: tuple[str, ...], texts: tuple[str, ...]) -> str:
    """The word of several morphemes that has these tokens under them."""
    return " ".join(_join(forms, [(text,) for text in texts]))


def join_cells(forms: Sequence[str], cells: Sequence[Sequence[str]], spans: Spans) -> list[str]:
    """The words of a line that may have several tokens under a morpheme, or none.

    Args:
        forms: The morphemes.
        cells: The tokens under each.
        spans: As for `join_plain`.

    Example:
        >>> join_cells(["ev", "-ler"], [["big", "house"], ["-PL"]], [(0, 2)])
        ['big_house-PL']
    """
    words: list[str] = []
    for begin, end in spans:
        if end - begin == 1 == len(cells[begin]):
            words += cells[begin]
        else:
            words += _cut_word(tuple(forms[begin:end]), tuple(map(tuple, cells[begin:end])))
    return words


def _join(forms: Sequence[str], cells: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """A word, and punctuation that stands under its morphemes."""
    if len(forms) == 1 and len(cells[0]) == 1:
        yield cells[0][0]
        return
    parts: list[tuple[str, str]] = []  # what joins it to the one before, and the morpheme
    loose: list[str] = []
    mark = ""  # at the end of the token before, in this line or in the morphemes
    under = ""
    for form, cell in zip(forms, cells, strict=True):
        if is_mark(form) and len(forms) > 1:
            mark, under = "".join(cell)[:1], form[0]
            mark = mark if mark and mark in MARKS else under
            continue
        loose += [text for text in cell if not is_word(text)]
        words = [text for text in cell if is_word(text)]
        if not words:
            continue
        lead, body, trail = _trimmed("_".join(words))
        form_lead, _, form_trail = _trimmed(form)
        joiner = lead or mark or form_lead or under
        if opening(body) == INFIX:
            joiner = ""
        elif opening(form) == INFIX and parts:  # its gloss stands in the same brackets
            joiner, body = "", f"<{body}>"
        elif not joiner and parts:
            joiner = "-"
        parts.append((joiner if parts else lead, body))
        mark, under = trail, form_trail
    if parts:
        yield "".join(joiner + body for joiner, body in parts) + mark
    yield from loose


@lru_cache(maxsize=1 << 14)
def _cut_word(forms: tuple[str, ...], cells: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(_join(forms, cells))


def leads_out(forms: Sequence[str], texts: Sequence[str], spans: Spans) -> bool:
    """Whether a boundary leads out of a word that its morphemes have not.

    Args:
        forms: The morphemes.
        texts: What stands under each.
        spans: As for `join_plain`.

    Example:
        >>> leads_out(["uc", "ev"], ["three-", "house"], [(0, 1), (1, 2)])
        True
    """
    for begin, end in spans:
        first, last = texts[begin], texts[end - 1]
        if not first or not last:  # nothing stands under some morpheme
            told = [text for text in texts[begin:end] if text] or [" "]
            first, last = told[0], told[-1]
        if first[0] in MARKS and first[0] != forms[begin][0]:
            return True
        if last[-1] in MARKS and last[-1] != forms[end - 1][-1]:
            return True
    return False


def unknown_cells(forms: Sequence[str], cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells, a question mark under a word being what nobody knows, no punctuation.

    Example:
        >>> unknown_cells(["ev", "?"], [["?"], ["?"]])
        [['???'], ['?']]
    """
    return [
        [_UNCLEAR.sub(rf"\g<1>{UNKNOWN}\g<2>", cell[0])]
        if len(cell) == 1 and is_word(form) and _UNCLEAR.fullmatch(cell[0])
        else list(cell)
        for form, cell in zip(forms, cells, strict=True)
    ]


@lru_cache(maxsize=1 << 14)
def _trimmed(text: str) -> tuple[str, str, str]:
    """Return a token as boundary, text and boundary."""
    lead = text[0] if text[0] in MARKS and len(text) > 1 else ""
    trail = text[-1] if text[-1] in MARKS and len(text) > 1 + len(lead) else ""
    return lead, text[len(lead) : len(text) - len(trail)], trail
