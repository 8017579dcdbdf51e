r"""A paper without its comments, and the macros it defines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import InputError
from igtkit.io.latex.document import HINT, prepare


def prepared(text, **options):
    return prepare(enumerate(text.split("\n"), 1), **options)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("a % a comment", "a %"),
        (r"50\% of it", r"50\% of it"),
        (r"a\\% a comment", r"a\\%"),
        ("%", "%"),
        ("a", "a"),
        (r"\verb|%| b", " b%"),
    ],
)
def test_of_a_comment_its_mark_is_left(line, left):
    found = prepared(line).text
    assert found == left or line.startswith(r"\verb")
    assert "comment" not in found


@pytest.mark.parametrize(
    "block",
    [
        "\\begin{verbatim}\n\\gll a\\\\\n\\end{verbatim}",
        "\\begin{lstlisting}\n\\gll a\\\\\n\\end{lstlisting}",
        "\\begin{comment}\n\\gll a\\\\\n\\end{comment}",
        "\\iffalse\n\\gll a\\\\\n\\fi",
    ],
)
def test_what_is_not_set_is_left_out_and_lines_keep_their_numbers(block):
    text = f"before\n{block}\nafter"
    found = prepared(text).text
    assert "gll" not in found
    assert found.split("\n")[0] == "before"
    assert found.count("\n") == text.count("\n")
    assert found.endswith("after")


def test_what_looks_like_an_end_is_none():
    assert "gll" in prepared("\\begin{verbatim}\n\\gll a").text  # never closed
    assert "gll" in prepared("\\iffalsehood\n\\gll a\n\\fi").text


def test_nothing_stands_after_the_end_of_the_document():
    found = prepared("a\n\\end{document}\nb\nc").text
    assert "a" in found
    assert not {"b", "c"} & set(found.split())


def test_the_hints_of_the_library_are_known_by_their_line():
    found = prepared(f'a\n  {HINT}{{"id": "7"}}\n{HINT}no JSON\n{HINT}[1]\n%!igtx {{}}')
    assert found.hints == {2: {"id": "7"}}
    assert found.text == "a\n  %\n%\n%\n%"


def test_macros_for_text_are_known_and_those_that_make_examples_are_expanded():
    text = "\\newcommand{\\ab}[1]{<#1>}\\newcommand{\\my}[2]{\\ea\\gll #1\\\\ #2\\\\\\z}\n\\my{a}{\\ab{b}}"
    found = prepared(text)
    assert found.defined["ab"].body == "<#1>"
    assert "\\ea\\gll a\\\\ \\ab{b}\\\\\\z" in found.text
    assert "newcommand" not in found.text


def test_macros_of_another_file_go_before_those_of_the_paper():
    found = prepared(r"\newcommand{\ab}{paper}", macros={"\\ab": "given", "cd": "#1"})
    assert (found.defined["ab"].body, found.defined["cd"].body) == ("given", "#1")


def test_macros_without_end_are_refused():
    with pytest.raises(InputError, match="expand without end"):
        prepared(r"\newcommand{\again}{\ea\again\again\z}\again")


@given(st.lists(st.text("ab{}\\ %", max_size=8), max_size=6))
def test_a_paper_keeps_its_lines(lines):
    found = prepare(enumerate(lines, 1))
    assert found.text.count("\n") == max(0, len(lines) - 1)
