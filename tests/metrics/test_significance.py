"""Confidence intervals and paired tests."""

from __future__ import annotations

import random

import pytest

from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.metrics import compare, confidence_intervals, evaluate

WER = "glossing.word.error_rate"


def system(gold, share, seed):
    """A system that has each sentence wrong with some probability."""
    rng = random.Random(seed)
    return [Prediction(t.segmentation, "x" if rng.random() < share else t.glosses) for t in gold]


GOLD = [IGT(None, f"a-{i}", f"A-{i}") for i in range(200)]
GOOD, FAIR, BAD = system(GOLD, 0.2, 1), system(GOLD, 0.2, 2), system(GOLD, 0.5, 3)


def test_the_interval_holds_the_figure_and_has_the_width_theory_says():
    found = confidence_intervals(predictions=BAD, references=GOLD)[WER]
    expected = evaluate(predictions=BAD, references=GOLD)[WER]
    assert found.value == expected
    assert found.low < expected < found.high
    deviation = (expected * (1 - expected) / len(GOLD)) ** 0.5  # of a share
    assert found.high - found.low == pytest.approx(2 * 1.96 * deviation, rel=0.1)


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = (
        confidence_intervals(predictions=BAD, references=GOLD, level=level)[WER]
        for level in (0.5, 0.99)
    )
    assert wide.low < narrow.low < narrow.high < wide.high


def test_figures_that_cannot_be_computed_have_no_interval():
    gold = [IGT(None, None, "dog")] * 3
    found = confidence_intervals(predictions=gold, references=gold, samples=20)
    assert found["segmentation.f1"].value is None
    assert found["segmentation.f1"].low is None
    assert found["glossing.morpheme.gram.f1"].high is None
    assert (found[WER].low, found[WER].high) == (0, 0)


@pytest.mark.parametrize("method", ["bootstrap", "randomization"])
def test_a_clear_difference_is_significant_and_a_small_one_is_not(method):
    clear = compare(a=GOOD, b=BAD, references=GOLD, method=method)[WER]
    assert clear.difference == pytest.approx(clear.a - clear.b)
    assert clear.difference < 0
    assert clear.p_value < 0.01
    assert compare(a=GOOD, b=FAIR, references=GOLD, method=method)[WER].p_value > 0.1


@pytest.mark.parametrize("method", ["bootstrap", "randomization"])
def test_a_system_does_not_differ_from_itself(method):
    found = compare(a=GOOD, b=GOOD, references=GOLD, method=method, samples=50)
    assert {item.p_value for item in found.values()} == {1.0}
    assert {item.difference for item in found.values()} == {0.0}


@pytest.mark.parametrize("method", ["bootstrap", "randomization"])
def test_the_order_of_the_systems_changes_the_sign_alone(method):
    there = compare(a=GOOD, b=BAD, references=GOLD, method=method, samples=100)[WER]
    back = compare(a=BAD, b=GOOD, references=GOLD, method=method, samples=100)[WER]
    assert (back.difference, back.p_value) == (-there.difference, there.p_value)


def test_the_seed_pins_the_result():
    first, again, other = (
        confidence_intervals(predictions=BAD, references=GOLD, samples=50, seed=seed)
        for seed in (4, 4, 5)
    )
    assert first == again
    assert first != other


def test_p_values_are_uniform_where_there_is_no_difference():
    """Two systems equally good: about one test in five comes out below 0.2."""
    gold = GOLD[:60]
    below = sum(
        compare(
            a=system(gold, 0.3, seed), b=system(gold, 0.3, 1000 + seed), references=gold,
            method="randomization", samples=60,
        )[WER].p_value < 0.2
        for seed in range(40)
    )  # fmt: skip
    assert 2 <= below <= 16


@pytest.mark.parametrize(
    "call",
    [
        lambda: confidence_intervals(predictions=GOOD, references=GOLD, level=95),
        lambda: confidence_intervals(predictions=GOOD, references=GOLD, samples=0),
        lambda: compare(a=GOOD, b=BAD, references=GOLD, method="t-test"),
        lambda: compare(a=GOOD, b=BAD[:-1], references=GOLD),
    ],
)
def test_bad_settings_are_refused(call):
    with pytest.raises(InputError):
        call()
