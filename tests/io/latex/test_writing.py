"""Examples written for gb4e, expex and linguex."""

from __future__ import annotations

import io
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


ANNOTATED = IGT(
    "ab", None, "x", "y", pos="N", id="a label", source="Book", split="dev",
    language=Language("dido1241", "Tsez", "ddo"), metalanguage="English",
    metadata={"notes": ["a\nb"], "begin": 1.5, "judgment": "*", "citation": "[A]"},
)  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_everything_else_stands_in_a_comment_where_it_is_asked_for(style):
    written, lost = render([ANNOTATED], style=style, comments=True)
    assert not lost
    [back] = parse(written)
    assert back == ANNOTATED
    assert back.metadata == ANNOTATED.metadata
    assert "Tsez" in re.sub("%.*", "", written)


@pytest.mark.parametrize("style", STYLES)
def test_no_comment_says_what_nobody_asked_for(style):
    written, lost = render([ANNOTATED.replace(segmentation="a-b")], style=style)
    assert "%!igt" not in written
    assert "\\label{a-label}" in written
    assert {"id", "language", "metadata: begin", "metalanguage", "pos", "source"} <= lost.keys()
    [back] = parse(written)
    assert (back.transcription, back.segmentation, back.translation) == ("ab", "a-b", "y")


def test_a_comment_without_which_an_example_cannot_be_read_stays():
    igts = [
        IGT("only words", metadata={"path": "a.db"}, source="a.db"),
        IGT("kuda-n", None, "welis"),  # would be read as a segmentation
    ]
    written, lost = render(igts)
    assert [back.replace(language=None) for back in parse(written)] == [
        IGT("only words"),
        IGT("kuda-n", None, "welis"),
    ]
    assert lost == {"metadata: path": 1, "source": 1}
    assert "a.db" not in written


def test_labels_are_unique():
    names = ["1", "1", "text 1", "1-2", "1", None, "???", "привет"]
    written, lost = render([HOUSES.replace(id=name) for name in names])
    labels = re.findall(r"\\label\{(.*?)\}", written)
    assert labels == ["1", "1-2", "text-1", "1-2-2", "1-3"]
    assert lost == {"id": 6}
    again, lost = render([HOUSES.replace(id=name) for name in names], comments=True)
    assert not lost
    assert [back.id for back in parse(again)] == names


LOWER = IGT("geldimmiş", "gel-di-m-miş", "come-pst-1sg-evid", "I came.")


def test_labels_in_lower_case_are_guessed_and_the_guess_is_said():
    out = io.StringIO()
    report = igtkit.write([LOWER], out, "latex", abbreviations={"1SG": "I"})
    assert "come-\\textsc{pst}-\\textsc{1sg}-evid" in out.getvalue()
    assert "\\textsc{1sg}] I\n" in out.getvalue()
    assert report.notes == ("guessed to be labels: 1sg, pst (labels= says which are)",)
    assert str(report).endswith(f"; lost: case of labels (1); {report.notes[0]}")


def test_labels_in_lower_case_can_be_given():
    given, lost = render([LOWER], labels=["pst", "1sg", "evid"])
    assert "come-\\textsc{pst}-\\textsc{1sg}-\\textsc{evid}" in given
    assert lost == {"case of labels": 1}
    assert parse(given)[0].glosses == "come-PST-1SG-EVID"
    explained, _ = render([LOWER], abbreviations={"evid": "evidential"})
    assert "come-\\textsc{pst}-\\textsc{1sg}-\\textsc{evid}" in explained
    assert "\\item[\\normalfont\\textsc{evid}] evidential\n" in explained
    capitals, lost = render([LOWER], labels="capitals")
    assert "textsc" not in capitals
    assert not lost
    whole, lost = render([LOWER], comments=True)
    assert not lost
    assert list(parse(whole)) == [LOWER]


def test_a_real_export_of_flex_is_small_and_has_no_comments(shared):
    texts = igtkit.read(shared / "data/interchange/flextext/cldflex_apalai.flextext")
    written, lost = render(texts)
    assert "%!igt" not in written
    assert len(written) < 400 * len(texts)
    assert lost["metadata: flextext"] == len(texts)
    back = parse(written)
    for name in ("id", "transcription", "segmentation", "glosses", "translation"):
        assert [getattr(igt, name) for igt in back] == [getattr(igt, name) for igt in texts]


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
        written, lost = render([igt], style=style, labels="capitals")
        assert not lost
        assert list(parse(written)) == [igt]


@pytest.mark.parametrize("style", STYLES)
def test_a_mark_that_is_given_as_part_of_a_word_comes_back(style):
    igts = [IGT(None, "*kuda-n weli", "house-ACC big", "x"), IGT("*kuda", None, "house")]
    written, lost = render(igts, style=style)
    assert not lost
    assert list(parse(written)) == igts


def test_labels_without_a_meaning_are_told(tmp_path):
    texts = [IGT("a", "a", "EVID.PL")]
    report = igtkit.write(texts, tmp_path / "a.tex")
    assert report.notes == ("no meaning is known of evid (abbreviations= says it)",)
    report = igtkit.write(texts, tmp_path / "a.tex", abbreviations={"EVID": "evidential"})
    assert report.notes == ()
