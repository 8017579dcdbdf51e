"""Some tokens of a line change, the others keep their columns."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io.toolbox.editing import edit_line


@pytest.mark.parametrize(
    ("text", "before", "after", "line"),
    [
        ("ev    ***  kedi", "ev ??? kedi", "ev LOC kedi", "ev    LOC  kedi"),
        ("ev  ***  kedi", "ev ??? kedi", "ev come-PST kedi", "ev  come-PST kedi"),
        ("éé,   kedi", "éé, kedi", "éé , kedi", "éé ,  kedi"),
        ("  ev  kedi", "ev kedi", "kedi", "      kedi"),
        ("ev", "ev", "ev kedi", "ev kedi"),
        ("ev kedi", "ev", "ev", None),
        ("a   b,  c   d", "a b, c d", "x b , c d", "x   b , c   d"),
        ("a   b   c   d", "a b c d", "b x d", "    b   x   d"),
    ],
)
def test_a_line_is_edited(text, before, after, line):
    assert edit_line(text, before.split(), after.split(), "utf-8") == line


@given(st.lists(st.sampled_from(["ev", "ev,", "a", ","])), st.lists(st.sampled_from(["ev", "a"])))
def test_a_line_has_the_tokens_that_it_should_have(before, after):
    assert edit_line("  ".join(before), before, after, "utf-8").split() == after


def test_time_grows_with_the_length_of_a_line():
    before, after = ["ev", "ev", "ev,"] * 5_000, ["ev", "ev", "ev", ","] * 5_000
    start = time.process_time()
    assert edit_line(" ".join(before), before, after, "utf-8").split() == after
    assert time.process_time() - start < 1
