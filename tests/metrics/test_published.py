"""The published figures, to the digit, and the paper's own definitions on the same files."""

from __future__ import annotations

import json

import pytest

from igtkit import IGT, Prediction, io
from igtkit.metrics import evaluate

LANGUAGES = ("git", "lez", "nyb")


@pytest.fixture(params=LANGUAGES)
def tucl(request, shared):
    """The raw test file and the predictions of one shared-task system, in one language."""
    language, folder = request.param, shared / "data" / "tucl"
    references = io.read(folder / f"{language}-test-track2-uncovered", format="sigmorphon")
    predictions = io.read(
        folder / f"{language}_track1_morph_trial1.prediction", format="sigmorphon"
    )
    return language, list(predictions), list(references)


def test_published_preset_equals_the_published_scorer(tucl, shared):
    language, predictions, references = tucl
    golden = json.loads((shared / "golden" / "tucl_expected.json").read_text("utf-8"))[language]
    report = evaluate(predictions=predictions, references=references, preset="published").to_dict()
    for level in ("morpheme", "word", "character"):
        expected = golden["glossing"][f"{level}s"]
        found = report["glossing"][level]
        assert found["error_rate"] == pytest.approx(expected["error_rate"], abs=1e-9)
        if level != "character":
            assert found["accuracy"] == pytest.approx(expected["accuracy"], abs=1e-9)
    expected = golden["segmentation"]
    for name in ("f1", "precision", "recall", "edit_distance"):
        assert report["segmentation"][name] == pytest.approx(expected[name], abs=1e-9)
    assert report["segmentation"]["exact_match"] == pytest.approx(expected["accuracy"], abs=1e-9)
    assert report["alignment"] == pytest.approx(golden["alignment"], abs=1e-9)
    assert set(report["n"].values()) == {golden["n_sentences"]}


def test_paper_preset_gives_the_papers_own_definition(tucl):
    language, predictions, references = tucl
    report = evaluate(predictions=predictions, references=references)
    expected = {"git": 0.530, "lez": 0.279, "nyb": 0.189}[language]
    assert round(report["glossing.morpheme.error_rate"], 3) == expected


def test_alignment_of_the_papers_example():
    predictions = [Prediction("the cat-s ru-n", "DET cat-PL run.SG")]
    references = [IGT("the cats run", "the cat-s run", "DET cat-PL run.SG")]
    report = evaluate(predictions=predictions, references=references)
    assert report["alignment"] == pytest.approx(7 / 9)
