r"""What single macros print."""

from __future__ import annotations

import pytest

from igtkit.io._tex.calls import end_of_argument, macro_name, options, shifted, skip_space
from igtkit.io._tex.macros import SUBSCRIPTS, SUPERSCRIPTS
from igtkit.io._tex.markup import Markup


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"houses\'", "houses´"),  # an acute with nothing to stand on
        (r"\'{}", "´"),
        (r"\'e \v{s} \textsubring{n}", "é š n̥"),
        (r"$x_\text{NP}^\mathrm{h}$", "xʰ"),
        (r"$x_{\textsc{np}}$", "x"),
        (r"\textsuperscript{h}\textsubscript{2}", "ʰ₂"),
        (r"\begin{minipage}[t]{2cm}a\end{minipage}", "a"),
        (r"\begin{tabular}{ll}a\end{tabular}", "a"),
        (r"\begin{unheard}[x]a\end{unheard}", "a"),
        (r"\begin{center}{a}\end{center}", "a"),
        (r"\citep[see][12]{a,b}", "(a, b: 12)"),
        (r"\enquote{a}", "‘a’"),
        (r"\ldots*a", "…*a"),
    ],
)
def test_macros_print_what_tex_prints(tex, text):
    assert Markup().plain(tex) == text


def test_arguments_and_options_end_where_tex_ends_them():
    assert end_of_argument(r"\text{NP}x", 0) == 9
    assert end_of_argument("{ab}c", 0) == 4
    assert end_of_argument("ab", 0) == 1
    assert options("[a] [b]{c}", 0) == (["a", "b"], 7)
    assert macro_name(r"\textit*x", 0) == ("textit*", 8)
    assert skip_space("  a", 0) == 2


def test_what_cannot_be_lowered_is_an_index_and_left_out():
    assert shifted("1i", SUBSCRIPTS) == "₁ᵢ"
    assert shifted("NP", SUBSCRIPTS) == ""
    assert shifted("Q", SUPERSCRIPTS) == "Q"
