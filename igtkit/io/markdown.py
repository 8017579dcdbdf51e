"""Markdown: numbered examples as tables, readable as they stand.

``style="pandoc"`` writes pandoc's numbered examples, to which a text can refer, with small
capitals. It can be written, not read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from igtkit._characters import display_width, pad
from igtkit._labels import split_labels
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._label_names import LabelNames
from igtkit.io._printing import PRINTED, Example, Row, explain_labels, print_example
from igtkit.io._sink import Sink
from igtkit.io._small_caps import LabelChoice, choose_labels

__all__ = ["FORMAT", "escape"]

Style = Literal["table", "pandoc"]

_NONE: Mapping[str, str] = MappingProxyType({})
_SPECIAL = re.compile(r"[\\`*\[\]<>|~^$&#@{}]|(?<!\w)_|_(?!\w)")
_SMART = re.compile(r"(?<=-)-|(?<=\.)\.|['\"]")
_BEGINNING = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=#])(?=\s|$)")
_BETWEEN = re.compile(r"\]\{\.smallcaps\}\.\[")  # [def]{.smallcaps}.[sg]{.smallcaps}
_WIDEST = 90  # columns of a table; a longer sentence goes on in another one


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    style: Style = "table",
    labels: LabelChoice = "guess",
    abbreviations: Mapping[str, str] = _NONE,
) -> None:
    entries, in_lower_case = choose_labels(items, labels, sink, abbreviations)
    held = list(entries)
    stream = sink.text()
    names = LabelNames("A-Za-z0-9_-")
    for number, igt in enumerate(held, 1):
        name = names.new(igt.id) if style == "pandoc" else None
        if name != igt.id:
            sink.lose("id")
        example = print_example(igt, sink)
        if style == "pandoc":
            lines = _numbered(example, f"(@{name or ''})", in_lower_case)
        else:
            lines = _plain(example, f"**({number})**", in_lower_case)
        stream.write("\n".join(lines) + "\n\n")
    if explained := explain_labels(held, in_lower_case, abbreviations, sink):
        stream.write("## Abbreviations\n\n")
        for label, meaning in explained:
            shown = f"[{label}]{{.smallcaps}}" if style == "pandoc" else label.upper()
            stream.write(f"- {shown}: {escape(meaning)}\n")


def _plain(example: Example, number: str, labels: Collection[str]) -> Iterator[str]:
    yield " ".join(filter(None, [number, escape(example.heading)]))
    yield from _above(example)
    for table in _tables(example, labels, "table"):
        yield ""
        head, *rows = table
        yield f"| {' | '.join(head)} |"
        yield f"|{'|'.join('-' * (display_width(cell) + 2) for cell in head)}|"
        yield from (f"| {' | '.join(row)} |" for row in rows)
    yield from _below(example)


def _numbered(example: Example, number: str, labels: Collection[str]) -> Iterator[str]:
    """An item of pandoc's list; what belongs to it is indented by four columns."""
    lines = [*_above(example)]
    for table in _tables(example, labels, "pandoc"):
        rule = "  ".join("-" * display_width(cell) for cell in table[0])
        lines += ["", rule, *("  ".join(row).rstrip() for row in table), rule]
    lines += [*_below(example)]
    first = escape(example.heading)
    if not first and example.above:  # an item has to begin with a text
        first, lines = lines[1], lines[2:]
    first = first or "\\ "
    yield f"{number} {first}"
    yield from (f"    {line}" if line else "" for line in lines)


def _above(example: Example) -> list[str]:
    return ["", f"*{escape(example.above)}*"] if example.above else []


def _below(example: Example) -> Iterator[str]:
    for text in (example.translation, *example.notes):
        if text:
            yield ""
            yield escape(text)


def _tables(
    example: Example, labels: Collection[str], style: Style
) -> Iterator[list[tuple[str, ...]]]:
    """The rows of each table, their cells padded to the width of the column."""
    bare = [*zip(*(row.cells for row in example.rows), strict=True)]
    columns = [
        [_cell(row, cell, labels, style) for row, cell in zip(example.rows, column, strict=True)]
        for column in bare
    ]
    padded = [
        [pad(cell, max(1, *map(display_width, column))) for cell in column] for column in columns
    ]
    taken: list[Sequence[str]] = []
    used = 0
    for column, shown in zip(padded, bare, strict=True):
        width = max(map(display_width, shown)) + 3
        if taken and used + width > _WIDEST:
            yield [*zip(*taken, strict=True)]
            taken, used = [], 0
        taken.append(column)
        used += width
    if taken:
        yield [*zip(*taken, strict=True)]


def _cell(row: Row, text: str, labels: Collection[str], style: Style) -> str:
    if row.line == "transcription":
        return f"*{escape(text)}*" if text else ""
    if row.line != "glosses" or style == "table":
        return escape(text)
    marked = "".join(
        f"[{_inline(piece.lower())}]{{.smallcaps}}" if is_label else _inline(piece)
        for piece, is_label in split_labels(text, labels)
    )
    return _BEGINNING.sub(_first, _BETWEEN.sub(".", marked))


def escape(text: str) -> str:
    r"""A text as Markdown has to be told it, on one line.

    Example:
        >>> print(escape("*<b>"))
        \*\<b\>
    """
    return _BEGINNING.sub(_first, _inline(" ".join(text.split())))


def _inline(text: str) -> str:
    return _SMART.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", text))


def _first(match: re.Match[str]) -> str:
    """What would begin a list or a heading, so that it does not."""
    return f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}"


FORMAT = built_in("markdown", write=_write, holds=[*PRINTED, "id"])
