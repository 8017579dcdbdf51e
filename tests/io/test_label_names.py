"""Names of examples are unique, whatever the identifiers are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._label_names import LabelNames


@given(st.lists(st.none() | st.text("a1-é ", max_size=4)))
def test_every_name_is_new_and_of_the_characters_allowed(given_names):
    names = LabelNames("a1-")
    made = [name for name in map(names.new, given_names) if name is not None]
    assert len(set(made)) == len(made)
    assert all(set(name) <= set("a1-23456789") for name in made)


def test_a_name_that_is_right_stays():
    names = LabelNames("a-z:")
    assert [names.new(name) for name in ("ex:a", "ex:b", "ex:a")] == ["ex:a", "ex:b", "ex:a-2"]
