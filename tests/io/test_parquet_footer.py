"""What the footer of a Parquet file says of its size."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._parquet_footer import ParquetFooter, read_parquet_footer

CELLS = st.none() | st.text(max_size=20)


@given(st.lists(st.tuples(CELLS, st.none() | st.lists(CELLS, max_size=20)), max_size=60))
def test_it_says_what_pyarrow_reads_there(rows):
    pyarrow = pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    from pyarrow import parquet

    kinds = pyarrow.schema([("a b", pyarrow.string()), ("c", pyarrow.list_(pyarrow.string()))])
    table = pyarrow.Table.from_pylist(
        [dict(zip(("a b", "c"), row, strict=True)) for row in rows], kinds
    )
    stream = io.BytesIO()
    parquet.write_table(table, stream, row_group_size=7)
    metadata = parquet.ParquetFile(stream).metadata
    groups = [metadata.row_group(at) for at in range(metadata.num_row_groups)]
    assert read_parquet_footer(stream) == ParquetFooter(
        len(rows),
        sum(group.column(at).num_values for group in groups for at in (0, 1)),
        sum(group.total_byte_size for group in groups),
    )


def file_of(footer):
    return io.BytesIO(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1")


def test_the_smallest_footer():
    column = b"\x3c\x56\x06\x00\x00"  # field 3: {field 5: 3}
    group = b"\x19\x1c" + column + b"\x16\x14\x00"  # field 1: [column], field 2: 10
    assert read_parquet_footer(file_of(b"\x36\x02\x19\x1c" + group + b"\x00")) == ParquetFooter(
        rows=1, cells=3, size=10
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no footer"),
        (b"PAR1", "no footer"),
        (b"PAR1\xff\xff\xff\xffPAR1", "no footer"),
        (file_of(b"\x00").getvalue(), "how large its columns are"),
        (file_of(b"\x36").getvalue(), "how large its columns are"),  # it ends within a field
        (file_of(b"\x36\x02\x18\x01a\x00").getvalue(), "how large its columns are"),  # no groups
        (file_of(b"\x36\x02\x06\x06\x02\x00").getvalue(), "the field 3 twice"),
        (file_of(b"\x36" + b"\xff" * 10).getvalue(), "more than 64 bits"),
        (file_of(b"\x1b\x00").getvalue(), "a value of the kind 11"),
        (file_of(b"\x19" * 100).getvalue(), "nested too deeply"),
    ],
)
def test_what_makes_no_sense_is_refused(content, message):
    with pytest.raises(ValueError, match=message):
        read_parquet_footer(io.BytesIO(content))
