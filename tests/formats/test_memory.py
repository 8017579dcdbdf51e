"""What the word format has learned about a language."""

from __future__ import annotations

import json

import attrs
import pytest

from igtkit import IGT
from igtkit.formats.memory import COST_WEIGHT, Memory

TEXTS = [IGT("Ev ?", "ev", "house"), IGT("Ev de", "ev de", "house also")]
SAVED = {"punctuation": "none", "weights": [4.0, 4.0], "texts": []}


def test_a_memory_is_of_words_and_punctuation():
    memory = Memory.learn(TEXTS)
    assert [rows[0] for rows in memory.analyses.texts] == [("Ev", "ev", "house")] * 2
    assert memory.punctuation == "none"
    assert Memory.learn(TEXTS[1:]).punctuation == "both"
    assert memory.known_weight == memory.split_weight == COST_WEIGHT


def test_a_memory_comes_back_from_json():
    memory = attrs.evolve(Memory.learn(TEXTS), known_weight=0.5)
    assert Memory.from_json(json.loads(json.dumps(memory.to_json()))) == memory
    assert Memory.from_json(SAVED) == Memory(punctuation="none")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"more": 1}, "punctuation, weights and texts"),
        ({"punctuation": 1}, "where punctuation goes"),
        ({"weights": None}, "two weights"),
        ({"weights": [1.0]}, "two weights"),
        ({"weights": [1.0, -1.0]}, "two weights"),
        ({"weights": [1.0, float("nan")]}, "two weights"),
        ({"weights": [True, 1.0]}, "two weights"),
        ({"texts": 1}, "list of texts"),
    ],
)
def test_json_of_another_kind_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        Memory.from_json(SAVED | changes)
    with pytest.raises(ValueError, match="expected"):
        Memory.from_json(None)
