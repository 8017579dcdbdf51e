"""Lines and suggestions from the analyses of words."""

from __future__ import annotations

import copy

import pytest

from igtkit import IGT
from igtkit.boundaries import UNKNOWN
from igtkit.models.crf.calibration import AS_IS, Calibration
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.output.evidence import Witness
from igtkit.models.crf.output.prediction import LEAST_WORK, Writer, _merge
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


@pytest.mark.parametrize(("slope", "shift"), [(0.5, -0.1), (1.0, -1.0), (2.0, 1.0)])
def test_the_best_is_as_probable_as_such_words_are_right_and_no_other_overtakes_it(
    glosser, slope, shift
):
    odd = copy.copy(glosser._fitted())
    odd.calibration = Calibration(slope, shift)
    first, second = Writer(odd, None, frozenset(), 3, 0.0, {}).write(SENTENCE, OPEN, WORDS).words[0]
    assert (first.gloss, second.gloss) == ("house-ACC", "hut")
    assert first.probability == pytest.approx(odd.calibration.of(0.6))
    lost = first.probability < 0.6
    rest = first.probability / 0.6 if lost else (1 - first.probability) / (1 - 0.6)
    assert second.probability == pytest.approx(0.39 * rest)
    assert second.probability < first.probability


@pytest.mark.parametrize(("threshold", "said"), [(0.0, True), (0.35, False)])
def test_evidence_says_why_a_likelier_analysis_comes_second(glosser, threshold, said):
    as_is = copy.copy(glosser._fitted())
    as_is.calibration = AS_IS
    word = [  # the second shares a gloss with each of the others
        Hypothesis(("ka", "n"), ("house", "ACC"), 0.36, ("", "-")),
        Hypothesis(("ka", "n"), ("hut", "ACC"), 0.33, ("", "-")),
        Hypothesis(("ka", "n"), ("hut", "DAT"), 0.31, ("", "-")),
    ]
    writer = Writer(as_is, Witness(as_is, {}), frozenset(), 3, threshold, {})
    first, *others = writer.write(SENTENCE, OPEN, [word, WORDS[1]]).words[0]
    assert first.gloss == ("???-???" if threshold else "hut-ACC")
    assert others[0].probability > first.probability
    assert (first.evidence[-1] == LEAST_WORK) is said
    assert all(LEAST_WORK not in one.evidence for one in others)
