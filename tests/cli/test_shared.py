"""What the commands share: options, files read and written, and what is said on which stream."""

from __future__ import annotations

import argparse
import io
import sys
from importlib import metadata

import pytest
from cli.entries import BAD, GOOD

from igtkit import IGT, read, write
from igtkit.cli import _shared as common
from igtkit.errors import FileFormatError, InputError


def parser():
    """A command with every option that commands share."""
    whole = argparse.ArgumentParser(prog="igtkit")
    commands = whole.add_subparsers()
    made = common.add_command(
        commands, "turn", "turn texts around", "  igtkit turn a.txt", lambda _: 0
    )
    common.add_reading(made)
    common.add_writing(made)
    common.add_in_place(made)
    return whole


def options(*given):
    return parser().parse_args(["turn", *given])


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(f"{GOOD}\n{BAD}", encoding="utf-8")
    return path


def test_a_command_says_what_it_does_and_how_it_is_called(capsys):
    with pytest.raises(SystemExit):
        options("--help")
    said = capsys.readouterr().out
    assert "\nTurn texts around.\n" in said
    assert said.endswith("examples:\n  igtkit turn a.txt\n")
    assert options().run(None) == 0


def test_no_option_is_known_by_its_beginning(capsys):
    assert options("--format", "jsonl").format == "jsonl"
    with pytest.raises(SystemExit):
        options("--form", "jsonl")
    assert "unrecognized arguments: --form" in capsys.readouterr().err


def test_texts_are_read_as_the_options_say(story):
    assert [igt.transcription for igt in common.read_texts(str(story), options())] == [
        "Evde kedi var.", "Evde"
    ]  # fmt: skip
    with common.open_texts(str(story), options()) as reader:
        assert next(iter(reader)).transcription == "Evde kedi var."
    given = options("--format", "sigmorphon", "--option", "language=Turkish", "--encoding", "utf-8")
    assert common.read_texts(str(story), given)[0].language.name == "Turkish"


def test_what_cannot_be_read_is_skipped_on_request(story):
    story.write_text(f"{GOOD}\nno marker\n\n{BAD}", encoding="utf-8")
    with pytest.raises(FileFormatError, match="before the first marker"):
        common.read_texts(str(story), options("--format", "sigmorphon"))
    assert len(common.read_texts(str(story), options("--format", "sigmorphon", "--skip"))) == 2
    with common.open_texts(str(story), options("--format", "sigmorphon"), skip=True) as reader:
        assert len(list(reader)) == 2
        assert [skipped.line for skipped in reader.skipped] == [6]


def test_standard_input_is_read_and_a_mark_of_utf_8_is_no_text(monkeypatch):
    class Piped:
        buffer = io.BytesIO("\ufeff\\t Kün\n".encode())

    monkeypatch.setattr(sys, "stdin", Piped())
    assert list(common.read_texts("-", options("--format", "sigmorphon"))) == [IGT("Kün")]
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(OSError, match="standard input is closed"):
        common.read_texts("-", options("--format", "sigmorphon"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("title=Frog", {"title": "Frog"}),
        ("title=", {"title": ""}),
        ("title=a=b", {"title": "a=b"}),
        ("close-spaces=true", {"close_spaces": True}),
        ('columns={"glosses": "Gloss"}', {"columns": {"glosses": "Gloss"}}),
        ('title="2024"', {"title": "2024"}),
        ("title=2024", {"title": 2024}),
        ("title=" + "[" * 10**5, {"title": "[" * 10**5}),
    ],
)
def test_the_value_of_an_option_is_json_or_else_text(given, expected):
    assert common.format_options(options("--option", given)) == expected


def test_of_an_option_given_twice_the_last_counts():
    given = options("--option", "a=1", "--option", "b=2", "--option", "a=3")
    assert common.format_options(given) == {"a": 3, "b": 2}


def test_parts_of_an_option_are_texts_put_together():
    given = [
        "columns.glosses=The gloss",
        "columns.id=007",
        "columns.pos=",
        "title=T",
        "columns.id=8",
    ]
    asked = options(*(word for one in given for word in ("--option", one)))
    columns = {"glosses": "The gloss", "id": "8", "pos": ""}
    assert common.format_options(asked) == {"columns": columns, "title": "T"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("title", "write an option as NAME=VALUE, not 'title'"),
        ("format=csv", "format=csv: format is said with --format"),
        ("encoding=x", "encoding is said with --encoding"),
        ("errors=skip", "errors is said with --skip"),
        ("path=a", "path names no option of a format"),
    ],
)
def test_what_is_no_option_of_a_format_is_refused(given, message):
    with pytest.raises(InputError, match=message):
        common.format_options(options("--option", given))


