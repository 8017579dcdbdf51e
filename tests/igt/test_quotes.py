"""A translation that stands in quotes is shown in one pair of them."""

from __future__ import annotations

import io

import pytest

import igtkit
from igtkit import IGT
from igtkit.display import to_html, to_text
from igtkit.igt.quotes import bare_translation


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("'It's a house.'", "It's a house."),
        (" ‘A house.’ ", "A house."),
        ("`A house.'", "A house."),
        ("'And then...'", "And then..."),
        ("“Come!”", "“Come!”"),
        ("'one' or 'two'", "'one' or 'two'"),
        ("'one' or two", "'one' or two"),
        ("'tis a house", "'tis a house"),
        ("' '", "' '"),
        ("''", "''"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_single_quotes_around_all_of_it_go(text, bare):
    assert bare_translation(text) == bare


@pytest.mark.parametrize("format_", ["markdown", "typst"])
def test_readers_see_one_pair_of_quotes(format_):
    igt = IGT("ev", "ev", "house", "'A house.'")
    file = io.StringIO()
    igtkit.write([igt], file, format_)
    for shown in (to_text(igt), file.getvalue()):
        assert "‘A house.’" in shown
    assert ">A house.</p>" in to_html(igt)
