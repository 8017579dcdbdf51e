"""The JSON files of saved glossers: of one kind and version, or refused."""

from __future__ import annotations

import json

import pytest

from igtkit.errors import ModelFileError
from igtkit.models._manifest import FORMAT_VERSION, load_json, save_json


def test_what_is_saved_comes_back(tmp_path):
    path = tmp_path / "new" / "table.json"
    save_json(path, "Table", {"ş": [1, None], "b": {"c": 0.5}})
    assert load_json(path, "Table") == {
        "kind": "Table", "format_version": FORMAT_VERSION, "ş": [1, None], "b": {"c": 0.5},
    }  # fmt: skip
    assert "ş" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "holds no saved Table: table.json is not there"),
        ("{", "is damaged"),
        ("[]", "is not of a Table"),
        (json.dumps({"kind": "Other"}), "is not of a Table but of 'Other'"),
        (json.dumps({"kind": "Table", "format_version": 99}), "has format version 99"),
    ],
)
def test_what_is_no_such_file(tmp_path, content, message):
    path = tmp_path / "table.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelFileError, match=message):
        load_json(path, "Table")
