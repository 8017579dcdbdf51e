"""``igtkit inspect``: what a file is taken for, and why."""

from __future__ import annotations

import json

from igtkit import IGT, write


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
    assert "--encoding cp1252" in out
    assert "transcription 1" in run("inspect", path, "--encoding", "latin-1")[1]


def test_guesses_are_several(run, tmp_path):
    path = tmp_path / "a.tex"
    path.write_text("\\ea\nevde\\\\\n\\gll ev-de\\\\ house-LOC\\\\\n\\glt `at home'\n\\z\n",
                    encoding="utf-8")  # fmt: skip
    _, out, _ = run("inspect", path)
    assert "\nguesses:\n" in out
    assert "\nmacros:\n" in out
