"""What stands under what in an interlinear block, and how its morphemes make up words.

Toolbox keeps columns by byte, in the encoding of the file, and sets spaces between the morphemes
of a word: ``a- b -c``. Files that other programs touched have lost the columns, and then the number
of tokens decides. Where neither fits, every line is put together by its own boundaries, and an
issue says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import attrs

from igtkit.boundaries import UNKNOWN, is_word
from igtkit.io._joining import group_morphemes, is_mark
from igtkit.io.toolbox.words import (
    MARKS,
    UNANALYZED,
    Joiner,
    Spans,
    join_cells,
    join_plain,
    leads_out,
    unknown_cells,
)

__all__ = ["Joined", "Row", "cells_under", "count_words", "join_block"]

_BYTES = re.compile(rb"[^ \t]+")
_LETTERLESS = re.compile(r"[\W_]+")


class Row:
    """The tokens of a line; where each begins is counted when it is asked for.

    Args:
        line: The line.
        encoding: The encoding whose bytes the columns count.

    Example:
        >>> Row("é  b", "utf-8").starts
        [0, 4]
    """

    __slots__ = ("_encoding", "_line", "_starts", "texts")

    def __init__(self, line: str, encoding: str) -> None:
        self.texts = line.split()
        self._line = line
        self._encoding = encoding
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The byte at which each token begins."""
        if self._starts is None:
            line = self._line.replace("\ufffd", "?")  # which stands for one byte
            data = line.encode(self._encoding, errors="replace")
            found = [match.start() for match in _BYTES.finditer(data)]
            self._starts = found if len(found) == len(self.texts) else self._counted()
        return self._starts

    def _counted(self) -> list[int]:
        """The same where other white space than blanks and tabs stands between tokens."""
        starts, at, column = [], 0, 0
        for text in self.texts:
            begin = self._line.index(text, at)
            column += len(self._line[at:begin].encode(self._encoding, errors="replace"))
            starts.append(column)
            at = begin + len(text)
            column += len(text.encode(self._encoding, errors="replace"))
        return starts


@attrs.frozen
class Joined:
    """An interlinear block in words.

    Attributes:
        lines: The tokens of each line, by marker, morphemes joined to words.
        issues: What does not fit together, in words.
        uneven: That the line of words has another number of them, if it has, in words.
    """

    lines: Mapping[str, list[str]]
    issues: tuple[str, ...] = ()
    uneven: str = ""


def join_block(
    lines: Mapping[str, str], encoding: str, *, words: str, morphemes: str, glosses: str
) -> Joined:
    """Put the morphemes of a block together to words.

    Args:
        lines: The lines of the block, by marker.
        encoding: The encoding whose bytes the columns count.
        words: Marker of the words.
        morphemes: Marker of the morphemes.
        glosses: Marker of the glosses.
    """
    encoding = "utf-8" if encoding.lower().startswith("utf") else encoding
    rows = {marker: Row(line, encoding) for marker, line in lines.items()}
    for marker, row in rows.items():
        if marker != words and "*" in lines[marker]:
            row.texts[:] = [UNANALYZED.sub(UNKNOWN, text) for text in row.texts]
    joined: dict[str, list[str]] = {}
    spoken = rows.get(words)
    if spoken is not None:
        joined[words] = spoken.texts
    anchor = rows.get(morphemes)
    if anchor is None or not anchor.texts:
        rest = {marker: _by_marks(row.texts) for marker, row in rows.items() if marker != words}
        return Joined(joined | rest)
    issues, uneven = [], ""
    spans, fit = _words(spoken, anchor)
    if not fit:
        count = sum(map(is_word, joined[words]))
        uneven = f"words: {len(spans)} by \\{morphemes}, {count} by \\{words}"
    joiner = Joiner(anchor.texts, spans)
    plain = all(map(is_word, anchor.texts))
    above = _Above(anchor, spans, joiner, plain, fit and spoken is not None)
    joined[morphemes] = joiner.join(anchor.texts)
    for marker, row in rows.items():
        if marker in (words, morphemes):
            continue
        found = _row(above, row, unclear="?" in lines[marker])
        if found is not None:
            joined[marker] = found
            continue
        if marker != glosses and spoken is not None and len(row.texts) == len(spoken.texts):
            joined[marker] = row.texts
            continue
        joined[marker] = _by_marks(row.texts)
        if marker == glosses:
            counts = [sum(map(_counts, one.texts)) for one in (anchor, row)]
            differ = ", and their boundaries differ" if cells_under(anchor, row) else ""
            issues.append(
                f"tokens: {counts[0]} in \\{morphemes}, {counts[1]} in \\{marker}{differ}"
            )
    return Joined(joined, tuple(issues), uneven)


class _Above(NamedTuple):
    """The morphemes of a block, under which the other lines stand.

    Attributes:
        row: Their line.
        spans: For each word the places of its morphemes.
        joiner: What makes words of lines that have a token under each.
        plain: Whether they are words all, with no punctuation nor boundary by itself.
        told: Whether the line of words has as many words.
    """

    row: Row
    spans: Spans
    joiner: Joiner
    plain: bool
    told: bool


