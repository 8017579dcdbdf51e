"""Texts and what a FLExText file cannot hold."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import SAMPLE, item, read, write

import igtkit
from igtkit import IGT, Language
from igtkit.errors import InputError


def test_the_sample_comes_back_but_for_its_splits():
    sample = [igt.replace(split=None) for igt in igtkit.load_sample()[:50]]
    text, report = write(sample)
    assert not report.lost
    assert list(read(text)) == sample


def test_entries_of_a_text_stand_in_one_text():
    items = [
        IGT("a", source="one"),
        IGT("b", source="one"),
        IGT("c", source="two", metadata={"title": "two"}),
    ]
    text, report = write(items)
    root = ET.fromstring(text)
    assert [len(list(t.iter("phrase"))) for t in root] == [2, 1]
    assert not report.lost
    assert list(read(text)) == items


def test_a_text_that_comes_again_later_is_reported():
    items = [IGT("a", source="one"), IGT("b", source="two"), IGT("c", source="one")]
    text, report = write(items)
    assert dict(report.lost) == {"texts in one piece": 1}
    assert list(read(text)) == items


def test_texts_alike_in_everything_stay_apart():
    twice = SAMPLE.replace("</document>", SAMPLE[SAMPLE.index("<interlinear-text") :])
    corpus = read(twice)
    text, report = write(corpus)
    assert len(ET.fromstring(text)) == 2
    assert not report.lost
    assert [igt.metadata for igt in read(text)] == [igt.metadata for igt in corpus]


def test_a_title_that_was_changed_is_written():
    (igt,) = read(SAMPLE)
    renamed = igt.replace(source="The dog", metadata={**igt.metadata, "title": "The dog"})
    text, report = write([renamed])
    assert not report.lost
    assert item("title", "The cat", "en") in text
    (back,) = read(text)
    assert (back.source, back.metadata["title"]) == ("The dog", "The dog")
    _, report = write([igt.replace(source="a corpus")])
    assert dict(report.lost) == {"source": 1}


def test_what_flextext_cannot_hold_is_reported():
    items = [
        IGT("a", language=Language(name="Tsezian"), split="train"),
        IGT("a b", "a", "x y z"),
        IGT("a", "a-b", "x"),
        IGT("a", metadata={"mood": "good", "begin": 0.12345, "notes": [3]}),
        IGT("a\x01"),
    ]
    _, report = write(items)
    assert dict(report.lost) == {
        "control characters": 1, "glosses": 1, "language": 1, "metadata: begin": 1,
        "metadata: mood": 1, "metadata: notes": 1, "segmentation": 1, "split": 1, "transcription": 1,
    }  # fmt: skip


def test_a_phrase_that_is_no_xml_any_more_is_an_error():
    (igt,) = read(SAMPLE)
    kept = dict(igt.metadata["flextext"])
    broken = igt.replace(metadata={"flextext": {**kept, "phrase": "<phrase>"}})
    with pytest.raises(InputError, match="holds a <phrase> that is"):
        write([broken])
    with pytest.raises(InputError, match="holds <a> where <phrase>"):
        write([igt.replace(metadata={"flextext": {**kept, "phrase": "<a/>"}})])
    _, report = write([igt.replace(metadata={"flextext": "?"})])
    assert report.lost["metadata: flextext"] == 1


def test_what_passes_through_jsonl_is_still_whole(tmp_path):
    corpus = read(SAMPLE)
    igtkit.write(corpus, tmp_path / "a.jsonl")
    text, report = write(igtkit.read(tmp_path / "a.jsonl"))
    assert not report.lost
    assert text == write(corpus)[0]


def test_an_empty_corpus_gives_an_empty_document():
    assert list(read(write([])[0])) == []
