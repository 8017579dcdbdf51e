"""Probabilities that are right as often as they say."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models import CrfGlosser
from igtkit.models.crf.calibration import AS_IS, Calibration, judge
from igtkit.models.crf.hypothesis import Hypothesis


def _judged(says: float, right: float, count: int = 2000) -> list[tuple[float, bool]]:
    return [(says, i < right * count) for i in range(count)]


def test_a_model_that_is_too_sure_is_brought_down():
    calibration = Calibration.learn([*_judged(0.9, 0.7), *_judged(0.5, 0.4)])
    assert calibration.of(0.9) == pytest.approx(0.7, abs=0.02)
    assert calibration.of(0.5) == pytest.approx(0.4, abs=0.02)


def test_a_model_that_is_right_as_often_as_it_says_is_left_alone():
    rng = random.Random(0)
    says = [rng.random() for _ in range(4000)]
    calibration = Calibration.learn([(p, rng.random() < p) for p in says])
    assert all(calibration.of(p / 10) == pytest.approx(p / 10, abs=0.03) for p in range(11))


def test_a_few_words_do_not_turn_it_round():
    calibration = Calibration.learn([(0.99, False)])
    assert calibration.of(0.9) > calibration.of(0.5) > 0.2
    assert Calibration.learn([]) == AS_IS


@given(
    st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_it_keeps_the_order_of_probabilities(judged, a, b):
    calibration = Calibration.learn(judged)
    low, high = sorted((a, b))
    assert 0 <= calibration.of(low) <= calibration.of(high) <= 1


def test_it_judges_the_word_that_is_chosen():
    def one(gloss: str, p: float) -> Hypothesis:
        return Hypothesis(("ev",), (gloss,), p, ("",))

    words = [
        ([one("house", 0.6), one("home", 0.3), one("house", 0.1)], (("ev", "house", ""),)),
        ([one("house", 0.6), one("home", 0.4)], (("ev", "home", ""),)),
        ([one("house", 1.0)], None),
    ]
    assert judge(words) == [(pytest.approx(0.7), True), (0.6, False)]


def test_the_suggestions_of_a_word_share_what_is_left(glosser, held_out):
    for prediction in glosser.predict(held_out, n_best=9):
        for row in prediction.words:
            probabilities = [one.probability for one in row if one.probability is not None]
            assert sum(probabilities) <= 1 + 1e-6


def test_it_is_saved(tmp_path, glosser):
    assert glosser._model.calibration != AS_IS
    glosser.save_pretrained(tmp_path)
    again = CrfGlosser.from_pretrained(tmp_path)
    assert again._model.calibration == glosser._model.calibration
