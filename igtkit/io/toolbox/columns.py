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

import attrs

from igtkit.boundaries import UNKNOWN, is_word, join_words
from igtkit.io._joining import group_morphemes, is_mark
from igtkit.io.toolbox.words import (
    MARKS,
    UNANALYZED,
    Spans,
    join_cells,
    join_columns,
    join_plain,
    leads_out,
    lines_leading_out,
    unknown_cells,
)

__all__ = ["Joined", "Row", "cells_under", "count_words", "join_block"]

_BYTES = re.compile(rb"[^ \t]+[ \t]*")
_LETTERLESS = re.compile(r"[\W_]+")


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

    __slots__ = ("_starts", "encoding", "line", "texts")

    def __init__(self, line: str, encoding: str, texts: list[str] | None = None) -> None:
        self.texts = line.split() if texts is None else texts
        self.line = line
        self.encoding = encoding
        self._starts: list[int] | None = None

    def data(self) -> bytes:
        """The line in bytes."""
        line = self.line.replace("\ufffd", "?")  # which stands for one byte
        return line.encode(self.encoding, "replace")

    @property
    def starts(self) -> list[int]:
        """The byte at which each token begins."""
        if self._starts is None:
            data = self.data()
            at = len(data) - len(data.lstrip(b" \t"))
            self._starts = starts = []
            for cell in _BYTES.findall(data):
                starts.append(at)
                at += len(cell)
            if len(starts) != len(self.texts):
                self._starts = self._counted()
        return self._starts

    def _counted(self) -> list[int]:
        """The same where other white space than blanks and tabs stands between tokens."""
        starts, at, column = [], 0, 0
        for text in self.line.split():
            begin = self.line.index(text, at)
            column += len(self.line[at:begin].encode(self.encoding, errors="replace"))
            starts.append(column)
            at = begin + len(text)
            column += len(text.encode(self.encoding, errors="replace"))
        return starts


@attrs.define
class Joined:
    """An interlinear block in words.

    Attributes:
        lines: Each line, by marker, its morphemes joined to words.
        issues: What does not fit together, in words.
        uneven: That the line of words has another number of them, if it has, in words.
    """

    lines: Mapping[str, str]
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
    tokens = {marker: line.split() for marker, line in lines.items()}
    for marker, line in lines.items():
        if "*" in line and marker != words:
            tokens[marker] = [UNANALYZED.sub(UNKNOWN, text) for text in tokens[marker]]
    surfaces, forms = tokens.pop(words, None), tokens.pop(morphemes, None)
    made: dict[str, str] = {} if surfaces is None else {words: " ".join(surfaces)}
    if not forms:
        made |= {marker: join_words(_by_marks(texts)) for marker, texts in tokens.items()}
        return Joined({marker: made.get(marker, "") for marker in lines})
    plain = all(map(is_word, forms))
    anchor = Row(lines[morphemes], encoding, forms)
    spoken = None if surfaces is None else Row(lines[words], encoding, surfaces)
    spans, fit = _words(spoken, anchor, plain=plain)
    above = _Above(anchor, spans, plain, fit and spoken is not None)
    made[morphemes], below = above.join(lines, tokens)
    made |= below
    issues: list[str] = []
    for marker in tokens.keys() - below.keys():
        texts = tokens[marker]
        if marker != glosses and len(texts) == len(surfaces or ()):
            made[marker] = " ".join(texts)
            continue
        made[marker] = join_words(_by_marks(texts))
        if marker == glosses:
            counts = [sum(map(_counts, one)) for one in (forms, texts)]
            fits = cells_under(anchor, Row(lines[marker], encoding, texts))
            differ = ", and their boundaries differ" if fits else ""
            issues.append(
                f"tokens: {counts[0]} in \\{morphemes}, {counts[1]} in \\{marker}{differ}"
            )
    uneven = ""
    if not fit:
        count = sum(map(is_word, surfaces or ()))
        uneven = f"words: {len(spans)} by \\{morphemes}, {count} by \\{words}"
    return Joined({marker: made[marker] for marker in lines}, tuple(issues), uneven)


