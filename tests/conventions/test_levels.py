"""Leipzig conformance, on the examples of the rules themselves, whole and damaged."""

from __future__ import annotations

import csv

import pytest

from igtkit import IGT, check, normalize
from igtkit.conventions import (
    ABBREVIATIONS,
    Conformance,
    conformance,
    nonstandard_abbreviations,
    word_conformance,
    word_conformances,
)
from igtkit.errors import InputError
from igtkit.igt import Word


@pytest.fixture(scope="module")
def examples(shared):
    path = shared / "data" / "cldf" / "lgr" / "examples.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = {
        row["ID"]: normalize(IGT(row["Primary_Text"], row["Analyzed_Word"], row["Gloss"]))
        for row in rows
    }
    assert len(texts) == 35
    return texts


def codes(igt):
    return {issue.code for issue in check(igt)}


def damage(examples, mark, replacement, line):
    """Each example with one `mark` in a line, each time another of them replaced."""
    for number, igt in examples.items():
        text = getattr(igt, line)
        for at, character in enumerate(text):
            if character == mark:
                damaged = text[:at] + replacement + text[at + 1 :]
                yield number, igt.replace(**{line: damaged})


class TestTheRulesOwnExamples:
    def test_all_conform_in_full(self, examples):
        levels = {number: conformance(igt) for number, igt in examples.items()}
        assert set(levels.values()) == {Conformance.FULL}
        assert not any(check(igt) for igt in examples.values())

    @pytest.mark.parametrize("line", ["segmentation", "glosses"])
    def test_a_dropped_hyphen(self, examples, line):
        damaged = list(damage(examples, "-", "", line))
        assert len(damaged) > 40
        for number, igt in damaged:
            assert conformance(igt) == Conformance.WORDS, number
            assert codes(igt) <= {"morpheme-count", "unsegmented"}, number
            assert codes(igt), number

    @pytest.mark.parametrize("line", ["segmentation", "glosses"])
    @pytest.mark.parametrize(("mark", "other"), [("=", "-"), ("-", "=")])
    def test_a_clitic_made_an_affix_or_the_reverse(self, examples, line, mark, other):
        damaged = list(damage(examples, mark, other, line))
        assert len(damaged) >= 4
        for number, igt in damaged:
            assert conformance(igt) == Conformance.MORPHEMES, number
            assert codes(igt) == {"boundary-kind"}, number

    @pytest.mark.parametrize("line", ["segmentation", "glosses"])
    def test_an_infix_in_one_line_only(self, examples, line):
        infixed = {n: igt for n, igt in examples.items() if "<" in igt.segmentation}
        assert set(infixed) == {"27", "28", "31"}
        for number, igt in infixed.items():
            text = getattr(igt, line).replace("<", "").replace(">", "")
            damaged = igt.replace(**{line: text})
            assert conformance(damaged) == Conformance.WORDS, number
            assert codes(damaged) == {"infix-count"}, number

    @pytest.mark.parametrize("line", ["segmentation", "glosses"])
    def test_a_reduplication_in_one_line_only(self, examples, line):
        damaged = list(damage(examples, "~", "", line))
        assert {number for number, _ in damaged} == {"29", "30", "31"}
        for number, igt in damaged:
            assert conformance(igt) == Conformance.WORDS, number
            assert codes(igt) == {"reduplication-count"}, number

    @pytest.mark.parametrize("line", ["segmentation", "glosses"])
    def test_a_reduplication_made_an_affix(self, examples, line):
        for number, igt in damage(examples, "~", "-", line):
            assert conformance(igt) < Conformance.BOUNDARIES, number
            assert codes(igt), number

    def test_a_word_without_gloss(self, examples):
        long = {n: igt for n, igt in examples.items() if len(igt.glosses.split()) > 1}
        assert len(long) > 10
        for number, igt in long.items():
            damaged = igt.replace(glosses=igt.glosses.rsplit(maxsplit=1)[0])
            assert conformance(damaged) == Conformance.UNALIGNED, number
            assert codes(damaged) == {"word-count"}, number

    def test_a_gloss_that_cannot_be_taken_apart(self, examples):
        for number, igt in damage(examples, ".", "..", "glosses"):
            assert conformance(igt) == Conformance.BOUNDARIES, number

    def test_every_abbreviation_of_the_appendix_is_known(self, shared):
        path = shared / "data" / "cldf" / "lgr" / "abbreviations.csv"
        with path.open(encoding="utf-8", newline="") as file:
            listed = {row["ID"] for row in csv.DictReader(file)}
        assert set(ABBREVIATIONS) == listed - {"N-"}

    def test_labels_the_examples_explain_are_nonstandard(self, examples):
        assert nonstandard_abbreviations(examples["24"]) == ("UND", "ACT")
        assert nonstandard_abbreviations(examples["19"]) == ()


@pytest.mark.parametrize(
    "igt",
    [
        IGT(None),
        IGT("", "", ""),
        IGT("a"),
        IGT("a", "a"),
        IGT("a", None, "A"),
        IGT("a", "a", ""),
        IGT("a", "", "A"),
        IGT(". -", ". -", ". -"),
        IGT("a", ".", "A"),
    ],
)
def test_what_is_missing_conforms_to_nothing(igt):
    assert conformance(igt) == Conformance.UNALIGNED


@pytest.mark.parametrize(
    ("form", "gloss", "level"),
    [
        ("a", "b", "FULL"),
        ("a-", "b-", "FULL"),  # a prefix written apart
        ("a-", "b", "WORDS"),
        ("a-", "b-c", "WORDS"),
        ("a--c", "b--d", "WORDS"),
        ("a-c", "b.d", "WORDS"),
        ("a-c=e", "b=d-f", "MORPHEMES"),
        ("a<x>b", "c-d", "WORDS"),
        ("a~b", "c-d", "WORDS"),
        ("a-b", "???-PL", "BOUNDARIES"),
        ("a", "house[NOM", "BOUNDARIES"),
        (None, "b", "UNALIGNED"),
        ("a", None, "UNALIGNED"),
        (".", ".", "UNALIGNED"),
    ],
)
def test_level_of_a_word(form, gloss, level):
    assert word_conformance(Word(form, gloss)) == Conformance[level]


def test_a_text_is_as_good_as_its_worst_word():
    igt = IGT("", "a-b , c - d-e", "A-B C=F D-E")
    assert [level.name for level in word_conformances(igt)] == ["FULL", "WORDS", "FULL"]
    assert conformance(igt) == Conformance.WORDS
    assert word_conformances(igt.replace(glosses="A-B")) == (Conformance.UNALIGNED,) * 3


def test_nonstandard_abbreviations_skip_what_they_cannot_read():
    assert nonstandard_abbreviations(IGT("", None, "XYZ-??? A..B dog.XYZ - .")) == ("XYZ",)
    assert nonstandard_abbreviations(IGT("a")) == ()


def test_what_is_no_igt_is_an_error():
    with pytest.raises(InputError, match="expected an IGT"):
        conformance("a line")
