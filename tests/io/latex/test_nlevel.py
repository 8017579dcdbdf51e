r"""Expex's other way to gloss: each word with its glosses in brackets, ``ev-ler[house-pl/N]``."""

from __future__ import annotations

import pytest
from documents.latex import parse
from hypothesis import given
from hypothesis import strategies as st

from igtkit.igt import IGT
from igtkit.io.latex.nlevel import nlevel_lines


def test_expex_nlevel_glosses_are_read():
    text = r"""
\ex<tag> \begingl[glstyle=nlevel]
\glpreamble Kudan weli de la. \endpreamble
kuda-n[house-\textsc{acc}/\textsc{n}] weli[very big/\textsc{a}] {de la}[of.the/\textsc{p}]
\glft `the big house'//
\endgl \xe
"""
    [igt] = parse(text)
    assert igt == IGT(
        "Kudan weli de la.",
        "kuda-n weli de_la",
        "house-ACC very_big of.the",
        "the big house",
        id="tag",
    )
    assert igt.metadata == {"latex": {"lines": ["N A P"]}}


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("ev[house]", ["ev", "house"]),
        ("ev[house/N] de[LOC/P]", ["ev de", "house LOC", "N P"]),
        ("ev[house/N] de[LOC]", ["ev de", "house LOC", "N {}"]),  # a level that a word lacks
        ("ev de[LOC]", ["ev de", "{} LOC"]),
        ("ev[at home/]", ["ev", "{at home}", "{}"]),
        ("ev[ at home ]", ["ev", "{at home}"]),
        ("ev[house] [PST]", ["ev {}", "house PST"]),
        ("o[[his] house/N] a[b]", ["o a", "{[his] house} b", "N {}"]),
        ("{ev de}[house]", ["{ev de}", "house"]),  # a space in braces parts no words
        ("ev{[}x[house]", ["ev{[}x", "house"]),
        ("o[{he/she}/N]", ["o", "{he/she}", "N"]),  # nor does a slash part its levels
        ("ev[house] % what\n de[LOC]", ["ev de", "house LOC"]),
        ("[glstyle=nlevel] ev[house]", ["ev", "house"]),
        ("ev[house] //", ["ev", "house"]),
        ("ev de", []),  # no word with glosses
        ("", []),
    ],
)
def test_each_word_has_its_glosses_in_brackets(body, lines):
    assert nlevel_lines(body) == (lines, "", "")


@pytest.mark.parametrize("preamble", [r"\glpreamble Evde \endpreamble", r"\glpreamble Evde //"])
@pytest.mark.parametrize("free", [r"\glft `at home' //", r"\glfree `at home' //"])
def test_the_line_before_and_the_translation_stand_apart(preamble, free):
    lines, before, translation = nlevel_lines(f"{preamble} ev[house] {free}")
    assert lines == ["ev", "house"]
    assert (before, translation.strip()) == ("Evde", "`at home'")


def test_macros_of_longer_names_are_no_translation():
    assert nlevel_lines(r"\glfty[x] a[b]")[2] == ""


WORD = st.text("abš-=.", min_size=1, max_size=4)


@given(st.lists(st.tuples(WORD, st.lists(WORD, min_size=1, max_size=3)), min_size=1, max_size=4))
def test_every_level_is_a_line_with_a_cell_for_each_word(words):
    body = " ".join(f"{form}[{'/'.join(glosses)}]" for form, glosses in words)
    lines, _, _ = nlevel_lines(body)
    depth = max(len(glosses) for _, glosses in words)
    expected = [[form for form, _ in words]] + [
        [glosses[at] if at < len(glosses) else "{}" for _, glosses in words] for at in range(depth)
    ]
    assert [line.split(" ") for line in lines] == expected
