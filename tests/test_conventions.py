"""Leipzig conformance, on the examples of the rules themselves, whole and damaged."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, check, normalize
from igtkit.conventions import (
    ABBREVIATIONS,
    Conformance,
    GlossElement,
    conformance,
    expand_abbreviation,
    is_grammatical,
    join_gloss,
    nonstandard_abbreviations,
    parse_gloss,
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
        ("a-", "b-", "WORDS"),
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


class TestGlossElements:
    @pytest.mark.parametrize(
        ("gloss", "expected"),
        [
            ("dog", [("dog", "", "")]),
            ("1PL", [("1PL", "", "")]),
            ("come_out", [("come", "", ""), ("out", "_", "")]),
            ("that:DAT;SG", [("that", "", ""), ("DAT", ":", ""), ("SG", ";", "")]),
            ("father\\PL", [("father", "", ""), ("PL", "\\", "")]),
            ("2DU>3SG", [("2DU", "", ""), ("3SG", ">", "")]),
            ("boy[NOM.SG]", [("boy", "", ""), ("NOM", "[]", "[]"), ("SG", ".", "[]")]),
            ("tree(G4).PL", [("tree", "", ""), ("G4", "()", "()"), ("PL", ".", "")]),
            ("(G4)", [("G4", "", "()")]),
            (
                "<ACTFOC>IPFV~buy",
                [("ACTFOC", "", "<>"), ("IPFV", "<>", ""), ("buy", "~", "")],
            ),
            ("x[A](B)y", [("x", "", ""), ("A", "[]", "[]"), ("B", "()", "()"), ("y", "()", "")]),
        ],
    )
    def test_are_what_the_marks_separate(self, gloss, expected):
        elements = parse_gloss(gloss)
        assert [(e.text, e.joiner, e.enclosure) for e in elements] == expected
        assert join_gloss(elements) == gloss

    @pytest.mark.parametrize(
        "gloss",
        [
            *("", ".", "a.", ".a", "a..b", "a[", "a]", "a[]", "a[b", "a(b]", "a(b[c])", "a.[b]"),
            *("[]a", "a<b", "a>", ">a", "???", "a.?", "a-b", "a=b", "a b", "a~", "<>"),
        ],
    )
    def test_missing_parts_are_an_error_that_names_the_gloss(self, gloss):
        with pytest.raises(InputError, match="gloss '"):
            parse_gloss(gloss)

    def test_the_message_says_where(self):
        with pytest.raises(InputError, match=r"gloss 'DAT\.\.SG', character 5: .*missing"):
            parse_gloss("DAT..SG")

    def test_kind_of_an_element(self):
        lexical, category = parse_gloss("that.DAT")
        assert not lexical.is_grammatical
        assert category.is_grammatical
        assert category == GlossElement("DAT", ".")

    @given(st.text("aB1.;:\\>~_[]()<", max_size=8))
    def test_round_trip(self, gloss):
        try:
            elements = parse_gloss(gloss)
        except InputError:
            return
        assert join_gloss(elements) == gloss
        assert elements[0].joiner == ""
        assert all(element.joiner for element in elements[1:])


@pytest.mark.parametrize("gloss", ["PL", "1SG", "3", "NOM.SG", "Г", "I", "ʔ"])
def test_grammatical(gloss):
    assert is_grammatical(gloss)


@pytest.mark.parametrize("gloss", ["dog", "go.PST", "1pl.erg", "Tuwari", "", "???", "-", "."])
def test_not_grammatical(gloss):
    assert not is_grammatical(gloss)


@pytest.mark.parametrize(
    ("label", "meaning"),
    [
        ("PL", "plural"),
        ("1PL", "first person plural"),
        ("NSG", "non-singular"),
        ("3NSG", "third person non-singular"),
        ("N", "neuter"),
        ("4SG", None),
        ("1GHOST", None),
        ("pl", None),
        ("", None),
    ],
)
def test_expanded_abbreviations(label, meaning):
    assert expand_abbreviation(label) == meaning


def test_nonstandard_abbreviations_skip_what_they_cannot_read():
    assert nonstandard_abbreviations(IGT("", None, "XYZ-??? A..B dog.XYZ - .")) == ("XYZ",)
    assert nonstandard_abbreviations(IGT("a")) == ()


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        ABBREVIATIONS["X"] = "x"


def test_what_is_no_igt_is_an_error():
    with pytest.raises(InputError, match="expected an IGT"):
        conformance("a line")
