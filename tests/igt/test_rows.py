"""Tokens of several lines as rows: nothing is lost, and no line changes its order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from igtkit.igt.rows import count_words, merge_gap, merge_tokens, show_rows

TOKENS = st.lists(st.sampled_from(["a", "b", ",", ".", "-", "«"]), max_size=6)


@given(st.lists(TOKENS, min_size=1, max_size=3))
def test_every_line_keeps_its_tokens_in_order(lines):
    rows = merge_tokens(lines)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(lines)
    assert [[token for token in column if token is not None] for column in columns] == lines
    assert all(any(token is not None for token in row) for row in rows)


@given(TOKENS, TOKENS)
def test_words_are_paired_by_position(one, other):
    rows = merge_tokens([one, other])
    both = [row for row in rows if all(token is not None and token.isalpha() for token in row)]
    assert len(both) == min(count_words(one), count_words(other))


def test_equal_marks_share_a_row():
    assert merge_gap([[",", "«"], ["«"]]) == [(",", None), ("«", "«")]
    assert merge_gap([["."], [",", "«", "."]]) == [(None, ","), (None, "«"), (".", ".")]
    assert merge_gap([[], []]) == []


def test_the_caret_stands_under_the_marked_column():
    shown = show_rows(["猫", "run"], ["cat-PL", "run"], mark=("run", "run"))
    *lines, carets = shown.split("\n")
    assert [line.split()[-1] for line in lines] == ["run", "run"]
    assert carets == " " * lines[1].index("run") + "^^^"


def test_columns_are_as_wide_as_what_is_in_them():
    shown = show_rows(["a"], ["X", "Y"], mark=(None, "Y"))
    assert shown.split("\n") == [
        "  segmentation: a",
        "  glosses:      X Y",
        "                  ^",
    ]


def test_the_caret_stands_under_the_last_column_where_none_is_marked():
    assert (
        show_rows(["a", "b"], ["X", "Y"], mark=("c", "Z")).split("\n")[-1].endswith(" " * 18 + "^")
    )
