"""Excel workbooks: the columns of a table, every cell a text that Excel leaves as it is.

Columns as in CSV, review tables included. The first sheet is read, or the one that the option
``sheet`` names. Needs openpyxl (extra ``office``).
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Literal

import attrs

from igtkit._optional import require
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._losses import NO_WORDS, EntryLosses, empty
from igtkit.io._marks import MARK_COLUMNS
from igtkit.io._parts import tell
from igtkit.io._review import (
    REVIEW_COLUMNS,
    is_review,
    read_review,
    review_parts,
    review_rows,
)
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._spreadsheet import protect, unprotect
from igtkit.io._tables import LAYOUTS, Layout, read_rows, write_rows
from igtkit.io._workbook import slim, unpacked_size
from igtkit.io._worksheet import require_readable
from igtkit.io._xml.writing import legal

__all__ = ["FORMAT"]

Row = Mapping[str, str | None]

_log = logging.getLogger("igtkit.io")
_UNNAMED = "column {}"
_LONGEST_CELL = 32_767  # characters, and rows: the limits of Excel
_MOST_ROWS = 1_048_576
_ALWAYS_FILLED = 1 << 20  # cells, empty ones too, which the library makes up to the last of a row
_LEAST_CELL = 4  # bytes that a cell takes in the file
_BOOK = "xl/workbook.xml"
_TO_BE_WORKED_OUT = b'fullCalcOnLoad="1"'  # as long as only a script has saved the file
_MOST_OTHERS = 20  # sheets that are looked at, of those that are not read
_BEGINNING = 50  # rows and columns of them
_NARROW = ("sentence", "word", "probability", "confirmed", "split")
_WIDE = ("transcription", "segmentation", "glosses", "translation", "alternatives")


def _read(
    source: Source, *, columns: Mapping[str, str] | None = None, sheet: str | None = None
) -> Iterator[IGT]:
    rows = _rows(source, sheet)
    names = next(rows, None)
    if names is None:
        return iter(())
    header = [name or _UNNAMED.format(place) for place, name in enumerate(names[1], 1)]
    twice = next((name for name, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        raise FileFormatError(f"two columns are named {twice!r}", path=source.name, line=names[0])
    if is_review(header) and not columns:
        source.parts.extend(review_parts(header))
        protected = (
            (line, {name: cell and protect(cell) for name, cell in row.items()})
            for line, row in _named(source, header, rows)
        )
        return read_review(source, header, protected)
    return read_rows(source, header, _named(source, header, rows), columns)


def _named(
    source: Source, header: Sequence[str], rows: Iterable[tuple[int, list[str | None]]]
) -> Iterator[tuple[int, Row]]:
    unnamed = {_UNNAMED.format(place) for place in range(1, len(header) + 1)}
    for line, cells in rows:
        if len(cells) > len(header):
            source.reject(f"{len(cells)} cells under {len(header)} columns", line=line)
            continue
        filled = [*cells, *[None] * (len(header) - len(cells))]
        row = dict(zip(header, filled, strict=True))
        yield line, {name: cell for name, cell in row.items() if cell or name not in unnamed}


def _rows(source: Source, sheet: str | None) -> Iterator[tuple[int, list[str | None]]]:
    """The rows that have anything in them, without empty cells at their ends."""
    openpyxl = require("openpyxl", "office")
    stream = source.binary()
    try:
        packed = stream.seek(0, os.SEEK_END)
        archive = zipfile.ZipFile(stream)
        left = _ALWAYS_FILLED + unpacked_size(source, archive, packed) // _LEAST_CELL
        slimmed = slim(source, archive, stream)
        book = openpyxl.load_workbook(slimmed, read_only=True, data_only=True, keep_links=False)
        chosen = _sheet(book, sheet)
        chosen.reset_dimensions()  # what a file says of its size may be anything
        about = archive.read(_BOOK) if _BOOK in archive.namelist() else b""
        with archive.open(chosen._worksheet_path) as table:  # noqa: SLF001 -- no other way to it
            require_readable(source.name, table, is_worked_out=_TO_BE_WORKED_OUT not in about)
        if sheet is None:
            _tell_of_others(source, book.worksheets[1:])
        for line, row in enumerate(chosen.iter_rows(), 1):
            left -= len(row)
            _require_filled(left, source, line)
            cells = [_text(source, cell, line) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield line, cells
    except (FileFormatError, InputError):
        raise
    except Exception as error:  # whatever damage makes the library raise
        raise FileFormatError(
            f"no Excel workbook: {error}", path=source.name, expected="an .xlsx file, whole"
        ) from error


def _require_filled(left: int, source: Source, line: int) -> None:
    """Refuse a sheet whose cells stand so far off that there is next to nothing in it."""
    if line > _MOST_ROWS:
        raise FileFormatError(f"a row after {_MOST_ROWS:,}, the last of Excel", path=source.name)
    if left < 0:
        raise FileFormatError(
            "cells so far to the right that most of the sheet is empty",
            path=source.name,
            line=line,
            expected="a table that begins in the first column",
        )


def _sheet(book: Any, name: str | None) -> Any:
    if name is None:
        return book.worksheets[0]
    if name not in book.sheetnames:
        raise InputError(f"no sheet {name!r}; there are: {', '.join(book.sheetnames)}")
    return book[name]


def _tell_of_others(source: Source, sheets: Iterable[Any]) -> None:
    """Say which sheets are not read, of those that have anything at their beginning."""
    others = []
    for other in islice(sheets, _MOST_OTHERS):
        other.reset_dimensions()
        rows = other.iter_rows(max_row=_BEGINNING, max_col=_BEGINNING, values_only=True)
        if any(cell is not None for row in rows for cell in row):
            others.append(other.title)
    source.parts.extend(tell("sheet", title, None, "sheet-left-out") for title in others)
    if others:
        named = ", ".join(map(repr, others))
        _log.warning(
            "%s: only the first sheet is read; left out: %s (sheet= reads one)", source.name, named
        )


def _text(source: Source, cell: Any, line: int) -> str | None:
    """A cell as text; a number that is a whole one without its point."""
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type == "e":
        raise FileFormatError(
            f"cell {cell.coordinate} is an error, {value}: its text was taken for a formula",
            path=source.name,
            line=line,
            expected="a text; type an apostrophe before it",
        )
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    layout: Layout | Literal["review"] = "polygloss",
) -> None:
    openpyxl = require("openpyxl", "office")
    stream = sink.binary()
    if layout == "review":
        header: Sequence[str] = REVIEW_COLUMNS
        rows = [{name: unprotect(cell) for name, cell in row.items()} for row in review_rows(items)]
        table = [{name: legal(cell, sink) or None for name, cell in row.items()} for row in rows]
    else:
        table = [_held(row, sink) for row in write_rows(items, sink, layout, marks=True)]
        header = LAYOUTS[layout]
        if any(row.get(name) for row in table for name in MARK_COLUMNS):
            header = [*header, *MARK_COLUMNS]
    if len(table) >= _MOST_ROWS:
        raise InputError(f"{len(table):,} rows; a sheet has {_MOST_ROWS:,} at most: write CSV")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Texts")
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the sheet
    sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
        fitToPage=True
    )
    for place, name in enumerate(header, 1):
        letter = openpyxl.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = _width(name, layout)
    sheet.append([_cell(name, openpyxl, sheet, bold=True) for name in header])
    for row in table:
        sheet.append([_cell(row.get(name), openpyxl, sheet) for name in header])
    book.save(stream)


def _width(name: str, layout: str) -> int:
    """The width of a column, in characters."""
    if name in _NARROW:
        return 11
    is_word = layout == "review" and name in ("segmentation", "glosses")
    return 50 if name in _WIDE and not is_word else 20


def _held(row: Row, sink: Sink) -> dict[str, str | None]:
    """The row as a sheet can hold it; what it cannot is reported."""
    losses = EntryLosses(sink)
    held: dict[str, str | None] = {}
    for name, cell in row.items():
        held[name] = legal(cell, losses) if cell else None
        if cell is not None and not cell.strip():
            losses.lose(empty(name))
        elif cell and len(cell) > _LONGEST_CELL:
            losses.lose(name)
            held[name] = None
    if not any(held.values()):
        losses.lose(NO_WORDS)
    return held


def _cell(text: str | None, openpyxl: Any, sheet: Any, *, bold: bool = False) -> Any:
    cell = openpyxl.cell.WriteOnlyCell(sheet, text)
    if text is not None:
        cell.data_type = "s"  # a text, whatever it begins with
    cell.number_format = "@"
    if bold:
        cell.font = openpyxl.styles.Font(bold=True)
    return cell


FORMAT = built_in(
    "xlsx", read=_read, write=_write, holds=[field.name for field in attrs.fields(IGT)]
)
