"""Patterns that read XML as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import igtkit
from igtkit.io._xml.patterns import Shape, beginning, held, is_legal


@pytest.mark.parametrize(
    ("times", "found"), [(b"*", b"<a/><a/>"), (b"+", b"<a/><a/>"), (b"?", b"<a/>")]
)
def test_what_does_not_match_to_its_end_is_left_where_it_begins(times, found):
    pattern = held(rb"<a(?: b)?/>", times)
    assert re.match(pattern, b"<a/><a/><a ?>")[0] == found


def test_nothing_is_given_back():
    assert re.match(held(rb"a", rb"*") + rb"a", b"aaa") is None


def test_no_pattern_repeats_a_group_in_the_way_that_older_pythons_get_wrong():
    root = Path(igtkit.__file__).parent
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in sorted(root.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if re.search(r"\)[*+?]\+", line) and "``" not in line
    ]
    assert found == []


def test_any_of_some_shapes_may_begin():
    rows, cells = (
        Shape(tag, re.compile(b"<%b>" % tag.encode()), re.compile(b"")) for tag in ("r", "c")
    )
    assert [found[0] for found in beginning((rows, cells)).finditer(b"<r><x><c>")] == [
        b"<r>",
        b"<c>",
    ]


@pytest.mark.parametrize(
    ("text", "legal"),
    [("şu 👍".encode(), True), (b"\xc5", False), ("\uffff".encode(), False), (b"", True)],
)
def test_what_may_stand_in_xml(text, legal):
    assert is_legal(text) is legal
