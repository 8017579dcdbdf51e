"""Judgments at first words."""

from __future__ import annotations

import pytest

from igtkit.io._judgments import take_marks


@pytest.mark.parametrize(
    ("lines", "marks", "left"),
    [
        ([["*ev", "at"], ["house", "horse"]], "*", [["ev", "at"], ["house", "horse"]]),
        ([["??ev"], ["house"]], "??", [["ev"], ["house"]]),
        ([["*", "ev"], ["house"]], "*", [["ev"], ["house"]]),
        ([["*ev", "*at"], ["house", "horse"]], "", [["*ev", "*at"], ["house", "horse"]]),
        ([["*ev", "at"], ["house", "???"]], "*", [["ev", "at"], ["house", "???"]]),
        ([["?aku", "ma?i"], ["I", "go"]], "", [["?aku", "ma?i"], ["I", "go"]]),
        ([["ev"], ["house"]], "", [["ev"], ["house"]]),
    ],
)
def test_a_mark_is_taken_off_where_no_other_word_has_one(lines, marks, left):
    assert take_marks(lines) == marks
    assert lines == left
