"""Probabilities that are right as often as they say."""

from __future__ import annotations

import copy
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.calibration import AS_IS, Calibration, Judged, judge
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.sentences import finished, make_sentence


def _judged(says: float, right: float, count: int = 2000, *, again: bool = False) -> list[Judged]:
    return [Judged(says, i < right * count, again) for i in range(count)]


def test_a_model_that_is_too_sure_is_brought_down():
    calibration = Calibration.learn([*_judged(0.9, 0.7), *_judged(0.5, 0.4)])
    assert calibration.of(0.9) == pytest.approx(0.7, abs=0.02)
    assert calibration.of(0.5) == pytest.approx(0.4, abs=0.02)


def test_a_model_that_is_right_as_often_as_it_says_is_left_alone():
    rng = random.Random(0)
    says = [rng.random() for _ in range(4000)]
    calibration = Calibration.learn([Judged(p, rng.random() < p) for p in says])
    assert all(calibration.of(p / 10) == pytest.approx(p / 10, abs=0.03) for p in range(11))


def test_sentences_that_it_has_learned_have_a_number_of_their_own():
    calibration = Calibration.learn([*_judged(0.8, 0.6), *_judged(0.8, 0.99, again=True)])
    assert calibration.of(0.8) == pytest.approx(0.6, abs=0.02)
    assert calibration.of(0.8, again=True) == pytest.approx(0.99, abs=0.02)


def test_a_few_words_do_not_turn_it_round():
    calibration = Calibration.learn([Judged(0.99, False)])
    assert calibration.of(0.9) > calibration.of(0.5) > 0.2
    assert Calibration.learn([]) == AS_IS


@given(
    st.lists(st.builds(Judged, st.floats(0, 1), st.booleans(), st.booleans()), max_size=30),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_it_keeps_the_order_of_probabilities(judged, a, b):
    calibration = Calibration.learn(judged)
    low, high = sorted((a, b))
    for again in (False, True):
        assert 0 <= calibration.of(low, again=again) <= calibration.of(high, again=again) <= 1


def test_it_judges_the_word_that_is_chosen():
    def one(gloss: str, p: float) -> Hypothesis:
        return Hypothesis(("ev",), (gloss,), p, ("",))

    words = [
        ([one("house", 0.6), one("home", 0.3), one("house", 0.1)], (("ev", "house", ""),)),
        ([one("house", 0.6), one("home", 0.4)], (("ev", "home", ""),)),
        ([one("house", 1.0)], None),
    ]
    assert judge(words) == [Judged(pytest.approx(0.7), True), Judged(0.6, False)]
    assert all(one.again for one in judge(words, again=True))


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


def test_what_it_has_learned_is_known_again(glosser, texts):
    model = copy.deepcopy(glosser._fitted())
    assert model.has_learned(texts[0].transcription.removesuffix(" .").upper().split())
    new = ["haneta", "haneta", "haneta"]
    assert not model.has_learned(new)
    begun = IGT("haneta haneta haneta", "haneta ??? ???", "a ??? ???")
    model.add([finished(make_sentence(begun))])
    assert not model.has_learned(new)  # two of its words are still to be told
    model.add([make_sentence(IGT("haneta haneta haneta", "haneta haneta haneta", "a b c"))])
    assert model.has_learned(new)


def test_sentences_that_are_repeated_are_tried_as_such(small, texts):
    once, twice = texts[:30], [*texts[:15], *texts[:15]]
    assert CrfGlosser(small).fit(once)._fitted().calibration.again == 0
    assert CrfGlosser(small).fit(twice)._fitted().calibration.again > 0
