"""What each tier was taken for, and why."""

from __future__ import annotations

import pytest

from igtkit import IGT, write
from igtkit.errors import InputError
from igtkit.io import inspect, read


def parts_of(path, **options):
    return {part.name: part for part in inspect(path, **options).parts}


@pytest.fixture
def recording(tmp_path):
    path = tmp_path / "a.eaf"
    write([IGT("a b", "a b", "A B", "A.", id="a1")], path)
    return path


def test_tiers_are_told_with_their_reasons(tmp_path):
    path = tmp_path / "a.eaf"
    write([IGT("a b", "a b", "A B", "A.", id="a1")], path)
    found = parts_of(path)
    for line in ("transcription", "segmentation", "glosses", "translation"):
        assert found[line].line == line
    assert found["glosses"].why == "by its name"
    asked = parts_of(path, tiers={"notes": "translation", "translation": ""})
    assert (asked["translation"].line, asked["translation"].why) == ("notes", "as asked")


def test_tiers_of_a_real_file(shared):
    found = parts_of(shared / "data/interchange/eaf/lingview_aingae_kuke_chiste.eaf")
    assert (found["A'ingae"].line, found["A'ingae"].why) == ("words", "by its type 'word'")
    assert found["-"].why == "its annotations are the sentences"
    assert found["Glosa"].line is None
    assert "kept with each sentence" in found["Glosa"].why
    assert (found["Gloss"].line, found["Gloss"].count) == ("glosses", 1688)


def test_every_tier_is_told_once_with_the_number_of_its_annotations(recording):
    parts = inspect(recording).parts
    names = [part.name for part in parts]
    assert len(set(names)) == len(names)
    assert {part.kind for part in parts} == {"tier"}
    found = parts_of(recording)
    assert (found["transcription"].count, found["glosses"].count) == (1, 2)


def test_a_tier_that_is_empty_says_so(recording):
    text = recording.read_text(encoding="utf-8")
    opening = text[text.index("<TIER ") : text.index(">", text.index("<TIER ")) + 1]
    name = opening.split('TIER_ID="')[1].split('"')[0]
    empty = opening.replace(f'TIER_ID="{name}"', 'TIER_ID="comments"').removesuffix(">") + "/>"
    recording.write_text(text.replace(opening, empty + opening, 1), encoding="utf-8")
    found = parts_of(recording)["comments"]
    assert (found.line, found.why, found.count) == (None, "it is empty", 0)


def test_what_is_asked_and_not_there_is_an_error(recording):
    for function in (read, inspect):
        with pytest.raises(InputError, match="nowhere"):
            function(recording, tiers={"transcription": "nowhere"})
