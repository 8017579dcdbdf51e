"""The lines of a block in columns."""

from __future__ import annotations

from igtkit import IGT
from igtkit.io.toolbox.layout import block_lines, field_line, is_marker
from igtkit.io.toolbox.markers import written_markers


def test_morphemes_and_glosses_stand_beneath_their_words_by_bytes():
    igt = IGT("éb , kedi", "é-b , kedi", "house-PL cat")
    assert block_lines(igt, written_markers({}), "utf-8") == [
        "\\tx éb       , kedi",
        "\\mb é    -b  , kedi",
        "\\ge house -PL   cat",
    ]


def test_a_field_is_one_line():
    assert field_line("ft", "a\nb") == "\\ft a b"
    assert field_line("ft", "") == "\\ft"


def test_markers_have_no_space_and_are_not_about_the_file():
    assert is_marker("tx")
    assert not any(map(is_marker, ["", "a b", "_sh", None, 7]))
