"""The lines of an example and its translation, as each package writes them."""

from __future__ import annotations

import pytest

from igtkit.errors import InputError
from igtkit.io.latex.examples import find_examples
from igtkit.io.latex.lines import find_lines, take_jambox


def lines_of(text):
    [example] = find_examples(text)
    return find_lines(example)


def stripped(found):
    return [line.strip() for line in found.lines], found.translation.strip()


@pytest.mark.parametrize(
    "text",
    [
        "\\ea \\gll ev de\\\\ house LOC\\\\ \\glt `x' \\z",
        "\\ea \\gll ev de\\\\\nhouse LOC\\\\\n\\trans `x' \\z",
        "\\ex \\gll ev de\\\\ house LOC\\\\ \\glft `x'//\n\\xe".replace("//", ""),
        "\\ex. \\gll ev de\\\\ house LOC\\\\ `x'\n\nText",
        "\\exg. ev de\\\\ house LOC\\\\ `x'\n\nText",
        "\\digloss{ev de}{house LOC}{`x'}",
        "\\ex \\begingl \\gla ev de// \\glb house LOC// \\glft `x'// \\endgl \\xe",
        "\\ex \\begingl \\gla ev de \\glb house LOC \\glft `x' \\endgl \\xe",
        "\\ea \\gll ev de\\\\ house LOC\\\\ `x' \\z",
    ],
)
def test_two_lines_and_a_translation_in_every_style(text):
    assert stripped(lines_of(text)) == (["ev de", "house LOC"], "`x'")


@pytest.mark.parametrize("macro", ["gll", "glll", "gllll"])
def test_a_macro_takes_as_many_lines_as_it_says(macro):
    count = len(macro) - 1
    rows = [f"a{n} b{n}" for n in range(count)]
    text = f"\\ea \\{macro} " + "\\\\ ".join(rows) + "\\\\ \\glt x \\z"
    assert stripped(lines_of(text)) == (rows, "x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\\ea \\gll ev\\\\ \\glt x \\z", r"\\gll takes 2 lines, here are 1"),
        ("\\ea \\glll ev\\\\ house\\\\ \\glt x \\z", r"\\glll takes 3 lines, here are 2"),
        ("\\ea \\gll ev\\\\ a b\\\\ c\\\\ \\glt x \\z", r"\\gll takes 2 lines, here are 3"),
        ("\\digloss{ev}{house}", r"\\digloss takes 2 lines and a translation in braces"),
        ("\\trigloss{ev}{house}{x}", r"\\trigloss takes 3 lines and a translation in braces"),
        ("\\ex \\begingl \\gla ev// \\endgl \\xe", r"\\gla without \\glb"),
        ("\\ex \\begingl ev \\endgl \\xe", r"neither \\gla nor a word\[gloss\]"),
    ],
)
def test_too_few_or_too_many_lines_are_an_error(text, message):
    with pytest.raises(InputError, match=message):
        lines_of(text)


def test_what_stands_between_glosses_and_translation_is_kept():
    found = lines_of("\\ea \\gll ev\\\\ house\\\\ (Smith) \\glt `x' \\z")
    assert [each.strip() for each in found.extra] == ["(Smith)"]
    found = lines_of("\\ea \\gll ev\\\\ house\\\\ (Smith) \\z")
    assert (found.translation, [each.strip() for each in found.extra]) == ("", ["(Smith)"])


def test_what_follows_a_blank_line_is_the_papers_text():
    found = lines_of("\\ea \\gll ev\\\\ house\n\nThe paper goes on. \\\\ More.")
    assert (stripped(found), found.extra) == ((["ev", "house"], ""), [])
    found = lines_of("\\ea \\gll ev\\\\ house\\\\ \\glt `x'\n\nThe paper goes on.")
    assert found.translation == "`x'"


def test_what_is_set_at_the_margin_is_no_word():
    found = lines_of("\\ea \\gll ev \\hfill Tsez\\\\ house\\\\ \\glt `x' \\z")
    assert stripped(found) == (["ev", "house"], "`x'")
    assert [each.strip() for each in found.extra] == ["Tsez"]
    found = lines_of(
        "\\ex \\begingl \\gla \\ljudge*ev \\rightcomment{(Tsez)}// \\glb house// \\endgl \\xe"
    )
    assert stripped(found)[0] == ["ev", "house"]
    assert (found.judgment, found.extra) == ("*", ["(Tsez)"])


def test_options_and_comments_of_covington():
    found = lines_of("\\digloss[preamble={Tsez, said}, postamble=end]{ev}{house}[Smith]{`x'}")
    assert found.preamble == "Tsez, said"
    assert stripped(found) == (["ev", "house"], "`x'")
    assert found.extra == ["end", "Smith"]


def test_the_judgment_of_linguex_is_its_option():
    found = lines_of("\\exg.[*] ev\\\\ house\\\\\n\nText")
    assert (found.judgment, stripped(found)[0]) == ("*", ["ev", "house"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a b", ("a b", "")),
        ("a \\jambox{(Tsez)} b", ("a  b", "(Tsez)")),
        ("a \\jambox*{x {y}} b", ("a  b", "x {y}")),
        ("a \\jambox(Tsez) b", ("a  b", "(Tsez)")),
        ("a \\jambox (Tsez", ("a ", "(Tsez")),
        ("a \\jamboxed{x}", ("a \\jamboxed{x}", "")),
    ],
)
def test_a_jambox_is_taken_out(body, expected):
    assert take_jambox(body) == expected
