"""Strings as numbers: the same everywhere, and mixed by their order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models.crf.hashing import code, codes, hash_used, mix

NUMBERS = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5)


def test_codes_are_those_of_every_machine():
    assert [code(text) for text in ("", "ev", "\ud800")] == [0, 3761592596, 499426600]
    assert codes(["ev", ""]).tolist() == [3761592596, 0]


@given(NUMBERS, NUMBERS)
def test_mixing_tells_orders_and_templates_apart(left, right):
    size = min(len(left), len(right))
    a, b = np.array(left[:size], np.uint32), np.array(right[:size], np.uint32)
    mixed = mix(1, a, b)
    assert mixed.dtype == np.uint32
    assert np.array_equal(mixed, mix(1, a, b))
    assert not np.array_equal(mixed, mix(2, a, b))
    differ = a != b
    assert (mixed != mix(1, b, a))[differ].all()


def test_columns_that_are_not_used_change_nothing():
    columns = np.array([[1, 2, 9], [1, 2, 7]], np.uint32)
    used = np.array([[True, True, False], [True, True, False]])
    short = hash_used(3, columns[:, :2], used[:, :2])
    assert hash_used(3, columns, used).tolist() == short.tolist()
    assert short[0] == short[1]
    assert hash_used(3, columns, used | True)[0] != short[0]
