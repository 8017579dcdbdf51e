r"""What is not typeset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io.latex.left_out import blank_out


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"a\iffalse b\fi c", "ac"),
        (r"a\iffalse b\else c\fi d", "acd"),
        (r"a\iftrue b\else c\fi d", "abd"),
        (r"a\if0 b\fi c\if00 d\fi", r"ac\if00 d\fi"),
        (r"a\iffalse b\ifx\c\d e\fi f\fi g", "ag"),
        (r"\iftrue a\iffalse b\fi c\fi", "ac"),
        (r"\newif\ifdraft a\iffalse b\fi", r"\newif\ifdraft a"),
        (r"\let\ifdraft\iffalse a\ifdraft b\fi", r"\let\ifdraft\iffalse a\ifdraft b\fi"),
        (r"\ifthenelse{a}{b}{c}\iffalse d\fi", r"\ifthenelse{a}{b}{c}"),
        (r"\iffalse a", r"\iffalse a"),  # no end: nothing is lost
        (r"\fi a\else b", r"\fi a\else b"),
        (r"a\begin{verbatim}\iffalse\end{verbatim}b\fi", r"ab\fi"),
        (r"a\begin{comment}b", r"a\begin{comment}b"),
        (r"a\iffalse\end{document}\fi b\end{document}c", "ab"),
        ("a\\iffalse\nb\n\\fi c", "a%\n%\nc"),
    ],
)
def test_what_is_not_typeset_is_taken_out(text, left):
    assert blank_out(text).replace(" ", "") == left.replace(" ", "")


PIECES = [r"\iffalse ", r"\iftrue ", r"\else ", r"\fi ", r"\ifx\a\b ", "a\n", r"\begin{comment}"]


@given(st.lists(st.sampled_from([*PIECES, r"\end{comment}"]), max_size=12).map("".join))
def test_lines_stay_where_they_are(text):
    assert blank_out(text).count("\n") == text.count("\n")
