"""Steps over flat arrays: the same as loops."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models.crf.arrays import bounds, changes, distinct, ranges

SIZES = st.lists(st.integers(0, 5), max_size=8)


@given(SIZES)
def test_groups_begin_where_those_before_end(sizes):
    assert bounds(np.array(sizes, np.int64)).tolist() == [
        sum(sizes[:i]) for i in range(len(sizes) + 1)
    ]


@given(SIZES)
def test_ranges_follow_each_other(sizes):
    starts = [7 * i for i in range(len(sizes))]
    expected = [n for i, size in zip(starts, sizes, strict=True) for n in range(i, i + size)]
    assert ranges(np.array(starts, np.int64), np.array(sizes, np.int64)).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), max_size=12))
def test_a_row_changes_where_any_column_does(rows):
    columns = np.array(rows, np.int64).reshape(-1, 2).T
    expected = [i == 0 or row != rows[i - 1] for i, row in enumerate(rows)]
    assert changes(*columns).tolist() == expected


@given(st.lists(st.integers(-3, 3)))
def test_distinct_numbers_and_their_places_give_the_numbers_back(numbers):
    found, places = distinct(np.array(numbers, np.int64))
    assert found.tolist() == sorted(set(numbers))
    assert found[places].tolist() == numbers
