"""What a file does not hold, in the same words for every format."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from strategies import texts

from igtkit import IGT, Language
from igtkit.io import Sink
from igtkit.io._losses import (
    NO_WORDS,
    ORDER,
    EntryLosses,
    changes_of,
    differences,
    empty,
    made_up,
    metadata_differences,
    metadata_key,
    report_differences,
    spacing_of,
)

NAMES = ("transcription", "segmentation", "glosses", "translation", "id", "language")


def found(given_entry, back, **options):
    return list(differences(given_entry, back, NAMES, **options))


def report(items, back, names=NAMES):
    sink = Sink(io.StringIO())
    report_differences(items, back, sink, "eaf", names)
    return dict(sink.lost)


def test_the_words_of_the_vocabulary():
    said = [empty("glosses"), spacing_of("glosses"), changes_of("glosses"), made_up("times")]
    assert [*said, metadata_key(7)] == [
        "empty glosses",
        "spacing of glosses",
        "changes of glosses",
        "made-up times",
        "metadata: 7",
    ]


@pytest.mark.parametrize(
    ("entry", "back", "words"),
    [
        (IGT("a b"), IGT("a b"), []),
        (IGT("a b"), IGT("a  b"), ["spacing of transcription"]),
        (IGT("a b\n"), IGT("a b"), ["spacing of transcription"]),
        (IGT("a b"), IGT("a c"), ["transcription"]),
        (IGT("a b"), IGT(None), ["transcription"]),
        (IGT(" "), IGT(None), ["empty transcription"]),
        (IGT(""), IGT("x"), ["empty transcription"]),
        (IGT(None), IGT("x"), ["transcription"]),
        (IGT("a", language=Language()), IGT("a"), ["empty language"]),
        (IGT("a", language=Language(name="x")), IGT("a"), ["language"]),
        (IGT("a", id="1", glosses="A"), IGT("a", id="2", glosses="B"), ["glosses", "id"]),
    ],
)
def test_each_attribute_that_comes_back_as_another_has_its_word(entry, back, words):
    assert found(entry, back) == words


def test_what_the_entry_lacks_may_be_new():
    assert found(IGT(None), IGT("x"), ignore_new=True) == []
    assert found(IGT("a"), IGT("x"), ignore_new=True) == ["transcription"]


@given(texts(), texts())
def test_there_is_a_word_for_an_attribute_only_if_it_differs(entry, back):
    expected = [name for name in NAMES if getattr(entry, name) != getattr(back, name)]
    words = found(entry, back)
    assert [word.split(" ")[-1] for word in words] == expected
    assert found(entry, entry) == []


def test_metadata_are_compared_part_by_part():
    given_metadata = {"page": 7, "notes": ["a"], "x": None, 3: True}
    assert list(metadata_differences(given_metadata, given_metadata)) == []
    assert list(metadata_differences(given_metadata, {"page": 8, "notes": ["a"], "new": 1})) == [
        "metadata: page",
        "metadata: x",
        "metadata: 3",
    ]


def test_a_loss_counts_once_for_each_entry():
    sink = Sink(io.StringIO())
    for _ in range(2):
        losses = EntryLosses(sink)
        for what in ("glosses", "id", "glosses"):
            losses.lose(what)
    assert dict(sink.lost) == {"glosses": 2, "id": 2}


def timed(text, begin, **more):
    return IGT(text, metadata={"begin": begin, "end": begin + 1.0}, **more)


def test_what_comes_back_as_it_was_is_no_loss():
    items = [timed("a", 0.0, id="1"), timed("b", 1.0)]
    assert report(items, [items[0], items[1].replace(id="made")]) == {}
    assert report([], []) == {}


def test_entries_in_another_order_are_reported_and_then_compared_in_it():
    items = [timed("b", 5.0, id="2"), timed("a", 0.0, id="1"), timed("c", 7.0, id="3")]
    back = [items[1], items[0].replace(glosses="new"), items[2]]
    assert report(items, back) == {ORDER: 2}


def test_entries_that_do_not_come_back_at_all_are_counted():
    items = [timed("a", 0.0), timed("b", 1.0), timed("c", 2.0)]
    assert report(items, items[:1]) == {NO_WORDS: 2}


def test_of_the_metadata_what_tiers_cannot_hold_is_reported():
    own = {"eaf": {"annotation": "a1"}}
    shared = {"begin": 0.5, "end": 1.0, "speaker": "Ana", "notes": ["n"]}
    [entry] = items = [IGT("a", metadata={**shared, **own, "page": 7, "nothing": []})]
    assert report(items, [IGT("a", metadata=shared)]) == {"metadata: page": 1}
    later = {**shared, "begin": 0.5004, "speaker": "Bob"}  # half a millisecond is none
    assert report(items, [IGT("a", metadata=later)]) == {
        "metadata: page": 1,
        "metadata: speaker": 1,
    }
    later = {**shared, "begin": 0.502}
    assert report(items, [IGT("a", metadata=later)]) == {"metadata: page": 1, "metadata: begin": 1}
    later = {"end": 1.0, "speaker": "Ana", "notes": ["n"]}
    assert report(items, [IGT("a", metadata=later)]) == {"metadata: page": 1, "metadata: begin": 1}
    more = entry.replace(metadata={**entry.metadata, "eaf": {"tiers": {"gesture": ["nod"]}}})
    assert report([more], [IGT("a", metadata=shared)])["metadata: eaf"] == 1


def test_probabilities_may_be_rounded():
    given = IGT("a", metadata={"prediction": {"probabilities": [0.254, None]}})
    told = IGT("a", metadata={"prediction": {"probabilities": [0.25, None]}})
    other = IGT("a", metadata={"prediction": {"probabilities": [0.26, None]}})
    assert report([given, given], [told, other]) == {"metadata: prediction": 1}
