"""Which formats there are, and that only the one in use is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import Format, format_names, formats, read, register
from igtkit.io._catalog import BUILT_IN

FIRST_READ = """
import sys
import igtkit
before = set(sys.modules)
corpus = igtkit.read(sys.argv[1])
assert len(corpus) == 1
print(*sorted(set(sys.modules) - before))
"""


def loaded_by_reading(path):
    result = subprocess.run(
        [sys.executable, "-c", FIRST_READ, path], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


@pytest.mark.parametrize(
    ("name", "content", "format_"),
    [
        ("a.txt", "cats\ncat-s\ncat-PL\n‘cats’\n", "text"),
        ("a.txt", "\\t cats\n\\g cat-PL\n", "sigmorphon"),
        ("a.jsonl", '{"transcription": "cats"}\n', "jsonl"),
        ("a", "\\t cats\n\\g cat-PL\n", "sigmorphon"),
    ],
)
def test_a_first_read_loads_only_the_format_of_the_file(tmp_path, name, content, format_):
    (tmp_path / name).write_text(content, encoding="utf-8")
    loaded = loaded_by_reading(tmp_path / name)
    rooms = {module.split(".")[2] for module in loaded if module.startswith("igtkit.io.")}
    assert {room for room in rooms if not room.startswith("_")} == {BUILT_IN[format_].module}
    of_tables = set() if format_ == "jsonl" else {"_tables"}
    assert rooms.isdisjoint({"_lexicons", "_morphs", "_tex", "_tiers", "_xml"} | of_tables)
    assert loaded.isdisjoint(
        {"csv", "difflib", "gzip", "http.client", "pyexpat", "tempfile", "urllib.request"}
        | {"igtkit.conventions", "igtkit.corpus.languages", "numpy", "xml"}
    )


def test_names_are_told_without_loading():
    assert set(format_names()) == set(formats()) == set(BUILT_IN)
    assert set(format_names()) - set(format_names("read")) == {"docx", "html", "markdown", "typst"}
    assert set(format_names()) - set(format_names("write")) == {
        *("conllu", "linggym", "pangloss", "scription"),
    }


@pytest.mark.usefixtures("registry_apart")
def test_a_registered_format_is_found_like_the_others(tmp_path):
    def read_lines(source):
        for _, line in source.lines():
            yield IGT(line)

    lines = Format("lines", (".txt", ".lines"), read_lines, sniff=lambda head: head == "cats\n")
    register(lines)
    assert formats()["lines"] is lines
    assert "lines" in format_names("read")
    assert "lines" not in format_names("write")
    for name in ("a.lines", "a.txt", "a"):
        (tmp_path / name).write_text("cats\n")
        assert [igt.transcription for igt in read(tmp_path / name)] == ["cats"]
    with pytest.raises(InputError, match="did you mean 'lines'"):
        read(tmp_path / "a", "line")
    with pytest.raises(InputError, match="already"):
        register(Format("text"))
