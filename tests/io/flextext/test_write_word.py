"""A word is written with what was changed, and nothing else."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import (
    SAMPLE,
    again,
    aligned,
    document,
    item,
    lines,
    morph,
    read,
    word,
    write,
)
from hypothesis import assume, example, given

from igtkit import IGT
from igtkit.boundaries import is_punctuation
from igtkit.io import leave_open


def test_what_was_changed_is_written_and_nothing_else():
    (igt,) = read(SAMPLE)
    changed = igt.replace(
        glosses="kitty-PL at.home",
        translation="Cats at home!",
        id="12",
        metadata={**igt.metadata, "notes": ["One note."], "begin": 0.5, "speaker": "C. D."},
    )
    text, report = write([changed])
    assert not report.lost
    (back,) = read(text)
    assert back == changed
    assert back.metadata["notes"] == ["One note."]
    assert (back.metadata["begin"], back.metadata["end"]) == (0.5, 1.9)
    assert back.metadata["speaker"] == "C. D."
    assert item("gls", "gato", "es") in text  # the gloss in the other language
    assert item("cf", "kedi", "tr") in text
    assert item("lit", "cats house-at", "en") in text
    assert 'guid="w1"' in text


def test_a_word_that_is_segmented_otherwise_is_analyzed_anew():
    (igt,) = read(SAMPLE)
    changed = igt.replace(segmentation="ked-iler ev=de", glosses="cat-PL house=at")
    text, report = write([changed])
    assert not report.lost
    assert lines(read(text)[0]) == lines(changed)
    assert item("gls", "gato", "es") not in text
    assert item("txt", "cediler", "tr-x-ipa") in text  # the word is still that word
    types = [m.get("type") for m in ET.fromstring(text).iter("morph")]
    assert types == ["stem", "suffix", "stem", "enclitic"]


def test_a_word_analyzed_anew_keeps_its_category():
    known = word("ab", gloss="x").replace(
        "</word>", item("pos", "a b", "en") + item("pos", "c", "es") + "</word>"
    )
    (igt,) = read(document(known, word("cd", gloss="y")))
    assert igt.pos == "a.b ???"
    text, report = write([igt.replace(segmentation="a-b cd", glosses="p-q y")])
    assert not report.lost
    assert item("pos", "a b", "en") in text
    assert item("pos", "c", "es") in text


def test_a_word_without_any_analysis_gets_one_beside_words_that_have_one():
    bare = f"<word>{item('txt', 'ev')}</word>"
    (igt,) = read(document(word("ab", morph("ab", "x")), bare))
    assert (igt.segmentation, igt.glosses) == ("ab ev", "x ???")
    text, report = write([igt.replace(glosses="x house")])
    assert not report.lost
    element = ET.fromstring(text).findall(".//words/word")[1]
    assert [m.get("type") for m in element.iter("morph")] == ["stem"]
    (back,) = read(text)
    assert lines(leave_open(back))[1:3] == ("ab ev", "x house")


def test_a_word_that_has_a_gloss_as_a_whole_keeps_its_kind():
    bare = f"<word>{item('txt', 'ev')}{item('gls', 'huose', 'en')}</word>"
    (igt,) = read(document(word("ab", morph("ab", "x")), bare))
    text, _ = write([igt.replace(glosses="x house")])
    assert text.count("<morphemes") == 1
    assert read(text)[0].glosses == "x house"


def test_words_that_were_put_in_leave_the_others_as_they_were():
    (igt,) = read(SAMPLE)
    changed = igt.replace(
        transcription="Dün kediler , evde .",
        segmentation="dün kedi-ler evde",
        pos="adv n-??? ???",
        glosses="then house.cat-PL ???",
    )
    text, report = write([changed])
    assert not report.lost
    assert lines(read(text)[0]) == lines(changed)
    assert item("txt", "Dün", "tr") in text


def test_lines_that_were_taken_out_are_out():
    (igt,) = read(SAMPLE)
    bare = igt.replace(
        segmentation=None,
        glosses=None,
        translation=None,
        id=None,
        metadata={"flextext": igt.metadata["flextext"], "title": igt.metadata["title"]},
    )
    text, report = write([bare])
    (back,) = read(text)
    assert (back.segmentation, back.glosses, back.id) == (None, None, None)
    assert back.translation == "Gatos, en casa."  # the one in Spanish is still there
    assert not report.lost
    assert not {"begin", "end", "speaker", "notes"} & set(back.metadata)


def test_types_and_marks_are_those_of_flex():
    igt = IGT("x", "un-b<um>ili-s=la", "NEG-buy<ACT>-PL=DEF")
    morphs = [
        (m.get("type"), m.find("item").text) for m in ET.fromstring(write([igt])[0]).iter("morph")
    ]
    assert morphs == [
        ("prefix", "un-"), ("stem", "bili"), ("infix", "-um-"), ("suffix", "-s"), ("enclitic", "=la")
    ]  # fmt: skip


def test_morphs_for_a_word_leave_its_glosses_in_other_languages():
    spanish = item("gls", "gatos", "es") + "</word>"
    (igt,) = read(document(word("cats", gloss="cats").replace("</word>", spanish)), analysis="en")
    text, _ = write([igt.replace(segmentation="cat-s", glosses="cat-PL")])
    glosses = [(one.get("lang"), one.text) for one in ET.fromstring(text).iterfind(".//word/item")]
    assert glosses == [("xx", "cats"), ("es", "gatos")]
    text, _ = write([igt.replace(segmentation="cats")])
    glosses = [(one.get("lang"), one.text) for one in ET.fromstring(text).iterfind(".//word/item")]
    assert glosses == [("xx", "cats"), ("en", "cats"), ("es", "gatos")]


@given(aligned(), aligned())
@example(
    IGT("1 , 1 , 1", "1 1 , 1"),
    IGT("1 , 1 , 1", "1 1 , 1", "PL PL , PL"),
)
def test_any_change_to_what_was_read_is_written(first, second):
    assume(second.glosses is not None or not any(map(is_punctuation, second.segmentation.split())))
    (igt,) = again([first.replace(source=None)])
    changed = igt.replace(
        transcription=second.transcription,
        segmentation=second.segmentation,
        glosses=second.glosses,
        translation=second.translation,
    )
    text, report = write([changed])
    assert not report.lost
    assert list(read(text)) == [changed]


@pytest.mark.parametrize("before", ["ev", None])
def test_marks_that_only_the_segmentation_has_are_reported_as_lost(before):
    (igt,) = again([IGT("ev ,", before)])
    _, report = write([igt.replace(segmentation="ev ,")])
    assert report.lost == {"segmentation": 1}
