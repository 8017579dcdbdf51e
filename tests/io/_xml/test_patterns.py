"""Parts of patterns that read XML as text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import igtkit
from igtkit.io._xml.patterns import held


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
