"""How far people have come with texts."""

from __future__ import annotations

import pytest

import igtkit
from igtkit import IGT
from igtkit.corpus import count_work, work_state

SUGGESTED = {"prediction": {"system": "x", "score": None, "confirmed": False}}


@pytest.mark.parametrize(
    ("igt", "state"),
    [
        (IGT("cats run .", "cat-s run .", "cat-PL run ."), "glossed"),
        (IGT("cats run", None, "cat-PL run"), "glossed"),
        (IGT("cats run", None, "cat-PL ???"), "begun"),
        (IGT("cats run", "cat-s run", "cat-??? run"), "begun"),
        (
            IGT("cats run", None, "cat-PL"),
            "glossed",
        ),  # a misaligned line is a person's all the same
        (IGT("cats run", None, "cat-PL run ???"), "begun"),
        (IGT("cats run"), "open"),
        (IGT("cats run", "cat-s run"), "open"),
        (IGT("cats run", "cats run", "??? ???"), "open"),
        (IGT("cats", "cat-s", "cat-PL", metadata=SUGGESTED), "suggested"),
        (IGT("cats", metadata=SUGGESTED), "open"),
        (
            IGT("cats", "cat-s", "cat-PL", metadata={"prediction": {"confirmed": True}}),
            "glossed",
        ),
        (IGT(None, None, None, "Nothing was said."), "empty"),
        (IGT("..."), "empty"),
    ],
)
def test_the_state_of_a_text(igt, state):
    assert work_state(igt) == state


def test_words_are_counted_one_by_one():
    work = count_work(
        [
            IGT("cats run .", "cat-s run .", "cat-PL run ."),
            IGT("cats run", None, "??? run"),
            IGT("dogs"),
            IGT("dogs", "dog-s", "dog-PL", metadata=SUGGESTED),
        ]
    )
    assert work.sentences == {"glossed": 1, "begun": 1, "suggested": 1, "open": 1, "empty": 0}
    assert work.words == {"glossed": 3, "begun": 0, "suggested": 1, "open": 2, "empty": 0}


def test_the_sample_is_glossed_throughout():
    work = count_work(igtkit.load_sample())
    assert work.sentences["glossed"] == 420
    assert work.words["open"] == 0
