"""What CSV and Parquet share: rows under the column names of two published corpora."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from igtkit.corpus.columns import COLUMNS, json_part, metadata_to_text, to_row
from igtkit.corpus.glosslm import (
    GLOSSLM_COLUMNS,
    from_any_row,
    is_glosslm,
    join_halves,
    to_glosslm_rows,
)
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language
from igtkit.io._losses import empty, metadata_key
from igtkit.io._parts import Part, tell
from igtkit.io._sink import Sink
from igtkit.io._source import Source

__all__ = ["LAYOUTS", "Layout", "Row", "read_rows", "write_rows"]

Row = Mapping[str, Any]
Layout = Literal["polygloss", "glosslm"]
LAYOUTS: Mapping[Layout, tuple[str, ...]] = {"polygloss": COLUMNS, "glosslm": GLOSSLM_COLUMNS}
"""The columns of each layout, in order."""

_LINES = ("transcription", "segmentation", "glosses")
_NOT_IN_GLOSSLM = ("pos", "split")


def read_rows(
    source: Source,
    header: Sequence[str],
    rows: Iterable[tuple[int | None, Row]],
    columns: Mapping[str, str] | None,
) -> Iterator[IGT]:
    """The entries of a table.

    Args:
        source: Where it is from.
        header: Names of its columns.
        rows: Each row with its line.
        columns: For columns of igtkit, what this table calls them.

    Raises:
        FileFormatError: If the table has no line of an interlinear text.
        InputError: If `columns` names what is not there.
    """
    renamed = _renamed(header, columns or {})
    source.parts.extend(_parts(header, renamed))
    if not any(renamed.get(name, name) in _LINES for name in header):
        raise FileFormatError(
            f"no column of an interlinear text among: {', '.join(header) or 'none'}",
            path=source.name,
            line=1,
            expected="transcription, segmentation or glosses; or say which they are, "
            "columns={'transcription': 'Text'}",
        )
    entries = _entries(source, rows, renamed)
    return join_halves(entries) if is_glosslm(header) else entries


def _parts(header: Sequence[str], renamed: Mapping[str, str]) -> Iterator[Part]:
    known = {*COLUMNS, *GLOSSLM_COLUMNS} if is_glosslm(header) else {*COLUMNS}
    for name in header:
        if name in renamed:
            yield tell("column", name, renamed[name], "as-asked")
        elif name in known:
            yield tell("column", name, name, "column-name")
        else:
            yield tell("column", name, None, "column-kept")


def _renamed(header: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    for name, own in columns.items():
        if name not in COLUMNS:
            raise InputError(f"columns: there is no {name!r}; there are: {', '.join(COLUMNS)}")
        if own not in header:
            raise InputError(f"columns: the table has no {own!r}; it has: {', '.join(header)}")
    return {own: name for name, own in columns.items()}


def _entries(
    source: Source, rows: Iterable[tuple[int | None, Row]], renamed: Mapping[str, str]
) -> Iterator[IGT]:
    for line, row in rows:
        try:
            named = {renamed.get(name, name): value for name, value in row.items()}
            igt = from_any_row(named)
        except InputError as error:
            source.reject(str(error), line=line, text=str(dict(row)))
            continue
        source.line = line
        yield igt


def write_rows(items: Iterable[IGT], sink: Sink, layout: Layout) -> Iterator[dict[str, str | None]]:
    """The rows of a table, every value text; what they cannot hold is reported."""
    for igt in items:
        for name in ("language", "metalanguage"):
            if getattr(igt, name) == Language():
                sink.lose(empty(name))
        if layout == "polygloss":
            for key in igt.metadata.keys() - json_part(igt.metadata).keys():
                sink.lose(metadata_key(key))
            yield {**to_row(igt), "metadata": metadata_to_text(igt.metadata)}
            continue
        for name in _NOT_IN_GLOSSLM:
            if getattr(igt, name):
                sink.lose(name)
        for key in igt.metadata:
            sink.lose(metadata_key(key))
        for name in ("language", "metalanguage"):
            language = getattr(igt, name)
            if language is not None and language.iso639_3:  # there is no column for it
                sink.lose(name)
        yield from to_glosslm_rows(igt)
