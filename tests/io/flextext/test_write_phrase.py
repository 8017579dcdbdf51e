"""Suggestions of a machine, marked as guesses and confirmed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import SAMPLE, again, document, lines, morph, read, word, write

from igtkit import IGT, Prediction


def test_a_suggestion_is_marked_and_comes_back():
    (igt,) = read(SAMPLE)
    mark = {
        "system": "crf",
        "score": -0.5,
        "confirmed": False,
        "probabilities": [0.9, None, 0.4, None],
    }
    suggested = igt.replace(
        segmentation="kedi-ler ev-de",
        glosses="house.cat-PL house-LOC",
        metadata={**igt.metadata, "prediction": mark},
    )
    text, report = write([suggested])
    assert not report.lost
    words = ET.fromstring(text).findall(".//words/word")
    status = [
        m.get("analysisStatus") if (m := w.find("morphemes")) is not None else None for w in words
    ]
    assert status == [None, None, "guessByStatisticalAnalysis", None]  # a person did the first
    assert read(text)[0].metadata["prediction"] == mark


def test_a_suggestion_that_changes_nothing_makes_no_guess_of_what_a_person_did():
    (igt,) = read(document(word("a", morph("a", "x")), word("b")))
    unchanged = Prediction(igt.segmentation, igt.glosses, system="crf").to_igt(igt)
    text, report = write([unchanged])
    assert not report.lost
    assert "analysisStatus" not in text
    assert read(text)[0].metadata["prediction"] == unchanged.metadata["prediction"]


@pytest.mark.parametrize(
    "mark",
    [
        {"confirmed": False},
        {"system": None, "score": None, "confirmed": False},
        {},
        {"system": "crf"},
    ],
)
def test_any_mark_comes_back(mark):
    igt = IGT("a", "a", "x", metadata={"prediction": mark})
    text, report = write([igt])
    assert not report.lost
    assert read(text)[0].metadata["prediction"] == mark
    assert "guessByStatisticalAnalysis" in text


def test_items_without_a_language_are_read_and_changed():
    (igt,) = read(
        document(word("a", morph("a", "x"))).replace(' lang="en"', "").replace(' lang="xx"', "")
    )
    assert lines(igt) == ("a", "a", "x")
    text, report = write([igt.replace(glosses="y")])
    assert not report.lost
    assert lines(read(text)[0]) == ("a", "a", "y")
    assert {item.get("lang") for item in ET.fromstring(text).iter("item")} == {"und"}


def test_forms_without_a_language_get_that_of_the_others():
    text = document(word("a", morph("a", "x")), word("b", morph("b", "y")))
    text = text.replace('<item type="txt" lang="xx">b<', '<item type="txt">b<')
    assert '<item type="txt">b<' in text
    (igt,) = read(text)
    written, _ = write([igt])
    assert read(written)[0] == igt
    forms = [one for one in ET.fromstring(written).iter("item") if one.get("type") == "txt"]
    assert {item.get("lang") for item in forms} == {"xx"}


def test_confirming_a_suggestion_approves_it():
    igt = IGT("a b", "a b", "x y", metadata={"prediction": {"system": "crf", "confirmed": False}})
    (back,) = again([igt])
    mark = {**back.metadata["prediction"], "confirmed": True}
    text, _ = write([back.replace(metadata={**back.metadata, "prediction": mark})])
    statuses = {e.get("analysisStatus") for e in ET.fromstring(text).iter("morphemes")}
    assert statuses == {"humanApproved"}
    assert read(text)[0].metadata["prediction"] == mark


def test_taking_the_mark_away_takes_the_statuses_away():
    igt = IGT("a", "a", "x", metadata={"prediction": {"system": "crf", "confirmed": False}})
    (back,) = again([igt])
    metadata = {name: value for name, value in back.metadata.items() if name != "prediction"}
    text, _ = write([back.replace(metadata=metadata)])
    assert "analysisStatus" not in text
    assert "prediction" not in read(text)[0].metadata


@pytest.mark.parametrize("status", ["guess", "guessByHumanApproved", "guessByStatisticalAnalysis"])
@pytest.mark.parametrize("where", ["<morphemes", '<item type="gls" lang="en"'])
def test_a_guess_of_flex_is_a_suggestion(status, where):
    text = document(word("a", morph("a", "x"), gloss="x"))
    (igt,) = read(text.replace(where, f'{where} analysisStatus="{status}"', 1))
    assert igt.metadata["prediction"] == {"system": None, "score": None, "confirmed": False}
    assert f'analysisStatus="{status}"' in write([igt])[0]


def test_what_a_person_approved_is_none():
    text = document(word("a", morph("a", "x")))
    (igt,) = read(text.replace("<morphemes", '<morphemes analysisStatus="humanApproved"'))
    assert "prediction" not in igt.metadata
