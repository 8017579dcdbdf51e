"""CSV and TSV: a header with the names of the columns, then one row an entry.

An empty cell is a missing line. In tables of others, which lack some column of igtkit, so is one of
white space, and a row of such cells is left out. Columns have the names of
`igtkit.corpus.columns`, in capitals or not, or those of the GlossLM corpus, which is told by its
``is_segmented``; other columns are kept in `IGT.metadata`, and ``columns=`` says what a table of
your own calls them. Metadata stand in a column of their own, as JSON; where texts are a machine's
suggestions, its mark has three (``probability``, ``alternatives``, ``confirmed``). Cells may hold
line breaks, in quotes; a carriage return reads back as a line break.

``layout="review"`` is a table of suggestions word by word, for a person to correct (`_review`).
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Literal, TextIO

import attrs

from igtkit.corpus.columns import COLUMNS
from igtkit.corpus.glosslm import GLOSSLM_COLUMNS
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._csv import TABS, checked_delimiter, open_table
from igtkit.io._losses import empty, spacing_of
from igtkit.io._marks import MARK_COLUMNS
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

__all__ = ["FORMAT"]

_SAME_NUMBER = re.compile("0|[1-9][0-9]{0,14}")  # which a spreadsheet saves as it was
_FORMULA = ("=", "+", "-", "@")
_IN_MEMORY = 1 << 24  # bytes of rows that are held without a file


def _read(
    source: Source, *, columns: Mapping[str, str] | None = None, delimiter: str | None = None
) -> Iterator[IGT]:
    table = open_table(source, delimiter)
    if table is None:
        return iter(())
    header, rows = table
    if is_review(header) and not columns:
        source.parts.extend(review_parts(header))
        return read_review(source, header, rows)
    if tuple(header[: len(COLUMNS)]) == COLUMNS or tuple(header) == GLOSSLM_COLUMNS:
        rows = _unprotected(rows)
    if not {*COLUMNS} <= {*header}:
        rows = _filled(rows)
    return read_rows(source, header, rows, columns)


def _unprotected(
    rows: Iterable[tuple[int, dict[str, str | None]]],
) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The rows of a table of igtkit's own, as they were before its cells were made safe."""
    for line, row in rows:
        yield line, {name: cell and unprotect(cell) for name, cell in row.items()}


def _filled(
    rows: Iterable[tuple[int, dict[str, str | None]]],
) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The rows that have anything in them; white space alone is nothing."""
    for line, row in rows:
        filled = {name: cell if cell and cell.strip() else None for name, cell in row.items()}
        if any(filled.values()):
            yield line, filled


@attrs.frozen
class _Lines:
    r"""Takes rows that end in ``"\r\n"``, and ends them in ``"\n"``.

    Only so does Python's writer put a cell with either of the two in quotes.
    """

    stream: TextIO

    def write(self, row: str) -> None:
        self.stream.write(row.removesuffix("\r\n") + "\n")


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    delimiter: str | None = None,
    layout: Layout | Literal["review"] = "polygloss",
    excel: bool = False,
) -> None:
    tabs = sink.path is not None and sink.path.suffix.lower() in TABS
    mark = checked_delimiter(delimiter) if delimiter else "\t" if tabs else ","
    writer = csv.writer(_Lines(sink.text()), delimiter=mark, lineterminator="\r\n")
    is_utf8 = sink.path is not None and sink.encoding.lower() in ("utf-8", "utf8")
    if is_utf8 and (excel or layout == "review"):
        sink.text().write("\ufeff")  # without which Excel takes the file for another encoding
    if layout == "review":
        writer.writerow(REVIEW_COLUMNS)
        writer.writerows(row.values() for row in review_rows(items))
        return
    guarded = _Guard(excel=excel)
    rows = map(guarded.row, _told(write_rows(items, sink, layout, marks=True), sink))
    if layout == "glosslm":
        writer.writerow(LAYOUTS[layout])
        writer.writerows(row.values() for row in rows)
        guarded.tell(sink)
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii") as held:
        marked = _hold(rows, held)
        width = len(LAYOUTS[layout])
        writer.writerow([*LAYOUTS[layout], *(MARK_COLUMNS if marked else ())])
        for line in held:
            cells = json.loads(line)
            writer.writerow(cells if marked else cells[:width])
    guarded.tell(sink)


class _Guard:
    """Keeps cells from what a spreadsheet makes of them, or counts those that look like formulas.

    A cell that looks like one that was made safe is made so in any case, to be read back as it is.
    """

    def __init__(self, *, excel: bool) -> None:
        self._excel = excel
        self._formulas = 0

    def row(self, row: Mapping[str, str | None]) -> dict[str, str | None]:
        return {name: cell and self._cell(cell) for name, cell in row.items()}

    def _cell(self, text: str) -> str:
        self._formulas += text.startswith(_FORMULA)
        if (self._excel and not _SAME_NUMBER.fullmatch(text)) or unprotect(text) != text:
            return protect(text)
        return text

    def tell(self, sink: Sink) -> None:
        if self._formulas and not self._excel:
            cells = "1 cell begins" if self._formulas == 1 else f"{self._formulas} cells begin"
            sink.tell(f"{cells} as formulas do: for a spreadsheet say excel=true, or write .xlsx")


def _hold(rows: Iterable[Mapping[str, str | None]], held: IO[str]) -> bool:
    """Hold the rows until it is known whether any has the mark of a suggestion, and say so."""
    marked = False
    for row in rows:
        marked = marked or any(row[name] for name in MARK_COLUMNS)
        held.write(json.dumps([*row.values()]) + "\n")
    held.seek(0)
    return marked


def _told(
    rows: Iterable[Mapping[str, str | None]], sink: Sink
) -> Iterator[Mapping[str, str | None]]:
    """The rows, after a word of what CSV cannot hold of them."""
    for row in rows:
        for name, value in row.items():
            if value == "":
                sink.lose(empty(name))
            elif value and "\r" in value:
                sink.lose(spacing_of(name))
        yield row


FORMAT = built_in(
    "csv", read=_read, write=_write, holds=[field.name for field in attrs.fields(IGT)]
)