@attrs.define
class _Above:
    """The morphemes of a block, under which the other lines stand.

    Attributes:
        row: Their line.
        spans: For each word the places of its morphemes.
        plain: Whether they are words all, with no punctuation nor boundary by itself.
        told: Whether the line of words has as many words.
    """

    row: Row
    spans: Spans
    plain: bool
    told: bool

    def join(
        self, lines: Mapping[str, str], tokens: Mapping[str, list[str]]
    ) -> tuple[str, dict[str, str]]:
        """Return the words that the morphemes make, and those of each line that fits them.

        Args:
            lines: The lines, by marker.
            tokens: The tokens of each but that of the words and that of the morphemes.
        """
        forms, spans, encoding = self.row.texts, self.spans, self.row.encoding
        # Where each has something under it, as many tokens stand one under the other, whatever the
        # columns say: by column, too, each has its own. And fewer leave one with nothing.
        dense = self.plain or all(map(_counts, forms))
        made: dict[str, str] = {}
        full: dict[str, list[str]] = {}
        for marker, texts in tokens.items():
            if len(texts) < len(forms) and dense:
                continue
            if not dense or len(texts) > len(forms):
                row = Row(lines[marker], encoding, texts)
                if not self._has_each_under_one(row):
                    cut = self._cut(row)
                    if cut is not None:
                        made[marker] = cut
                    continue
            if "?" in lines[marker]:
                full[marker] = [one for [one] in unknown_cells(forms, [[text] for text in texts])]
            else:
                full[marker] = texts
        columns = [forms, *full.values()]
        first, *others = joined = join_columns(columns, spans)
        made.update(zip(full, others, strict=True))
        edges = self.plain or not _has_mark_at_edge(spans, forms)
        for place in lines_leading_out(columns, joined, spans, plain=edges):
            marker = [*full][place - 1]
            row = Row(lines[marker], encoding, tokens[marker])
            if not self._accepts(row, full[marker] if self.plain else tokens[marker]):
                del made[marker]
        return first, made

    def _has_each_under_one(self, row: Row) -> bool:
        """Whether a line has as many tokens as there are morphemes, each under its own."""
        if len(row.texts) != len(self.row.texts):
            return False
        cells = _by_column(self.row, row)
        return cells is None or all(len(cell) == 1 for cell in cells)

    def _cut(self, row: Row) -> str | None:
        """The words of a line that may have several tokens under a morpheme, or none."""
        forms = self.row.texts
        cells = cells_under(self.row, row)
        if cells is None:
            return None
        cells = unknown_cells(forms, cells) if "?" in row.line else cells
        stray = leads_out(forms, [" ".join(cell) for cell in cells], self.spans)
        if stray and not self._accepts(row, row.texts):
            return None
        return join_words(join_cells(forms, cells, self.spans))

    def _accepts(self, row: Row, texts: Sequence[str]) -> bool:
        """Whether a line fits of which a boundary leads out of a word."""
        if self.told and len(_spans(texts)) != len(self.spans):
            return True  # as the words are known, and the marks make others, these are stray
        return _by_column(self.row, row) is not None


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


def _words(spoken: Row | None, anchor: Row, *, plain: bool) -> tuple[Spans, bool]:
    """The morphemes of each word, and whether the line of words has as many words."""
    forms = anchor.texts
    if spoken is None:
        return _spans(forms), True
    count = sum(map(is_word, spoken.texts))
    all_words = plain and count == len(spoken.texts)
    if all_words and count == len(forms) and not any(map(_has_mark, forms)):
        return [(at, at + 1) for at in range(len(forms))], True
    by_column = _words_by_column(spoken, anchor, plain=all_words)
    if by_column is not None and not _parts_marked(by_column, forms):
        return by_column, True
    spans = _spans(forms)
    made = len(spans)
    if not plain:
        made = sum(
            is_word(forms[begin]) or any(map(is_word, forms[begin:end])) for begin, end in spans
        )
    fit = made == count
    if by_column is None or (
        fit and _spelled(spans, anchor, spoken) > _spelled(by_column, anchor, spoken)
    ):
        return spans, fit or not spoken.texts
    return by_column, True


def _has_mark(text: str) -> bool:
    """Whether a token begins or ends with a boundary."""
    return text[0] in MARKS or text[-1] in MARKS


def _words_by_column(spoken: Row, anchor: Row, *, plain: bool) -> Spans | None:
    """The morphemes under each word; None if they do not stand in columns.

    Args:
        spoken: The words, and punctuation between them.
        anchor: The morphemes.
        plain: Whether all tokens are words, with no punctuation nor boundary by itself.
    """
    starts, words = spoken.starts, spoken.texts
    if plain:
        data = anchor.data()
        below = [data[start : start + 1] for start in starts]
        if b" " in below or b"" in below:  # told in half of the time that all columns take
            return None
    begun = anchor.starts
    places = dict(zip(begun, range(len(begun)), strict=True))
    found = [*map(places.get, starts)]
    if None in found:  # of words, or of punctuation that has nothing below it
        for place, word, start, end in zip(
            found, words, starts, [*starts[1:], 1 << 62], strict=True
        ):
            if place is None and (
                is_word(word) or bisect_left(begun, start) < bisect_left(begun, end)
            ):
                return None
        words = [word for word, place in zip(words, found, strict=True) if place is not None]
    firsts = [place for place in found if place is not None]
    if firsts[:1] != [0]:
        return None
    spans = list(zip(firsts, [*firsts[1:], len(begun)], strict=True))
    if not plain:
        for word, (begin, end) in zip(words, spans, strict=True):
            first, last = anchor.texts[begin], anchor.texts[end - 1]
            if (is_mark(first) and first[0] != word[0]) or (is_mark(last) and last[0] != word[-1]):
                return None  # a boundary by itself that leads out of the word
    return spans


def _has_mark_at_edge(spans: Spans, forms: Sequence[str]) -> bool:
    """Whether a word begins or ends with a boundary by itself."""
    return any(is_mark(forms[begin]) or is_mark(forms[end - 1]) for begin, end in spans)


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
    """The tokens of each word by the boundaries on them, or by themselves between two."""
    ends = []
    closes = True  # whether the token before ends with a boundary
    for at, text in enumerate(texts):
        first = text[0]
        if not first.isalnum() and (first == "<" or not _counts(text)):
            break
        if not closes and first not in MARKS:
            ends.append(at)
        closes = text[-1] in MARKS
    else:
        return list(zip([0, *ends], [*ends, len(texts)], strict=True)) if texts else []
    ends = [group[-1] + 1 for group in group_morphemes(texts, free_marks=True)]  # any tokens
    return list(zip([0, *ends], ends, strict=False))


def count_words(row: Row) -> int:
    """How many words a line has by the boundaries on its tokens."""
    return len(_spans(row.texts))


def _by_marks(texts: Sequence[str]) -> list[str]:
    """The words of a line that has nothing but its own boundaries to go by."""
    return join_plain(texts, texts, _spans(texts))
