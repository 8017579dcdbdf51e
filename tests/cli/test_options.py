"""Options of formats on the command line: whatever is given, an error is one line."""

from __future__ import annotations

import pytest

from igtkit import load_sample, write
from igtkit.cli import main
from igtkit.io import formats

NAMES = {
    "cldf": "Generic-metadata.json",
    "flextext": "a.flextext",
    "latex": "a.tex",
    "csv": "a.csv",
    "xlsx": "a.xlsx",
    "markdown": "a.md",
    "typst": "a.typ",
    "toolbox": "a.db",
}
NEVER_RIGHT = ["2024", "1.5", "NaN", "[]", '["a"]', '{"transcription": 3}', "[[[]]]"]
LISTS = {"[]", '["a"]'}
ODD = ["true", "null", '""', "no", r'"\u0000"', r'"\ud800"', "{}", '{"": ""}']
ODD += ['{"transcription": "none"}', '{"glosses": ""}', '{"none": "none"}', '"a b"', '"…"']


UNWRITABLE = {
    "pangloss": '<TEXT id="t" xml:lang="tr"><S id="s"><FORM>evde</FORM><W><M><FORM>ev</FORM>'
    '<TRANSL xml:lang="en">house</TRANSL></M></W></S></TEXT>'
}
"""Files of formats that are read only and have options."""


def options_of(way):
    for name, format_ in sorted(formats().items()):
        function = getattr(format_, way)
        for option in () if function is None else function.__kwdefaults__ or ():
            yield pytest.param(name, option, id=f"{name}-{option}")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A small file of a format, made once."""
    folder = tmp_path_factory.mktemp("formats")
    made = {}

    def get(name):
        if name not in made:
            made[name] = folder / NAMES.get(name, f"a.{name}")
            if name in UNWRITABLE:
                made[name].write_text(UNWRITABLE[name], encoding="utf-8")
            else:
                write(list(load_sample())[:2], made[name], name)
        return made[name]

    return get


def one_line(run, *arguments):
    status, _, err = run(*arguments)
    assert "bug in igtkit" not in err, err
    assert status in (0, 2)
    return status, [line for line in err.splitlines() if line.startswith("igtkit: ")]


@pytest.mark.parametrize(("name", "option"), [*options_of("read")])
def test_a_wrong_value_of_an_option_for_reading(run, written, name, option):
    path = written(name)
    for value in set(NEVER_RIGHT) - (LISTS if option == "macros" else set()):
        status, said = one_line(
            run, "show", path, "--format", name, "--option", f"{option}={value}"
        )
        assert (status, len(said)) == (2, 1)
        assert option in said[0] or "tier" in said[0]
    for value in ODD:
        one_line(run, "show", path, "--format", name, "--option", f"{option}={value}")


@pytest.mark.parametrize(("name", "option"), [*options_of("write")])
def test_a_wrong_value_of_an_option_for_writing(run, tmp_path, written, name, option):
    texts, target = written("jsonl"), tmp_path / NAMES.get(name, f"out.{name}")
    for value in set(NEVER_RIGHT) - (LISTS if option == "labels" else set()):
        asked = ("--to", name, "--out-option", f"{option}={value}")
        status, said = one_line(run, "convert", texts, target, *asked)
        assert (status, len(said)) == (2, 1)
        assert not target.exists()
    for value in ODD:
        one_line(run, "convert", texts, target, "--to", name, "--out-option", f"{option}={value}")


@pytest.mark.parametrize(
    "given",
    [
        ["--option", "format=csv"],
        ["--option", "path=a"],
        ["--option", "errors=skip"],
        ["--option", "encoding=7"],
        ["--option", "language=7"],
        ["--option", "split=[]"],
        ["--option", "=1"],
        ["--option", "source=null", "--option", "source=1"],
        ["--encoding", "hex"],
        ["--encoding", "undefined"],
        ["--out-option", "encoding=7"],
        ["--out-option", "format=csv"],
        ["--out-option", "items=1"],
        ["--to", "html", "--out-option", "title=" + "[" * 10_000],
    ],
)
def test_what_every_format_takes(run, tmp_path, written, given):
    status, said = one_line(run, "convert", written("jsonl"), tmp_path / "out.jsonl", *given)
    if given[-1].startswith("title="):
        assert status == 0  # no JSON, so it is text
    else:
        assert (status, len(said)) == (2, 1)


def test_the_message_says_what_the_option_may_be(run, tmp_path, written):
    texts = written("jsonl")
    page, paper = tmp_path / "a.html", tmp_path / "a.tex"
    _, said = one_line(run, "convert", texts, page, "--out-option", "title=2024")
    wrong = "format 'html': title must be a string, not the number 2024"
    assert said == [f"igtkit: {wrong}; in quotes it is one: '\"2024\"'"]
    assert run("convert", texts, page, "--out-option", 'title="2024"')[0] == 0
    assert "<title>2024</title>" in page.read_text(encoding="utf-8")
    _, said = one_line(run, "convert", texts, paper, "--out-option", "document=no")
    assert said == ["igtkit: format 'latex': document must be true or false, not 'no'"]
    _, said = one_line(run, "show", texts, "--format", "csv", "--option", "columns=Text")
    assert said[0].endswith('must be a mapping of strings, such as {"name": "value"}, not \'Text\'')


def test_what_nobody_foresaw_is_one_line_and_a_traceback_for_who_asks(
    run, monkeypatch, tmp_path, capsys
):
    def fail(*_arguments, **_options):
        raise ZeroDivisionError("one\nand two")

    path = tmp_path / "a.jsonl"
    path.write_text('{"transcription": "a"}\n', encoding="utf-8")
    monkeypatch.setattr("igtkit.cli.show.to_text", fail)
    monkeypatch.delenv("IGTKIT_DEBUG", raising=False)
    status, _, err = run("show", path)
    assert status == 2
    assert err == (
        "igtkit: this is a bug in igtkit, please report it (ZeroDivisionError: one and two); "
        "IGTKIT_DEBUG=1 shows where it is\n"
    )
    monkeypatch.setenv("IGTKIT_DEBUG", "1")
    assert main(["show", str(path)]) == 2
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_files_stand_before_between_and_after_options(run, tmp_path):
    one, other, target = tmp_path / "1.jsonl", tmp_path / "2.jsonl", tmp_path / "found.jsonl"
    for path in (one, other):
        write(list(load_sample())[:5], path)
    assert "in 10 entries" in run("find", "nothing", one, "-o", target, other)[2]
    assert run("convert", one, "--to", "csv", target)[0] == 0
    shown = run("show", one, "--limit", "1", other)
    assert shown == run("show", "--limit", "1", "--", one, other)
    assert shown[0] == 0


def test_an_unknown_option_is_answered_with_those_that_there_are(capsys):
    with pytest.raises(SystemExit):
        main(["show", "a.jsonl", "--limmit", "3"])
    error = capsys.readouterr().err
    assert error.startswith("usage: igtkit show")
    assert error.endswith(
        "igtkit show: error: unrecognized arguments: --limmit 3 (igtkit show --help has examples)\n"
    )
