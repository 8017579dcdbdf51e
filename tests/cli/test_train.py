"""``igtkit train``: a glosser from glossed files, kept in a folder."""

from __future__ import annotations

import re

from cli.story import OPEN_SENTENCES

from igtkit import read, write


def test_a_glosser_is_trained_measured_and_kept(run, story, tmp_path):
    status, out, err = run("train", story, "-o", tmp_path / "mine")
    assert (status, out) == (0, "")
    assert "learning from 50 glossed sentences" in err
    assert "with a fifth of the sentences held out (10 sentences): " in err
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "- language: Turkish\n- learned from: 50 glossed sentences\n" in card
    assert "ACC (" in card
    assert "morpheme error rate 0." in card
    assert run("gloss", story, "--model", tmp_path / "mine")[0] == 0


def test_sentences_that_stand_in_the_rest_are_told_apart(run, story, tmp_path):
    glossed = list(read(story))[:50]
    write([*glossed[:40], *glossed[:6], *glossed[40:44]], tmp_path / "again.jsonl")
    _, _, err = run("train", tmp_path / "again.jsonl", "-o", tmp_path / "mine")
    assert "6 of them stand in the rest word for word; of the others, " in err
    share_of_all, share_of_others = map(int, re.findall(r"(\d+)% of the words", err))
    assert share_of_all > share_of_others
    write(glossed[:10] * 5, tmp_path / "same.jsonl")
    _, _, err = run("train", tmp_path / "same.jsonl", "-o", tmp_path / "all")
    assert "10 of them stand in the rest word for word\n" in err


def test_measuring_can_be_left_out(run, story, tmp_path):
    _, _, err = run("train", story, "-o", tmp_path / "mine", "--no-check")
    assert "held out" not in err
    assert "measured: no" in (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")


def test_nothing_glossed_is_no_glosser(run, tmp_path):
    write(OPEN_SENTENCES, tmp_path / "open.jsonl")
    status, _, err = run("train", tmp_path / "open.jsonl", "-o", tmp_path / "mine")
    assert (status, err.count("\n")) == (3, 1)
    assert not (tmp_path / "mine").exists()


def test_a_folder_with_other_things_is_left_alone(run, story, tmp_path):
    mine = tmp_path / "work"
    mine.mkdir()
    (mine / "README.md").write_text("About my work.", encoding="utf-8")
    status, _, err = run("train", story, "-o", mine)
    assert (status, err.count("\n")) == (2, 1)
    assert "holds other things than a glosser" in err
    assert (mine / "README.md").read_text(encoding="utf-8") == "About my work."
    status, _, err = run("train", story, "-o", mine / "README.md")
    assert status == 2
    assert "is a file" in err
