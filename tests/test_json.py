"""JSON from outside."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit._json import is_json, read_object
from igtkit.errors import InputError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda parts: st.lists(parts) | st.dictionaries(st.text(), parts),
    max_leaves=20,
)


def nested(levels):
    return "[" * levels + "]" * levels


@given(st.dictionaries(st.text(), VALUES))
def test_what_json_can_hold_comes_back(value):
    if is_json(value):
        assert read_object(json.dumps({"metadata": value})) == {"metadata": value}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON: Expecting value at column 1"),
        ("[1]", "a JSON list, not an object"),
        ("true", "a JSON value, not an object"),
        ('{"a": 1, "a": 1}', "'a' stands twice"),
        ('{"b": [{"a": 1, "c": 2, "a": 3}]}', "'a' stands twice"),
        ('{"a": ' + nested(100) + "}", "nests deeper than 100"),
        ('{"a": ' + nested(100_000) + "}", "cannot be read"),
        ('{"a": ' + "9" * 10_000 + "}", "cannot be read"),
    ],
)
def test_what_is_no_object_is_refused(text, message):
    with pytest.raises(InputError, match=message):
        read_object(text)


def test_a_key_that_stands_twice_among_many_is_found_soon():
    many = ", ".join(f'"k{n}": 1' for n in range(100_000))
    with pytest.raises(InputError, match="'k99999' stands twice"):
        read_object(f'{{{many}, "k99999": 2}}')


def test_as_deep_as_it_may_be():
    text = '{"a": ' + nested(99) + "}"
    assert json.dumps(read_object(text)) == text


def test_what_is_written_is_deep_enough_to_be_read():
    deep = []
    for _ in range(200):
        deep = [deep]
        if not is_json({"k": deep}):
            break
        read_object(json.dumps({"metadata": {"k": deep}}))
    assert not is_json({"k": deep})


@pytest.mark.parametrize("value", [{1: "a"}, {"a": object()}, [float("inf")], {1, 2}, b"a"])
def test_what_json_cannot_hold(value):
    assert not is_json(value)
