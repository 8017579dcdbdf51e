"""Numbers for things, and arrays of what was numbered."""

from __future__ import annotations

import numpy as np

from igtkit.models.crf.candidates.numbers import Numbers, grown


def test_a_thing_has_the_number_of_its_first_sight():
    numbers = Numbers()
    assert [numbers(thing) for thing in ("b", ("a", 1), "b", "a")] == [0, 1, 0, 2]
    assert numbers.all == ["b", ("a", 1), "a"]
    assert (len(numbers), numbers.of["a"]) == (3, 2)


def test_an_array_grows_by_the_rows_it_does_not_have():
    rows = [(1, 2), (3, 4)]
    first = grown(np.zeros((0, 2), np.int64), rows)
    assert first.tolist() == [[1, 2], [3, 4]]
    rows.append((5, 6))
    assert grown(first, rows).tolist() == [[1, 2], [3, 4], [5, 6]]
    assert grown(first, rows[:2]).tolist() == first.tolist()
