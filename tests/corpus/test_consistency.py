"""What a corpus says twice, and differently."""

from __future__ import annotations

from collections import Counter

import pytest

from igtkit import IGT, Corpus, Language, read
from igtkit.corpus.consistency import (
    find_inconsistencies,
    rival_glosses,
    similar_labels,
    unequal_analyses,
    unknown_labels,
)
from igtkit.errors import InputError


def text(segmentation, glosses, **attributes):
    return IGT(segmentation.replace("-", ""), segmentation, glosses, **attributes)


def counts(findings):
    return [dict(finding.counts) for finding in findings]


def test_rival_glosses_are_counted_where_the_form_is_in_the_same_place():
    texts = [
        text("gel-di", "come-PST"),
        text("git-di", "go-PST"),
        text("ol-di", "be-PAST"),
        text("di", "say"),  # no suffix
        text("gel", "come"),
    ]
    findings = rival_glosses(texts)
    assert counts(findings) == [{"PST": 2, "PAST": 1}]
    assert findings[0].texts == (2, 0, 1)
    assert findings[0].message == "'-di' is glossed PST (2), PAST (1)"


def test_languages_are_kept_apart():
    texts = [text("a", "x", language="A"), text("a", "y", language="B")]
    assert rival_glosses(texts) == []
    rivals = rival_glosses([*texts, text("a", "z", language="B")])
    assert [finding.language for finding in rivals] == [Language(name="B")]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("PFV", "PERF", True),
        ("PL", "pl", True),
        ("FOC", "FOCUS", True),
        ("1SG", "1PL", False),
        ("I", "II", False),
        ("PST", "LOC", False),
        ("be", "become", False),
    ],
)
def test_labels_are_alike(one, other, found):
    texts = [text("gel-di", f"come-{one}"), text("git-di", f"go-{other}")]
    assert len(similar_labels(texts)) == found


def test_labels_that_gloss_different_forms_are_not_confused():
    texts = [text("gel-di", "come-PFV"), text("git-mish", "go-PERF")]
    assert similar_labels(texts) == []


def test_unknown_labels_are_those_that_nobody_explains():
    texts = [text("ev-de", "house-LOC")] * 3 + [text("ev-da", "house-LOK"), text("a-b", "x-VENT")]
    assert counts(unknown_labels(texts)) == [{"LOK": 1}, {"VENT": 1}]
    assert "did you mean LOC (3), 'locative'?" in unknown_labels(texts)[0].message
    assert counts(unknown_labels(texts, known=["VENT"])) == [{"LOK": 1}]


def test_unknown_labels_in_lower_case_are_guessed_or_given():
    stems = ("go", "come", "see", "hear", "eat")
    texts = [IGT(None, "a-b-c", f"{stem}-evid-pst") for stem in stems]
    assert counts(unknown_labels(texts)) == [{"evid": 5}]
    assert counts(unknown_labels(texts, known=["evid"])) == []
    assert counts(unknown_labels(texts, labels=[])) == []
    assert counts(unknown_labels(texts[:1], labels=["evid"])) == [{"evid": 1}]


def test_unequal_analyses_look_at_both_lines():
    texts = [
        text("ev-de", "house-LOC"),
        text("ev-de", "house-LOC"),
        IGT(" EVDE ", "ev-de", "home-LOC"),
        IGT("evde"),  # not analyzed
    ]
    findings = unequal_analyses(texts)
    assert counts(findings) == [{"ev-de | house-LOC": 2, "ev-de | home-LOC": 1}]
    assert findings[0].texts == (2, 0, 1)


def leaks(texts):
    return [finding for finding in find_inconsistencies(texts) if finding.code == "split-overlap"]


def test_overlap_of_splits_is_counted_for_each_language():
    texts = [
        *(IGT(line, split="train") for line in ("a b", "c")),
        *(IGT(line, split="dev") for line in ("A  b.", "d", "e")),
        IGT("d", split="test"),
        IGT("c"),
        IGT("c", language="Tsez", split="dev"),
    ]
    (found,) = leaks(texts)
    assert dict(found.counts) == {"also in train": 1, "only there": 2}
    assert (found.language, found.texts) == (None, (2,))
    assert found.message == "1 of 3 sentences in dev are in train as well"


def test_misaligned_texts_are_taken_as_far_as_they_go():
    assert counts(rival_glosses([IGT("a b", "a b", "x"), text("a", "y")])) == [{"x": 1, "y": 1}]


def test_everything_is_found_at_once():
    texts = [text("ev-de", "house-LOC", split="train"), text("ev-de", "home-LOK", split="dev")]
    codes = Counter(finding.code for finding in find_inconsistencies(texts))
    assert codes == {
        "rival-glosses": 2,
        "similar-labels": 1,
        "unknown-labels": 1,
        "unequal-analyses": 1,
        "split-overlap": 1,
    }


def test_a_consistent_corpus_has_no_findings():
    assert find_inconsistencies([text("ev-de", "house-LOC"), text("su", "water")]) == ()
    assert find_inconsistencies([]) == ()


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="IGT"):
        find_inconsistencies(["ev"])


def test_a_real_corpus_has_slips_that_are_found(shared):
    folder = shared / "data" / "sigmorphon2023"
    nyb = Corpus(read(folder / "nyb" / "nyb-train-track2-uncovered", "sigmorphon", split="train"))
    assert {"person", "persoN"} in [set(finding.counts) for finding in similar_labels(nyb)]
    dev = read(folder / "nyb" / "nyb-dev-track2-uncovered", "sigmorphon", split="dev")
    assert counts(leaks(nyb + dev)) == [{"also in train": 142, "only there": 121}]


def test_the_overlap_of_each_split_is_told_by_itself():
    texts = [text("a", "x", split="train", language="A"), text("b", "x", split="train")]
    texts += [text(each, "x", split=split) for each, split in ("bd", "cd", "bt", "bt", "ct")]
    assert counts(find_inconsistencies(texts)) == [
        {"also in train": 1, "only there": 1},
        {"also in train": 2, "only there": 1},
    ]


def test_a_rare_label_is_held_against_the_frequent_ones_among_very_many():
    many = [f"A{one}{other}" for one in "BCDFGHKLMN" for other in "BCDFGHKLMN"]
    texts = [text("a-x", f"b-{label}") for label in [*many, "ANOM", *["ANOMI"] * 2]]
    found = similar_labels(texts)
    assert {"ANOMI": 2, "ANOM": 1} in counts(found)
    assert len(found) < 41 * len(many)
