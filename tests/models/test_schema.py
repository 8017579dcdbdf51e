"""Small readers of JSON: what fits is given as it was saved, anything else is damage."""

from __future__ import annotations

import json
import math
import re

import pytest
from forgery import complaint
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models._schema import (
    file_name,
    flag,
    list_of,
    number,
    one_of,
    optional,
    record,
    string,
    table_of,
    tuple_of,
    whole,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
READERS = {
    "string": (string, ["", "ev", "\ud800"], [None, 3, True, ["ev"], {}]),
    "file_name": (
        file_name,
        ["a.json", "model-00001-of-00002.safetensors", ".hidden", "ş b"],
        ["", ".", "..", "a/b", "../a", "/a", "a\\b", "c:a", "a\0", "a\n/", 3, None],
    ),
    "flag": (flag, [True, False], [0, 1, "true", None, []]),
    "whole": (whole(1, 3), [1, 3], [0, 4, -1, 1.0, True, "2", None, 10**30]),
    "number": (number(0, 1), [0, 1, 0.5], [-0.1, 1.1, True, "0", None, math.nan, math.inf]),
    "one_of": (one_of("a", "b"), ["a", "b"], ["", "c", "ab", None, 0]),
    "optional": (optional(flag), [None, True], [0, "none", []]),
    "list_of": (list_of(flag), [[], [True, False]], [None, {}, "", [1], [[True]], True]),
    "tuple_of": (
        tuple_of(string, flag), [["a", True]], [[], ["a"], ["a", True, 1], [True, "a"], "ab", None],
    ),
    "table_of": (table_of(flag), [{}, {"a": True}], [[], None, {"a": 1}, "a"]),
    "record": (
        record(name=string, size=whole(0, 9)),
        [{"name": "a", "size": 3}, {"size": 0, "name": ""}],
        [{}, {"name": "a"}, {"name": "a", "size": 3, "more": 1}, {"name": 3, "size": 3}, [], None],
    ),
}  # fmt: skip


def as_json(value):
    """What was read, as JSON would hold it."""
    if isinstance(value, tuple):
        return [as_json(each) for each in value]
    return {key: as_json(each) for key, each in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("name", READERS)
def test_what_fits_is_given_as_it_was_saved(name):
    read, right, _ = READERS[name]
    for value in right:
        assert as_json(read(value)) == value


@pytest.mark.parametrize("name", READERS)
def test_what_does_not_fit_is_refused(name):
    read, _, wrong = READERS[name]
    for value in wrong:
        with pytest.raises(ValueError, match=r"expected .*, found"):
            read(value)


@pytest.mark.parametrize("name", READERS)
@given(value=JSON)
def test_whatever_json_holds_is_given_as_it_was_saved_or_refused_in_a_line(name, value):
    read = READERS[name][0]
    said = complaint(read, value)
    assert "\n" not in said
    assert len(said) < 300
    assert "expected" in said or as_json(read(value)) == value


def test_lists_become_tuples_and_whole_numbers_stay():
    assert list_of(whole(0, 9))([1, 2]) == (1, 2)
    assert tuple_of(string, list_of(string))(["a", ["b"]]) == ("a", ("b",))
    assert isinstance(whole(0, 9)(3), int)
    assert isinstance(number()(3), float)


@pytest.mark.parametrize(
    ("read", "value", "message"),
    [
        (whole(1, 2), 5, "expected a whole number from 1 to 2, found 5"),
        (number(0, 1), 5, "expected a number from 0 to 1, found 5"),
        (one_of("a", "b"), "c", "expected one of 'a', 'b', found 'c'"),
        (tuple_of(flag, flag), [], "expected a list of 2, found []"),
        (record(a=flag, b=flag), {}, "expected a table of a, b, found {}"),
        (record(a=record(b=flag)), {"a": {"b": 3}}, "a: b: expected true or false, found 3"),
        (string, ["x" * 1000], "expected a text, found ['" + "x" * 78),
    ],
)
def test_the_message_says_what_was_expected_and_where(read, value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read(value)


@given(st.dictionaries(st.text(), st.lists(st.text())))
def test_what_is_written_as_json_comes_back(table):
    found = table_of(list_of(string))(json.loads(json.dumps(table)))
    assert {key: list(value) for key, value in found.items()} == table
