"""A delimited text file as a header and rows: what the format ``csv`` and lexicons share."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from igtkit.errors import FileFormatError, InputError
from igtkit.io._source import Source

__all__ = ["TABS", "allow_long_cells", "checked_delimiter", "open_table"]

TABS = (".tsv", ".tab")
"""Extensions of files whose cells stand apart by tabs."""


def open_table(
    source: Source, delimiter: str | None = None
) -> tuple[list[str], Iterator[tuple[int, dict[str, str | None]]]] | None:
    """Return the header of a table, and its rows with the line of each; None for an empty file.

    Args:
        source: The file.
        delimiter: The mark between cells; None to tell it from the file's name or header.

    Raises:
        FileFormatError: If two columns have one name, or a quote is never closed.
        InputError: If the delimiter is not one character.
    """
    allow_long_cells()
    lines = (f"{line}\n" for _, line in source.lines())
    first = next(lines, None)
    if first is None:
        return None
    mark = checked_delimiter(delimiter) if delimiter else _delimiter(source.path, first)
    reader = csv.reader(_chain(first, lines), delimiter=mark, strict=True)
    header = _header(source, reader)
    return header, _rows(source, reader, header)


def allow_long_cells() -> None:
    """Let a cell be as long as memory allows; Python's reader stops at 131,072 characters."""
    csv.field_size_limit(_LONGEST_CELL)


_LONGEST_CELL = (1 << 31) - 1  # as much as a C long holds everywhere


def _chain(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def checked_delimiter(delimiter: str) -> str:
    """Return the delimiter, once it is known to be one.

    Raises:
        InputError: If it is not one character, or a quote or a line end.
    """
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise InputError(f"delimiter must be one character, such as ';', not {delimiter!r}")
    return delimiter


def _delimiter(path: Path | None, header: str) -> str:
    """The mark between cells: a tab in files that are named so, else what the header has most."""
    if path is not None and path.suffix.lower() in TABS:
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