def test_texts_are_written_to_a_file_or_to_standard_output(tmp_path, capsys):
    texts = [IGT("Kün", "kün", "day", language="Turkish")]
    report = common.write_texts(texts, str(tmp_path / "a.txt"), "sigmorphon", [])
    assert report.lost == {"language": 1}
    assert read(tmp_path / "a.txt", "sigmorphon")[0].glosses == "day"
    common.write_texts(texts, "-", "sigmorphon", [])
    assert capsys.readouterr().out == "\\t Kün\n\\m kün\n\\g day\n\n"
    for given, message in (("format=x", "format is said with --to"), ("items=1", "items names no")):
        with pytest.raises(InputError, match=message):
            common.write_texts(texts, str(tmp_path / "b.txt"), None, [given])
    assert not (tmp_path / "b.txt").exists()


def test_what_is_written_in_place_keeps_its_encoding_unless_another_is_asked_for():
    given = ("--encoding", "latin-1", "--out-option", "encoding=utf-8")
    assert common.writing_options(options(*given[:2])) == []
    assert common.writing_options(options("--in-place")) == []
    assert common.writing_options(options("--in-place", *given)) == [
        "encoding=latin-1", "encoding=utf-8"
    ]  # fmt: skip


def test_nothing_is_written_over_that_was_not_named(story, tmp_path):
    path, other, none = str(story), str(tmp_path / "other.txt"), str(tmp_path / "none.txt")
    write([IGT("a")], other, "sigmorphon")
    before = story.read_bytes()
    for source, target, is_replaced in (
        (path, "-", False), (path, none, False), (path, other, True), ("-", path, True),
        (none, path, True),
    ):  # fmt: skip
        for in_place in (True, False):
            found = common.prepare_target(source, target, in_place=in_place)
            assert found is is_replaced
    assert not list(tmp_path.glob("*.bak"))
    (tmp_path / "link.txt").symlink_to(story)
    for target in (path, str(tmp_path / "." / "story.txt"), str(tmp_path / "link.txt")):
        with pytest.raises(InputError, match="would be written over; say so with --in-place"):
            common.prepare_target(path, target, in_place=False)
    assert not common.prepare_target(path, path, in_place=True)
    assert story.with_name("story.txt.bak").read_bytes() == story.read_bytes() == before


@pytest.mark.parametrize("name", ["a.eaf", "A.EAF", "Generic-metadata.json"])
def test_a_file_that_holds_more_than_its_texts_is_not_written_in_place(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(InputError, match="holds more than its texts"):
        common.prepare_target(str(tmp_path / name), str(tmp_path / name), in_place=True)
    assert not list(tmp_path.glob("*.bak"))


def test_counting_changes_no_text(capsys):
    texts = [IGT("a"), IGT("b")]
    assert list(common.counted(iter(texts))) == texts
    assert capsys.readouterr().err == ""  # no terminal


@pytest.mark.parametrize(
    ("count", "noun", "said"),
    [
        (0, ("error",), "0 errors"),
        (1, ("entry", "entries"), "1 entry"),
        (2, ("entry", "entries"), "2 entries"),
    ],
)
def test_a_number_has_its_noun(count, noun, said):
    assert common.counted_noun(count, *noun) == said


def test_the_version_is_the_one_installed():
    assert common.version() == metadata.version("igtkit")


def test_output_and_what_is_said_of_it_go_to_streams_of_their_own(capsys):
    common.say("a\nb\x1b[8m")
    common.note(InputError("no\x1b[2J\n::error::x"))
    said = capsys.readouterr()
    assert said.out == "a\nb\\u001b[8m\n"
    assert said.err == "no\\u001b[2J\n\\u003a:error::x\n"


def test_commands_to_github_are_said_only_on_purpose(capsys):
    common.say("::error::x\x1b")
    common.say("::error::x\x1b", commands=True)
    assert capsys.readouterr().out == "\\u003a:error::x\\u001b\n::error::x\\u001b\n"


def test_closed_streams(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    common.note("nobody hears it")
    with pytest.raises(OSError, match="standard output is closed"):
        common.say("a")
    with pytest.raises(OSError, match="standard output is closed"):
        common.write_texts([IGT("a")], "-", "jsonl", [])


def test_a_number_is_whole_and_not_too_small():
    read_number = common.whole_from(1)
    assert [read_number(text) for text in ("1", "12", " 3")] == [1, 12, 3]
    assert read_number("9" * 18) <= sys.maxsize
    for text in ("0", "-1", "1.5", "x", "", "9" * 30):
        with pytest.raises(argparse.ArgumentTypeError, match="a whole number from 1, not"):
            read_number(text)
