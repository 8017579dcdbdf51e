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


def test_a_machines_text_says_what_else_a_word_may_be_and_why():
    cats = Suggestion("cat-s", "cat-PL", 0.75, evidence=("'cats' is known",))
    words = ((cats, Suggestion("cats", "cats", 0.25)), (), (Suggestion("run", "run", 1.0),))
    mark = Prediction("cat-s . run", "cat-PL . run", words=words).to_igt(IGT("cats . run")).metadata
    assert mark["prediction"]["alternatives"] == [[["cats", "cats", 0.25]], [], []]
    assert mark["prediction"]["evidence"] == [["'cats' is known"], [], []]


def test_a_machines_text_has_no_alternatives_where_none_were_asked_for():
    words = ((Suggestion("a", "A", 0.5),),)
    mark = Prediction("a", "A", words=words).to_igt(IGT("a")).metadata["prediction"]
    assert mark.keys() == {"system", "score", "confirmed", "probabilities"}


def test_a_prediction_of_a_segmentation_only_leaves_the_glosses():
    assert Prediction("a-b", None).to_igt(IGT("ab", None, "X-Y")).glosses == "X-Y"


def test_a_prediction_of_glosses_only_leaves_the_segmentation():
    assert Prediction(None, "X-Y").to_igt(IGT("ab", "a-b")).segmentation == "a-b"


def test_problems_become_a_tuple():
    assert Prediction("a", "A", problems=["cut off"]) == Prediction("a", "A", problems=("cut off",))
    with pytest.raises(InputError, match="tuple of strings"):
        Prediction("a", "A", problems="cut off")


def test_predicted_lines_go_into_an_igt_only():
    with pytest.raises(InputError, match="expected an IGT"):
        Prediction("a", "A").to_igt("a")


def test_a_notebook_shows_both_lines_and_the_problems_as_a_list():
    shown = Prediction("ev-de", "house-LOC", problems=["cut <off>", "short"])._repr_html_()
    assert '<span class="igt-form" lang="und"><bdi>ev</bdi></span>' in shown
    assert '<span class="igt-gloss" lang="und"><bdi>house</bdi></span>' in shown
    assert "not confirmed" in shown
    assert '<ul class="igt-problems"><li>cut &lt;off&gt;</li><li>short</li></ul>' in shown
    assert "igt-problems" not in Prediction("a", "A")._repr_html_().partition("</style>")[2]
