"""The words of an interlinear line, put together of the morphemes that stand apart in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from igtkit.boundaries import INFIX, LEIPZIG, UNKNOWN, is_word
from igtkit.io._joining import is_mark, opening

__all__ = [
    "MARKS",
    "UNANALYZED",
    "Spans",
    "join_cells",
    "join_columns",
    "leads_out",
    "lines_leading_out",
    "unknown_cells",
]

MARKS = LEIPZIG.joiners
"""The boundaries that join two morphemes."""

UNANALYZED = re.compile(r"(?<![^-=~])\*{1,3}(?![^-=~])")
"""Toolbox's own mark where it finds no analysis."""

_UNCLEAR = re.compile(r"([-=~]?)\?([-=~]?)")
Spans = Sequence[tuple[int, int]]
"""For each word the place of its first morpheme, and the place behind its last."""


def join_columns(lines: Sequence[Sequence[str]], spans: Spans) -> list[str]:
    """The words of lines that have one token under each morpheme, line by line.

    Args:
        lines: The morphemes, and what stands under each, line by line.
        spans: For each word the place of its first morpheme, and the place behind its last.

    Example:
        >>> join_columns([["ev", "-ler", "o"], ["house", "PL", "that"]], [(0, 2), (2, 3)])
        ['ev-ler o', 'house-PL that']
    """
    if not spans:
        return [""] * len(lines)
    if len(spans) == len(lines[0]):
        return [*map(" ".join, lines)]
    columns = list(zip(*lines, strict=True))
    words = [
        columns[begin] if end - begin == 1 else _joined(tuple(columns[begin:end]))
        for begin, end in spans
    ]
    joined = [*map(" ".join, zip(*words, strict=True))]
    if "  " in f" {joined[0]} ":  # boundaries by themselves that are no word, in any line
        return [" ".join(line.split()) for line in joined]
    return joined


@lru_cache(maxsize=1 << 13)
def _joined(columns: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """A word in each line, of columns that have a morpheme each and what stands under it."""
    forms, *_ = lines = [*zip(*columns, strict=True)]
    usual = not any(is_mark(form) or form[0] == "<" for form in forms)
    return tuple(
        "".join(texts)
        if usual and _has_each_boundary(texts)
        else " ".join(_join(forms, [(text,) for text in texts]))
        for texts in lines
    )


def _has_each_boundary(texts: Sequence[str]) -> bool:
    """Whether tokens are words that have one boundary between each two, as most of them do."""
    closes: bool | None = None
    for text in texts:
        if closes is (text[0] in MARKS) or "<" in text or is_mark(text) or not is_word(text):
            return False
        closes = text[-1] in MARKS
    return True


def join_cells(forms: Sequence[str], cells: Sequence[Sequence[str]], spans: Spans) -> list[str]:
    """The words of a line that may have several tokens under a morpheme, or none.

    Args:
        forms: The morphemes.
        cells: The tokens under each.
        spans: As for `join_columns`.

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
        spans: As for `join_columns`.

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


def lines_leading_out(
    lines: Sequence[Sequence[str]], joined: Sequence[str], spans: Spans, *, plain: bool
) -> list[int]:
    """The places of lines of which a boundary leads out of a word that its morphemes have not.

    Args:
        lines: The morphemes, and what stands under each, line by line.
        joined: The same in words, as `join_columns` gives them.
        spans: As for `join_columns`.
        plain: Whether no word begins or ends with a boundary by itself, which hides one under it.

    Example:
        >>> lines, spans = [["uc", "ev"], ["three-", "house"]], [(0, 1), (1, 2)]
        >>> lines_leading_out(lines, ["uc ev", "three- house"], spans, plain=True)
        [1]
    """
    if plain and not _has_edge(f" {' . '.join(joined)} "):
        return []
    return [
        place
        for place, (texts, line) in enumerate(zip(lines, joined, strict=True))
        if (not plain or _has_edge(f" {line} ")) and leads_out(lines[0], texts, spans)
    ]


def _has_edge(text: str) -> bool:
    """Whether a word begins or ends with a boundary; text that stands between blanks."""
    # A mark that is not there is missed in a tenth of the time that a mark and a blank take.
    return (
        ("-" in text and (" -" in text or "- " in text))
        or ("=" in text and (" =" in text or "= " in text))
        or ("~" in text and (" ~" in text or "~ " in text))
    )


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
