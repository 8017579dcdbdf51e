"""CSV and TSV: a header with the names of the columns, then one row an entry.

An empty cell is a missing line. Columns have the names of `igtkit.corpus.columns`, or those of the
GlossLM corpus, which is told by its ``is_segmented``; other columns are kept in `IGT.metadata`, and
``columns=`` says what a table of your own calls them. Metadata stand in a column of their own, as
JSON. Cells may hold line breaks, in quotes; a carriage return reads back as a line break.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._registry import Format
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tables import LAYOUTS, Layout, read_rows, write_rows

__all__ = ["FORMAT", "open_table"]

_TABS = (".tsv", ".tab")


def _read(
    source: Source, *, columns: Mapping[str, str] | None = None, delimiter: str | None = None
) -> Iterator[IGT]:
    table = open_table(source, delimiter)
    if table is None:
        return iter(())
    header, rows = table
    return read_rows(source, header, rows, columns)


def open_table(
    source: Source, delimiter: str | None = None
) -> tuple[list[str], Iterator[tuple[int, dict[str, str | None]]]] | None:
    """The header of a table, and its rows with the line each begins in; None for an empty file.

    Args:
        source: The file.
        delimiter: The mark between cells; None to tell it from the file's name or header.

    Raises:
        FileFormatError: If two columns have one name, or a quote is never closed.
        InputError: If the delimiter is not one character.
    """
    lines = (f"{line}\n" for _, line in source.lines())
    first = next(lines, None)
    if first is None:
        return None
    mark = _checked(delimiter) if delimiter else _delimiter(source.path, first)
    reader = csv.reader(_chain(first, lines), delimiter=mark, strict=True)
    header = _header(source, reader)
    return header, _rows(source, reader, header)


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _checked(delimiter: str) -> str:
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InputError(f"delimiter must be one character, such as ';', not {delimiter!r}")
    return delimiter


def _delimiter(path: Path | None, header: str) -> str:
    """The mark between cells: a tab in files that are named so, else what the header has most."""
    if path is not None and path.suffix.lower() in _TABS:
        return "\t"
    return max(",;\t", key=header.count)


def _header(source: Source, reader: Iterator[list[str]]) -> list[str]:
    try:
        header = next(reader)
    except csv.Error as error:
        raise FileFormatError(str(error), path=source.name, line=1) from error
    twice = [name for name, count in Counter(header).items() if count > 1]
    if twice:
        raise FileFormatError(f"two columns are named {twice[0]!r}", path=source.name, line=1)
    return header


def _rows(
    source: Source, reader: Iterator[list[str]], header: list[str]
) -> Iterator[tuple[int, dict[str, str | None]]]:
    line = 1
    while True:
        begins = line + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:  # an open quote, a cell without end: no row after it is safe
            raise FileFormatError(
                str(error), path=source.name, line=begins, expected="cells, quoted where needed"
            ) from error
        if cells is None:
            return
        line = reader.line_num  # type: ignore[attr-defined]
        if len(cells) == len(header):
            yield (
                begins,
                {name: cell or None for name, cell in zip(header, cells, strict=True)},
            )
        elif cells:
            source.reject(
                f"{len(cells)} cells under {len(header)} columns", line=begins, text=str(cells)
            )


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    delimiter: str | None = None,
    layout: Layout = "polygloss",
) -> None:
    tabs = sink.path is not None and sink.path.suffix.lower() in _TABS
    mark = _checked(delimiter) if delimiter else "\t" if tabs else ","
    rows = write_rows(items, sink, layout)
    writer = csv.writer(sink.text(), delimiter=mark, lineterminator="\n")
    writer.writerow(LAYOUTS.get(layout, ()))
    for row in rows:
        values = list(row.values())
        if any(value == "" for value in values):
            sink.lose("empty lines, which read back as missing")
        if any(value and "\r" in value for value in values):
            sink.lose("carriage returns")
        writer.writerow(values)


FORMAT = Format(
    "csv",
    extensions=(".csv", *_TABS),
    read=_read,
    write=_write,
    holds=frozenset(field.name for field in attrs.fields(IGT)),
)
