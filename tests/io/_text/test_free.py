"""What stands below the glosses."""

from __future__ import annotations

import pytest

from igtkit.io._text.free import find_free

ABOVE = ["ev-ler gel-di", "house-PL come-PST"]


def free(text):
    start, found = find_free([*ABOVE, *text.split("\n")])
    assert start == 2
    return found.translation, found.citation, found.notes, found.lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘A house.’", ("A house.", None, ())),
        ("‘A house.’ (Smith 2000)", ("A house.", "(Smith 2000)", ())),
        ("‘A house.’\n(Smith 2000)", ("A house.", "(Smith 2000)", ())),
        ("‘A house.’ (Smith 2000) (lit. ‘x’)", ("A house.", "(Smith 2000)", ("(lit. ‘x’)",))),
        ("‘A house.’\nLit. ‘House-s.’", ("A house.", None, ("Lit. ‘House-s.’",))),
        ("'A house'\nLit.: 'House-s'", ("A house", None, ("Lit.: 'House-s'",))),
        ("‘A house.’ (*‘A hut.’)", ("A house.", None, ("(*‘A hut.’)",))),
        ("‘A house.’\n‘Ein Haus.’", ("A house.", None, ("‘Ein Haus.’",))),
        ("Lit. ‘House-s.’\n‘A house.’", ("A house.", None, ("Lit. ‘House-s.’",))),
        (
            "'A house, when they\nare here.' (S 2000)",
            ("A house, when they\nare here.", "(S 2000)", ()),
        ),
        ("Intended: ‘A house.’", ("A house.", None, ("Intended:",))),
        ("‘A house,\nand a hut.’", ("A house,\nand a hut.", None, ())),
        ("'A house, when they\nwere there.'", ("A house, when they\nwere there.", None, ())),
        ("‘A house.’\n(Lit. ‘A\nhut.’)", ("A house.", None, ("(Lit. ‘A\nhut.’)",))),
        ("‘A house’.", ("A house", None, ())),
    ],
)
def test_the_translation_its_source_and_remarks(text, expected):
    *found, lines = free(text)
    assert tuple(found) == expected
    assert lines == text.count("\n") + 1


def test_what_begins_after_it_is_another_example():
    assert free("‘A house.’\nev-de kim\nhouse-LOC who\n‘Who?’") == ("A house.", None, (), 1)


@pytest.mark.parametrize(
    "lines",
    [
        ["na o", "'nakw-hl o", "long-CN 'x'"],
        ["ev", "house", "no quotes"],
        ["ev", "house", "‘not closed"],
        ["‘ev’"],
        ["« ev »", "house x"],
    ],
)
def test_an_apostrophe_or_a_quote_of_the_text_is_no_translation(lines):
    assert find_free(lines) is None


def test_lines_that_begin_with_a_quote_are_text_if_a_translation_follows():
    lines = ["« Ев »", "« ev »", "« house »", "‘house’"]
    start, found = find_free(lines)
    assert (start, found.translation) == (3, "house")
