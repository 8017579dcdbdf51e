"""Examples written for gb4e, expex and linguex."""

from __future__ import annotations

import re

import pytest
from documents.latex import HOUSES, RELAXED, STYLES, parse, render
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines, aligned_words

import igtkit
from igtkit.errors import InputError
from igtkit.igt import IGT, Language


@pytest.mark.parametrize("style", STYLES)
def test_examples_are_written_in_the_style(style):
    written, lost = render([HOUSES.replace(id="ex:1")], style=style)
    assert not lost
    example = {
        "gb4e": "\\begin{exe}\n\\ex\\label{ex:1}\n\\gll pala-si buro\\\\\n     house-\\textsc{pl} burn\\\\\n"
        "\\glt ‘The houses burned.’\n\\end{exe}\n",
        "expex": "\\ex\\label{ex:1}\n\\begingl\n\\gla pala-si buro//\n\\glb house-\\textsc{pl} burn//\n"
        "\\glft ‘The houses burned.’//\n\\endgl\n\\xe\n",
        "linguex": "\\ex. \\label{ex:1}\n\\gll pala-si buro\\\\\n     house-\\textsc{pl} burn\\\\\n"
        "\\glt ‘The houses burned.’\n",
    }
    assert written.startswith(example[style] + "\n")
    assert written.endswith(
        "\\section*{Abbreviations}\n\\begin{description}\n\\item[\\normalfont\\textsc{pl}] plural\n"
        "\\end{description}\n"
    )
    assert list(parse(written)) == [HOUSES.replace(id="ex:1")]


def test_the_list_of_abbreviations_names_what_nobody_explains():
    igt = IGT(None, "a b", "go-NPST.DEF ATR", "x")
    written, _ = render([igt], abbreviations={"ATR": "attributive & co"})
    assert "\\textsc{npst.def}" in written
    assert "\\item[\\normalfont\\textsc{npst}] non-past\n" in written
    assert "\\item[\\normalfont\\textsc{atr}] attributive \\& co\n" in written
    assert "\\item[\\normalfont\\textsc{atr}] ?  %" in render([igt])[0]


def test_a_document_of_its_own():
    for style in STYLES:
        written, _ = render([HOUSES], style=style, document=True)
        assert written.startswith("\\documentclass{article}\n")
        assert f"\\usepackage{{{style}}}" in written
        assert written.endswith("\\end{document}\n")
        assert list(parse(written)) == [HOUSES]


def test_an_unknown_style_is_refused():
    with pytest.raises(InputError, match="'gb4e', 'expex' or 'linguex'"):
        render([HOUSES], style="word")


@pytest.mark.parametrize("style", STYLES)
def test_everything_else_stands_in_a_comment(style):
    igt = IGT(
        "ab", None, "x", "y", pos="N", id="no label", source="Book", split="dev",
        language=Language("dido1241", "Tsez", "ddo"), metalanguage="English",
        metadata={"notes": ["a\nb"], "begin": 1.5, "latex": {"judgment": "*"}, "citation": "[A]"},
    )  # fmt: skip
    written, lost = render([igt], style=style)
    assert not lost
    [back] = parse(written)
    assert back == igt
    assert back.metadata == igt.metadata
    assert "Tsez" in re.sub("%.*", "", written)


def test_a_suggestion_stays_recognizable():
    igt = igtkit.Prediction("a-b", "A-B", system="CrfGlosser", score=-1.0).to_igt(IGT("ab"))
    written, lost = render([igt])
    assert not lost
    assert '"system": "CrfGlosser"' in written
    assert parse(written)[0].metadata == igt.metadata


def test_what_cannot_be_held_is_reported():
    items = [
        IGT("a  b", "a-b  c", "A-B C", "x\ny"),
        IGT(None, translation="only this"),
        IGT("a", metadata={"drawing": object()}),
        IGT("", "a", "A"),
    ]
    _, lost = render(items)
    assert lost == {
        "empty transcription": 1,
        "entries without words": 1,
        "metadata: drawing": 1,
        "spacing of segmentation": 1,
        "spacing of transcription": 1,
        "spacing of translation": 1,
    }


SPECIAL = st.text("ab{}\\$&#^_~%<>|`'\"-=[]*@+/.?!áʃ’“", min_size=1, max_size=6).filter(str.strip)


@pytest.mark.parametrize("style", STYLES)
@RELAXED
@given(st.lists(st.tuples(SPECIAL, SPECIAL), min_size=1, max_size=5), SPECIAL)
def test_every_special_character_comes_back(style, words, translation):
    forms, glosses = (" ".join(line) for line in zip(*words, strict=True))
    igt = IGT("x" + forms, forms, glosses, f"x {translation} x")
    written, lost = render([igt], style=style)
    assert not lost
    assert list(parse(written)) == [igt]


TEXTS = st.none() | st.text("abP1-=.'’‘%{(\n \\", max_size=8)


@RELAXED
@given(
    st.builds(IGT, TEXTS, TEXTS, TEXTS, TEXTS, id=TEXTS, pos=TEXTS)
    | st.builds(lambda lines, free: IGT(*lines, free), aligned_lines(), TEXTS),
    st.sampled_from(STYLES),
)
def test_what_does_not_come_back_is_reported(igt, style):
    written, lost = render([igt, HOUSES], style=style)
    back = list(parse(written, errors="skip"))
    assert back[-1] == HOUSES
    assert lost or back == [igt, HOUSES]


@RELAXED
@given(st.lists(aligned_words(), min_size=1, max_size=6))
def test_aligned_words_come_back(words):
    forms, glosses, surface = (" ".join(line) for line in zip(*words, strict=True))
    igt = IGT(surface, forms, glosses, "It’s ‘so’.", id="a:1")
    for style in STYLES:
        written, lost = render([igt], style=style)
        assert not lost
        assert list(parse(written)) == [igt]


@pytest.mark.parametrize("style", STYLES)
def test_a_mark_that_is_given_as_part_of_a_word_comes_back(style):
    igts = [IGT(None, "*kuda-n weli", "house-ACC big", "x"), IGT("*kuda", None, "house")]
    written, lost = render(igts, style=style)
    assert not lost
    assert list(parse(written)) == igts
