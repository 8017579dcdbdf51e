"""Numbers and letters of examples in plain text."""

from __future__ import annotations

import pytest

from igtkit.io._text.labels import Label, numbered, take_label, without_mail_quotes


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("(1) ev", "1"),
        ("(12a) ev", "12a"),
        ("(12 a) ev", "12a"),
        ("(12a.) ev", "12a"),
        ("(5') ev", "5'"),
        ("(5a′) ev", "5a′"),
        ("(2.14) ev", "2.14"),
        ("(2-14) ev", "2-14"),
        ("[7] ev", "7"),
        ("7. ev", "7"),
        ("2.14. ev", "2.14"),
        ("(iii) ev", "iii"),
        ("iv. ev", "iv"),
        ("a. ev", "a"),
        ("(b) ev", "b"),
        ("(3) a. ev", "3a"),
        ("(3) (b) ev", "3b"),
        ("(3)\tev", "3"),
        ("(3)", "3"),
    ],
)
def test_every_kind_of_label_is_taken_off(line, label):
    found, rest = take_label(line)
    assert str(found) == label
    assert rest.strip() in ("ev", "")


@pytest.mark.parametrize(
    "line", ["ev", "3.SG ev", "2.14 ev", "(in) ev", "(x)y", "ab. ev", "I. ev", "[ev] x", "1PL", ""]
)
def test_a_first_word_is_no_label(line):
    assert take_label(line) == (None, line)


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        (Label("3"), Label("4"), True),
        (Label("3", "b"), Label("4"), True),
        (Label("3"), Label("5"), False),
        (Label("3", "a"), Label("", "b"), True),
        (Label("3", "a"), Label("3", "b"), True),
        (Label("3"), Label("", "a"), True),
        (Label("3"), Label("", "b"), False),
        (Label("5"), Label("5'"), True),
        (Label("", "a"), Label("", "a'"), True),
        (Label("ii"), Label("iii"), True),
        (Label("i"), Label("iii"), False),
        (Label("2.9"), Label("2.10"), True),
        (Label("2.9"), Label("3.10"), False),
        (Label("3"), Label("iv"), False),
        (Label("", "b"), Label("", "a"), False),
    ],
)
def test_labels_come_one_after_the_other(before, after, follows):
    assert after.follows(before) is follows


def parts(text):
    return [(str(part.label), part.first, part.lead) for part in numbered(text.split("\n"))]


def test_examples_begin_at_the_next_label():
    text = "(3) Turkish\n a. ev\n house\n b. at\n horse\n(4) su\n water"
    assert parts(text) == [("3a", 1, "Turkish"), ("3b", 3, "Turkish"), ("4", 5, "")]
    assert parts("a. ev\nhouse\nd. at\nhorse") == [("a", 0, "")]
    assert parts("a. ev\nhouse\nb. A house.") == [("a", 0, "")]  # nothing below: no example
    assert parts("a. ev\nhouse\nb. x\nc. y\nz") == [("a", 0, "")]
    assert parts("ev\n(1) x") == [("None", 0, "")]
    assert parts("(3) ev\n at\n a. su\n water") == [("3", 0, "")]  # two lines are no heading


def test_the_marks_of_a_quoted_mail_go():
    assert without_mail_quotes(["> ev", ">> house", ">"]) == ["ev", "house", ""]
    assert without_mail_quotes(["X wrote:", "> ev", "> house"]) == ["X wrote:", "ev", "house"]
    assert without_mail_quotes(["> ev", "house"]) is None
