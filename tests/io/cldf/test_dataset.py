"""Datasets that are damaged, or not there."""

from __future__ import annotations

import io

import pytest
from documents.cldf import dataset

from igtkit.errors import FileFormatError, InputError
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
        (b"\x00\x01", "binary"),
        (b'{"a": "\xff"}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
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
        (b"ID,Lang\0", "binary"),
        (b"ID,Lang,Text,Words\n1,,\xff,\n", "not in utf-8"),
        (b'ID,Lang,Text,Words\n1,,"' + b"a" * 200_000 + b'",\n', "no readable table"),
    ],
)
def test_damaged_tables_give_one_error(tmp_path, content, message):
    path = dataset(tmp_path, rows=None)
    (tmp_path / "examples.csv").write_bytes(content)
    with pytest.raises(FileFormatError, match=message) as raised:
        read(path)
    assert raised.value.path.endswith("examples.csv")


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
