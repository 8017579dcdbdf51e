"""A FLEx text out, glossed, in: whatever else is in the file is there as before."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

import igtkit
from igtkit.io import leave_open
from igtkit.models import LookupGlosser


def tree(element):
    """An element as far as white space between elements does not matter."""
    return (
        element.tag,
        dict(element.attrib),
        (element.text or "").strip(),
        [tree(child) for child in element],
    )


def without_added(element):
    for child in list(element):
        if is_added(child):
            element.remove(child)
        else:
            without_added(child)
    return element


def is_added(element):
    return "analysisStatus" in element.attrib or element.get("type") == "igtkit-prediction"


@pytest.fixture
def opened(shared, tmp_path):
    """A real export in which every second word of the last twenty phrases is not analyzed."""
    root = ET.parse(shared / "data/interchange/flextext/cldflex_apalai.flextext")
    assert not any(is_added(element) for element in root.iter())
    for phrase in list(root.iter("phrase"))[-20:]:
        for word in list(phrase.iter("word"))[::2]:
            for child in list(word):
                if child.tag == "morphemes" or child.get("type") in ("gls", "pos"):
                    word.remove(child)
    path = tmp_path / "opened.flextext"
    root.write(path, encoding="utf-8", xml_declaration=True)
    return path


def is_open(igt):
    return igt.glosses is None or "???" in igt.glosses


@pytest.mark.parametrize("confirmed", [True, False])
def test_only_what_was_open_is_filled(opened, tmp_path, confirmed):
    corpus = igtkit.read(opened)
    todo = corpus.filter(is_open)
    assert (len(corpus), len(todo)) == (61, 22)
    glosser = LookupGlosser().fit(igt for igt in corpus if not is_open(igt))
    predictions = glosser.predict(map(leave_open, todo), given="partial")
    suggested = iter([one.to_igt(igt) for one, igt in zip(predictions, todo, strict=True)])
    items = [next(suggested) if is_open(igt) else igt for igt in corpus]
    mark = {"system": "lookup", "score": None, "confirmed": confirmed}
    items = [
        igt.replace(metadata={**igt.metadata, "prediction": mark})
        if "prediction" in igt.metadata
        else igt
        for igt in items
    ]
    new = tmp_path / "glossed.flextext"
    report = igtkit.write(items, new)
    assert (report.entries, dict(report.lost)) == (61, {})
    before, after = ET.parse(opened).getroot(), ET.parse(new).getroot()
    added = [one for one in after.iter() if "analysisStatus" in one.attrib]
    status = "humanApproved" if confirmed else "guessByStatisticalAnalysis"
    assert {one.get("analysisStatus") for one in added} == {status}
    assert 20 < len(added) < 120
    assert tree(without_added(after)) == tree(before)
    back = igtkit.read(new)
    assert [(i.segmentation, i.glosses) for i in back] == [
        (i.segmentation, i.glosses) for i in items
    ]
    for old, now in zip(corpus, back, strict=True):
        kept = [(word.form, word.gloss) for word in leave_open(old).words if word.gloss != "???"]
        assert set(kept) <= {(word.form, word.gloss) for word in now.words}


def test_nothing_at_all_changes_where_nothing_is_open(shared, tmp_path):
    for name in ("cldflex_apalai.flextext", "sil_FullyAnalyzed.flextext", "sil_Glossed.flextext"):
        path = shared / "data" / "interchange" / "flextext" / name
        corpus = igtkit.read(path)
        igtkit.write(corpus, tmp_path / name)
        assert tree(ET.parse(tmp_path / name).getroot()) == tree(ET.parse(path).getroot())


def test_every_real_phrase_can_be_left_open_and_filled(shared):
    """Whatever it looks like, a word that a person analyzed is given to the glosser as it is."""
    folder = shared / "data" / "interchange" / "flextext"
    glosser = LookupGlosser().fit([igtkit.IGT("a", "a", "x")])
    phrases = 0
    for path in sorted([*folder.glob("*.flextext"), *folder.glob("*.xml")]):
        for igt in igtkit.read(path, "flextext"):
            opened = leave_open(igt)
            (prediction,) = glosser.predict([opened], given="partial")
            for mine, theirs in zip(opened.words, prediction.to_igt(opened).words, strict=True):
                assert mine.gloss in ("???", theirs.gloss)
                assert mine.form in ("???", theirs.form)
            phrases += 1
    assert phrases > 130
