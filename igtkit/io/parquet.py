"""Parquet: the columns of a table, compressed; what the Hugging Face hub stores corpora in.

Columns as in CSV. Needs pyarrow (extra ``parquet``). Read and written a batch of rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._parts import tell
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tables import LAYOUTS, Layout, read_rows, write_rows

__all__ = ["FORMAT"]

_BATCH = 1000  # rows in memory at a time


def _read(source: Source, *, columns: Mapping[str, str] | None = None) -> Iterator[IGT]:
    pyarrow, parquet = _library()
    stream = source.binary()
    try:
        file = parquet.ParquetFile(stream)
        header, leaves = _columns(source, file.schema_arrow, pyarrow)
    except _damages(pyarrow) as error:
        raise _damaged(source, error) from error
    return read_rows(source, header, _rows(source, file, leaves, pyarrow), columns)


def _columns(source: Source, schema: Any, pyarrow: Any) -> tuple[list[str], list[str]]:
    """The columns to read, and the paths of what they hold; not the bytes of recordings."""
    header, leaves = [], []
    for field in schema:
        kept = [path for path, kind in _leaves(field.name, field.type, pyarrow) if not kind]
        if len(kept) < len([*_leaves(field.name, field.type, pyarrow)]):
            source.parts.append(tell("column", field.name, None, "column-bytes"))
        if kept:
            header.append(field.name)
            leaves += kept
    return header, leaves


def _leaves(name: str, kind: Any, pyarrow: Any) -> Iterator[tuple[str, bool]]:
    """The path of each value of a column, and whether it is bytes."""
    if pyarrow.types.is_struct(kind):
        for field in kind:
            yield from _leaves(f"{name}.{field.name}", field.type, pyarrow)
    else:
        yield name, pyarrow.types.is_binary(kind) or pyarrow.types.is_large_binary(kind)


def _library() -> tuple[Any, Any]:
    return require("pyarrow", "parquet"), require("pyarrow.parquet", "parquet")


def _damages(pyarrow: Any) -> tuple[type[Exception], ...]:
    """Return the errors that the library raises for bytes that make no sense."""
    return (pyarrow.ArrowException, OSError, UnicodeDecodeError)


def _damaged(source: Source, error: Exception) -> FileFormatError:
    return FileFormatError(
        f"no Parquet file: {error}", path=source.name, expected="a Parquet file, whole"
    )


def _rows(
    source: Source, file: Any, leaves: list[str], pyarrow: Any
) -> Iterator[tuple[None, dict[str, Any]]]:
    try:
        for batch in file.iter_batches(_BATCH, columns=leaves):
            for row in batch.to_pylist():
                yield None, row
    except _damages(pyarrow) as error:
        raise _damaged(source, error) from error


def _write(items: Iterable[IGT], sink: Sink, *, layout: Layout = "polygloss") -> None:
    pyarrow, parquet = _library()
    rows = write_rows(items, sink, layout)
    batch = list(islice(rows, _BATCH))  # an unknown layout is refused here
    schema = pyarrow.schema([(name, pyarrow.string()) for name in LAYOUTS[layout]])
    with parquet.ParquetWriter(sink.binary(), schema) as writer:
        while batch:
            writer.write_table(pyarrow.Table.from_pylist(batch, schema))
            batch = list(islice(rows, _BATCH))


FORMAT = built_in(
    "parquet",
    read=_read,
    write=_write,
    holds=[field.name for field in attrs.fields(IGT)],
    holds_nul=True,
)
