"""The interleaved line, written and read: well formed, or whatever a model answers."""

from __future__ import annotations

import json

import pytest
from formats.round_trip import RESERVED_TEXT
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_words

from igtkit.boundaries import UNKNOWN
from igtkit.formats import problems
from igtkit.formats.codec import Token, read_line, write_line

LINE = st.text("ab()-=\\\\ .", max_size=30) | st.text(max_size=12)


@given(aligned_words())
def test_a_token_is_its_two_words(word):
    form, gloss, _ = word
    token = Token.from_lines(form, gloss)
    assert (token.form, token.gloss) == (form, gloss)
    assert len(token.forms) == len(token.glosses) == len(token.boundaries) + 1
    assert not token.is_mark
    assert read_line(write_line([token])) == ([token], [])


@given(st.lists(st.tuples(RESERVED_TEXT, RESERVED_TEXT), min_size=1), st.data())
def test_tokens_come_back(morphemes, data):
    glosses, forms = zip(*morphemes, strict=True)
    count = len(morphemes) - 1
    token = Token(glosses, forms, data.draw(st.text("-=", min_size=count, max_size=count)))
    assert read_line(write_line([token, token]))[0] == [token, token]


def test_the_boundaries_are_those_of_the_glosses_until_others_are_asked_for():
    token = Token.from_lines("ev-ler=de", "house=PL-LOC")
    assert (token.form, token.gloss) == ("ev=ler-de", "house=PL-LOC")
    assert token.form_with("-=") == "ev-ler=de"


@pytest.mark.parametrize(
    ("form", "gloss", "is_mark"),
    [("-", "-", True), ("=", "-", True), (",", ".", True), ("ev", ",", False), (",", "ev", False)],
)
def test_a_mark_is_one_in_both_lines(form, gloss, is_mark):
    assert Token.from_lines(form, gloss).is_mark is is_mark


@pytest.mark.parametrize(
    ("form", "gloss", "line"),
    [
        ("ev-de", "house-LOC", "house(ev)-LOC(de)"),
        ("(o)", "he(3SG)", r"he\(3SG\)(\(o\))"),
        ("a\\b", "X", r"X(a\b)"),  # a backslash that escapes nothing is written once
        ("a\\", "X", r"X(a\\)"),
        ("a\\(", "X", r"X(a\\\()"),
        ("a\\\\b", "X", r"X(a\\\b)"),
    ],
)
def test_what_is_escaped(form, gloss, line):
    token = Token.from_lines(form, gloss)
    assert write_line([token]) == line
    assert read_line(line) == ([token], [])


@given(LINE)
def test_any_line_is_read_as_tokens_that_pair_up(line):
    tokens, wrong = read_line(line)
    assert len(wrong) == len(set(wrong))
    assert set(wrong) <= {getattr(problems, name) for name in problems.__all__}
    assert len(tokens) <= len(line.split())
    for token in tokens:
        assert len(token.forms) == len(token.glosses) == len(token.boundaries) + 1
        assert set(token.boundaries) <= {"-", "="}
    if not wrong:
        assert read_line(write_line(tokens)) == (tokens, [])


@given(st.lists(LINE, max_size=3))
def test_words_are_read_each_by_itself(lines):
    alone = [read_line(line) for line in lines]
    tokens, wrong = read_line(" ".join(lines))
    assert tokens == [token for each, _ in alone for token in each]
    assert wrong == list(dict.fromkeys(problem for _, found in alone for problem in found))


@given(LINE.filter(lambda line: len(line.split()) == 1), LINE)
def test_a_long_word_is_read_as_a_short_one(word, other):
    """Short words are remembered; what is remembered is what is read."""
    long = "x(x)-" * 30 + word.strip()
    short = "x(x)-" + word.strip()
    (many, wrong), (few, same) = read_line(long), read_line(short)
    assert wrong == same
    assert many[0].forms[29:] == few[0].forms
    assert many[0].glosses[29:] == few[0].glosses


@pytest.mark.parametrize(
    ("line", "form", "gloss", "wrong"),
    [
        ("house", UNKNOWN, "house", problems.NO_FORM),
        ("house(", UNKNOWN, "house", problems.NOT_CLOSED),
        ("(ev)", "ev", UNKNOWN, problems.NO_GLOSS),
        ("ev)", "ev", UNKNOWN, problems.NOT_OPENED),
        (")ev", "ev", UNKNOWN, problems.NOT_OPENED),
        ("house(ev)de)", "ev)de", "house", problems.NOT_OPENED),
        ("house(ev)x", "ev", "house", problems.AFTER_FORM),
        (r"he\(M\)(o)x", "o", "he(M)", problems.AFTER_FORM),
        ("house(ev)(x", "ev", "house", problems.AFTER_FORM),
        ("house(ev)(x", "ev", "house", problems.NOT_CLOSED),
        ("he(M)(o)", "o", "he(M)", problems.NOT_ESCAPED),
        ("-house(ev)", "ev", "house", problems.LOOSE_BOUNDARY),
        (",(ev)", "ev", ",", problems.PUNCTUATION),
    ],
)
def test_what_is_wrong_is_said_and_what_is_missing_is_filled_in(line, form, gloss, wrong):
    [token], found = read_line(line)
    assert (token.form, token.gloss) == (form, gloss)
    assert wrong in found


def test_a_word_of_which_nothing_is_left_is_left_out():
    assert read_line("() house(ev)") == ([Token(("house",), ("ev",), "")], [problems.NO_FORM])
    assert read_line(" \t\n") == ([], [])


def test_the_published_lines_are_written_and_read(shared):
    """What the encoder of the paper writes; it escapes nothing, so lines that need it differ."""
    with (shared / "golden" / "polygloss_interleaved.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["interleaved"] is not None]
    plain = [row for row in rows if not set("()\\") & set(row["segmentation"] + row["glosses"])]
    assert len(plain) > 300
    for row in plain:
        tokens, _ = read_line(row["interleaved"])
        assert write_line(tokens).split() == row["interleaved"].split()
