"""Confidence intervals and paired tests."""

from __future__ import annotations

import itertools
import logging
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


def test_intervals_of_few_texts_are_told_to_be_too_narrow(caplog):
    confidence_intervals(predictions=BAD[:20], references=GOLD[:20], samples=20)
    assert caplog.messages == []
    confidence_intervals(predictions=BAD[:5], references=GOLD[:5], samples=20)
    (said,) = caplog.messages
    assert "fewer than 20 texts are too narrow (glossing 5, segmentation 5, alignment 5)" in said
    assert "83 % of cases with 5 texts" in said
    assert caplog.records[0].levelno == logging.WARNING


def test_only_the_lines_that_few_texts_have_are_named(caplog):
    gold = [IGT(None, None if i > 7 else f"a-{i}", f"A-{i}") for i in range(30)]
    confidence_intervals(predictions=gold, references=gold, samples=20)
    assert "too narrow (segmentation 8, alignment 8)" in caplog.text


def test_one_text_says_nothing_of_others():
    found = confidence_intervals(predictions=BAD[:1], references=GOLD[:1], samples=20)
    assert (found[WER].low, found[WER].high) == (None, None)
    assert found[WER].value is not None


@pytest.mark.parametrize("count", [1, 2, 3, 5, 19])
def test_the_bootstrap_is_refused_on_few_texts(count):
    wrong = [Prediction(None, "x")] * count
    gold = GOLD[:count]
    with pytest.raises(InputError, match=rf"here: {count}\).*use method='randomization'"):
        compare(a=gold, b=wrong, references=gold)
    found = compare(a=gold, b=wrong, references=gold, method="randomization")[WER]
    assert found.p_value == pytest.approx(max(2 / 2**count, 1 / 1001), abs=0.003)


def test_figures_that_rest_on_few_texts_have_no_p_value_by_the_bootstrap():
    gold = [IGT(None, None if i > 7 else f"a-{i}", f"A-{i}") for i in range(30)]
    wrong = [Prediction("x", "x")] * 30
    found = compare(a=gold, b=wrong, references=gold)
    assert found[WER].p_value < 0.01
    assert found["segmentation.f1"].difference == 1
    assert found["segmentation.f1"].p_value is None
    found = compare(a=gold, b=wrong, references=gold, method="randomization")
    assert found["segmentation.f1"].p_value == pytest.approx(2 / 2**8, abs=0.004)


def test_a_metric_of_ones_own_counts_its_own_texts():
    extra = {
        "some.right": lambda p, r: float(p.glosses == r.glosses) if r.glosses < "A-3" else None
    }
    gold = GOLD[:20] + GOLD[30:40]
    found = compare(a=gold, b=[Prediction(None, "x")] * 30, references=gold, extra=extra)
    few = sum(t.glosses < "A-3" for t in gold)
    assert 0 < few < 20
    assert found["extra.some.right"].p_value is None
    assert found[WER].p_value < 0.01


def test_randomization_tries_every_swap_of_few_texts():
    """p is the share of all ways to swap that differ as much, counted one by one."""
    gold, a, b = GOLD[:7], system(GOLD[:7], 0.4, 4), system(GOLD[:7], 0.6, 9)
    wrong = [[p.glosses != t.glosses for p, t in zip(each, gold, strict=True)] for each in (a, b)]
    differences = [int(x) - int(y) for x, y in zip(*wrong, strict=True)]
    ways = [
        sum(s * d for s, d in zip(signs, differences, strict=True))
        for signs in itertools.product([1, -1], repeat=7)
    ]
    expected = sum(abs(way) >= abs(sum(differences)) for way in ways) / len(ways)
    found = compare(a=a, b=b, references=gold, method="randomization", seed=3)
    assert found["glossing.word.accuracy.macro"].p_value == pytest.approx(expected)
    assert found == compare(a=a, b=b, references=gold, method="randomization", seed=8)


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


def test_one_sample_is_one_value():
    found = confidence_intervals(predictions=BAD, references=GOLD, samples=1)
    assert all(interval.low == interval.high for interval in found.values())


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
        lambda: confidence_intervals(predictions=GOOD, references=GOLD, level=0),
        lambda: confidence_intervals(predictions=GOOD, references=GOLD, level=1),
        lambda: confidence_intervals(predictions=GOOD, references=GOLD, samples=0),
        lambda: compare(a=GOOD, b=BAD, references=GOLD, method="t-test"),
        lambda: compare(a=GOOD, b=BAD[:-1], references=GOLD),
    ],
)
def test_bad_settings_are_refused(call):
    with pytest.raises(InputError):
        call()
