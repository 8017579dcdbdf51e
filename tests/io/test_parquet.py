"""Parquet: the columns of a table, a batch of rows at a time."""

from __future__ import annotations

import io
import sys

import pytest
from documents.tables import CATS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from igtkit.errors import FileFormatError, InputError, MissingExtraError
from igtkit.igt import IGT
from igtkit.io import read, write

needs_pyarrow = pytest.mark.usefixtures("pyarrow")


@pytest.fixture
def pyarrow():
    return pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")


@needs_pyarrow
def test_every_attribute_comes_back_from_parquet(tmp_path):
    items = [CATS.replace(metadata={"page": 7}), IGT(None), IGT("", split="dev", pos="N")] * 800
    path = tmp_path / "a.parquet"
    assert not write(items, path).lost
    back = read(path)
    assert list(back) == items
    assert back[0].metadata == {"page": 7}
    with pytest.raises(FileFormatError, match="no Parquet file"):
        read(_cut(path))


def _cut(path):
    path.write_bytes(path.read_bytes()[:-20])
    return path


@needs_pyarrow
def test_the_file_is_one_that_others_read(pyarrow, tmp_path):
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    write([CATS, IGT("a")], path)
    table = parquet.read_table(path)
    assert set(table.schema.types) == {pyarrow.string()}
    assert table.column("transcription").to_pylist() == ["cats run", "a"]
    assert table.column("glosses").to_pylist() == ["cat-PL run", None]


@needs_pyarrow
def test_a_file_for_no_entries_reads_as_none(tmp_path):
    path = tmp_path / "a.parquet"
    assert write([], path).entries == 0
    assert list(read(path)) == []


@needs_pyarrow
@pytest.mark.parametrize("count", [999, 1000, 1001, 2000])
def test_no_row_is_lost_between_batches(tmp_path, count):
    path = tmp_path / "a.parquet"
    items = [IGT(str(number)) for number in range(count)]
    write(iter(items), path)
    assert list(read(path)) == items


@needs_pyarrow
def test_tables_of_ones_own_are_read_by_the_names_of_their_columns(pyarrow, tmp_path):
    from pyarrow import parquet

    path = tmp_path / "own.parquet"
    parquet.write_table(pyarrow.table({"Text": ["cats"], "Page": [7]}), path)
    [igt] = read(path, columns={"transcription": "Text"})
    assert (igt, igt.metadata) == (IGT("cats"), {"Page": 7})
    with pytest.raises(FileFormatError, match="no column of an interlinear text among: Text, Page"):
        read(path)


@needs_pyarrow
def test_another_layout_is_written_and_one_that_there_is_none_of_refused(tmp_path):
    path = tmp_path / "a.parquet"
    write([CATS], path, layout="glosslm")
    assert list(read(path)) == [CATS]
    with pytest.raises(InputError, match="layout must be"):
        write([CATS], path, layout="wide")
    assert list(read(path)) == [CATS]  # what was there is there


@needs_pyarrow
@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 40 + b"PAR1", b"a,b\n1,2\n"])
def test_what_is_no_parquet_is_one_clear_error(tmp_path, content):
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=r"a\.parquet: no Parquet file"):
        read(path)


@needs_pyarrow
def test_it_is_no_text():
    with pytest.raises(InputError, match="open as text"):
        read(io.StringIO(""), "parquet")
    with pytest.raises(InputError, match="open as text"):
        write([CATS], io.StringIO(), "parquet")


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    for name in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError, match="parquet"):
        read(path)
    with pytest.raises(MissingExtraError, match="parquet"):
        write([CATS], tmp_path / "b.parquet")


@needs_pyarrow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.lists(
        st.tuples(st.sampled_from(["ev", "ler", "", None]), st.integers(1, 5)), max_size=9
    ),
    numbers=st.lists(st.sampled_from([1, 2, None]), min_size=45, max_size=45),
    batch=st.integers(1, 7),
)
def test_rows_that_repeat_each_other_are_each_an_entry(
    pyarrow, tmp_path, monkeypatch, *, runs, numbers, batch
):
    from pyarrow import parquet

    lines = [line for line, count in runs for _ in range(count)]
    columns = {"transcription": pyarrow.array(lines, pyarrow.string())}
    columns["count"] = pyarrow.array(numbers[: len(lines)], pyarrow.int64())
    parquet.write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    monkeypatch.setattr("igtkit.io.parquet._BATCH", batch)
    found = read(tmp_path / "a.parquet")
    assert [igt.transcription for igt in found] == lines
    assert [igt.metadata.get("count") for igt in found] == numbers[: len(lines)]


@needs_pyarrow
def test_a_million_rows_that_repeat_each_other_are_read(pyarrow, tmp_path):
    from pyarrow import parquet

    lines = pyarrow.array([f"ev {n // 1000}" for n in range(1_000_000)])
    parquet.write_table(pyarrow.table({"transcription": lines}), tmp_path / "a.parquet")
    found = read(tmp_path / "a.parquet")
    assert len(found) == len(lines)
    assert found[-1].transcription == "ev 999"


@needs_pyarrow
def test_each_of_the_rows_that_repeat_a_bad_one_is_refused(pyarrow, tmp_path):
    from pyarrow import parquet

    table = pyarrow.table({"transcription": ["x"] * 5, "glosses": [None, 1.5, 1.5, None, None]})
    parquet.write_table(table, tmp_path / "a.parquet")
    found = read(tmp_path / "a.parquet", errors="skip")
    assert (len(found), len(found.skipped)) == (3, 2)


@pytest.mark.parametrize("days", [1 << 30, -(1 << 30)])
def test_a_date_that_python_has_none_for_is_refused(pyarrow, tmp_path, days):
    table = pyarrow.table({"glosses": ["PL"], "seen": pyarrow.array([days], pyarrow.date32())})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(FileFormatError, match="a value that Python has none for"):
        read(tmp_path / "a.parquet", errors="skip")
