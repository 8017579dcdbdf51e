"""``igtkit convert``: from one file format to another."""

from __future__ import annotations

from igtkit import read


def test_convert_says_what_is_lost(run, corpus, tmp_path):
    target = tmp_path / "corpus.jsonl"
    status, _, err = run("convert", corpus, target, "--language", "Turkish", "--split", "train")
    assert status == 0
    assert "2 entries written as jsonl" in err
    assert read(target)[0].language.name == "Turkish"
    _, _, err = run("convert", target, tmp_path / "back.txt", "--to", "sigmorphon")
    assert "lost: language (2), split (2)" in err


def test_options_of_formats(run, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("Text;Gloss\nEvde;house-LOC\n", encoding="utf-8")
    columns = 'columns={"transcription": "Text", "glosses": "Gloss"}'
    status, out, _ = run("convert", table, "-", "--to", "sigmorphon", "--option", columns)
    assert (status, out) == (0, "\\t Evde\n\\g house-LOC\n\n")
    status, _, err = run("convert", table, "-", "--to", "jsonl", "--option", "columns")
    assert status == 2
    assert "NAME=VALUE" in err
