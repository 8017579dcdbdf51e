"""Some tokens of a line change, the others keep their columns."""

from __future__ import annotations

import pytest

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
    ],
)
def test_a_line_is_edited(text, before, after, line):
    assert edit_line(text, before.split(), after.split(), "utf-8") == line
