"""The tier that has the identifiers of the sentences."""

from __future__ import annotations

import pytest
from documents.tiers import ASSOCIATION, group, tier, under

from igtkit.io._tiers.naming import naming_tier


def named(name, *rows, kind="", below=True):
    sentences = tier("tx", *("ab" for _ in rows))
    names = under(name, sentences, *rows, constraint=ASSOCIATION)
    names.type = kind
    found = group({"transcription": sentences}, names)
    rows_under: dict = {names.name: {}}
    for place, above in enumerate(sentences.annotations):
        row = [one for one in names.annotations if one.parent is above]
        if row:
            rows_under[names.name][place] = row
    return naming_tier(found, rows_under) is names


@pytest.mark.parametrize("name", ["ref", "ref@A", "Reference", "refs", "id"])
def test_a_reference_for_each_sentence_names_it(name):
    assert named(name, ["t.1"], ["t.2"])


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("ref", [["t.1"], ["t.1"]]),  # not of one sentence
        ("ref", [["t.1"], []]),
        ("ref", [["t.1", "t.2"], ["t.3"]]),
        ("ref", [["Smith 1990"], ["Miller 1991"]]),
        ("ref tx", [["t.1"], ["t.2"]]),
        ("notes", [["t.1"], ["t.2"]]),
    ],
)
def test_what_names_no_sentences(name, rows):
    assert not named(name, *rows)


def test_the_tier_that_is_written_here_may_have_gaps():
    assert named("id", ["17"], [])
    assert named("id", ["17"], [], kind="igtkit-association")
    assert not named("id", ["17"], [], kind="word-id")
