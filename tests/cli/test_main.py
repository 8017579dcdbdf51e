"""The command as a whole: pipes, errors, help."""

from __future__ import annotations

import subprocess
import sys

import pytest

from igtkit import load_sample, write
from igtkit.cli import main


def piped(text, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "igtkit", *map(str, arguments)],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_commands_make_a_pipe(corpus):
    clean = piped(corpus.read_text(encoding="utf-8"), "normalize", "-", "--format", "sigmorphon")
    assert clean.returncode == 0
    checked = piped(clean.stdout, "check", "-", "--format", "sigmorphon")
    assert checked.returncode == 1
    assert checked.stdout.startswith("-:6: error: ")


def test_a_reader_that_has_had_enough_is_no_error(tmp_path):
    path = tmp_path / "long.txt"
    write(list(load_sample()) * 20, path, "sigmorphon")
    show = subprocess.Popen(
        [sys.executable, "-m", "igtkit", "show", path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    show.stdout.readline()
    show.stdout.close()
    assert show.stderr.read() == b""
    show.stderr.close()
    assert show.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "nowhere.txt"), "nowhere.txt"),
        (("convert", "nowhere.txt", "a.jsonl"), "nowhere.txt"),
        (("show", "-"), "say with --format"),
    ],
)
def test_errors_take_one_line(arguments, message):
    result = piped("", *arguments)
    assert result.returncode == 2
    assert result.stderr.startswith("igtkit: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command", ["check", "convert", "normalize", "audit", "score", "show", "find"]
)
def test_help_teaches_by_example(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert f"  igtkit {command} " in out


def test_a_command_loads_only_what_it_needs(corpus):
    code = "import sys; from igtkit.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", corpus], capture_output=True, text=True, check=True
    )
    loaded = done.stdout.splitlines()[-1].split()
    assert "igtkit.cli.check" in loaded
    assert not {"igtkit.cli.gloss", "igtkit.models"} & set(loaded)


def test_the_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("igtkit 0.")


@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        ("show", 0, "no entry is shown"),
        ("gloss", 3, "no text is found in it"),
    ],
)
def test_a_file_without_a_text_is_said_to_have_none(run, tmp_path, command, status, message):
    path = tmp_path / "paper.tex"
    path.write_text("No example is here.\n", encoding="utf-8")
    found, out, err = run(command, path)
    assert (found, out) == (status, "")
    assert message in err


def test_without_a_command_it_tells_what_there_are(run):
    status, out, err = run()
    assert (status, out) == (2, "")
    assert "igtkit gloss story.flextext  " in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("gloss", "-o", "."), ". is a folder; name a file in it"),
        (("gloss", "-o", "a.unknown"), "a.unknown: the extension '.unknown' does not tell"),
        (("convert", "."), ". is a folder; name a file in it"),
        (("inspect", "-"), "inspect takes files by name"),
    ],
)
def test_what_cannot_be_read_or_written_is_said_before_anything_takes_time(
    run, corpus, arguments, message
):
    name, *rest = arguments
    status, out, err = run(name, corpus, *rest)
    assert (status, out) == (2, "")
    assert err.startswith(f"igtkit: {message}")
    assert err.count("\n") == 1
