"""A delimited text file as a header and rows: what the format ``csv`` and lexicons share."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator

from igtkit.errors import FileFormatError, InputError
from igtkit.io._parts import tell
from igtkit.io._source import Source

__all__ = ["TABS", "allow_long_cells", "checked_delimiter", "open_table"]

TABS = (".tsv", ".tab")
"""Extensions of files whose cells stand apart by tabs."""

_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_EXCEL = re.compile(r"""^"?sep=(.|\\t)"?[,;\t|]*$""", re.IGNORECASE)


def open_table(
    source: Source, delimiter: str | None = None
) -> tuple[list[str], Iterator[tuple[int, dict[str, str | None]]]] | None:
    """Return the header of a table, and its rows with the line of each; None for an empty file.

    A first line ``sep=;``, as Excel has it, says what stands between the cells. A column without a
    name is called ``column 4`` where it has anything in it, and left out of each row where it has
    not.

    Args:
        source: The file.
        delimiter: The mark between cells; None to tell it from the file's name or header.

    Raises:
        FileFormatError: If two columns have one name, if there are more than 16,384, or a quote is
            never closed.
        InputError: If the delimiter is not one character.
    """
    allow_long_cells()
    lines = (f"{line}\n" for _, line in source.lines())
    first = next(lines, None)
    if first is None:
        return None
    said = _EXCEL.match(first.rstrip("\n"))
    before = 0
    if said is not None:
        first, before = next(lines, None), 1
        if first is None:
            return None
    mark = checked_delimiter(delimiter) if delimiter else _said(said) or _delimiter(source, first)
    usual = "\t" if _is_tabbed(source) else ","
    if mark != usual:
        source.parts.append(
            tell("delimiter", mark, None, "cells-apart", detail=_MARKS.get(mark, repr(mark)))
        )
    reader = csv.reader(_chain(first, lines), delimiter=mark, strict=True)
    header = _header(source, reader, before)
    rows = _rows(source, reader, header, before)
    return [name for name in header if name], rows


def _said(said: re.Match[str] | None) -> str | None:
    return (
        None if said is None else "\t" if said[1] in ("\t", "\\t") else checked_delimiter(said[1])
    )


def allow_long_cells() -> None:
    """Let a cell be as long as memory allows; Python's reader stops at 131,072 characters."""
    csv.field_size_limit(_LONGEST_CELL)


_LONGEST_CELL = (1 << 31) - 1  # as much as a C long holds everywhere
_MOST_COLUMNS = 1 << 14  # Excel's limit; each column is a part of the file, and a name in each row


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


def _delimiter(source: Source, header: str) -> str:
    """The mark between cells: a tab in files that are named so, else what the header has most."""
    return "\t" if _is_tabbed(source) else max(_MARKS, key=header.count)


def _is_tabbed(source: Source) -> bool:
    return source.path is not None and source.path.suffix.lower() in TABS


def _header(source: Source, reader: Iterator[list[str]], before: int) -> list[str]:
    try:
        header = next(reader)
    except csv.Error as error:
        raise FileFormatError(str(error), path=source.name, line=1 + before) from error
    if len(header) > _MOST_COLUMNS:
        raise FileFormatError(
            f"{len(header):,} columns",
            path=source.name,
            line=1 + before,
            expected=f"at most {_MOST_COLUMNS:,}, the most of a spreadsheet",
        )
    header = ["" if not name.strip() else name for name in header]
    twice = [name for name, count in Counter(filter(None, header)).items() if count > 1]
    if twice:
        raise FileFormatError(
            f"two columns are named {twice[0]!r}", path=source.name, line=1 + before
        )
    source.parts.extend(
        tell("column", f"column {place}", None, "column-unnamed")
        for place, name in enumerate(header, 1)
        if not name and place > 1
    )
    return header


def _rows(
    source: Source, reader: Iterator[list[str]], header: list[str], before: int
) -> Iterator[tuple[int, dict[str, str | None]]]:
    needed = max((place for place, name in enumerate(header, 1) if name), default=len(header))
    line = 1 + before
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
        line = reader.line_num + before  # type: ignore[attr-defined]
        filled = cells[:]
        while len(filled) > needed and not filled[-1].strip():
            filled.pop()
        if needed <= len(filled) <= len(header):
            yield begins, _named(header, filled)
        elif cells:
            source.reject(
                f"{len(cells)} cells under {len(header)} columns", line=begins, text=str(cells)
            )


def _named(header: list[str], cells: list[str]) -> dict[str, str | None]:
    row: dict[str, str | None] = {}
    for place, (name, cell) in enumerate(zip(header, cells, strict=False), 1):
        if name or cell.strip():
            row[name or ("" if place == 1 else f"column {place}")] = cell or None
    return row
