"""``igtkit find``: sentences with morphemes in them."""

from __future__ import annotations

import pytest

from igtkit import read
from igtkit.cli import main


def test_a_hit_has_its_place_its_lines_and_its_translation(run, corpus):
    status, out, err = run("find", "--", "-*/LOC", corpus)
    assert status == 0
    assert out.splitlines() == [
        f"# {corpus}:1 · entry 1",
        "Evde      kedi var.",
        "ev-de     kedi var   .",
        "house-LOC cat  exist .",
        "^^^^^^^^^",
        "‘The cat is at home.’",
        "",
    ]
    assert err == "1 hit in 1 of 2 entries\n"


def test_keywords_in_context(run, corpus):
    _, out, _ = run("find", "--kwic", "kedi", corpus)
    assert out.split() == ["ev-de", "kedi", "var", "."]


def test_the_wrong_way_round_is_said(run, corpus, tmp_path):
    status, out, err = run("find", corpus, "kedi var")
    assert (status, out) == (2, "")
    assert f"the pattern comes first, then the file: igtkit find 'kedi var' {corpus}" in err
    for arguments in (["find", "k" * 1000, corpus], ["find", "kedi", str(tmp_path / "none")]):
        assert "comes first" not in run(*arguments)[2]
    assert "comes first" not in run("find", corpus, corpus)[2]


@pytest.mark.parametrize("pattern", ["-de", "-de/LOC", "-*"])
def test_a_pattern_may_begin_with_a_hyphen(run, corpus, pattern):
    after_e = run("find", "-e", pattern, corpus)
    assert after_e[0] == 0
    assert "ev-de" in after_e[1]
    assert after_e == run("find", "--", pattern, corpus)
    if pattern != "-*":
        status, _, err = run("find", pattern, corpus)
        assert status == 2
        assert f"write -e {pattern}" in err


def test_a_prefix(run, corpus):
    assert run("find", "ev-", corpus)[2].startswith("2 hits")
    assert run("find", "kedi-", corpus)[2].startswith("0 hits")


def test_it_says_what_to_try(run, corpus):
    status, out, err = run("find", "LOC", corpus)
    assert (status, out) == (0, "")
    assert err == "0 hits in 2 entries\nthese find something:\n  /LOC  1 hit\n"
    assert "--ignore-case  2 hits" in run("find", "EV", corpus)[2]
    assert "--ignore-case" not in run("find", "--ignore-case", "LOC", corpus)[2]
    assert "-e '-d*/LOC'  1 hit" in run("find", "-e", "-d/LOC", corpus)[2]
    assert run("find", "nothing", corpus)[2] == "0 hits in 2 entries\n"
    assert "write '* -nothing', with a blank" in run("find", "*-nothing", corpus)[2]


def test_the_sentences_are_written_in_any_format(run, corpus, tmp_path):
    target = tmp_path / "found.jsonl"
    status, out, err = run("find", "ev", corpus, "-o", target)
    assert (status, out) == (0, "")
    assert err.startswith(f"{target}: 2 entries written as jsonl")
    assert [igt.transcription for igt in read(target)] == ["Evde kedi var.", "Evde"]
    assert "is replaced" in run("find", "ev", corpus, "-o", target, "--limit", "1")[2]
    assert len(read(target)) == 1
    _, _, err = run("find", "nothing", corpus, "-o", target)
    assert f"{target} is not written" in err
    assert len(read(target)) == 1
    assert run("find", "ev", corpus, "-o", corpus)[0] == 2
    assert "house-LOC" in run("find", "/LOC", corpus, "-o", "-", "--to", "text")[1]


def test_one_language_of_several_files(run, corpus, tmp_path):
    other = tmp_path / "other.jsonl"
    run("convert", corpus, other, "--set-language", "Turkish")
    _, out, err = run("find", "ev", corpus, other, "--language", "turkish")
    assert out.startswith(f"# {other}:1 · entry 1 · Turkish\n")
    assert err == "2 hits in 2 of 2 entries\n"
    assert run("find", "ev", corpus, "--language", "Tsez")[0] == 2


def test_a_file_and_a_pattern_are_asked_for(run, corpus):
    assert "name a file" in run("find", corpus)[2]
    with pytest.raises(SystemExit):
        main(["find"])
    with pytest.raises(SystemExit):
        main(["find", str(corpus), "-e"])


def test_what_was_guessed_is_said_in_options(run, tmp_path):
    source, target = tmp_path / "a.jsonl", tmp_path / "a.tex"
    source.write_text('{"glosses": "go-pst", "segmentation": "a-b"}\n', encoding="utf-8")
    _, _, err = run("find", "/pst", source, "-o", target)
    assert "guessed to be labels: pst (--out-option 'labels=[…]' says which are)" in err
    given = 'labels=["pst"]'
    assert (
        "guessed to be" not in run("find", "/pst", source, "-o", target, "--out-option", given)[2]
    )
