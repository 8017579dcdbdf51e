"""``igtkit check``: what does not align, for people and for programs."""

from __future__ import annotations

import json

from cli.entries import BAD, GOOD


def test_check_names_the_line_and_fails(run, corpus):
    status, out, err = run("check", corpus)
    assert status == 1
    assert out == (
        f"{corpus}:6: error: 'ev-de' has 2 morphemes, its gloss 'house' has 1 [morpheme-count]\n"
    )
    assert err == "2 entries checked: 1 error\n"


def test_check_passes_where_nothing_is_wrong(run, tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    assert run("check", tmp_path / "good.txt")[:2] == (0, "")


def test_issues_can_be_ignored_and_notes_asked_for(run, corpus):
    status, out, err = run("check", corpus, "--ignore", "morpheme-count", "--notes")
    assert status == 0
    assert "note:" in out
    assert "0 errors" in err


def test_an_entry_that_cannot_be_read_is_an_error_like_any_other(run, tmp_path):
    path = tmp_path / "damaged.txt"
    path.write_text(f"{GOOD}\nno marker\n\n{BAD}", encoding="utf-8")
    status, out, err = run("check", path)
    assert status == 1
    assert "[unreadable]" in out
    assert f"{path}:6: error: text before the first marker" in out
    assert "2 errors" in err


def test_a_damaged_file_does_not_keep_the_others_from_being_checked(run, tmp_path, corpus):
    path = tmp_path / "damaged.eaf"
    path.write_text("\\t a\n\xff", encoding="latin-1")
    status, out, _ = run("check", path, corpus, "--format", "sigmorphon")
    assert status == 1
    assert out.count("error:") == 2


def test_check_for_programs(run, corpus):
    _, out, _ = run("check", corpus, "--output", "json")
    found = json.loads(out)
    assert found["file_line"] == 6
    assert (found["code"], found["word"]) == ("morpheme-count", 0)
    _, out, _ = run("check", corpus, "--output", "sarif")
    result = json.loads(out)["runs"][0]["results"][0]
    assert result["ruleId"] == "morpheme-count"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    _, out, _ = run("check", corpus, "--output", "github")
    assert out.startswith(f"::error file={corpus},line=6,title=morpheme-count::'ev-de' has 2")
