"""The lines of an interlinear block in tokens: where each stands, and what stands under it.

Toolbox keeps columns by byte, in the encoding of the file. Files that other programs touched have
lost them, and then the number of tokens decides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from igtkit.boundaries import is_word
from igtkit.io._joining import is_mark

__all__ = ["Row", "by_column", "cells_under", "column_encoding", "counts"]

_BYTES = re.compile(rb"[^ \t]+[ \t]*")


def column_encoding(encoding: str) -> str:
    """The encoding whose bytes the columns of a file count: of Unicode, UTF-8 without its mark.

    Example:
        >>> column_encoding("utf-8-sig"), column_encoding("latin-1")
        ('utf-8', 'latin-1')
    """
    return "utf-8" if encoding.lower().startswith("utf") else encoding


class Row:
    """The tokens of a line; where each begins is counted when it is asked for.

    Args:
        line: The line.
        encoding: The encoding whose bytes the columns count.
        texts: Its tokens, if one stands for another.

    Example:
        >>> Row("é  b", "utf-8").starts
        [0, 4]
    """

    __slots__ = ("_data", "_starts", "encoding", "line", "texts")

    def __init__(self, line: str, encoding: str, texts: list[str] | None = None) -> None:
        self.texts = line.split() if texts is None else texts
        self.line = line
        self.encoding = encoding
        self._data: bytes | None = None
        self._starts: list[int] | None = None

    def _encoded(self, text: str) -> bytes:
        """A part of the line in bytes."""
        return text.replace("\ufffd", "?").encode(self.encoding, "replace")  # it was one byte

    @property
    def data(self) -> bytes:
        """The line in bytes."""
        if self._data is None:
            self._data = self._encoded(self.line)
        return self._data

    def last(self) -> int:
        """The byte at which the last token begins, as a rule told without the others."""
        data, token = self.data.rstrip(b" \t"), self._encoded(self.texts[-1])
        at = len(data) - len(token)
        alone = data.endswith(token) and data[at - 1 : at] in b" \t"
        return at if alone else self.starts[-1]

    def may_begin_at(self, byte: int) -> bool:
        """Whether a token can begin at a byte: whether white space stands before it alone."""
        before, behind = self.data[:byte], self.data[byte : byte + 1]
        if not behind.strip(b" \t"):
            return False
        return before[-1:] in b" " or before.decode(self.encoding, "ignore")[-1:].isspace()

    @property
    def starts(self) -> list[int]:
        """The byte at which each token begins."""
        if self._starts is None:
            data = self.data
            at = len(data) - len(data.lstrip(b" \t"))
            ends = accumulate(map(len, _BYTES.findall(data)), initial=at)
            self._starts = [*ends][:-1]  # each begins where the one before ends, with its blanks
            if len(self._starts) != len(self.texts):
                self._starts = self._counted()
        return self._starts

    def _counted(self) -> list[int]:
        """The same where other white space than blanks and tabs stands between tokens."""
        starts, at, column = [], 0, 0
        for text in self.line.split():
            begin = self.line.index(text, at)
            column += len(self._encoded(self.line[at:begin]))
            starts.append(column)
            at = begin + len(text)
            column += len(self._encoded(text))
        return starts


def counts(token: str) -> bool:
    """Whether a token needs something under it: a word, or a boundary that stands by itself."""
    return is_word(token) or is_mark(token)


def cells_under(anchor: Row, row: Row) -> list[list[str]] | None:
    """Return the tokens under each token: by column, or else by number; None if neither fits.

    Args:
        anchor: The line of morphemes.
        row: Another line of the block.
    """
    cells = by_column(anchor, row)
    if cells is not None:
        return cells
    if len(anchor.texts) == len(row.texts):
        return [[text] for text in row.texts]
    if len(anchor.texts) < len(row.texts):
        return None  # as most often
    if sum(map(counts, anchor.texts)) != len(row.texts) or not all(map(counts, row.texts)):
        return None
    remaining = iter(row.texts)
    return [[next(remaining)] if counts(text) else [] for text in anchor.texts]


def by_column(anchor: Row, row: Row) -> list[list[str]] | None:
    """Return the tokens under each token by column alone; as `cells_under`."""
    if anchor.texts and counts(anchor.texts[-1]) and not row.may_begin_at(anchor.last()):
        return None  # as most often: what shifts the columns adds up to the end of the line
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
        if not cell and counts(text):
            return None
    return cells
