"""Which format a file is in, and formats of one's own."""

from __future__ import annotations

import io

import pytest

from igtkit.errors import InputError
from igtkit.io import read, stream, write


def test_the_format_is_told_from_extension_then_content(tmp_path):
    contents = {
        "a.jsonl": ('{"transcription": "x"}\n', "jsonl"),
        "a.JSONL": ("\n", "jsonl"),
        "b.txt": ("\ufeff\\t x\n\\g y\n", "sigmorphon"),
        "c.txt": ("(1) ein Haus\n    a   house\n    ‘a house’\n\nmore\nlines\n", "text"),
        "d": ("\n\\m x\n\\g y\n", "sigmorphon"),
        "e.prediction": ("\\t x\n", "sigmorphon"),
        "f.data": ('{"transcription": "x"}\n', "jsonl"),
        "g.covered": ("ein Haus\na house\n", "text"),
        "h.txt": ("Evde kim var?\n‘Who is at home?’\n", "text"),
    }
    for name, (content, expected) in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
        with stream(tmp_path / name) as reader:
            assert reader.format.name == expected, name


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "the file is empty"),
        (" \n", "the file is empty"),
        ("Once upon a time\nthere was prose, not interlinear text\n", "none of the known formats"),
        ("<xml/>", "none of the known formats"),
        ('said\n"she"\n', "none of the known formats"),
    ],
)
def test_a_file_that_does_not_tell_its_format_is_refused(tmp_path, content, what):
    (tmp_path / "x").write_text(content)
    with pytest.raises(InputError, match=what) as caught:
        read(tmp_path / "x")
    assert "format=" in str(caught.value)
    assert "docx" not in str(caught.value)  # which nobody can read
    assert str(tmp_path / "x") in str(caught.value)


def test_names_that_there_are_not(path, tmp_path):
    with pytest.raises(InputError, match="did you mean 'sigmorphon'"):
        read(path, "sigmorfon")
    for asked, meant in {
        "FLEx": "flextext",
        "elan": "eaf",
        "tex": "latex",
        "json": "jsonl",
    }.items():
        with pytest.raises(InputError, match=f"did you mean '{meant}'"):
            read(path, asked)
    with pytest.raises(InputError, match=r"jsonl, .*sigmorphon, .*text"):
        write([], tmp_path / "x.odt")
    with pytest.raises(InputError, match="sigmorphon, text"):
        write([], tmp_path / "x.txt")
    with pytest.raises(InputError, match="no option 'langauge'"):
        read(path, langauge="Lezgi")
    with pytest.raises(InputError, match="no option 'indent'"):
        write([], tmp_path / "x.jsonl", indent=2)
    with pytest.raises(InputError, match="errors must be 'raise' or 'skip'"):
        read(path, errors="ignore")
    with pytest.raises(InputError, match="unknown encoding 'utf-9'"):
        read(path, encoding="utf-9")
    with pytest.raises(InputError, match="unknown encoding"):
        write([], tmp_path / "x.jsonl", encoding="utf-9")
    for function in (read, lambda file: write([], file)):
        with pytest.raises(InputError, match="name the format="):
            function(io.StringIO("\\t a"))
