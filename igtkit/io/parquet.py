"""Parquet: the columns of a table, compressed; what the Hugging Face hub stores corpora in.

Columns as in CSV. Needs pyarrow (extra ``parquet``). Read and written a batch of rows at a time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

import attrs
import numpy as np

from igtkit._optional import require
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._parquet_footer import read_parquet_footer
from igtkit.io._parts import tell
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tables import LAYOUTS, Layout, read_rows, write_rows

__all__ = ["FORMAT"]

_BATCH = 1000  # rows in memory at a time
_MOST_ROWS = 1_000_000  # more than that: a byte of the file for each row, at least
_ALWAYS_DIFFERENT = 100_000  # rows that do not repeat the one before, likewise
_ALWAYS_CELLS = 5_000_000  # empty ones and elements of lists too; as for sizes
_LEAST_CELL = 6  # bytes that a cell counts as, be it empty, which repeats no other
_ALWAYS_UNPACKED = 16 << 20  # bytes; what is larger must not be packed more than so many times
_MOST_PACKED = 50


@attrs.frozen
class _Allowed:
    """What a file may hold.

    Attributes:
        rows: How many rows that do not repeat the one before.
        size: How many bytes these may take, each text as often as it is there.
    """

    rows: int
    size: int


def _read(source: Source, *, columns: Mapping[str, str] | None = None) -> Iterator[IGT]:
    pyarrow, parquet = _library()
    stream = source.binary()
    try:
        file = parquet.ParquetFile(stream)
        allowed = _refuse_bombs(source, stream)
        header, leaves = _columns(source, file.schema_arrow, pyarrow)
        # A text that is there many times is held once, so that its size can be looked at.
        held_once = [column.path for column in file.schema if column.physical_type == "BYTE_ARRAY"]
        file = parquet.ParquetFile(stream, metadata=file.metadata, read_dictionary=held_once)
    except _damages(pyarrow) as error:
        raise _damaged(source, error) from error
    return read_rows(source, header, _rows(source, file, leaves, allowed), columns)


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


def _refuse_bombs(source: Source, stream: BinaryIO) -> _Allowed:
    """Refuse a small file that says of itself that it is large; return what it may hold."""
    try:
        footer = read_parquet_footer(stream)
    except ValueError as error:
        raise _damaged(source, error) from error
    packed = stream.seek(0, os.SEEK_END)
    most = max(_ALWAYS_UNPACKED, _MOST_PACKED * packed)
    if (
        footer.rows > max(_MOST_ROWS, packed)
        or footer.cells > max(_ALWAYS_CELLS, _MOST_PACKED * packed)
        or footer.size > most
    ):
        raise _next_to_nothing(source)
    return _Allowed(max(_ALWAYS_DIFFERENT, packed), most)


def _next_to_nothing(source: Source) -> FileFormatError:
    return FileFormatError(
        "the rows of this file hold next to nothing, or the same again and again",
        path=source.name,
        expected=f"texts at most {_MOST_PACKED} times as large as they are packed",
    )


def _rows(
    source: Source, file: Any, leaves: list[str], allowed: _Allowed
) -> Iterator[tuple[None, dict[str, Any]]]:
    """Each row; one that repeats the row before is the same object, which costs little."""
    pyarrow, compute = require("pyarrow", "parquet"), require("pyarrow.compute", "parquet")
    rows, size = allowed.rows, allowed.size
    before: dict[str, Any] = {}
    try:
        for batch in file.iter_batches(_BATCH, columns=leaves):
            starts = _starts(batch, pyarrow)
            whole = len(starts) == batch.num_rows
            different = batch if whole else batch.take(pyarrow.array(starts))
            rows -= len(starts)
            size -= sum(_size(column, pyarrow, compute) for column in different.columns)
            if rows < 0 or size < 0:
                raise _next_to_nothing(source)
            decoded = {
                name: column.dictionary_decode() if _is_held_once(column, pyarrow) else column
                for name, column in zip(batch.schema.names, different.columns, strict=True)
            }
            counts = np.diff(starts, append=batch.num_rows).tolist()
            made = _values(source, pyarrow.RecordBatch.from_pydict(decoded))
            for row, count in zip(made, counts, strict=True):
                before = before if row == before else row
                for _ in range(count):
                    yield None, before
    except _damages(pyarrow) as error:
        raise _damaged(source, error) from error


def _values(source: Source, batch: Any) -> list[dict[str, Any]]:
    try:
        return list(batch.to_pylist())
    except (ArithmeticError, LookupError, ValueError) as error:
        raise FileFormatError(
            f"a value that Python has none for: {error}",
            path=source.name,
            expected="dates from the year 1 to 9999, in time zones that there are",
        ) from error


def _starts(batch: Any, pyarrow: Any) -> np.ndarray:
    """Where the rows of a batch are that do not repeat the one before."""
    differs = np.zeros(batch.num_rows, bool)
    differs[:1] = True
    for column in batch.columns:
        if pyarrow.types.is_nested(column.type):
            return np.arange(batch.num_rows)
        try:
            held = column if _is_held_once(column, pyarrow) else column.dictionary_encode()
        except pyarrow.ArrowNotImplementedError:  # for a kind of values that nobody compares
            return np.arange(batch.num_rows)
        at = held.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        differs[1:] |= at[1:] != at[:-1]
    return np.flatnonzero(differs)


def _is_held_once(column: Any, pyarrow: Any) -> bool:
    return bool(pyarrow.types.is_dictionary(column.type))


def _size(column: Any, pyarrow: Any, compute: Any) -> int:
    """How many bytes a column takes, each text as often as it is there."""
    if _is_held_once(column, pyarrow):
        sizes = compute.binary_length(column.dictionary).take(column.indices)
        return int(compute.sum(sizes).as_py() or 0) + _LEAST_CELL * len(column)
    if pyarrow.types.is_struct(column.type):
        return sum(_size(part, pyarrow, compute) for part in column.flatten())
    if pyarrow.types.is_list(column.type) or pyarrow.types.is_large_list(column.type):
        return _size(column.flatten(), pyarrow, compute)
    return int(column.nbytes) + _LEAST_CELL * len(column)


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
