"""``igtkit convert``: from one file format to another."""

from __future__ import annotations

from igtkit import IGT, read, write


def test_convert_says_what_is_lost(run, corpus, tmp_path):
    target = tmp_path / "corpus.jsonl"
    status, _, err = run(
        "convert", corpus, target, "--set-language", "Turkish", "--set-split", "train"
    )
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


def test_what_is_read_is_written_over_only_in_place(run, corpus):
    before = corpus.read_bytes()
    for given in ([corpus, corpus], [corpus, corpus.parent / "." / corpus.name], [corpus]):
        status, _, err = run("convert", *given, "--set-split", "dev")
        assert (status, corpus.read_bytes()) == (2, before)
        assert "--in-place" in err
    assert run("convert", corpus, "x.txt", "--in-place")[0] == 2
    status, _, err = run("convert", corpus, "--in-place", "--to", "jsonl", "--set-split", "dev")
    assert status == 0
    assert "replaced" not in err
    assert corpus.with_name("corpus.txt.bak").read_bytes() == before
    assert [igt.split for igt in read(corpus, "jsonl")] == ["dev", "dev"]


def test_in_place_the_encoding_stays(run, tmp_path):
    path = tmp_path / "old.txt"
    path.write_text("\\t kün\n", encoding="latin-1")
    assert run("convert", path, "--in-place", "--encoding", "latin-1")[0] == 0
    assert path.read_text(encoding="latin-1") == "\\t kün\n\n"


def test_files_that_hold_more_are_not_written_in_place(run, tmp_path):
    write([IGT("a", "a", "A")], tmp_path / "a.eaf")
    before = (tmp_path / "a.eaf").read_bytes()
    status, _, err = run("convert", tmp_path / "a.eaf", "--in-place")
    assert (status, (tmp_path / "a.eaf").read_bytes()) == (2, before)
    assert "holds more than its texts" in err


def test_a_file_that_is_replaced_is_named(run, corpus, tmp_path):
    target = tmp_path / "corpus.jsonl"
    assert "file that was there" not in run("convert", corpus, target)[2]
    assert run("convert", corpus, target)[2].endswith("; the file that was there is replaced\n")