def _row(above: _Above, row: Row, *, unclear: bool) -> list[str] | None:
    """The words of a line under the morphemes; None where it does not fit them."""
    forms, texts, spans = above.row.texts, row.texts, above.spans
    if above.plain and len(texts) == len(forms):
        # One under the other, whatever the columns say: by column, too, every word has its own.
        if unclear:
            texts = [cells[0] for cells in unknown_cells(forms, [[text] for text in texts])]
        words = above.joiner.join(texts)
        stray = leads_out(forms, texts, spans)
    else:
        fewer = above.plain and len(texts) < len(forms)  # so some word would have none
        cells = None if fewer else cells_under(above.row, row)
        if cells is None:
            return None
        cells = unknown_cells(forms, cells) if unclear else cells
        words = join_cells(forms, cells, spans)
        stray = leads_out(forms, [" ".join(cell) for cell in cells], spans)
    if not stray or _by_column(above.row, row) is not None:
        return words
    # By number alone; where the words are known, and the marks make others, these are stray.
    return words if above.told and len(_spans(texts)) != len(spans) else None


def _counts(token: str) -> bool:
    """Whether a token needs something under it: a word, or a boundary that stands by itself."""
    return is_word(token) or is_mark(token)


def cells_under(anchor: Row, row: Row) -> list[list[str]] | None:
    """Return the tokens under each token: by column, or else by number; None if neither fits.

    Args:
        anchor: The line of morphemes.
        row: Another line of the block.
    """
    by_column = _by_column(anchor, row)
    if by_column is not None:
        return by_column
    if len(anchor.texts) == len(row.texts):
        return [[text] for text in row.texts]
    rest = [text for text in row.texts if _counts(text)]
    if len(rest) != sum(map(_counts, anchor.texts)) or len(rest) < len(row.texts):
        return None
    remaining = iter(rest)
    return [[next(remaining)] if _counts(text) else [] for text in anchor.texts]


def _by_column(anchor: Row, row: Row) -> list[list[str]] | None:
    starts, begun = anchor.starts, row.starts
    if starts == begun:
        return [[text] for text in row.texts]
    cells: list[list[str]] = [[] for _ in starts]
    for start, text in zip(begun, row.texts, strict=True):
        index = bisect_right(starts, start) - 1
        if index < 0 or (not cells[index] and start != starts[index]):
            return None
        cells[index].append(text)
    for text, cell in zip(anchor.texts, cells, strict=True):
        if not cell and _counts(text):
            return None
    return cells


def _words(spoken: Row | None, anchor: Row) -> tuple[Spans, bool]:
    """The morphemes of each word, and whether the line of words has as many words."""
    by_column = None
    if spoken is not None and spoken.texts:
        by_column = _words_by_column(spoken, anchor)
    if by_column is not None and not _parts_marked(by_column, anchor.texts):
        return by_column, True
    spans = _spans(anchor.texts)
    if spoken is None:
        return spans, True
    made = len(spans)
    if not all(map(is_word, anchor.texts)):
        made = sum(any(map(is_word, anchor.texts[begin:end])) for begin, end in spans)
    fit = made == sum(map(is_word, spoken.texts))
    if by_column is None or (
        fit and _spelled(spans, anchor, spoken) > _spelled(by_column, anchor, spoken)
    ):
        return spans, fit or not spoken.texts
    return by_column, True


def _words_by_column(spoken: Row, anchor: Row) -> Spans | None:
    starts, begun = spoken.starts, anchor.starts
    spans: list[tuple[int, int]] = []
    at = 0
    for start, text, after in zip(starts, spoken.texts, [*starts[1:], 1 << 62], strict=True):
        end = bisect_left(begun, after, at)
        if at == end:
            if is_word(text):
                return None
            continue
        first, last = anchor.texts[at], anchor.texts[end - 1]
        if begun[at] != start:
            return None
        if (is_mark(first) and first[0] != text[0]) or (is_mark(last) and last[0] != text[-1]):
            return None  # a boundary by itself that leads out of the word
        spans.append((at, end))
        at = end
    return spans or None


def _parts_marked(spans: Spans, forms: Sequence[str]) -> bool:
    """Whether a word begins or ends with a boundary, so that marks would join what columns part."""
    return any(forms[begin][0] in MARKS or forms[begin - 1][-1] in MARKS for begin, _ in spans[1:])


def _spelled(spans: Spans, anchor: Row, spoken: Row) -> int:
    """How many words of the line of words their morphemes spell."""
    words = [text for text in spoken.texts if is_word(text)]
    made = ["".join(anchor.texts[begin:end]) for begin, end in spans]
    return sum(_letters(one) == _letters(word) for one, word in zip(made, words, strict=False))


def _letters(text: str) -> str:
    return _LETTERLESS.sub("", text).casefold()


def _spans(texts: Sequence[str]) -> Spans:
    """The tokens of each word by the boundaries on them."""
    ends = [group[-1] + 1 for group in group_morphemes(texts, free_marks=True)]
    return list(zip([0, *ends], ends, strict=False))


def count_words(row: Row) -> int:
    """How many words a line has by the boundaries on its tokens."""
    return len(_spans(row.texts))


def _by_marks(texts: Sequence[str]) -> list[str]:
    """The words of a line that has nothing but its own boundaries to go by."""
    return join_plain(texts, texts, _spans(texts))
