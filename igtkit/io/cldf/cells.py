"""The word cells of an example and the lines they make: both ways.

A row of an ExampleTable keeps one cell for each word. Real ones also keep cells with spaces in
them, cells for affixes by themselves (``hin`` | ``-u``), and empty cells. The lines of an `IGT`
have one token for each word; what had to be done to a row to get there is said in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from igtkit.boundaries import (
    PAPER,
    UNKNOWN,
    Boundaries,
    is_dash,
    is_word,
    join_words,
    split_morphemes,
    split_words,
)
from igtkit.igt.rows import count_words, merge_tokens
from igtkit.io._joining import GrowingWord, closing, opening

__all__ = [
    "CELLS_ARE_WORDS",
    "analyzed_line",
    "cells_of",
    "divide",
    "is_segmented",
    "lines_of",
    "split_cell",
]

CELLS_ARE_WORDS = "Cells_Are_Words"
"""The column that says of a row, with ``true``, that each cell is a word, ``=koba`` included."""

_ESCAPED_TAB = "\\t"
_HYPHEN = Boundaries("-")


def split_cell(text: str, separator: str) -> tuple[list[str], bool]:
    r"""Split the text of a table's cell into the cells of words.

    Where words are parted by a tab, many files have the two characters ``\t`` instead; either is
    taken for the other where only one of them occurs.

    Args:
        text: The text.
        separator: What the metadata says.

    Returns:
        The cells, and whether backslash and ``t`` stood for a tab.

    Example:
        >>> split_cell("gel\\tşimdi", "\t")
        (['gel', 'şimdi'], True)
    """
    if separator in ("\t", _ESCAPED_TAB):
        separator = "\t" if "\t" in text else _ESCAPED_TAB
    return text.split(separator), separator == _ESCAPED_TAB and separator in text


def lines_of(
    words: Sequence[str],
    glosses: Sequence[str],
    transcription: str | None,
    *,
    are_words: bool = False,
) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The segmentation and gloss line that the cells of words and glosses make.

    Spaces inside a cell are closed up at a boundary; elsewhere they become ``_``, in glosses ``.``
    (Leipzig Glossing Rules, rule 4). A cell that begins with a boundary belongs to the word before,
    one that ends in one to the word after (`igtkit.io._joining`), unless the transcription has as
    many words as there are cells of words. An empty cell beside a word is unknown, unless its line
    ends there.

    Args:
        words: The cells of the analyzed words.
        glosses: The cells of the glosses.
        transcription: The primary text.
        are_words: Whether each cell is known to be a word, clitics written apart included.

    Returns:
        Both lines, each None if it has no cell with text, and what was done, in words.

    Example:
        >>> lines_of(["hin", "-u", "wíi"], ["be.PRS", "-MSG", "water"], "hínu wíi")
        ('hin-u wíi', 'be.PRS-MSG water', ('1 affix joined to the stem',))
        >>> lines_of(["a-mun", "=koba"], ["1SG-have", "=PST"], None, are_words=True)
        ('a-mun =koba', '1SG-have =PST', ())
    """
    repairs: list[str] = []
    forms, labels = _closed(words, "word", repairs), _closed(glosses, "gloss", repairs)
    if any(forms) and any(labels) and len(forms) != len(labels):
        repairs.append(f"{len(forms)} words, {len(labels)} glosses")
        if not are_words:
            forms, labels = (
                [row[0] for row in _joined([(cell, "") for cell in cells], transcription, told)]
                for cells, told in ((forms, repairs), (labels, []))
            )
    else:
        rows = list(zip_longest(forms, labels, fillvalue=""))
        if not are_words:
            rows = _joined(rows, transcription, repairs)
        if any(forms) and any(labels):
            rows = _filled(rows, repairs)
        forms, labels = [row[0] for row in rows], [row[1] for row in rows]
    return join_words(forms) or None, join_words(labels) or None, tuple(repairs)


def cells_of(segmentation: str | None, glosses: str | None) -> tuple[list[str], list[str]]:
    """The cells of words and glosses for two lines: as many of each, where both are there.

    Example:
        >>> cells_of("gel , şimdi", "come now")
        (['gel', ',', 'şimdi'], ['come', '', 'now'])
    """
    forms, labels = split_words(segmentation), split_words(glosses)
    if not forms or not labels:
        return forms, labels
    if count_words(forms) == count_words(labels):
        rows = merge_tokens([forms, labels])
    else:
        rows = list(zip_longest(forms, labels))
    return [row[0] or "" for row in rows], [row[1] or "" for row in rows]


