"""Lines of tokens as rows: the tokens of several lines that stand at one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from igtkit._characters import display_width, pad
from igtkit.boundaries import is_word, separate_words

__all__ = ["count_words", "merge_gap", "merge_tokens", "show_rows"]


def count_words(tokens: Iterable[str]) -> int:
    """The number of words among some tokens."""
    return sum(map(is_word, tokens))


def merge_tokens(lines: Sequence[Sequence[str]]) -> list[tuple[str | None, ...]]:
    """Return lines of tokens as rows: words by position, other tokens in the gaps between."""
    words, gaps = zip(*map(separate_words, lines), strict=True)
    rows: list[tuple[str | None, ...]] = []
    for index in range(max(map(len, gaps))):
        rows += merge_gap([gap[index] if index < len(gap) else [] for gap in gaps])
        row = tuple(line[index] if index < len(line) else None for line in words)
        if any(token is not None for token in row):
            rows.append(row)
    return rows


def merge_gap(columns: Sequence[Sequence[str]]) -> list[tuple[str | None, ...]]:
    """Return the tokens of one gap as rows: equal ones share a row, and no line's order changes.

    A token that another line has further on waits for it there.
    """
    filled = [column for column in columns if column]
    if len({len(column) for column in filled}) <= 1:
        return [
            tuple(column[index] if column else None for column in columns)
            for index in range(len(filled[0]) if filled else 0)
        ]
    positions = [0] * len(columns)
    ahead = Counter(token for column in columns for token in column[1:])
    rows: list[tuple[str | None, ...]] = []
    while True:
        heads = [
            column[at] if at < len(column) else None
            for column, at in zip(columns, positions, strict=True)
        ]
        present = [head for head in heads if head is not None]
        if not present:
            return rows
        chosen = next((head for head in present if not ahead[head]), present[0])
        rows.append(tuple(head if head == chosen else None for head in heads))
        for line, (column, head) in enumerate(zip(columns, heads, strict=True)):
            if head == chosen:
                positions[line] += 1
                ahead.subtract(column[positions[line] : positions[line] + 1])


def show_rows(
    forms: Sequence[str], glosses: Sequence[str], mark: tuple[str | None, str | None]
) -> str:
    """Both lines in columns, with a caret under the first column that is ``mark``."""
    rows = merge_tokens([forms, glosses])
    widths = [max(display_width(form or ""), display_width(gloss or "")) for form, gloss in rows]
    lines = [
        " ".join(pad(row[line] or "", width) for row, width in zip(rows, widths, strict=True))
        for line in (0, 1)
    ]
    at = next((i for i, row in enumerate(rows) if row == mark), len(rows) - 1)
    carets = " " * (sum(widths[:at]) + at) + "^" * widths[at]
    return "\n".join(
        f"  {name:<14}{line}".rstrip()
        for name, line in zip(("segmentation:", "glosses:", ""), (*lines, carets), strict=True)
    )
