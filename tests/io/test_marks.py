"""The mark of a suggestion in cells: a person reads them, and they come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import InputError
from igtkit.io._marks import (
    from_cells,
    is_confirmed,
    parse_alternatives,
    parse_number,
    show_alternatives,
    to_cells,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children, max_size=3),
    max_leaves=12,
)
NUMBERS = st.lists(st.none() | st.floats(0, 1), max_size=4)
WORD = st.text(st.characters(exclude_categories=["Cs", "Z"]), min_size=1, max_size=5)
OPTIONS = st.lists(
    st.tuples(st.none() | WORD, st.none() | WORD, st.none() | st.floats(0, 1)).map(list)
)
MARKS = st.fixed_dictionaries(
    {},
    optional={
        "probabilities": NUMBERS | ANYTHING,
        "alternatives": st.lists(OPTIONS, max_size=3) | ANYTHING,
        "confirmed": st.booleans() | ANYTHING,
        "system": st.text(),
    },
)


@given(MARKS)
def test_every_mark_comes_back(mark):
    cells, rest = to_cells(mark)
    assert from_cells(cells, rest) == mark
    assert all(cell.strip() for cell in cells.values())


def test_a_mark_is_what_a_person_can_read():
    alternatives = [
        [["ev-de", "house-LOC", 0.05], ["evde", "home", 0.01]],
        [],
        [[None, "run", None]],
    ]
    cells, rest = to_cells(
        {
            "system": "crf",
            "probabilities": [0.93, None, 1.0],
            "alternatives": alternatives,
            "confirmed": True,
        }
    )
    assert cells == {
        "probability": "0.93 ? 1.0",
        "alternatives": "ev-de house-LOC 0.05; evde home 0.01 |  | – run ?",
        "confirmed": "yes",
    }
    assert rest == {"system": "crf"}


@pytest.mark.parametrize("said", ["yes", "Y", " x ", "1", "TRUE", "WAHR", "✓"])
def test_people_confirm_in_many_words(said):
    assert is_confirmed(said) is True


@pytest.mark.parametrize("said", ["no", "N", "0", "FALSE"])
def test_and_deny_in_some(said):
    assert is_confirmed(said) is False


def test_what_is_neither_is_refused():
    assert is_confirmed("") is is_confirmed(None) is None
    with pytest.raises(InputError, match="confirmed is 'perhaps'; write yes, or leave it empty"):
        is_confirmed("perhaps")


def test_a_damaged_cell_is_an_error_that_says_which():
    with pytest.raises(InputError, match="alternatives is 'ev'; leave these cells as they are"):
        from_cells({"alternatives": "ev"}, {})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.93", 0.93),
        ("93%", 0.93),
        ("93 %", 0.93),
        ("0,93", 0.93),
        ("", None),
        ("high", None),
        ("inf", None),
    ],
)
def test_numbers_are_read_as_spreadsheets_write_them(text, number):
    assert parse_number(text) == number


def test_alternatives_are_shown_with_the_digits_asked_for():
    shown = show_alternatives([["ev", "house", 0.4567]], "{:.0%}".format)
    assert shown == "ev house 46%"
    assert parse_alternatives(shown) == [["ev", "house", 0.46]]
    assert parse_alternatives("") == []
