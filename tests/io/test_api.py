"""`read`, `stream` and `write`, whatever the format."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from documents.files import ENTRY

from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.io import formats, read, write


def test_a_file_that_is_not_there(tmp_path, path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        read(tmp_path / "nowhere.jsonl")
    with pytest.raises(FileNotFoundError, match="nowhere"):
        write([], tmp_path / "nowhere" / "x.jsonl")
    with pytest.raises(IsADirectoryError, match="folder"):
        read(tmp_path)
    with pytest.raises(IsADirectoryError, match="folder"):
        write([], tmp_path, "jsonl")


@pytest.mark.parametrize("function", [lambda f: read(f, "jsonl"), lambda f: write([], f, "jsonl")])
@pytest.mark.parametrize("file", [7, None, io.BytesIO(b"")])
def test_something_that_is_no_file(function, file):
    with pytest.raises(InputError, match="give a path"):
        function(file)


def test_what_is_given_holds_for_every_entry(path):
    corpus = read(
        path, language="Lezgi", metalanguage=Language("stan1293"), split="dev", source="s"
    )
    assert corpus[0] == IGT(
        "кӀвал-ар",
        glosses="house-PL",
        language=Language(name="Lezgi"),
        metalanguage=Language("stan1293"),
        split="dev",
        source="s",
    )
    with pytest.raises(InputError, match="language"):
        read(path, language=7)


def test_open_text_files_are_read_and_written_and_left_open():
    out = io.StringIO()
    assert write([IGT("a")], out, "sigmorphon").entries == 1
    out.write("\\t b\r\n")
    out.seek(0)
    assert [igt.transcription for igt in read(out, "sigmorphon")] == ["a", "b"]
    assert not out.closed


def test_standard_input_and_output_work():
    code = "import sys; from igtkit.io import *; write(stream(sys.stdin, 'sigmorphon'), sys.stdout, 'sigmorphon')"
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        input=ENTRY.encode(),
        capture_output=True,
        check=True,
    )
    assert result.stdout.decode().replace("\r\n", "\n") == ENTRY


@pytest.mark.parametrize(
    "name",
    [name for name, one in formats().items() if one.read is not None and one.write is not None],
)
def test_what_is_written_with_a_nul_can_be_read(name, tmp_path):
    for needs in {"cldf": ["pycldf"], "parquet": ["pyarrow"]}.get(name, []):
        pytest.importorskip(needs)
    igt = IGT("x\0y ba", "x\0y ba", "q r\0", "a\0b", id="1", metadata={"notes": ["a\0b"]})
    path = tmp_path / ("cldf-metadata.json" if name == "cldf" else "a")
    report = write([igt], path, name)
    [back] = read(path, name)
    if back.transcription != igt.transcription:
        assert report.lost["control characters"] == 1
        assert back.transcription == "x\ufffdy ba"
    assert back.glosses in ("q r\0", "q r\ufffd")
