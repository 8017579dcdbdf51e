from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit import IGT, Prediction, alignment_score, check, repair
from igtkit.alignment import written_apart
from igtkit.errors import InputError


def codes(igt, **options):
    return [issue.code for issue in check(igt, **options)]


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
    assert codes(IGT("x", segmentation, glosses)) == expected


def test_an_issue_says_where():
    issue = check(IGT("x", "« a », b-c", "« X », Y=Z"))[0]
    assert (issue.severity, issue.line, issue.word, issue.morpheme) == ("error", "glosses", 1, 1)
    assert "'-'" in issue.message
    assert "'='" in issue.message


@pytest.mark.parametrize(
    ("igt", "expected"),
    [
        (IGT("cats", "cat-s", "cat-PL", "Cats."), []),
        (IGT("Cats,", "cat-s", "cat-PL", "Cats."), []),
        (IGT("İki", "iki", "two", "Two."), []),
        (IGT("cats", None, None, None), ["missing-line"] * 3),
        (IGT("a b", "a", "X", "t"), ["surface-word-count"]),
        (IGT("kitabı", "kitap-ı", "book-ACC", "t"), ["surface-form"]),
        (IGT("gel ,", "gel ,", "come", "t"), ["unpaired-punctuation"]),
        (IGT("gel ,", "gel", "come", "t"), []),
        (IGT("é e\u0301", "é e\u0301", "X Y", "t"), ["mixed-normalization"]),
        (IGT("é é", "é é", "X Y", "t"), []),
        (IGT("g̲o", "g̲o", "X", "t"), []),
        (IGT("'a ’a", "'a ’a", "X Y", "t"), ["mixed-apostrophes"]),
        (IGT("'a 'b", "'a 'b", "X Y", "t"), []),
        (IGT("a koba", "a =koba", "X =PST", "t"), ["written-apart"]),
        (IGT("a koba b koba", "a =koba b= =koba", "X =PST Y= =PST", "t"), ["written-apart"] * 2),
        (IGT("a - b", "a - b", "X = Y", "t"), []),
        (IGT("evde", "ev‑de", "house‑LOC", "t"), ["look-alike-boundary"] * 2),
        (IGT("a – b", "a – b", "X – Y", "t"), []),
        (IGT("1914–1918", "1914–1918", "1914–1918", "t"), []),
        (IGT("e\u200bv", "ev", "house", "t"), ["invisible-character"]),
        (IGT("ev", "ev", "\ufeffhouse", "t"), ["invisible-character"]),
        (IGT("نمی\u200cخواهم", "نمی\u200cخواهم", "want", "t"), []),  # spelled with it
    ],
)
def test_notes_are_returned_when_asked_for(igt, expected):
    assert codes(igt) == []
    assert codes(igt, notes=True) == expected
    assert {issue.severity for issue in check(igt, notes=True)} <= {"note"}


def test_a_form_written_apart_is_noted_once_with_its_count():
    igt = IGT("a koba b koba", "a =koba b= =koba", "X =PST Y= =PST", "t")
    first, second = check(igt, notes=True)
    assert (first.line, first.word) == ("segmentation", 1)
    assert first.message == "'=koba' is written apart from its host (2 times)"
    assert second.message == "'b=' is written apart from its host"
    assert written_apart(IGT("x", None, "X =PST")) == {"=PST": (1, 1)}


def test_characters_that_are_no_boundary_are_named():
    igt = IGT("evde", "ev‑de", "house-LOC", "t")
    error, note = check(igt, notes=True)
    assert error.message.endswith("has 2; ‑ (U+2011 NON-BREAKING HYPHEN) is no boundary")
    expected = "no boundary in the segmentation, but looks like one: ‑ (U+2011 NON-BREAKING HYPHEN)"
    assert note.message == expected


def test_the_score_of_the_papers_example():
    assert alignment_score("the cat-s ru-n", "DET cat-PL run.SG") == pytest.approx(7 / 9)


