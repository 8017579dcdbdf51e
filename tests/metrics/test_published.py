"""The published figures, to the digit, and the paper's own definitions on the same files."""

from __future__ import annotations

import json

import pytest

from igtkit import IGT, Prediction, alignment_score, io
from igtkit.metrics import PRESETS, accuracy, error_rate, evaluate

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


def test_alignment_scores_equal_the_published_ones(shared):
    path = shared / "golden" / "polygloss_interleaved.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(rows) == 600
    for row in rows:
        found = alignment_score(row["segmentation"], row["glosses"])
        assert found == pytest.approx(row["alignment_score"], abs=1e-9)


def test_alignment_of_the_papers_example():
    predictions = [Prediction("the cat-s ru-n", "DET cat-PL run.SG")]
    references = [IGT("the cats run", "the cat-s run", "DET cat-PL run.SG")]
    report = evaluate(predictions=predictions, references=references)
    assert report["alignment"] == pytest.approx(7 / 9)


@pytest.mark.parametrize(
    ("predicted", "gold", "paper", "published"),
    [
        ("", "a-B c", 1.0, 3.0),  # published: costs its gold length
        ("a-B c d e f g", "a-B c", 2.0, 1.0),  # published: ends at 1
        ("a-B-c", "a-B c", 0.25, 0.0),  # only the paper sees the space between words
        ("-", "a", 2.0, 1.0),  # a lone dash is two empty morphemes
    ],
)
def test_where_the_presets_differ_on_error_rate(predicted, gold, paper, published):
    assert error_rate(predicted, gold) == paper
    assert error_rate(predicted, gold, preset="published") == published


@pytest.mark.parametrize(
    ("predicted", "gold", "paper", "published"),
    [
        ("a b c d", "a b", 0.5, 1.0),  # the surplus is an error, or is ignored
        ("[UNK] b", "[UNK] b", 1.0, 0.5),  # published: [UNK] is never right
        ("a-b", "a b", 0.5, 0.5),  # `b` has moved to the place of [SEP]
    ],
)
def test_where_the_presets_differ_on_accuracy(predicted, gold, paper, published):
    assert accuracy(predicted, gold) == paper
    assert accuracy(predicted, gold, preset="published") == published


def test_the_presets_are_listed():
    assert list(PRESETS) == ["paper", "published"]
