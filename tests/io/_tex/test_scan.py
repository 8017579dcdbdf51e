r"""Finding one's way in LaTeX: braces, arguments, line ends, and the cells of a glossed line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._tex.scan import (
    BREAK,
    COMMENT,
    MACRO,
    arguments,
    closing_brace,
    optional_argument,
    outside_braces,
    split_breaks,
    split_cells,
)

TEX = st.text("ab {}[]\\%&\n", max_size=24)


@pytest.mark.parametrize(
    ("tex", "end"),
    [("{}", 1), ("{a{b}c}d", 6), (r"{\}}", 3), (r"{\\}", 3), ("{a", 2), ("{a{b}", 5)],
)
def test_a_brace_is_closed_by_its_own(tex, end):
    assert closing_brace(tex, 0) == end


@given(st.text("ab{}", max_size=16))
def test_the_closing_brace_against_a_slow_oracle(text):
    tex = "{" + text
    balanced = (
        at for at in range(len(tex)) if tex[: at + 1].count("{") == tex[: at + 1].count("}")
    )
    assert closing_brace(tex, 0) == next(balanced, len(tex))


@pytest.mark.parametrize(
    ("tex", "count", "found", "rest"),
    [
        ("{a}{b c}d", 2, ["a", "b c"], "d"),
        (" {a} b", 2, ["a", "b"], ""),
        ("ab", 1, ["a"], "b"),
        ("e\u0301a", 1, ["e\u0301"], "a"),  # a letter with the mark that is set on it
        (r"\alpha b", 1, [r"\alpha"], " b"),
        (r"{\}}x", 1, [r"\}"], "x"),
        ("{a}}", 2, ["a"], "}"),  # the group around it ends
        ("", 1, [], ""),
        ("{a", 1, ["a"], ""),
        ("abc", 0, [], "abc"),
    ],
)
def test_arguments_stand_in_braces_or_are_one_character(tex, count, found, rest):
    got, end = arguments(tex, 0, count)
    assert (got, tex[end:]) == (found, rest)


@pytest.mark.parametrize(
    ("tex", "found", "rest"),
    [
        ("[a]b", "a", "b"),
        (" \n[a]b", "a", "b"),
        ("[{]}]b", "{]}", "b"),
        (r"[\]]b", r"\]", "b"),
        ("[a", "a", ""),
        ("b[a]", "", "b[a]"),
        (" b", "", " b"),
    ],
)
def test_an_optional_argument_stands_in_brackets(tex, found, rest):
    got, end = optional_argument(tex, 0)
    assert (got, tex[end:]) == (found, rest)


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        (r"a b\\ c\\", ["a b", " c", ""]),
        (r"a\\*b\\[2pt]c\\[-.5\baselineskip]d", ["a", "b", "c", "d"]),
        (r"a\\[b]", ["a", "[b]"]),  # no length: brackets of the text
        (r"{a\\b}\\c", [r"{a\\b}", "c"]),
        (r"a\newline b\linebreak c\newlines d", ["a", " b", r" c\newlines d"]),
        (r"a\%\\b", [r"a\%", "b"]),
        ("a%\\\\\nb", ["a%\\\\\nb"]),  # within what a comment hides
        ("", [""]),
    ],
)
def test_a_line_ends_at_every_break_outside_braces(tex, parts):
    assert split_breaks(tex) == parts


@pytest.mark.parametrize(
    ("tex", "cells"),
    [
        ("pala-si buro", ["pala-si", "buro"]),
        ("{at home} a", ["{at home}", "a"]),
        (r"\textsc {pl} a", [r"\textsc {pl}", "a"]),  # the space belongs to the macro
        (r"\textsc  {pl} a", [r"\textsc {pl}", "a"]),
        (r"\ldots a", [r"\ldots", "a"]),  # and after a mark by itself it is one
        (r"a\% b", [r"a\%", "b"]),
        ("a & b&c", ["a", "b", "c"]),
        ("a%\n  b", ["ab"]),  # the line end is none
        (r"\textit{a b} c", [r"\textit{a b}", "c"]),
        ("  ", []),
        ("{a b", ["{a b"]),
    ],
)
def test_cells_stand_apart_by_spaces_outside_braces(tex, cells):
    assert split_cells(tex) == cells


@given(st.text("abš-= \t\n&", max_size=16))
def test_cells_of_plain_text_are_its_words(text):
    assert split_cells(text) == text.replace("&", " ").split()


@given(st.text("ab[]\\ \n&", max_size=24))
def test_without_braces_and_comments_every_break_counts(tex):
    assert split_breaks(tex) == BREAK.split(tex)


@given(st.text("ab\\ &", max_size=8).map(lambda text: "{" + text + "x}"))
def test_nothing_is_parted_within_braces(tex):
    assert split_breaks(tex) == split_cells(tex) == [tex]


@given(TEX, st.integers(0, 3))
def test_no_scan_goes_beyond_the_text_or_back(tex, count):
    for start in range(len(tex)):
        found, end = arguments(tex, start, count)
        assert len(found) <= count
        assert end >= start
        assert optional_argument(tex, start)[1] >= start
        assert start < closing_brace(tex, start) <= len(tex) or tex[start] != "{"


@pytest.mark.parametrize(
    ("tex", "pieces"),
    [
        ("a{b}c", ["a", "{b}", "c"]),
        (r"\ab c\%", [r"\ab", " ", "c", r"\%"]),
        (r"a\\[2pt]b", ["a", r"\\[2pt]", "b"]),
        ("a% \n b", ["a", "b"]),
        ("{a", ["{a"]),
    ],
)
def test_outside_braces_stand_characters_macros_and_groups(tex, pieces):
    assert [what for _, what in outside_braces(tex)] == pieces
    assert all(tex.startswith(what, at) for at, what in outside_braces(tex))


def test_the_name_of_a_macro_ends_at_the_first_character_that_is_no_letter():
    assert [MACRO.match(tex)[1] for tex in (r"\ab1", r"\ab*", r"\@x", r"\%a", "\\")] == [
        *("ab", "ab*", "@x", "%", "")
    ]


def test_a_comment_hides_the_end_of_its_line_and_the_spaces_that_begin_the_next():
    assert COMMENT.sub("", "a% x\n  b\nc%") == "ab\nc"
