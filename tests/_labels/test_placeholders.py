"""What is a placeholder, and what only looks like one."""

from __future__ import annotations

import pytest

from igtkit._labels.placeholders import mark_unknown


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("???", "???"),
        ("??", "???"),
        ("cat-??? ????=PL", "cat-??? ???=PL"),
        ("go.?? ***", "go.??? ???"),
        ("?", "?"),  # as the published scorer has it, punctuation
        ("*gel **", "*gel **"),
        ("what?? ***a", "what?? ***a"),
        ("", ""),
        (None, ""),
    ],
)
def test_placeholders_are_marked(line, marked):
    assert mark_unknown(line) == marked
    assert mark_unknown(marked) == marked
