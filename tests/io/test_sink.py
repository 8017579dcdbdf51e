"""Files that are written: whole or not at all, with a report."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading

import attrs
import pytest

from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction
from igtkit.io import read, stream, write


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_are_read_and_written(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: write([IGT("a", glosses="A")], pipe, "sigmorphon"))
    writer.start()
    assert list(read(pipe)) == [IGT("a", glosses="A")]
    writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def failing():
    yield IGT("new")
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("items", "error"),
    [
        (failing(), ZeroDivisionError),
        ([IGT("new"), Prediction("a", "b")], InputError),
        ([IGT("new"), "text"], InputError),
        ([IGT("new"), IGT("\ud800")], InputError),
        (IGT("new"), InputError),
        ("new", InputError),
        (7, InputError),
    ],
)
def test_a_write_that_fails_leaves_what_was_there(path, items, error):
    before = path.read_bytes()
    with pytest.raises(error):
        write(items, path, "sigmorphon")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_write_that_is_killed_leaves_what_was_there(path):
    code = (
        "import os, sys; from igtkit.igt import IGT; from igtkit.io import write\n"
        "def items():\n"
        "    yield from [IGT('new')] * 10_000\n"
        "    os._exit(9)\n"
        "write(items(), sys.argv[1], 'sigmorphon')"
    )
    before = path.read_bytes()
    result = subprocess.run([sys.executable, "-c", code, path], check=False)
    assert result.returncode == 9
    assert path.read_bytes() == before


def test_a_file_can_be_rewritten_from_itself(path):
    report = write((igt.replace(translation="x") for igt in stream(path)), path, "sigmorphon")
    assert report.entries == 1
    assert read(path)[0].translation == "x"


def test_a_failed_character_is_named(path):
    with pytest.raises(InputError, match="'к' cannot be written in ascii"):
        write(read(path), path, "sigmorphon", encoding="ascii")


@pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")
def test_mode_and_link_of_the_file_stay(path):
    path.chmod(0o640)
    link = path.with_name("link")
    link.symlink_to(path)
    write([IGT("a")], link, "sigmorphon")
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    mask = os.umask(0o027)
    try:
        write([IGT("a")], path.with_name("new"), "sigmorphon")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.with_name("new").stat().st_mode) == 0o640


def test_the_report_says_in_one_line_what_was_lost(tmp_path):
    report = write([IGT("a", id="1"), IGT("b", id="2", language="x")], tmp_path / "x", "sigmorphon")
    assert (
        str(report)
        == f"{tmp_path / 'x'}: 2 entries written as sigmorphon; lost: id (2), language (1)"
    )
    assert str(write([IGT("a")], tmp_path / "x.jsonl")).endswith("1 entry written as jsonl")
    with pytest.raises(TypeError):
        report.lost["id"] = 0
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        report.entries = 0
