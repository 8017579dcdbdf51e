"""Where commands write, and that the rest of a file stays."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from igtkit import IGT, read, write
from igtkit.cli._writing import (
    find_target,
    is_table,
    same_format,
    toolbox_template,
    write_after,
)
from igtkit.errors import InputError
from igtkit.io import formats


def options(file, **given):
    defaults = {"file": str(file), "output": None, "in_place": False, "dry_run": False}
    own = {"to": None, "out_option": [], "encoding": None, "option": []}
    return argparse.Namespace(**{**defaults, **own, **given})


def test_a_table_is_told_by_its_name():
    assert is_table(Path("a.CSV"))
    assert is_table(Path("a.tsv"))
    assert not is_table(Path("a.jsonl"))


def test_a_file_is_written_beside_the_one_that_was_read(tmp_path):
    assert find_target(options("story.eaf"), "merged") == Path("story.merged.eaf")
    assert find_target(options(tmp_path), "merged") == Path(
        f"{tmp_path}.merged/Generic-metadata.json"
    )
    assert find_target(options("story.eaf", output="b.csv"), "merged") == Path("b.csv")
    assert find_target(options("story.eaf", in_place=True), "merged") == Path("story.eaf")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"in_place": True, "output": "b"}, "two different things"),
        ({"file": "a.json", "in_place": True}, "a CLDF dataset is several files"),
        ({"file": "a.eaf", "output": "b.txt"}, "does not tell the format"),
        ({"file": "-"}, "say with -o where to write"),
    ],
)
def test_what_cannot_be_is_said_first(given, said):
    with pytest.raises(InputError, match=said):
        find_target(options(**{"file": "a.txt", **given}), "merged")


def test_an_elan_file_gets_what_has_changed_alone(tmp_path):
    path, target = tmp_path / "a.eaf", tmp_path / "b.eaf"
    write([IGT("cats", id="a1"), IGT("dogs", id="a2")], path)
    texts = [igt.replace(segmentation="x", glosses="y") for igt in read(path)]
    report = write_after(texts, [1], target, formats()["eaf"], options(path))
    assert report.entries == 1
    assert [igt.glosses for igt in read(target)] == [None, "y"]


def test_a_toolbox_file_is_its_own_template(tmp_path):
    toolbox = formats()["toolbox"]
    asked = options("a.db", option=["markers={}", "x=1"], encoding="cp1252")
    told = ['template="a.db"', "markers={}", "encoding=cp1252"]
    assert toolbox_template("a.db", "b.sfm", None, toolbox, asked) == told
    assert toolbox_template("a.txt", "b.txt", "toolbox", toolbox, options("a.txt"))
    assert toolbox_template("a.db", "b.txt", None, toolbox, asked) == []
    assert toolbox_template("a.db", "b.jsonl", "jsonl", toolbox, asked) == []
    assert toolbox_template("-", "b.db", "toolbox", toolbox, asked) == []
    own = options("a.db", out_option=["template=c.db"])
    assert toolbox_template("a.db", "b.db", None, toolbox, own) == []


def test_a_format_is_told_by_the_file_that_was_read():
    assert same_format("a.txt", "b.TXT", formats()["text"]) == "text"
    assert same_format("a.txt", "b.csv", formats()["text"]) is None
    assert same_format("a", "-", formats()["text"]) is None


def test_a_cldf_dataset_is_copied_with_the_cells_that_changed(run, shared, tmp_path):
    pytest.importorskip("pycldf")
    own = shared / "data" / "cldf" / "lgr"
    metadata = next(iter(sorted(own.glob("**/*-metadata.json"))))
    corpus = read(metadata)
    changed = [corpus[0].replace(glosses=corpus[0].glosses + "X")]
    target = tmp_path / "lgr.merged" / metadata.name
    write_after(changed, [0], target, formats()["cldf"], options(metadata))
    names = {each.relative_to(metadata.parent) for each in metadata.parent.rglob("*")}
    assert {each.relative_to(target.parent) for each in target.parent.rglob("*")} == names
    assert [igt for igt in read(target) if igt not in corpus] == changed
    with pytest.raises(InputError):
        write_after(
            [IGT("a", id="none")],
            [0],
            tmp_path / "b" / "m.json",
            formats()["cldf"],
            options(metadata),
        )
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("command", ["convert", "normalize", "gloss"])
def test_a_toolbox_file_keeps_all_else_that_it_has(run, tmp_path, command):
    path, new = tmp_path / "a.txt", tmp_path / "b.txt"
    record = "\\ref {}\n\\tx evde  kedi var\n\\zz odd   spacing\n"
    glossed = "\\mb ev    -de  kedi var\n\\ge house -LOC cat  exist\n"
    text = "".join(record.format(n) + glossed + "\\ft\n\n" for n in range(3))
    text += record.format(3) + "\n# the end\n"
    path.write_text(text, encoding="utf-8")
    given = {"convert": [path, new], "normalize": [path, "-o", new], "gloss": [path, "-o", new]}
    assert run(command, *given[command])[0] == 0
    written = new.read_text(encoding="utf-8")
    if command != "gloss":
        assert written == text
    assert written.startswith(text[: text.index("\\ref 3")])
    assert "\\zz odd   spacing\n" in written[text.index("\\ref 3") :]
    assert ("\\mb ev    -de" in written[text.index("\\ref 3") :]) == (command == "gloss")


@pytest.mark.parametrize("command", ["gloss", "merge", "normalize", "convert"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("paper.tex", "a file of the format latex can hold more than its texts"),
        ("field.csv", "the table has columns or sheets of its own ('Page')"),
        ("field.xlsx", "the table has columns or sheets of its own ('Speakers', 'Page')"),
    ],
)
def test_what_is_more_than_texts_is_not_written_in_place(run, tmp_path, command, name, told):
    path = tmp_path / name
    rows = [("transcription", "Page"), ("Kedi geldi .", "7")]
    if name == "paper.tex":
        path.write_text("Prose.\n\\ex\n\\gll kedi\\\\ cat\\\\\n\\glt ‘Cat.’\n", encoding="utf-8")
    elif name == "field.csv":
        path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    else:
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (`office`)")
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.create_sheet("Speakers").append(["Ayşe"])
        book.save(path)
    before = path.read_bytes()
    done = tmp_path / "done.jsonl"
    write([IGT("Kedi geldi .", "kedi gel-di .", "cat come-PST .")], done)
    given = {"gloss": [path, "--learn", done], "merge": [done, path]}.get(command, [path])
    status, _, err = run(command, *given, "--in-place")
    assert (status, path.read_bytes()) == (2, before)
    assert f"{name}: {told}, which would not stay; write another one" in err
    assert {each.name for each in tmp_path.iterdir()} == {name, "done.jsonl"}
    if command == "merge" and name == "field.csv":
        status, _, err = run(*("merge", done, path))
        assert status == 0
        assert f"field.merged.csv: 1 entry written as csv; {told}: it is written anew" in err


@pytest.mark.parametrize("command", ["gloss", "normalize", "convert"])
def test_what_cannot_be_read_is_not_lost_in_place(run, tmp_path, command):
    path = tmp_path / "story.txt"
    path.write_text("\\t Kedi\n\\g cat\n\nno marker\n\n\\t Kedi\n", encoding="utf-8")
    before = path.read_bytes()
    status, _, err = run(command, path, "--skip", "--in-place")
    assert (status, path.read_bytes()) == (2, before)
    assert "--skip and --in-place would lose the entries that cannot be read" in err


def test_a_toolbox_file_keeps_what_cannot_be_read_in_place(run, tmp_path, caplog):
    path = tmp_path / "story.sfm"
    path.write_text("no marker\n\\ref 1\n\\tx Kedi,\n", encoding="utf-8")
    assert run("normalize", path, "--skip", "--in-place")[0] == 0
    assert "1 entry could not be read" in caplog.text
    assert path.read_text(encoding="utf-8") == "no marker\n\\ref 1\n\\tx Kedi ,\n"
