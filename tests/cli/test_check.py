"""``igtkit check``: what does not align, for people and for programs."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from cli.entries import BAD, GOOD

import igtkit.alignment
from igtkit import IGT, write
from igtkit.alignment import ERROR_CODES, NOTE_CODES


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
    _, out, _ = run("check", corpus, "--output-format", "json")
    found = json.loads(out)
    assert found["file_line"] == 6
    assert (found["code"], found["word"]) == ("morpheme-count", 0)
    _, out, _ = run("check", corpus, "--output-format", "sarif")
    result = json.loads(out)["runs"][0]["results"][0]
    assert result["ruleId"] == "morpheme-count"
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    _, out, _ = run("check", corpus, "--output-format", "github")
    assert out.startswith(f"::error file={corpus},line=6,title=morpheme-count::'ev-de' has 2")


def test_check_tells_a_clitic_written_apart_once_with_its_count(run, tmp_path):
    path = tmp_path / "apart.txt"
    entry = "\\t ev koba re\n\\m ev =koba re=\n\\g house =PST REL=\n\\l x\n\n"
    path.write_text(entry * 3, encoding="utf-8")
    status, out, err = run("check", path, "--notes")
    assert status == 0
    assert out.splitlines() == [
        f"{path}: note: '=koba' is written apart from its host (3 times) [written-apart]",
        f"{path}: note: 're=' is written apart from its host (3 times) [written-apart]",
    ]
    assert "3 entries checked: 0 errors, 2 notes" in err
    assert run("check", path)[1] == ""


def test_check_says_that_another_hyphen_is_no_boundary(run, tmp_path):
    path = tmp_path / "hyphens.txt"
    path.write_text("ev‑ler‑de kim\nhouse‑PL‑LOC who\n‘Who?’\n", encoding="utf-8")
    _, out, _ = run("check", path, "--notes")
    for line in ("segmentation", "glosses"):
        assert f"no boundary in the {line}, but looks like one: ‑ (U+2011" in out


def test_what_comes_again_is_counted(run, tmp_path):
    path = tmp_path / "a.jsonl"
    write([*[IGT("a", "a", "A") for _ in range(6)], IGT("b", "b-c", "B")], path)
    _, out, err = run("check", path, "--notes")
    again = "[missing-line] (7 times: also line 2, line 3, line 4, …)"
    assert out.splitlines() == [
        f"{path}:1: note: there is no translation line {again}",
        f"{path}:7: error: 'b-c' has 2 morphemes, its gloss 'B' has 1 [morpheme-count]",
        *(line for line in out.splitlines() if "[surface-form]" in line),
    ]
    assert "1 error, " in err
    _, out, _ = run("check", path, "--notes", "--all")
    assert out.count("there is no translation line") == 7


def test_an_unknown_code_is_an_error_that_lists_the_codes(run, corpus):
    status, out, err = run("check", corpus, "--ignore", "morphem-count")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "no issue has the code 'morphem-count'; there are: word-count, " in err
    for code in (*ERROR_CODES, *NOTE_CODES, "unreadable"):
        assert code in err


def test_the_codes_are_those_that_the_checker_gives():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted(Path(igtkit.alignment.__path__[0]).glob("*.py"))
        if path.name != "__init__.py"
    )
    code = re.compile(r"[a-z]+(-[a-z]+)+|unsegmented")
    given = {
        node.value
        for node in ast.walk(ast.parse(text.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and code.fullmatch(node.value)
    }
    assert given == {*ERROR_CODES, *NOTE_CODES}


def test_a_place_in_an_elan_file_is_a_time(run, tmp_path):
    texts = [
        IGT("a", "a-b", "A", "A.", id="a1", source="Frog", metadata={"begin": 61.5, "end": 63})
    ]
    write(texts, tmp_path / "a.eaf")
    assert ": a1 at 1:01.500: error: 'a-b' has 2" in run("check", tmp_path / "a.eaf")[1]


def test_a_file_that_cannot_be_read_does_not_keep_others_from_being_checked(run, corpus, tmp_path):
    odd = tmp_path / "schema.xsd"
    odd.write_text("nothing that is known", encoding="utf-8")
    status, out, err = run("check", tmp_path / "gone.txt", odd, corpus)
    assert status == 1
    assert f"{tmp_path / 'gone.txt'}: error: No such file or directory [unreadable]" in out
    assert f"{odd}: error: this looks like none of the known formats; name it with --format" in out
    assert f"{corpus}:" in out
    assert err == "2 entries checked: 3 errors\n"
    for name in ("gone.eaf", "gone.flextext"):  # whose format is known before they are opened
        status, out, err = run("check", tmp_path / name, corpus)
        assert (status, err) == (1, "2 entries checked: 2 errors\n")
        assert f"{tmp_path / name}: error: No such file or directory [unreadable]" in out
    for name in ("gone.txt", "gone.eaf"):
        status, _, err = run("check", tmp_path / name)
        assert (status, "No such file" in err) == (2, True)
