"""From a phrase and its text to an entry."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import SAMPLE, item
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Language
from igtkit.io.flextext.entries import (
    PREDICTION,
    compact,
    kept_of,
    make_entry,
    notes_of,
    prediction_of,
    seconds_of,
    title_of,
)
from igtkit.io.flextext.items import PhraseItems, items_of
from igtkit.io.flextext.lines import Choice

TURKISH = Choice("tr", "en", "en")
GUESS = {"system": None, "score": None, "confirmed": False}


def element(inside="", **attributes):
    told = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return ET.fromstring(f"<phrase{told}>{inside}</phrase>")


def sample():
    return ET.fromstring(SAMPLE).find(".//phrase")


def test_an_entry_has_the_lines_of_its_phrase_and_what_is_said_of_it():
    igt = make_entry(PhraseItems.of(sample()), TURKISH, title="The cat", guid="g")
    assert igt == IGT(
        "Kediler , evde .",
        "kedi-ler evde",
        "house.cat-PL ???",
        "Cats, at home.",
        pos="n-??? ???",
        language=Language("nucl1301", "Turkish", "tur"),
        metalanguage=Language("stan1293", "English", "eng"),
        id="11111111-2222-3333-4444-000000000001",
        source="The cat",
    )
    assert igt.metadata == {
        "title": "The cat",
        "begin": 0.25,
        "end": 1.9,
        "speaker": "A. B.",
        "notes": ["Heard twice.", "Check the vowel."],
    }


def test_a_text_without_title_is_told_by_its_identifier_and_a_phrase_by_its_number():
    numbered = element(item("segnum", "1.2", "en") + item("txt", "ev", "tr"))
    igt = make_entry(PhraseItems.of(numbered), TURKISH, title=None, guid="abc")
    assert (igt.id, igt.source, igt.metadata) == ("1.2", "abc", {})
    assert make_entry(PhraseItems.of(element()), TURKISH, title=None, guid=None).source is None


def test_the_title_is_the_one_in_the_vernacular_or_else_the_first():
    text = ET.fromstring(SAMPLE).find("interlinear-text")
    assert title_of(text, "tr") == "Kedi"
    assert title_of(text, "xx") == title_of(text, None) == "The cat"
    assert title_of(element(), "tr") is None


@pytest.mark.parametrize(
    ("offset", "seconds"),
    [
        ("250", 0.25),
        (" 1900.5 ", 1.9005),
        ("-40", -0.04),
        ("0", 0.0),
        ("", None),
        (None, None),
        ("soon", None),
        ("1e3", None),
        ("nan", None),
        ("1,5", None),
    ],
)
def test_offsets_are_milliseconds(offset, seconds):
    assert seconds_of(offset) == seconds


@given(st.integers(-(10**9), 10**9))
def test_every_number_of_milliseconds_is_read(number):
    assert seconds_of(str(number)) == number / 1000


def test_notes_are_read_in_both_their_names():
    phrase = element(item("notes", "b") + item("note", "a") + item("note", " ") + item("not", "c"))
    assert notes_of(items_of(phrase)) == ["a", "b"]


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ('{"system": "crf", "score": 1}', {"system": "crf", "score": 1}),
        ("[1]", None),  # no mark of ours
        ("{", None),
    ],
)
def test_the_mark_of_a_suggestion_is_read_as_it_was_written(said, mark):
    assert prediction_of(PhraseItems.of(element(item(PREDICTION, said)))) == mark


def test_a_mark_that_is_none_leaves_what_the_statuses_say():
    guess = '<words><word><morphemes analysisStatus="guessByStatisticalAnalysis"/></word></words>'
    assert prediction_of(PhraseItems.of(element(guess))) == GUESS
    assert prediction_of(PhraseItems.of(element(guess + item(PREDICTION, "{")))) == GUESS
    assert prediction_of(PhraseItems.of(element(guess + item(PREDICTION, '{"score": 2}')))) == {
        "score": 2
    }
    assert prediction_of(PhraseItems.of(element(guess.replace("guessBy", "humanBy")))) is None


def test_white_space_between_elements_goes_and_that_inside_of_items_stays():
    phrase = ET.fromstring(
        "<phrase>\n <words>\n <word>\n <item> a <run> b </run> c </item>\n </word> </words>\n</phrase>"
    )
    assert compact(phrase) is phrase
    assert ET.tostring(phrase, encoding="unicode") == (
        "<phrase><words><word><item> a <run> b </run> c </item></word></words></phrase>"
    )


def test_what_is_kept_is_the_phrase_and_what_it_is_read_by():
    text = {"guid": "t"}
    kept = kept_of("<phrase />", TURKISH, text=text, paragraph={"guid": "p"})
    assert {key: kept[key] for key in ("vernacular", "analysis", "translation", "paragraph")} == {
        "vernacular": "tr",
        "analysis": "en",
        "translation": "en",
        "paragraph": {"guid": "p"},
    }
    assert kept["text"] is text  # shared by the entries of the text
    assert kept["phrase"] == "<phrase />"
