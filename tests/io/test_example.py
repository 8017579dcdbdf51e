"""Which line of a glossed example is which."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import aligned_words

from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._example import parse, parse_or_none

T, M, G, L = "palasi buro", "pala-si buro", "house-PL burn", "The houses burned."


def read(text):
    return parse(text.rstrip("\n").split("\n"))


@pytest.mark.parametrize(
    ("text", "igt"),
    [
        (f"{M}\n{G}\n", IGT(None, M, G)),
        (f"{T}\n{G}\n", IGT(T, None, G)),
        (f"{M}\n{G}\n‘{L}’\n", IGT(None, M, G, L)),
        (f"{M}\n{G}\n{L}\n", IGT(None, M, G, L)),
        (f"{T}\n{M}\n{G}\n", IGT(T, M, G)),
        (f"{T}\n{M}\n{G}\n“{L}”\n", IGT(T, M, G, L)),
        (f"{T}\n{M}\n{G}\n{L}\n", IGT(T, M, G, L)),
        (f"{T}\n'{L}'\n", IGT(T, translation=L)),
        ("cats run\ncats run\ncat.PL run\n", IGT("cats run", "cats run", "cat.PL run")),
        ("a-b c d\nA B C\nI have a thing\n", IGT(None, "a-b c d", "A B C", "I have a thing")),
        (f"{M}\n{G}\n‘The houses\n burned.’\n", IGT(None, M, G, L)),
        ("na o\n'nakw-hl o\nlong-CN 'x'\n", IGT("na o", "'nakw-hl o", "long-CN 'x'")),
        ("'nakw-hl o\nlong-CN 'x'\n", IGT(None, "'nakw-hl o", "long-CN 'x'")),
        ("pala-si   buro\nhouse-PL  burn\n", IGT(None, M, G)),
        ("pala-si\tburo\nhouse-PL\tburn\n", IGT(None, M, G)),
    ],
)
def test_the_lines_of_an_example_are_told_apart(text, igt):
    assert read(text) == igt


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("(1) ", "1"),
        ("(12a)\t", "12a"),
        ("1. ", "1"),
        ("12) ", "12"),
        ("a. ", "a"),
        ("b) ", "b"),
        ("(3) a. ", "3a"),
        ("  (3)  (b) ", "3b"),
        ("(4)\n    ", "4"),
    ],
)
def test_the_number_of_an_example_becomes_its_id(label, name):
    igt = read(f"{label}{M}\n      {G}\n      ‘{L}’\n")
    assert igt == IGT(None, M, G, L, id=name)


@pytest.mark.parametrize("start", ["a ", "(in) ", "1PL ", "3.SG ", "ab. ", "(x)y "])
def test_a_first_word_is_no_number(start):
    igt = read(f"{start}b\nX Y\n")
    assert igt.segmentation == f"{start}b"
    assert igt.id is None


@pytest.mark.parametrize("quotes", ["‘’", "’’", "“”", '""', "«»", "„“", "„”", "‚‘", "`'", "''"])
def test_a_translation_stands_in_quotes(quotes):
    igt = read(f"{M}\n{G}\n{quotes[0]}{L}{quotes[1]}\n")
    assert igt.translation == L


@pytest.mark.parametrize(
    ("block", "igt"),
    [
        # Leipzig Glossing Rules, examples (1), (3) and (22)
        (
            "(1) Mereka di Jakarta sekarang.\n    they in Jakarta now\n    'They are in Jakarta now.'",
            IGT(None, "Mereka di Jakarta sekarang.", "they in Jakarta now", "They are in Jakarta now.", id="1"),
        ),
        (
            "(3) palasi-lu niuirtur-lu\n    palasi=lu niuirtur=lu\n    priest=and shopkeeper=and\n    'both the priest and the shopkeeper'",
            IGT("palasi-lu niuirtur-lu", "palasi=lu niuirtur=lu", "priest=and shopkeeper=and", "both the priest and the shopkeeper", id="3"),
        ),
        ("reli-qu-i\nleave<PRS>-1SG", IGT(None, "reli-qu-i", "leave<PRS>-1SG")),
    ],
)  # fmt: skip
def test_examples_of_the_leipzig_rules(block, igt):
    assert read(block) == igt


@pytest.mark.parametrize(
    ("lines", "citation"),
    [
        ("‘The house’ (Smith 2001: 4)", "(Smith 2001: 4)"),
        ("‘The house’ [field notes].", "[field notes]."),
        ("‘The\nhouse’ (S.\n2001)", "(S.\n2001)"),
    ],
)
def test_a_source_stands_after_the_translation(lines, citation):
    igt = read(f"{M}\n{G}\n{lines}")
    assert igt.translation == "The house"
    assert igt.metadata == {"citation": citation}


def test_without_a_source_nothing_is_said_of_one():
    assert read(f"{M}\n{G}\n‘{L}’").metadata == {}
    assert read(f"{M}\n{G}\n‘{L}’").translation == L


def test_two_pairs_that_align_are_decided_by_the_letters_of_the_first():
    assert read("Evde kim\nev.de kim\nhouse who").segmentation == "ev.de kim"
    assert read("EVDE kim\nevde kim\nhouse who").transcription == "EVDE kim"  # whatever its case
    assert read("evde kim\nev-de kim\nhouse-LOC who").transcription == "evde kim"


@pytest.mark.parametrize(
    ("block", "what"),
    [
        ("only this", "an example of 1 line"),
        ("a\nb\nc\nd\ne", "an example of 5 lines"),
        ("a\nb\nc\nd\n‘e’", "an example of 4 lines before its translation"),
        ("(1)", "an example of 0 lines"),
        ("a b\nc\nd e f", "no two neighboring lines of the three have as many words"),
        ("ein Haus\na house\none building", "put quotes around the translation"),
        ("a\n  \\g b", "is the format 'sigmorphon'"),
    ],
)
def test_what_cannot_be_told_is_said(block, what):
    with pytest.raises(InputError, match=what):
        read(block)
    assert parse_or_none(block.split("\n")) is None


def test_what_can_be_told_is_the_same_either_way():
    assert parse_or_none([M, G]) == parse([M, G])
    assert parse_or_none([]) is None


@given(st.lists(aligned_words(), min_size=1, max_size=5), st.sampled_from(["‘’", "“”", "«»"]))
def test_three_lines_and_a_quoted_translation_are_always_told(words, quotes):
    forms, glosses, surface = (" ".join(line) for line in zip(*words, strict=True))
    # A line between apostrophes, or after one, reads as a translation, or as a part of one.
    assume(not any("'" in (line[0], line[-1]) for line in (forms, glosses, surface)))
    lines = [surface, forms, glosses, f"{quotes[0]}free{quotes[1]}"]
    assert parse(["(7)", *lines]) == IGT(surface, forms, glosses, "free", id="7")
