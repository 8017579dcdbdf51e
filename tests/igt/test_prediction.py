"""What a glosser returns, and how it gets into a text."""

from __future__ import annotations

import pytest

from igtkit import IGT, Prediction, Suggestion
from igtkit.errors import InputError


def test_a_prediction_becomes_a_text_marked_as_a_machines():
    source = IGT("cats", None, None, "Cats.", id="7", metadata={"page": 1})
    igt = Prediction("cat-s", "cat-PL", score=0.5, system="LookupGlosser").to_igt(source)
    assert igt == source.replace(segmentation="cat-s", glosses="cat-PL")
    assert igt.metadata["page"] == 1
    assert igt.metadata["prediction"] == {
        "system": "LookupGlosser",
        "score": 0.5,
        "confirmed": False,
    }


def test_a_machines_text_says_how_likely_each_word_is():
    words = ((Suggestion("cat-s", "cat-PL", 0.75), Suggestion("cats", "cats", 0.25)), ())
    igt = Prediction("cat-s .", "cat-PL .", words=words).to_igt(IGT("cats ."))
    assert igt.metadata["prediction"]["probabilities"] == [0.75, None]


def test_a_prediction_of_glosses_only_leaves_the_segmentation():
    assert Prediction(None, "X-Y").to_igt(IGT("ab", "a-b")).segmentation == "a-b"


def test_problems_become_a_tuple():
    assert Prediction("a", "A", problems=["cut off"]) == Prediction("a", "A", problems=("cut off",))
    with pytest.raises(InputError, match="tuple of strings"):
        Prediction("a", "A", problems="cut off")


def test_predicted_lines_go_into_an_igt_only():
    with pytest.raises(InputError, match="expected an IGT"):
        Prediction("a", "A").to_igt("a")
