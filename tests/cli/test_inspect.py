"""``igtkit inspect``: what a file is taken for, and why."""

from __future__ import annotations

import json

import pytest

from igtkit import IGT, read, write
from igtkit.io import inspect


def parts_of(path, **options):
    return {part.name: part for part in inspect(path, **options).parts}


def test_tiers_are_told_with_their_reasons(tmp_path):
    path = tmp_path / "a.eaf"
    write([IGT("a b", "a b", "A B", "A.", id="a1")], path)
    found = parts_of(path)
    for line in ("transcription", "segmentation", "glosses", "translation"):
        assert found[line].line == line
    assert found["glosses"].why == "by its name"
    asked = parts_of(path, tiers={"notes": "translation", "translation": ""})
    assert (asked["translation"].line, asked["translation"].why) == ("notes", "as asked")


def test_tiers_of_a_real_file(shared):
    found = parts_of(shared / "data/interchange/eaf/lingview_aingae_kuke_chiste.eaf")
    assert (found["A'ingae"].line, found["A'ingae"].why) == ("words", "by its type 'word'")
    assert found["-"].why == "its annotations are the sentences"
    assert found["Glosa"].line is None
    assert "kept with each sentence" in found["Glosa"].why
    assert (found["Gloss"].line, found["Gloss"].count) == ("glosses", 1688)


def test_a_file_whose_tiers_nothing_tells_is_shown_all_the_same(run, tmp_path):
    path = tmp_path / "a.eaf"
    write([IGT("a b"), IGT("c d")], path)
    text = path.read_text(encoding="utf-8")
    text = text.replace('TIER_ID="transcription"', 'TIER_ID="x"').replace("sentence", "y")
    second = text[text.index("<TIER ") : text.index("</TIER>") + len("</TIER>")]
    second = second.replace('"x"', '"z"').replace('ANNOTATION_ID="', 'ANNOTATION_ID="z')
    path.write_text(text.replace("</TIER>", f"</TIER>{second}", 1), encoding="utf-8")
    status, out, _ = run("inspect", path)
    assert status == 1
    assert "0 entries" in out
    assert "left out: it belongs to no sentence" in out
    assert "which tier has the text? Say which tier is which, for example --option" in out


def test_markers_columns_writing_systems_and_macros(tmp_path, shared):
    table = tmp_path / "a.csv"
    table.write_text("Text,glosses,Seite\na,A,7\n", encoding="utf-8")
    found = parts_of(table, columns={"transcription": "Text"})
    assert [(part.line, part.why) for part in found.values()] == [
        ("transcription", "as asked"),
        ("glosses", "by its name"),
        (None, "no column of igtkit has this name; kept in metadata"),
    ]
    toolbox = tmp_path / "a.db"
    toolbox.write_text("\\ref 1\n\\t a\n\\mb a\n\\gx A\n\\xy 7\n", encoding="utf-8")
    found = parts_of(toolbox, markers={"glosses": "gx"})
    assert found["\\t"].why == "a marker that projects use for it"
    assert found["\\gx"].why == "as asked"
    assert (found["\\xy"].line, found["\\xy"].count) == (None, 1)
    paper = tmp_path / "a.tex"
    paper.write_text("\\ea \\gll a \\odd b\\\\ A B\\\\ \\glt `c' \\z\n", encoding="utf-8")
    assert parts_of(paper)["\\odd"].line is None
    found = parts_of(shared / "data/interchange/flextext/interlinear_r_tuwari.xml")
    assert found["en of translation"].why == "used most"
    assert found["tpi of translation"].line is None


def test_the_page_of_a_file(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"transcription": "a", "metadata": {"page": 7}}\nno json\n', encoding="utf-8")
    status, out, _ = run("inspect", path)
    assert status == 0
    assert out.splitlines()[:3] == [
        f"{path}: jsonl, by its extension '.jsonl'",
        "  1 entry: transcription 1",
        "  not found: segmentation, glosses, translation, pos",
    ]
    assert "could not be read: 1 entry" in out
    assert "as asked" in run("inspect", path, "--format", "jsonl")[1]
    found = json.loads(run("inspect", path, "--json")[1])
    assert found["lines"]["transcription"] == 1
    assert len(found["skipped"]) == 1


def test_what_cannot_be_read_to_its_end_is_said(run, tmp_path):
    path = tmp_path / "a.db"
    path.write_text("\\ref 1\n\\tx kün\n", encoding="latin-1")
    status, out, _ = run("inspect", path)
    assert status == 1
    assert "--encoding latin-1" in out
    assert "transcription 1" in run("inspect", path, "--encoding", "latin-1")[1]


@pytest.mark.parametrize("name", ["a.eaf", "a.flextext", "a.db", "a.csv", "a.tex"])
def test_looking_costs_nothing(name, tmp_path):
    texts = [IGT("a b", "a b", "A B", "A.", id=str(number)) for number in range(3)]
    write(texts, tmp_path / name)
    assert inspect(tmp_path / name).entries == len(read(tmp_path / name))
