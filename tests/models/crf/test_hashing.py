"""Strings as numbers: the same everywhere, and mixed by their order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models.crf.hashing import Templates, code, codes, hash_used, mix

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


@given(NUMBERS, st.integers(1, 9000))
def test_templates_mix_as_each_alone(numbers, rows):
    columns = {
        name: np.resize(np.array(numbers, np.uint32) + np.uint32(i), rows)
        for i, name in enumerate("abc")
    }
    sets = {5: ("a",), 9: ("c", "a"), 2: ("b", "b"), 7: ("a", "b", "c")}
    mixed = Templates(sets).mixed(columns)
    for place, (salt, names) in enumerate(sets.items()):
        assert np.array_equal(mixed[:, place], mix(salt, *(columns[name] for name in names)))


def test_columns_that_are_not_used_change_nothing():
    columns = np.array([[1, 2, 9], [1, 2, 7]], np.uint32)
    used = np.array([[True, True, False], [True, True, False]])
    short = hash_used([3], [columns[:, :2]], [used[:, :2]])[0]
    both = hash_used([3, 4], [columns, columns], [used, used | True])
    assert both[0].tolist() == short.tolist()
    assert short[0] == short[1]
    assert both[1][0] != short[0]
    assert hash_used([3], [columns], [used | True])[0][0] != short[0]
