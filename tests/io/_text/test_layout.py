"""Tabs, lines cut for the page, and lines of IPA."""

from __future__ import annotations

import pytest

from igtkit.io._text.layout import cut_lines, is_phonetic, likeness, phonetic_line, tabbed


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        (["ev-ler\tgel-di", "house-PL\tcome out-PST"], ["ev-ler gel-di", "house-PL come_out-PST"]),
        (["\tev\tat", "\thouse\tbig horse"], ["ev at", "house big_horse"]),
        (["ev\t\tat", "big house\thorse"], ["ev at", "big_house horse"]),
        (["ev\tat\tsu", "house\t\twater"], ["ev at su", "house ??? water"]),
        (["Ev at", "ev\tat", "house\tbig horse"], ["Ev at", "ev at", "house big_horse"]),
        (["ev\tat", "house\thorse"], None),  # nothing but another kind of space
        (["ev\tat", "house horse"], None),
        (["ev\tat\tsu", "big house\thorse"], None),
        (["ev at", "house horse"], None),
    ],
)
def test_tabs_set_columns_apart(lines, columns):
    assert tabbed(lines) == columns


@pytest.mark.parametrize(
    ("line", "phonetic"),
    [
        ("/evleɾ/", True),
        ("/evler geldi/", True),
        ("[evleɾ ɟeldi]", True),
        ("[ev.ler]", True),
        ("[the house]", False),
        ("[a] [b]", False),
        ("/a/ /b/", False),
        ("//", False),
        ("evleɾ", False),
    ],
)
def test_slashes_and_brackets_tell_how_it_sounds(line, phonetic):
    assert is_phonetic(line) is phonetic


def test_of_two_lines_above_the_forms_one_may_be_ipa():
    assert phonetic_line(["Evler", "evleɾ", "ev-ler", "house-PL"]) == 1
    assert phonetic_line(["evleɾ", "Evler", "ev-ler", "house-PL"]) == 0
    assert phonetic_line(["Evler", "evler", "ev-ler", "house-PL"]) is None
    assert phonetic_line(["Evler", "ev-ler", "house-PL"]) is None


S, G, S2, G2 = "ev-ler gel-di ve", "house-PL come-PST and", "git-ti", "go-PST"


def test_lines_that_alternate_are_put_together():
    assert cut_lines([S, G, S2, G2], translated=True) == [f"{S} {S2}", f"{G} {G2}"]
    assert cut_lines(["Evler", S, G, "Gitti", S2, G2], translated=True) == [
        "Evler Gitti",
        f"{S} {S2}",
        f"{G} {G2}",
    ]
    assert cut_lines(["di rumah", "in house", "dan", "and"], translated=True) == [
        "di rumah dan",
        "in house and",
    ]
    assert cut_lines([S, G, S2, G2], translated=False) == [f"{S} {S2}", f"{G} {G2}"]


@pytest.mark.parametrize(
    "lines",
    [
        ["a", "b", "c", "d"],  # no boundary: nothing says so
        ["Evler geldi ve", S, "ev-ler gel-di ve", G],  # forms of one text
        [S, G, S2, "go-PST away"],
        [S, G],
        [],
    ],
)
def test_other_lines_are_not(lines):
    assert cut_lines(lines, translated=True) is None


def test_likeness_is_of_letters():
    assert likeness("Ev-ler!", "evler") == 100
    assert likeness("ev", "house") < 50
