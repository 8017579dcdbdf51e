"""Where a morpheme has no gloss, or a gloss no morpheme: the Leipzig rules, and what breaks them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import LINE, aligned_lines

from igtkit import read
from igtkit.alignment import ERROR_CODES
from igtkit.alignment.misalignment import find_errors


def codes(segmentation, glosses):
    return [issue.code for issue in find_errors(segmentation, glosses)]


@pytest.mark.parametrize(
    ("segmentation", "glosses", "expected"),
    [
        ("the cat-s", "DET cat-PL", []),
        ("the cat-s ru-n", "DET cat-PL run.SG", ["morpheme-count"]),
        ("the cat", "DET cat run", ["word-count"]),
        ("the cats", "DET cat-PL", ["unsegmented", "morpheme-count"]),
        ("palasi=lu", "priest-and", ["boundary-kind"]),
        ("a--b", "X--Y", ["empty-morpheme", "empty-morpheme"]),
        ("a-", "X-Y", ["empty-morpheme"]),
        ("a =koba", "X =PST", []),
        ("a= b", "X= Y", []),
        ("a =koba", "X PST", ["morpheme-count", "empty-morpheme"]),
        ("a =koba", "X -PST", ["boundary-kind", "empty-morpheme", "empty-morpheme"]),
        ("a= b", "X Y", ["morpheme-count", "empty-morpheme"]),
        ("a =koba", None, []),
        ("a =koba b", "X =PST", ["word-count"]),
        ("a =ko-ba", "X =PST", ["morpheme-count"]),
        ("a ‑b", "X -Y", ["morpheme-count", "empty-morpheme"]),
        ("cat‑s", "cat-PL", ["morpheme-count"]),
        ("cat\u00ads", "cat-PL", ["morpheme-count"]),
        ("b<um>ili", "buy", ["infix-count"]),
        ("bili", "<ACTFOC>buy", ["infix-count"]),
        ("bi~bili", "IPFV-buy", ["unsegmented", "morpheme-count"]),
        ("bi~bili", "buy", ["reduplication-count"]),
        ("a - b", "X - Y", []),
        ("a - b", "X Y", []),
        ("a = b", "X Y", []),
        ("a , b .", "X Y", []),
        ("a b", "X ???", []),
        ("2DU>3SG", "2DU>3SG", []),
        (None, "X-Y", []),
        ("a-b", " ", []),
        (None, None, []),
    ],
)
def test_misalignment(segmentation, glosses, expected):
    assert codes(segmentation, glosses) == expected


@pytest.mark.parametrize(
    ("rule", "segmentation", "glosses"),
    [
        ("2: Lezgian", "Gila abur-u-n ferma hamišaluǧ güǧüna amuq’-da-č.",
         "now they-OBL-GEN farm forever behind stay-FUT-NEG"),
        ("2: West Greenlandic", "palasi=lu niuirtur=lu", "priest=and shopkeeper=and"),
        ("4: Turkish", "çık-mak", "come.out-INF"),
        ("4: Hittite", "n=an apedani mehuni essandu.",
         "CONN=him that.DAT.SG time.DAT.SG eat.they.shall"),
        ("9: Tagalog", "b<um>ili", "<ACTFOC>buy"),
        ("9: Latin", "reli<n>qu-ere", "leave<PRS>-INF"),
        ("10: Hebrew", "yerak~rak-im", "green~ATT-M.PL"),
        ("10: Tagalog", "bi~bili", "IPFV~buy"),
    ],
)  # fmt: skip
def test_the_examples_of_the_leipzig_rules_align(rule, segmentation, glosses):
    assert find_errors(segmentation, glosses) == ()


def test_an_issue_says_where():
    [issue] = find_errors("« a », b-c", "« X », Y=Z")
    assert (issue.severity, issue.line, issue.word, issue.morpheme) == ("error", "glosses", 1, 1)
    assert issue.message == "'c' is joined with '-' in 'b-c', but its gloss with '=' in 'Y=Z'"
    [counted] = find_errors("the cats ru-n", "DET cat run.SG")
    assert counted.message == "'ru-n' has 2 morphemes, its gloss 'run.SG' has 1"
    [counted] = find_errors("cats ru-n", "cat-PL run-SG")
    assert (counted.word, counted.morpheme) == (0, None)
    assert counted.message == "'cats' has 1 morpheme, its gloss 'cat-PL' has 2"
    assert counted.line == "glosses"
    unsegmented, _ = find_errors("kim evde", "who house-LOC")
    assert (unsegmented.line, unsegmented.word) == ("segmentation", None)
    assert unsegmented.message == (
        "the glosses mark morphemes, but the segmentation line is not segmented at all"
    )
    [infix] = find_errors("a ev-b<um>ili", "X house-buy")
    assert (infix.line, infix.word, infix.morpheme) == ("glosses", 1, 1)
    assert infix.message == "'b<um>ili' has 1 infix, its gloss 'buy' has 0"
    [infix] = find_errors("a ev-bili", "X house-b<ACT>uy")
    assert infix.message == "'bili' has 0 infixes, its gloss 'b<ACT>uy' has 1"
    [empty] = find_errors("a- b", "X-Y Z")
    assert (empty.line, empty.word, empty.morpheme) == ("segmentation", 0, 1)
    assert empty.message == "morpheme 2 of 'a-' is empty"


def test_where_words_differ_in_number_they_are_not_compared():
    [issue] = find_errors("a-b c", "A")
    assert (issue.code, issue.word) == ("word-count", None)
    assert issue.message == "the segmentation has 2 words, the glosses have 1"


def test_the_characters_that_are_no_boundary_are_named():
    [issue] = find_errors("ev‑ler‑de", "house-PL⟨X⟩-LOC")
    assert issue.message.endswith(
        "has 3; ‑ (U+2011 NON-BREAKING HYPHEN), ⟨ (U+27E8 MATHEMATICAL LEFT ANGLE BRACKET), "
        "⟩ (U+27E9 MATHEMATICAL RIGHT ANGLE BRACKET) is no boundary"
    )


def test_a_long_word_is_cut_in_the_message():
    [issue] = find_errors("-" * 3 + "a" * 500, None)[:1]
    assert len(issue.message) < 120


@given(aligned_lines())
def test_an_aligned_text_has_no_errors(lines):
    assert find_errors(*lines[1:]) == ()


@given(LINE, LINE)
def test_every_error_has_a_code_of_the_list_and_points_into_its_line(segmentation, glosses):
    for issue in find_errors(segmentation, glosses):
        assert issue.code in ERROR_CODES
        assert issue.severity == "error"
        line = {"segmentation": segmentation, "glosses": glosses}[issue.line]
        assert issue.word is None or issue.word < len(line.split())


@given(st.lists(st.text("ab-=", min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_the_counts_are_the_slow_ones(words, data):
    """Of words with boundaries inside alone, the rules are so simple that nothing can go wrong."""
    forms = [word.strip("-=").replace("--", "-") or "a" for word in words]
    glosses = [data.draw(st.from_regex(r"[XY]([-=][XY]){0,3}", fullmatch=True)) for _ in forms]
    forms = [re.sub("[-=]+", "-", form) for form in forms]
    expected = []
    for index, (form, gloss) in enumerate(zip(forms, glosses, strict=True)):
        parts, labels = re.split("[-=]", form), re.split("[-=]", gloss)
        if len(parts) != len(labels):
            expected.append((index, "morpheme-count"))
        else:
            other = [mark for mark in gloss if mark == "="]
            expected += [(index, "boundary-kind")] * len(other)
    found = [
        (issue.word, issue.code)
        for issue in find_errors(" ".join(forms), " ".join(glosses))
        if issue.code != "unsegmented"
    ]
    assert found == expected


def test_what_the_published_encoder_refuses_is_reported(shared):
    with (shared / "golden" / "polygloss_interleaved.jsonl").open(encoding="utf-8") as lines:
        refused = [row for row in map(json.loads, lines) if row["interleaved"] is None]
    assert refused
    for row in refused:
        assert find_errors(row["segmentation"], row["glosses"])


def test_the_gold_of_a_shared_task_aligns(shared):
    texts = read(shared / "data/sigmorphon2023/git/git-dev-track2-uncovered", "sigmorphon")
    found = [issue for igt in texts for issue in find_errors(igt.segmentation, igt.glosses)]
    assert found == []
