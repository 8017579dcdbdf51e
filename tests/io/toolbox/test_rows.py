"""Tokens of a line, where each begins, and what stands under it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from igtkit.io.toolbox.rows import Row, by_column, cells_under, counts


def test_columns_are_bytes_of_the_encoding():
    assert Row("éé  b", "latin-1").starts == [0, 4]
    assert Row("éé  b", "utf-8").starts == [0, 6]
    assert Row(" \tb", "utf-8").starts == [2]


def test_any_white_space_parts_tokens_and_a_lost_character_is_one_byte():
    assert Row("a\u2003b  c", "utf-8").starts == [0, 4, 7]
    assert Row("\ufffd b", "utf-8").starts == [0, 2]
    assert Row("\ufffd\u2003b", "utf-8").starts == [0, 4]


LINES = st.text("ab-é ɔ\u0301\ufffd\t\u2003\u3000", max_size=12).filter(str.strip)


@given(LINES, st.sampled_from(["utf-8", "latin-1", "cp1251"]))
def test_the_last_token_is_found_without_the_others(line, encoding):
    held = [each for each in line if each == "\ufffd" or each.encode(encoding, "ignore")]
    line = "".join(held)  # what can have come from a file in the encoding
    assume(line.strip())
    assert Row(line, encoding).last() == Row(line, encoding).starts[-1]


@given(LINES, st.integers(0, 30), st.sampled_from(["utf-8", "latin-1", "gb18030"]))
def test_a_token_begins_only_where_one_may(line, byte, encoding):
    row = Row(line.encode(encoding, "ignore").decode(encoding), encoding)
    if byte in row.starts:
        assert row.may_begin_at(byte)


def test_no_token_begins_within_another_nor_in_a_gap():
    row = Row("ab  é", "utf-8")
    assert [byte for byte in range(5) if row.may_begin_at(byte)] == [0, 4]


@pytest.mark.parametrize(
    ("anchor", "line", "cells"),
    [
        ("ab    cd", "go up X", [["go", "up"], ["X"]]),
        ("ab    cd", "go up  X", None),
        ("ab cd", "go  X", [["go"], ["X"]]),  # by number
        ("ab . cd", "go  X", [["go"], [], ["X"]]),
        ("ab - cd", "go  X", None),
    ],
)
def test_what_stands_under_each_by_column_or_by_number(anchor, line, cells):
    assert cells_under(Row(anchor, "utf-8"), Row(line, "utf-8")) == cells


def test_columns_alone_need_a_token_at_the_beginning_of_each():
    assert by_column(Row("a b", "utf-8"), Row("X  Y", "utf-8")) is None
    assert by_column(Row("a .", "utf-8"), Row("X", "utf-8")) == [["X"], []]


def test_words_and_boundaries_by_themselves_need_something_under_them():
    assert [counts(token) for token in ("ev", "-ler", "-", "~", ".", "«")] == [True] * 4 + [
        False
    ] * 2
