"""Identifiers that a file wants to be unique."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._ids import UniqueIds

WANTED = st.lists(st.sampled_from(["a", "b", "a-2", "a-2-2", "a-3", ""]), max_size=12)


def taken(wanted):
    ids = UniqueIds()
    return [ids.take(each) for each in wanted]


def slowly(wanted):
    """The same by trying every number."""
    found = []
    for each in wanted:
        tries = [each, *(f"{each}-{number}" for number in range(2, len(wanted) + 2))]
        found.append(next(one for one in tries if one not in found))
    return found


@given(WANTED)
def test_each_is_given_once_and_the_first_number_that_is_free(wanted):
    found = taken(wanted)
    assert len(set(found)) == len(wanted)
    assert found == slowly(wanted)


@given(WANTED)
def test_one_that_is_free_is_given_as_it_is_wanted(wanted):
    for at, (each, one) in enumerate(zip(wanted, taken(wanted), strict=True)):
        assert one == each or each in taken(wanted[:at])


def test_many_of_one_name_are_fast():
    assert taken(["x"] * 20_000)[-1] == "x-20000"
