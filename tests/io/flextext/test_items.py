"""The items of a phrase, its words and their morphs."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from igtkit.io.flextext.items import (
    PhraseItems,
    items_of,
    morphs_of,
    pick,
    pick_of,
    texts_of,
    words_of,
)

WORD = ET.fromstring(
    '<word><item type="txt" lang="x">evler</item><item type="gls" lang="en">hou<run>se</run>s</item>'
    '<item type="gls" lang="tr"> </item><item>what</item>'
    '<morphemes analysisStatus="guess"><morph type="stem"><item type="txt" lang="x">evl</item>'
    '</morph></morphemes><morphemes analysisStatus="humanApproved"><morph type="sufijo" '
    'guid="d7f713dd-e8cf-11d3-9764-00c04f186933"><item type="gls" lang="en">PL</item></morph>'
    "<x/></morphemes></word>"
)


def test_items_that_have_text_by_kind():
    assert items_of(WORD) == {
        "txt": [("x", "evler")],
        "gls": [("en", "houses")],
        None: [("", "what")],
    }
    assert texts_of(WORD, "gls") == [("en", "houses")]
    assert list(texts_of(WORD, "cf")) == []


def test_the_text_in_a_writing_system_or_else_the_first():
    assert pick(WORD, "gls", "en") == "houses"
    assert pick(WORD, "gls", "tr") is None
    assert pick(WORD, "gls", "tr", any_other=True) == "houses"
    assert pick_of({}, "gls", "tr", any_other=True) is None


def test_the_analysis_that_a_person_approved_is_read():
    [morph] = morphs_of(WORD)
    assert morph.get("type") == "sufijo"
    phrase = ET.Element("phrase")
    ET.SubElement(phrase, "words").append(WORD)
    found = PhraseItems.of(phrase)
    assert (found.items, found.attributes, found.is_guess) == ({}, {}, True)
    assert words_of(phrase) == [WORD]
    [word] = found.words
    assert word.morphs == [("suffix", {"gls": [("en", "PL")]})]


@pytest.mark.parametrize(
    ("status", "is_guess"), [("guess", True), ("guessByHuman", True), ("humanApproved", False)]
)
def test_a_guess_is_told_by_any_status_in_a_phrase(status, is_guess):
    inside = f'<words><word><morphemes analysisStatus="{status}" /></word></words>'
    phrase = ET.fromstring(f'<phrase analysisStatus="">{inside}</phrase>')
    assert PhraseItems.of(phrase).is_guess == is_guess