def divide(kept: Sequence[str], line: str, other: str) -> list[str] | None:
    """The cells of a line, divided as the cells of the other line are.

    Args:
        kept: The cells of a line as they stand in a table, affixes by themselves perhaps.
        line: The line that they make.
        other: The line to be divided, with as many words and morphemes.

    Returns:
        As many cells as there are of the first line; None if the lines do not pair up.

    Example:
        >>> divide(["hin", "-u", "wíi"], "hin-u wíi", "be.PRS-MSG water")
        ['be.PRS', '-MSG', 'water']
    """
    cells: list[str] = []
    tokens, others = split_words(line), split_words(other)
    if len(tokens) != len(others):
        return None
    for token, word in zip(tokens, others, strict=True):
        start = len(cells)
        ends = range(start + 1, len(kept) + 1)
        end = next((end for end in ends if lines_of(kept[start:end], [], None)[0] == token), None)
        parts = split_morphemes(word)
        if end is None or len(parts) != len(split_morphemes(token)):
            return None
        for cell in kept[start:end]:
            marks, rest = parts[: _count_morphemes(cell)], parts[_count_morphemes(cell) :]
            text = "".join(boundary + part for boundary, part in marks)
            if rest and closing(_close(cell, "_"), PAPER):
                text, rest = text + rest[0][0], (("", rest[0][1]), *rest[1:])
            cells.append(text)
            parts = rest
    return cells if len(cells) == len(kept) else None


def _count_morphemes(cell: str) -> int:
    return sum(bool(part) for _, part in split_morphemes(_close(cell, "_")))


def analyzed_line(segmentation: str) -> str:
    """The words without ``-``, as the PolyGloss corpus takes them for the transcription.

    Example:
        >>> analyzed_line("ev-ler-de - kim=di")
        'evlerde - kim=di'
    """
    return join_words([_without_hyphens(token) for token in split_words(segmentation)])


def is_segmented(segmentation: str) -> bool:
    """Whether a word of the line has a ``-`` in it."""
    return any(_without_hyphens(token) != token for token in split_words(segmentation))


def _without_hyphens(token: str) -> str:
    return token if is_dash(token) else "".join(t for _, t in split_morphemes(token, _HYPHEN))


def _closed(cells: Sequence[str], what: str, repairs: list[str]) -> list[str]:
    """The cells without spaces inside."""
    closed = [_close(cell, "_" if what == "word" else ".") for cell in cells]
    count = sum(len(split_words(cell)) > 1 for cell in cells)
    if count:
        repairs.append(f"spaces inside {count} {what} cell{'s' * (count > 1)}")
    return closed


def _close(cell: str, joiner: str) -> str:
    tokens = split_words(cell)
    if len(tokens) < 2:
        return "".join(tokens)
    text = GrowingWord(tokens[0], PAPER)
    for token in tokens[1:]:
        text.attach(token, joiner)
    return str(text)


Row = tuple[str, str]


def _joined(rows: list[Row], transcription: str | None, repairs: list[str]) -> list[Row]:
    """The rows of affixes joined to those of their stems."""
    count = sum(is_word(form or label) for form, label in rows)
    if count_words(split_words(transcription)) == count:
        return rows
    joined: list[list[GrowingWord]] = []
    is_open = False  # whether the last one is a word
    marked = 0
    for row in rows:
        continues = is_open and is_word(row[0] or row[1])
        bounds = ["", ""]
        if continues:
            bounds = [
                opening(cell, PAPER) or word.closing()
                for word, cell in zip(joined[-1], row, strict=True)
            ]
        mark = bounds[0] or bounds[1]
        if not mark:
            joined.append([GrowingWord(cell, PAPER) for cell in row])
            is_open = is_word(row[0] or row[1])
            continue
        told = [bool(word or cell) for word, cell in zip(joined[-1], row, strict=True)]
        marked += any(is_told and not bound for is_told, bound in zip(told, bounds, strict=True))
        for at, cell in enumerate(row):
            if told[at]:
                joined[-1][at] = joined[-1][at] or GrowingWord(UNKNOWN, PAPER)
                joined[-1][at].attach(cell or UNKNOWN, mark)
    affixes = len(rows) - len(joined)
    if affixes:
        repairs.append(f"{affixes} affix{'es' * (affixes > 1)} joined to the stem")
    if marked:
        repairs.append(f"{marked} affix{'es' * (marked > 1)} given the boundary of the other line")
    return [(str(form), str(label)) for form, label in joined]


def _filled(rows: list[Row], repairs: list[str]) -> list[Row]:
    """The rows with what is unknown beside a word; a line that ends early just ends."""
    ends = [max((i for i, row in enumerate(rows) if row[line]), default=-1) for line in (0, 1)]
    filled: list[Row] = []
    count = 0
    for index, row in enumerate(rows):
        form, label = (
            UNKNOWN if not cell and index < end and is_word(row[0] or row[1]) else cell
            for cell, end in zip(row, ends, strict=True)
        )
        count += (form, label) != row
        filled.append((form, label))
    if count:
        repairs.append(f"{count} empty cell{'s' * (count > 1)} beside a word, read as {UNKNOWN}")
    return filled