@pytest.mark.parametrize(
    ("segmentation", "glosses", "expected"),
    [
        ("", "", 1),
        (None, None, 1),
        (", .", "", 1),
        ("a", "", 0),
        ("a", None, 0),
        ("a=b", "a-b", 2 / 3),
    ],
)
def test_scores_at_the_edge(segmentation, glosses, expected):
    assert alignment_score(segmentation, glosses) == pytest.approx(expected)


@given(aligned_lines())
def test_an_aligned_text_scores_one(lines):
    # The score follows the published rule, under which a free dash is a word.
    forms, glosses = (" ".join(t for t in line.split() if t.strip("-=")) for line in lines[1:])
    assert alignment_score(forms, glosses) == 1
    assert check(IGT(None, forms, glosses)) == ()


@given(st.text("ab-= .,'", max_size=12), st.text("ab-= .,'", max_size=12))
def test_the_score_is_a_symmetric_share(one, other):
    score = alignment_score(one, other)
    assert 0 <= score <= 1
    assert score == alignment_score(other, one)


def test_the_example_of_the_paper_with_one_morpheme_under_two_glosses():
    segmentation = "vũnɔ gagãlĩ gɛ e-nu bu-dzyuɛ díyɛ"
    glosses = "beverage well-well REL 3SG-be CM-strength 3SG"
    assert alignment_score(segmentation, glosses) == 1 - 2 / 17
    assert round(alignment_score(segmentation, glosses), 3) == 0.882  # PolyGloss, section 7.1
    (issue,) = check(IGT(None, segmentation, glosses))
    assert (issue.code, issue.word) == ("morpheme-count", 1)


def test_the_published_scores(shared):
    with (shared / "golden" / "polygloss_interleaved.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert len(rows) == 600
    for row in rows:
        score = alignment_score(row["segmentation"], row["glosses"])
        assert score == pytest.approx(row["alignment_score"], abs=1e-12)


def test_what_the_published_encoder_refuses_is_reported(shared):
    with (shared / "golden" / "polygloss_interleaved.jsonl").open(encoding="utf-8") as lines:
        refused = [row for row in map(json.loads, lines) if row["interleaved"] is None]
    assert refused
    for row in refused:
        assert check(IGT(None, row["segmentation"], row["glosses"]))


def test_repair_drops_a_segmentation_that_is_none():
    igt = IGT("cats run", "cats run", "cat-PL run", split="dev")
    assert repair(igt) == igt.replace(segmentation=None)


@pytest.mark.parametrize("hyphen", "\u2010\u2011\u2013\u2212\u00ad")
def test_repair_keeps_a_segmentation_with_other_hyphens(hyphen):
    igt = IGT("cats", f"cat{hyphen}s", "cat-PL", split="dev")
    assert repair(igt) == igt.replace(split="train")


def test_repair_sends_other_misalignment_to_train():
    igt = IGT("cats run", "cat-s run", "cat-PL-X run", split="test")
    assert repair(igt) == igt.replace(split="train")


@pytest.mark.parametrize("glosses", ["buy", "buy ."])
def test_repair_leaves_the_rest(glosses):
    igt = IGT("bumili", "b<um>ili", glosses, split="test")
    assert repair(igt) is igt


def test_there_is_no_other_policy():
    with pytest.raises(InputError, match="no repair policy 'drop'"):
        repair(IGT("a"), policy="drop")


@pytest.mark.parametrize("igt", ["a line", None, float("nan"), Prediction("a", "A")])
@pytest.mark.parametrize("function", [check, repair])
def test_what_is_no_igt_is_an_error(function, igt):
    with pytest.raises(InputError, match="expected an IGT"):
        function(igt)


@pytest.mark.parametrize("line", [float("nan"), 3, 0, b"a", ["a"]])
def test_the_score_of_what_is_no_line_is_an_error(line):
    with pytest.raises(InputError, match="glosses must be a string"):
        alignment_score("a", line)
    with pytest.raises(InputError, match="segmentation must be a string"):
        alignment_score(line, "a")
