"""What is learned of texts that are glossed in part."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

from igtkit import IGT, load_sample
from igtkit.errors import InputError
from igtkit.models import Lessons, LookupGlosser
from igtkit.models.lessons import FEW

BEGUN = IGT("kedi evler gel", "??? ev-ler gel", "*** house-PL ??")
PLACEHOLDERS = ("???", "??", "***")


def test_words_that_are_done_are_learned_where_few_sentences_are():
    suggested = IGT("at", "at", "horse", metadata={"prediction": {"system": "x"}})
    whole = IGT("gel", "gel", "come")
    lessons = Lessons.of([whole, BEGUN, suggested, IGT("open")])
    assert lessons.glossed == (whole,)
    assert [(part.segmentation, part.glosses) for part in lessons.parts] == [("ev-ler", "house-PL")]
    assert not lessons.begun


def test_of_many_sentences_they_come_after():
    texts = list(load_sample()[:FEW])
    lessons = Lessons.of([*texts, BEGUN])
    assert (len(lessons.glossed), lessons.parts, lessons.begun) == (FEW, (), (BEGUN,))
    glosser = lessons.teach(quick_glosser(), progress=False)
    [predicted] = glosser.predict([IGT("evler")])
    assert (predicted.segmentation, predicted.glosses) == ("ev-ler", "house-PL")


def test_sentences_that_are_only_begun_are_enough():
    glosser = Lessons.of([BEGUN]).teach(quick_glosser(), progress=False)
    assert glosser.predict([IGT("evler")])[0].glosses == "house-PL"
    [open_] = glosser.predict([BEGUN], given="partial")
    assert open_.segmentation.endswith("ev-ler gel")
    assert "?" not in open_.segmentation
    assert not any(mark in open_.glosses.split() for mark in PLACEHOLDERS)


def test_nothing_is_no_lesson():
    assert not Lessons.of([IGT("open"), IGT("a b", None, "??? ***")])
    with pytest.raises(InputError):
        Lessons.of([]).teach(quick_glosser())


def test_a_glosser_says_that_it_learns_placeholders(caplog):
    LookupGlosser().fit([IGT("kedi evler", "kedi ev-ler", "??? house-??")])
    assert "learns ??? as the gloss of 2 words" in caplog.text
    caplog.clear()
    LookupGlosser().fit([IGT("kedi", "kedi", "cat")])
    assert not caplog.records
