"""Lines and suggestions from the analyses of words."""

from __future__ import annotations

import copy

import pytest

from igtkit import IGT
from igtkit.boundaries import UNKNOWN
from igtkit.models.crf.calibration import AS_IS, Calibration
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.output.prediction import Writer, _merge
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.unknown import OTHER_GLOSS

SENTENCE = make_sentence(IGT("Kalon , mite ."))
WORDS = [
    [
        Hypothesis(("kalo", "n"), ("house", "ACC"), 0.6, ("", "-")),
        Hypothesis(("kalon",), ("hut",), 0.39, ("",)),
        Hypothesis(("kalon",), ("barn",), 0.005, ("",)),
    ],
    [
        Hypothesis(("mite",), ("dog",), 0.4, ("",), "word"),
        Hypothesis(("mite",), (OTHER_GLOSS,), 0.6, ("",), "none"),
    ],
]
OPEN = [(None, None)] * 2


@pytest.fixture
def write(glosser):
    as_is = copy.copy(glosser._fitted())  # whose probabilities are those of the hypotheses
    as_is.calibration = AS_IS

    def made(done=OPEN, **options):
        settings = {"leave_alone": frozenset(), "n_best": 1, "threshold": 0.0, "labels": {}}
        return Writer(as_is, None, **{**settings, **options}).write(SENTENCE, done, WORDS)

    return made


def test_each_word_gets_its_best_analysis_and_the_marks_their_habit(write):
    found = write()
    assert found.segmentation == "kalo-n mite"
    assert found.glosses == "house-ACC dog"
    assert [row[0].form for row in found.words] == ["kalo-n", None, "mite", None]
    assert found.score == pytest.approx(0.5)
    assert found.system == "CrfGlosser"


def test_others_are_suggested_where_they_are_probable_enough(write):
    first, _, second, _ = write(n_best=5).words
    assert [(one.gloss, one.probability) for one in first] == [("house-ACC", 0.6), ("hut", 0.39)]
    assert [one.gloss for one in second] == ["dog"]  # what no gloss is known for is no suggestion


def test_a_word_below_the_threshold_is_left_open(write):
    found = write(threshold=0.5)
    assert found.glosses == f"house-ACC {UNKNOWN}"
    assert found.segmentation == "kalo-n mite"


def test_labels_are_renamed_and_words_left_alone(write):
    assert write(labels={"ACC": "OBJ"}).glosses == "house-OBJ dog"
    alone = write(leave_alone=frozenset({"Kalon"}))
    assert alone.glosses == "Kalon dog"
    assert alone.words[0][0].probability == 1.0


def test_what_a_person_has_done_stays(write):
    found = write([("kal-on", None), (None, "cat")], n_best=2)
    assert found.segmentation == "kal-on mite"
    assert found.glosses == "house-ACC cat"
    assert all(one.gloss == "cat" for one in found.words[2])


def test_analyses_that_read_the_same_are_one():
    rows = [
        Hypothesis(("a",), ("x",), 0.2, ("",), "copy"),
        Hypothesis(("a",), ("y",), 0.3, ("",)),
        Hypothesis(("a",), ("x",), 0.25, ("",), "word"),
    ]
    assert [(one.glosses, round(one.probability, 2)) for one in _merge(rows)] == [
        (("x",), 0.45),
        (("y",), 0.3),
    ]


def test_the_best_is_as_probable_as_such_words_are_right_and_the_others_share_the_rest(glosser):
    unsure = copy.copy(glosser._fitted())
    unsure.calibration = Calibration(0.5, -0.1)
    writer = Writer(unsure, None, frozenset(), 3, 0.0, {})
    first, second = writer.write(SENTENCE, OPEN, WORDS).words[0]
    assert first.probability == pytest.approx(unsure.calibration.of(0.6))
    rest = (1 - first.probability) / (1 - 0.6)
    assert second.probability == pytest.approx(0.39 * rest)
    assert (first.gloss, second.gloss) == ("house-ACC", "hut")
