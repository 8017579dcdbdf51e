"""What stands under what in an interlinear block, and how its morphemes make up words.

Toolbox keeps columns by byte, in the encoding of the file, and sets spaces between the morphemes
of a word: ``a- b -c``. Files that other programs touched have lost the columns, and then the number
of tokens decides. Where neither fits, every line is put together by its own boundaries, and an
issue says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from igtkit.boundaries import UNKNOWN, is_word, join_words
from igtkit.io.toolbox.rows import Row, by_column, cells_under, counts
from igtkit.io.toolbox.spans import has_mark_at_edge, spans_by_marks, spans_of
from igtkit.io.toolbox.words import (
    UNANALYZED,
    Spans,
    join_cells,
    join_columns,
    leads_out,
    lines_leading_out,
    unknown_cells,
)

__all__ = ["Joined", "join_block"]


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
    tokens: dict[str, list[str]] = {}
    for marker, line in lines.items():
        tokens[marker] = line.split()
        if "*" in line and marker != words:
            tokens[marker] = [UNANALYZED.sub(UNKNOWN, text) for text in tokens[marker]]
    surfaces, forms = tokens.pop(words, None), tokens.pop(morphemes, None)
    made = {**lines}
    if surfaces is not None:
        made[words] = " ".join(surfaces)
    if not forms:
        made |= {marker: _by_marks(texts) for marker, texts in tokens.items()}
        return Joined(made)
    plain = all(map(is_word, forms))
    anchor = Row(lines[morphemes], encoding, forms)
    spoken = None if surfaces is None else Row(lines[words], encoding, surfaces)
    spans, fit = spans_of(spoken, anchor, plain=plain)
    above = _Above(anchor, spans, plain, fit and spoken is not None)
    made[morphemes], below = above.join(lines, tokens)
    made |= below
    issues: list[str] = []
    for marker, texts in tokens.items():
        if marker in below:
            continue
        if marker != glosses and len(texts) == len(surfaces or ()):
            made[marker] = " ".join(texts)
            continue
        made[marker] = _by_marks(texts)
        if marker == glosses:
            has = [sum(map(counts, one)) for one in (forms, texts)]
            fits = cells_under(anchor, Row(lines[marker], encoding, texts))
            differ = ", and their boundaries differ" if fits else ""
            issues.append(f"tokens: {has[0]} in \\{morphemes}, {has[1]} in \\{marker}{differ}")
    uneven = ""
    if not fit:
        count = sum(map(is_word, surfaces or ()))
        uneven = f"words: {len(spans)} by \\{morphemes}, {count} by \\{words}"
    return Joined(made, tuple(issues), uneven)


def _by_marks(texts: Sequence[str]) -> str:
    """The words of a line that has nothing but its own boundaries to go by."""
    [line] = join_columns([texts], spans_by_marks(texts))
    return line


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
        dense = self.plain or all(map(counts, forms))
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
            full[marker] = texts
            if "?" in lines[marker]:
                full[marker] = [one for [one] in unknown_cells(forms, [[text] for text in texts])]
        columns = [forms, *full.values()]
        first, *others = joined = join_columns(columns, spans)
        made.update(zip(full, others, strict=True))
        edges = self.plain or not has_mark_at_edge(spans, forms)
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
        cells = by_column(self.row, row)
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
        if self.told and len(spans_by_marks(texts)) != len(self.spans):
            return True  # as the words are known, and the marks make others, these are stray
        return by_column(self.row, row) is not None
