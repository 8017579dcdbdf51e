"""What a text holds is shown, and does nothing: to a terminal, or to a service that runs the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from igtkit import IGT, write
from igtkit.corpus import Concordance, kwic
from igtkit.display import compare_text, to_text
from igtkit.igt import Prediction

EVIL = {
    "id": "1\n::error file=README.md,line=1::pwned\n::add-mask::PL",
    "source": "\x1b]0;owned\x07",
    "language": "##[add-mask]x\u202eb",
    "transcription": "\x1b[2J\x1b]52;c;ZXZpbA==\x07 b",
    "segmentation": "\x1b[8mhidden-b c",
    "glosses": "q\u202e-abc",
    "translation": "\u2028::warning::\x9b31m",
}
ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
OUTPUTS = (
    ["check", "--notes"],
    ["check", "--notes", "--output-format", "json"],
    ["check", "--notes", "--output-format", "sarif"],
    ["check", "--notes", "--output-format", "github"],
    ["show"],
    ["find", "b"],
    ["audit"],
    ["audit", "--json"],
    ["audit", "--findings", "9"],
)


def run(*arguments, **options):
    command = [sys.executable, "-m", "igtkit", *map(str, arguments)]
    return subprocess.run(command, check=False, encoding="utf-8", **options)


def require_harmless(text, *, commands=False):
    assert not ACTING.search(text)
    assert "##[" not in text
    for line in text.split("\n"):
        if commands and re.match(r"::(error|notice) file=[^:,]*(,line=\d+)?,title=[\w-]+::", line):
            continue
        assert not line.lstrip().startswith("::")


@pytest.fixture
def evil(tmp_path):
    path = tmp_path / "evil.jsonl"
    other = {**EVIL, "id": "2", "glosses": "r-abc x"}
    path.write_text("".join(json.dumps(each) + "\n" for each in (EVIL, other)), encoding="utf-8")
    return path


@pytest.mark.parametrize("arguments", OUTPUTS, ids=" ".join)
def test_what_is_printed_does_nothing(evil, arguments):
    found = run(*arguments, evil.name, cwd=evil.parent, capture_output=True)
    assert found.returncode in (0, 1)
    require_harmless(found.stdout, commands="github" in arguments)
    require_harmless(found.stderr)


def test_the_text_is_still_there_to_be_seen(evil):
    found = run("show", evil, capture_output=True).stdout
    assert r"\u001b[8mhidden-b" in found
    assert r"q\u202e-abc" in found


def test_errors_and_warnings_do_nothing_either(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"glosses": "\\u001b[2J", "::error::x\\u202e": 1, "transcription": 3}', "utf-8"
    )
    found = run("check", path, capture_output=True)
    require_harmless(found.stdout + found.stderr)
    missing = tmp_path / "no\x1b[2J\n::error::x.txt"
    found = run("show", missing, capture_output=True)
    assert found.returncode == 2
    require_harmless(found.stderr)


@pytest.mark.skipif(os.name == "nt", reason="names of Windows are Unicode")
@pytest.mark.parametrize(
    "arguments", [["show"], ["check", "--notes"], ["audit"], ["audit", "--json"]]
)
def test_a_name_that_is_no_utf_8_is_shown(tmp_path, arguments):
    path = tmp_path / os.fsdecode(b"b\xff.txt")
    path.write_bytes(b"\\t a\n\\m a\n\\g A\n")
    command = [sys.executable, "-m", "igtkit", *arguments, path]
    found = subprocess.run(command, check=False, capture_output=True)
    assert found.returncode == 0
    assert b"Traceback" not in found.stderr
    require_harmless(found.stdout.decode())


def test_half_a_character_is_shown(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"transcription": "a\\ud800b", "glosses": "x"}', encoding="utf-8")
    found = run("show", path, capture_output=True)
    assert (found.returncode, found.stdout) == (0, "a\\ud800b\nx\n\n")


NEEDS_FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is none")


@pytest.mark.skipif(os.name == "nt", reason="how a shell of POSIX closes streams")
@pytest.mark.parametrize(
    ("redirection", "arguments", "status"),
    [
        ("2>&-", "check good.txt", 0),
        ("2>&-", "check bad.txt", 1),
        (">&-", "check good.txt", 0),
        (">&-", "check bad.txt", 2),
        (">&-", "show good.txt", 2),
        (">&-", "convert good.txt - --to jsonl", 2),
        ("<&-", "check -", 2),
        (">&- 2>&-", "show good.txt", 2),
        pytest.param("2>/dev/full", "check good.txt", 0, marks=NEEDS_FULL),
        pytest.param("2>/dev/full", "check bad.txt", 1, marks=NEEDS_FULL),
        pytest.param("2>/dev/full", "show none.txt", 2, marks=NEEDS_FULL),
        pytest.param("2>/dev/full", "convert good.txt good.csv", 0, marks=NEEDS_FULL),
        pytest.param("2>/dev/full", "show odd.txt --skip", 0, marks=NEEDS_FULL),
        pytest.param(">/dev/full", "show good.txt", 2, marks=NEEDS_FULL),
    ],
)
def test_a_stream_that_takes_nothing_is_no_finding(tmp_path, redirection, arguments, status):
    write([IGT("a", "a", "A")], tmp_path / "good.txt", "sigmorphon")
    write([IGT("a", "a-b", "A")], tmp_path / "bad.txt", "sigmorphon")
    (tmp_path / "odd.txt").write_text("\\t a\n\\g A\n\n\\x a\n")
    command = f"{sys.executable} -m igtkit {arguments} {redirection}"
    found = subprocess.run(command, shell=True, cwd=tmp_path, check=False, capture_output=True)
    assert found.returncode == status
    assert b"Traceback" not in found.stderr


def test_the_library_shows_what_acts():
    igt = IGT("a\x1b[8m", "a\x1b[8m", "A\u202e", "\x07bell")
    assert to_text(igt, 60) == "a\\u001b[8m\na\\u001b[8m\nA\\u202e\n‘\\u0007bell’"
    require_harmless(compare_text(igt, Prediction("b\x1b[2J", "B"), 60))
    require_harmless(kwic(Concordance([igt]).find("/A\u202e"), 60))
