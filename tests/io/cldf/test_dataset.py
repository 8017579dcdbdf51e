"""Datasets that are damaged, or not there."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from documents.cldf import dataset

from igtkit.errors import FileFormatError, IGTError, InputError
from igtkit.io import read


def change(**table):
    return {"table": table}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (change(url="../examples.csv"), "outside of their folder"),
        (change(url="/etc/hostname"), "outside of their folder"),
        (change(url="http://example.org/examples.csv"), "outside of their folder"),
        (change(url="nowhere.csv"), "'nowhere.csv' is missing"),
        (change(url=7), "a table without description"),
        (change(tableSchema="http://example.org/schema.json"), "tableSchema is not in the file"),
        (change(dialect="dialect.json"), "dialect is not in the file"),
        (change(tableSchema={"columns": [7, 8]}), "no table|damaged|without text"),
        (change(**{"dc:conformsTo": None}), "no table of examples"),
        ({"tables": 7}, "without description"),
        ({"tables": []}, "no table of examples"),
        ({"dc:conformsTo": "http://example.org"}, "no metadata of a CLDF dataset"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_damaged_metadata_give_one_error(tmp_path, changes, message):
    with pytest.raises(FileFormatError, match=message):
        read(dataset(tmp_path, **changes))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text("ID,Lang,Text,Words\n1,,secret,\n", encoding="utf-8")
    folder = tmp_path / "dataset"
    folder.mkdir()
    (folder / "examples.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(FileFormatError, match="outside of their folder"):
        read(dataset(folder, rows=None))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"dc:conformsTo": "http://cldf.clld.org/', "not JSON"),
        (b"{}", "no metadata of a CLDF dataset"),
        (b"[1]", "no metadata of a CLDF dataset"),
        (b"\x00\x01\x02\x00", "binary"),
        (b'{"a": "\xff"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"dc:conformsTo": "http://cldf.clld.org/", "a": 1, "a": 2}', "the key 'a' stands twice"),
    ],
)
def test_files_that_are_no_metadata(tmp_path, content, message):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(FileFormatError, match=message):
        read(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ID,Lang\0\0", "binary"),
        (b"ID,Lang,Text,Words\n1,,\xff,\n", "not in utf-8"),
        (b"ID,Lang,Text,Text\n1,,a,b\n", "two columns are named 'Text'"),
    ],
)
def test_damaged_tables_give_one_error(tmp_path, content, message):
    path = dataset(tmp_path, rows=None)
    (tmp_path / "examples.csv").write_bytes(content)
    with pytest.raises(FileFormatError, match=message) as raised:
        read(path)
    assert raised.value.path.endswith("examples.csv")
    (tmp_path / "examples.csv").unlink()
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.writestr("examples.csv", content)
    with pytest.raises(FileFormatError, match=message):
        read(path)


def test_a_cell_may_be_as_long_as_memory_allows(tmp_path):
    path = dataset(tmp_path, rows=None)
    (tmp_path / "examples.csv").write_bytes(b"ID,Lang,Text,Words\n1,," + b"a" * 200_000 + b",\n")
    assert read(path)[0].transcription == "a" * 200_000


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path):
    path = dataset(tmp_path, rows=None)
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("examples.csv", b"ID,Lang,Text,Words\n1,," + b"a" * 9_000_000 + b",\n")
    with pytest.raises(FileFormatError, match="is 9,000,0"):
        read(path)


ODD = [None, -1, 10**12, "", "zlib", "rot13", "idna", "\0", "\ud800", [[]], {"a": 1}, "../x"]
PLACES = [
    *(("dialect", name) for name in ("encoding", "delimiter", "lineTerminators", "skipRows")),
    ("tables", 0, "url"),
    ("tables", 0, "tableSchema"),
    ("tables", 0, "tableSchema", "columns", 0, "separator"),
    ("tables", 0, "tableSchema", "columns", 0, "null"),
    ("tables", 0, "tableSchema", "columns", 0, "name"),
]


@pytest.mark.filterwarnings("ignore")  # csvw's, which repeat a surrogate that xdist cannot send
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_metadata_with_odd_values_are_read_or_refused(tmp_path, place):
    path = dataset(tmp_path)
    for value in ODD:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        loaded.setdefault("dialect", {})
        part = loaded
        for key in place[:-1]:
            part = part[key]
        part[place[-1]] = value
        odd = tmp_path / "odd-metadata.json"
        odd.write_text(json.dumps(loaded), encoding="utf-8")
        try:
            read(odd, errors="skip")
        except (IGTError, OSError) as error:
            assert str(error)  # noqa: PT017


def test_paths_that_lead_to_no_dataset(tmp_path):
    with pytest.raises(InputError, match="give the path"):
        read(io.StringIO("{}"), "cldf")
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "examples.csv", "cldf")
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "x-metadata.json")
    with pytest.raises(FileFormatError, match="no metadata of a CLDF dataset here"):
        read(tmp_path, "cldf")
    path = dataset(tmp_path)
    path.with_name("b-metadata.json").write_bytes(path.read_bytes())
    with pytest.raises(InputError, match="several datasets are here"):
        read(tmp_path, "cldf")
