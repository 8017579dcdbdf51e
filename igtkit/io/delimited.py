"""CSV and TSV: a header with the names of the columns, then one row an entry.

An empty cell is a missing line. Columns have the names of `igtkit.corpus.columns`, or those of the
GlossLM corpus, which is told by its ``is_segmented``; other columns are kept in `IGT.metadata`, and
``columns=`` says what a table of your own calls them. Metadata stand in a column of their own, as
JSON. Cells may hold line breaks, in quotes; a carriage return reads back as a line break.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping

import attrs

from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._csv import TABS, checked_delimiter, open_table
from igtkit.io._losses import empty, spacing_of
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tables import LAYOUTS, Layout, read_rows, write_rows

__all__ = ["FORMAT"]


def _read(
    source: Source, *, columns: Mapping[str, str] | None = None, delimiter: str | None = None
) -> Iterator[IGT]:
    table = open_table(source, delimiter)
    if table is None:
        return iter(())
    header, rows = table
    return read_rows(source, header, rows, columns)


def _write(
    items: Iterable[IGT],
    sink: Sink,
    *,
    delimiter: str | None = None,
    layout: Layout = "polygloss",
) -> None:
    tabs = sink.path is not None and sink.path.suffix.lower() in TABS
    mark = checked_delimiter(delimiter) if delimiter else "\t" if tabs else ","
    rows = write_rows(items, sink, layout)
    writer = csv.writer(sink.text(), delimiter=mark, lineterminator="\n")
    writer.writerow(LAYOUTS[layout])
    for row in rows:
        for name, value in row.items():
            if value == "":
                sink.lose(empty(name))
            elif value and "\r" in value:
                sink.lose(spacing_of(name))
        writer.writerow(row.values())


FORMAT = built_in(
    "csv", read=_read, write=_write, holds=[field.name for field in attrs.fields(IGT)]
)
