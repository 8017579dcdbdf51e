"""The tiers of a machine's suggestions: which they are, and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.io._tiers.model import Annotation, Tier
from igtkit.io._tiers.suggestions import (
    ANNOTATOR,
    STATUSES,
    confirmed,
    fill_open,
    numbers,
    read_mark,
    suggested_lines,
)


def made(name, *texts, by=None):
    tier = Tier(name, annotator=by)
    tier.annotations = [Annotation(str(at), text, tier=tier) for at, text in enumerate(texts)]
    return tier


def mark_of(*tiers):
    [lines] = suggested_lines(tiers)
    return read_mark(lines, lambda tier: tier.annotations)


def test_each_system_has_its_tiers_and_the_newest_comes_first():
    names = ["tx@A", "igtkit-glosses@A", "igtkit-status@A", "igtkit-segmentation-2@A", "glosses@A"]
    found = suggested_lines([made(name) for name in names])
    assert [{line: tier.name for line, tier in lines.items()} for lines in found] == [
        {"segmentation": "igtkit-segmentation-2@A"},
        {"glosses": "igtkit-glosses@A", "status": "igtkit-status@A"},
    ]


def test_tiers_that_say_something_of_no_line_are_no_suggestion():
    assert suggested_lines([made("igtkit-status@A"), made("igtkit-Glosses@A")]) == []


def test_the_mark_says_who_suggested_it_and_how_sure_it_was():
    told = ANNOTATOR + "crf"
    assert mark_of(
        made("igtkit-glosses", "A-B", by=told),
        made("igtkit-score", "-1.5", by=told),
        made("igtkit-status", "suggested", by=told),
        made("igtkit-probability", "0.5 ?", by=told),
    ) == {"system": "crf", "score": -1.5, "confirmed": False, "probabilities": [0.5, None]}


def test_what_is_not_said_is_none():
    nothing = {"system": None, "score": None, "confirmed": False}
    assert mark_of(made("igtkit-glosses", "A-B", by="igtkit")) == nothing
    assert mark_of(made("igtkit-glosses", "A-B"), made("igtkit-score", "high")) == nothing
    assert mark_of(made("igtkit-glosses"), made("igtkit-system", "old"))["system"] == "old"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *((text, told) for told, text in STATUSES.items()),
        (" Corrected\n", True),
        ("YES", True),
        ("no", False),
        ("not confirmed", False),
        ("oui", True),
        ("nein", False),
        ("", False),
    ],
)
def test_a_person_has_looked_at_it(status, expected):
    assert confirmed(status) is expected
    assert mark_of(made("igtkit-glosses"), made("igtkit-status", status))["confirmed"] is expected


@given(st.lists(st.none() | st.floats(allow_nan=False)))
def test_numbers_are_read_as_they_are_written(values):
    assert numbers(" ".join("?" if one is None else repr(one) for one in values)) == values


DONE = IGT(None, "ev-de kim", "house-LOC who", metadata={"prediction": {"confirmed": True}})


@pytest.mark.parametrize(
    ("own", "filled"),
    [
        (("ev-de kim", None), ("ev-de kim", "house-LOC who")),
        (("ev-de ???", "ev-LOC ???"), ("ev-de kim", "ev-LOC who")),
        (("evde kim", "??? ???"), ("evde kim", "??? who")),
        (("ev-de", "???"), ("ev-de", "???")),
    ],
)
def test_open_words_are_those_that_a_person_confirmed(own, filled):
    found = fill_open(IGT(None, *own), DONE)
    assert (found.segmentation, found.glosses) == filled
    unsure = DONE.replace(metadata={"prediction": {"confirmed": False}})
    assert fill_open(IGT(None, *own), unsure) == IGT(None, *own)
