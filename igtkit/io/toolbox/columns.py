"""What stands under what in an interlinear block, and how its morphemes make up words.

Toolbox keeps columns by byte, in the encoding of the file, and sets spaces between the morphemes
of a word: ``a- b -c``. Files that other programs touched have lost the columns, and then the number
of tokens decides. Where neither fits, every line is put together by its own boundaries, and an
issue says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate, pairwise

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

    __slots__ = ("_encoding", "_line", "_starts", "texts")

    def __init__(self, line: str, encoding: str, texts: list[str] | None = None) -> None:
        self.texts = line.split() if texts is None else texts
        self._line = line
        self._encoding = encoding
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The byte at which each token begins."""
        if self._starts is None:
            line = self._line.replace("\ufffd", "?")  # which stands for one byte
            data = line.encode(self._encoding, errors="replace")
            sizes = map(len, _BYTES.findall(data))
            *found, _ = accumulate(sizes, initial=len(data) - len(data.lstrip(b" \t")))
            self._starts = found if len(found) == len(self.texts) else self._counted()
        return self._starts

    def _counted(self) -> list[int]:
        """The same where other white space than blanks and tabs stands between tokens."""
        starts, at, column = [], 0, 0
        for text in self._line.split():
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
    for marker, given in lines.items():
        if "*" in given and marker != words:
            tokens[marker] = [UNANALYZED.sub(UNKNOWN, text) for text in tokens[marker]]
    forms, surfaces = tokens.get(morphemes), tokens.get(words)
    if not forms:
        return Joined(
            {
                marker: join_words(texts if marker == words else _by_marks(texts))
                for marker, texts in tokens.items()
            }
        )
    rows = {
        marker: Row(lines[marker], encoding, texts)
        for marker, texts in tokens.items()
        if marker != words
    }
    plain = all(map(is_word, forms))
    spoken = None if surfaces is None else Row(lines[words], encoding, surfaces)
    spans, fit = _words(spoken, rows[morphemes], plain=plain)
    issues, uneven = [], ""
    if not fit:
        count = sum(map(is_word, surfaces or ()))
        uneven = f"words: {len(spans)} by \\{morphemes}, {count} by \\{words}"
    above = _Above(rows[morphemes], spans, plain, fit and spoken is not None)
    made = above.join(rows, unclear={marker for marker in rows if "?" in lines[marker]})
    joined: dict[str, str] = {}
    for marker, texts in tokens.items():
        line: str | None = join_words(texts) if marker == words else made[marker]
        if line is None and marker != glosses and len(texts) == len(surfaces or ()):
            line = join_words(texts)
        if line is None:
            line = join_words(_by_marks(texts))
            if marker == glosses:
                counts = [sum(map(_counts, one)) for one in (forms, texts)]
                fits = cells_under(rows[morphemes], rows[marker])
                differ = ", and their boundaries differ" if fits else ""
                issues.append(
                    f"tokens: {counts[0]} in \\{morphemes}, {counts[1]} in \\{marker}{differ}"
                )
        joined[marker] = line
    return Joined(joined, tuple(issues), uneven)


@attrs.frozen
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

    def join(self, rows: Mapping[str, Row], unclear: Collection[str]) -> dict[str, str | None]:
        """The words of each line, that of the morphemes too; None where it does not fit them.

        Args:
            rows: The lines, by marker.
            unclear: The markers of those that have a question mark somewhere.
        """
        forms = self.row.texts
        full: dict[str, list[str]] = {}
        made: dict[str, str | None] = {}
        for marker, row in rows.items():
            texts = row.texts
            if row is self.row:
                full[marker] = texts
            elif self.plain and len(texts) == len(forms):
                # One under the other, whatever the columns say: by column, too, each has its own.
                full[marker] = (
                    [cell[0] for cell in unknown_cells(forms, [[text] for text in texts])]
                    if marker in unclear
                    else texts
                )
            else:
                made[marker] = self._cut(row, unclear=marker in unclear)
        joined, stray = join_columns(forms, full.values(), self.spans)
        for at, (marker, texts) in enumerate(full.items()):
            accepted = not stray >> at & 1 or self._accepts(rows[marker], texts)
            made[marker] = joined[at] if accepted else None
        return made

    def _cut(self, row: Row, *, unclear: bool) -> str | None:
        """The words of a line that may have several tokens under a morpheme, or none."""
        forms = self.row.texts
        if self.plain and len(row.texts) < len(forms):
            return None  # since some word would have none
        cells = cells_under(self.row, row)
        if cells is None:
            return None
        cells = unknown_cells(forms, cells) if unclear else cells
        stray = leads_out(forms, [" ".join(cell) for cell in cells], self.spans)
        if stray and not self._accepts(row, row.texts):
            return None
        return join_words(join_cells(forms, cells, self.spans))

    def _accepts(self, row: Row, texts: Sequence[str]) -> bool:
        """Whether a line fits of which a boundary leads out of a word."""
        if _by_column(self.row, row) is not None:
            return True
        # By number alone; where the words are known, and the marks make others, these are stray.
        return self.told and len(_spans(texts)) != len(self.spans)


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
        return (_spans_of_words(forms) if plain else _spans(forms)), True
    count = sum(map(is_word, spoken.texts))
    is_spoken_plain = count == len(spoken.texts)
    if plain and is_spoken_plain and count == len(forms) and not any(map(_has_mark, forms)):
        return [(at, at + 1) for at in range(len(forms))], True
    by_column = None
    if spoken.texts:
        by_column = _words_by_column(spoken, anchor, plain=plain and is_spoken_plain)
    if by_column is not None and not _parts_marked(by_column, forms):
        return by_column, True
    spans = _spans_of_words(forms) if plain else _spans(forms)
    made = len(spans)
    if not plain:
        made = sum(any(map(is_word, forms[begin:end])) for begin, end in spans)
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
        spoken: The words.
        anchor: The morphemes.
        plain: Whether all tokens are words, with no punctuation nor boundary by itself.
    """
    starts, begun = spoken.starts, anchor.starts
    if plain:
        if starts[0] != begun[0] or not set(begun).issuperset(starts):
            return None
        places = {start: at for at, start in enumerate(begun)}
        found = [places[start] for start in starts]
        return list(zip(found, [*found[1:], len(begun)], strict=True))
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


def _spans_of_words(texts: Sequence[str]) -> Spans:
    """As `_spans`, of tokens none of which is punctuation or a boundary by itself."""
    if any(text[0] == "<" for text in texts):
        return _spans(texts)
    ends = [
        at
        for at, (left, right) in enumerate(pairwise(texts), 1)
        if right[0] not in MARKS and left[-1] not in MARKS
    ]
    return list(zip([0, *ends], [*ends, len(texts)], strict=True))


def count_words(row: Row) -> int:
    """How many words a line has by the boundaries on its tokens."""
    return len(_spans(row.texts))


def _by_marks(texts: Sequence[str]) -> list[str]:
    """The words of a line that has nothing but its own boundaries to go by."""
    return join_plain(texts, texts, _spans(texts))
