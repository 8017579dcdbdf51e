"""LaTeX markup as text."""

from __future__ import annotations

import pytest
from documents.latex import RELAXED, parse
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._tex.markup import Markup
from igtkit.io._tex.scan import split_cells


def gloss_of(tex: str, **options) -> str | None:
    return parse(f"\\ea \\gll x\\\\\n{tex}\\\\\n\\z\n", **options)[0].glosses


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"3\textsc{sg.poss}-\textbf{go}", "3SG.POSS-go"),
        (r"\textsc{a}\Acc{}.\Tsg{}", "AACC.3SG"),
        (r"{de la} a~b \mbox{c d}", "de_la a_b c_d"),
        (r"like\_this 50\% \& \# \$", "like_this 50% & # $"),
        (r"\'{a}\`a\^{\i}\"o\~n\c{c}\v{s}\k{a}\u{a}\=e\H{o}\r{u}\d{t}\b{t}", "áàîöñçšąăēőůṭṯ"),
        (r"\textesh\textschwa{}\textglotstop \ng{} \o{}", "ʃəʔŋ ø"),
        (r"\textipa{SEN@}", "ʃɛŋə"),
        (r"t\textsuperscript{h}a $x_1$ ma\textsubscript{i}", "tʰa x₁ maᵢ"),
        (r"$\emptyset$-go $\rightarrow$", "∅-go →"),
        (r"go\footnote{A note, with {braces} in it.} \is{verb}home\index{x}", "go home"),
        (r"a\textasciitilde{}b go\-ing a--b", "a~b going a–b"),
        (r"\textcolor{red}{x} \foreignlanguage{german}{y} {\bfseries z}", "x y z"),
        (r"{\ob}go{\cb} [go]", "[go] [go]"),
        (r"\unheard{of} go", "of go"),
        (r"{\twoP}+{\PFV}-go-\sg.\prs", "2P+PFV-go-SG.PRS"),
        (r"\oldstylenums{1}\textsc{Pex} =Pl", "1PEX =Pl"),
        (r"go % not this", "go"),
        (r"100\%", "100%"),
        (r"[big house]$_{\text{NP}}$ go$_{\mathrm{i}}$", "[big house] goᵢ"),
    ],
)  # fmt: skip
def test_markup_becomes_text(tex, text):
    assert gloss_of(tex) == text


def test_a_macro_that_nobody_knows_is_named():
    [igt] = parse("\\ea \\gll x\\\\ go-\\Imprf{}\\frob{} \\\\ \\z")
    assert igt.glosses == "go-IMPRF"  # named as the package leipzig names its labels
    assert igt.metadata == {"latex": {"unknown": ["\\Imprf", "\\frob"]}}


@RELAXED
@given(st.text("\\{}[]%$~ \nab'`-_^&#.*", max_size=40))
def test_no_markup_breaks_the_reader(text):
    markup = Markup()
    assert all(" " not in markup.cell(cell) for cell in split_cells(text))
    assert "  " not in markup.plain(text)
    parse(f"\\ea \\gll {text}\\\\ {text}\\\\ \\glt {text} \\z", errors="skip")


def test_labels_that_tex_has_for_signs_are_labels_in_words():
    [igt] = parse("\\ea\\gll kudan-a na\\\\\nhouse-\\P{} 3\\S{}\\\\\n\\glt `§ \\S{} 2'\n\\z")
    assert (igt.glosses, igt.translation) == ("house-P 3S", "§ § 2")


def test_a_letter_given_a_macro_stays_and_room_for_a_bracket_goes():
    [igt] = parse(
        "\\ea\\gll {\\ꞌ}āna [kudan-a weli]\\\\\nthis \\hspaceThis{[}house-\\textsc{def} "
        "\\spacebr{}big\\\\\n\\z"
    )
    assert (igt.segmentation, igt.glosses) == ("ꞌāna [kudan-a weli]", "this house-DEF big")
