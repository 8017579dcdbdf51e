"""Where the glossed examples of a paper are, whatever package makes them."""

from __future__ import annotations

import pytest
from documents.latex import RELAXED
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io.latex.examples import find_examples

LINES = "ev\\\\ house\\\\\n"


def found(text):
    examples = list(find_examples(text))
    for example in examples:
        assert text.startswith(f"\\{example.macro}", example.start)
        assert example.head in text[example.head_start : example.start]
        assert example.body in text
    return examples


@pytest.mark.parametrize(
    ("text", "macro"),
    [
        (f"\\ea Tsez\\\\ \\gll {LINES} \\z", "gll"),
        (f"\\begin{{exe}} \\ex Tsez\\\\ \\gll {LINES} \\end{{exe}}", "gll"),
        (f"\\begin{{examples}} \\item Tsez\\\\ \\glll {LINES} \\end{{examples}}", "glll"),
        ("\\begin{covexamples} \\item Tsez\\\\ \\digloss{a}{b}{c} \\end{covexamples}", "digloss"),
        ("\\ex Tsez\\\\ \\begingl \\gla ev// \\glb house// \\endgl \\xe", "begingl"),
        (f"\\ex. Tsez\\\\ \\gll {LINES}", "gll"),
    ],
)
def test_one_in_every_style(text, macro):
    [example] = found(text)
    assert example.macro == macro
    assert example.head.strip() == "Tsez\\\\"
    assert example.heads == ()
    assert not example.continues
    assert example.linguex == text.startswith("\\ex.")


def test_what_glosses_outside_of_any_list_is_an_example_too():
    [example] = found(f"As in \\gll {LINES}")
    assert (example.head, example.heads, example.body) == ("", (), f" {LINES}")


@pytest.mark.parametrize(
    "text",
    [
        "\\ea One \\ea Two \\gll a\\\\b\\\\ \\z \\z",
        "\\begin{exe}\\ex One \\begin{xlist}\\ex Two \\gll a\\\\b\\\\ \\end{xlist}\\end{exe}",
        "\\pex One \\a Two \\begingl \\gla a// \\glb b// \\endgl \\xe",
        "\\ex. One \\a. Two \\gll a\\\\b\\\\",
    ],
)
def test_an_example_of_a_group_has_the_head_of_the_group(text):
    [example] = found(text)
    assert example.head.strip() == "Two"
    assert [head.strip() for head in example.heads] == ["One"]


def test_several_glosses_in_one_example_continue_it():
    first, second, third = found(f"\\ea A \\gll {LINES} \\gll {LINES} \\z \\ea B \\gll {LINES} \\z")
    assert [each.continues for each in (first, second, third)] == [False, True, False]
    assert [each.head.strip() for each in (first, second, third)] == ["A", "", "B"]


def test_an_example_of_linguex_ends_at_a_blank_line():
    [example] = found(f"\\ex. \\gll {LINES}\\glt `x'\n\nThe paper goes on.")
    assert example.body == f" {LINES}\\glt `x'"
    assert list(find_examples("\\ex. Nothing.\n\nThen \\a. is no example.")) == []


def test_linguex_has_a_macro_of_its_own():
    [example] = found("\\exg. ev de\\\\ house LOC\\\\ `x'\n\nThe paper goes on.")
    assert (example.macro, example.body.strip()) == ("exg", "ev de\\\\ house LOC\\\\ `x'")


def test_what_stands_after_the_glosses_of_expex_is_the_tail():
    [example] = found("\\ex \\begingl \\gla a// \\glb b// \\endgl (Smith 2001)\n\nText \\xe")
    assert example.tail.strip() == "(Smith 2001)"
    assert "endgl" not in example.body


@pytest.mark.parametrize(
    "text",
    ["", "\\example \\glltx \\eat", "\\item a \\a b", "\\begin{itemize}\\item a\\end{itemize}"],
)
def test_what_only_looks_like_an_example_is_none(text):
    assert found(text) == []


MACROS = [
    "\\ea ", "\\z ", "\\gll ", "\\ex ", "\\xe ", "\\ex. ", "\\exg. ", "\\a. ", "\\a ", "\\pex ", "\\item ",
    "\\begin{exe}", "\\end{exe}", "\\begin{xlist}", "\\end{xlist}", "\\begin{examples}",
    "\\end{examples}", "\\begingl ", "\\endgl ", "\\digloss ", "a b\\\\ ", "\n\n", "\\z. ",
]  # fmt: skip


@RELAXED
@given(st.lists(st.sampled_from(MACROS), max_size=15).map("".join))
def test_macros_in_any_order_lose_no_example(text):
    examples = list(find_examples(text))
    starts = [example.start for example in examples]
    assert starts == sorted(set(starts))
    glossing = text.count("\\gll ") + text.count("\\digloss ") + text.count("\\begingl ")
    assert glossing <= len(examples) <= glossing + text.count("\\exg. ")
