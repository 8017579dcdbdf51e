"""The numbers behind reliability and coverage, and that the pictures show them."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import plots
from igtkit.errors import InputError

WORDS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def invented(count=400, seed=0):
    """Words that are right as often as their probability says."""
    rng = random.Random(seed)
    chances = [rng.random() for _ in range(count)]
    return chances, [rng.random() < chance for chance in chances]


@given(WORDS, st.integers(1, 20))
def test_bins_hold_every_word_once(words, bins):
    chances, right = zip(*words, strict=True)
    found = plots.reliability_bins(chances, right, bins)
    assert sum(b.count for b in found) == len(words)
    assert sum(b.right * b.count for b in found) == pytest.approx(sum(right))
    assert sum(b.probability * b.count for b in found) == pytest.approx(sum(chances))


def test_bins_of_equal_width_take_one_with_the_highest():
    found = plots.reliability_bins([0.0, 0.49, 0.5, 1.0], [False, True, True, True], bins=2)
    assert [(b.count, b.right) for b in found] == [(2, 0.5), (2, 1.0)]


def test_calibration_error_is_small_for_honest_probabilities_and_large_for_others():
    chances, right = invented(5000)
    assert plots.calibration_error(chances, right) < 0.03
    assert plots.calibration_error([1.0] * 4, [True, False, False, False]) == 0.75
    assert plots.calibration_error([1.0, 0.0], [True, False]) == 0


@given(WORDS)
def test_coverage_agrees_with_counting_above_each_threshold(words):
    chances, right = zip(*words, strict=True)
    points = plots.coverage_curve(chances, right)
    assert [p.threshold for p in points] == sorted(set(chances), reverse=True)
    for point in points:
        kept = [hit for chance, hit in words if chance >= point.threshold]
        assert point.coverage == pytest.approx(len(kept) / len(words))
        assert point.precision == pytest.approx(sum(kept) / len(kept))


@pytest.mark.parametrize(
    ("chances", "right", "said"),
    [
        ([], [], "no words"),
        ([0.5], [], "1 probabilities for 0 words"),
        ([1.5], [True], "between 0 and 1"),
        ([math.nan], [True], "between 0 and 1"),
    ],
)
def test_what_cannot_be_counted_is_refused(chances, right, said):
    for count in (plots.reliability_bins, plots.calibration_error, plots.coverage_curve):
        with pytest.raises(InputError, match=said):
            count(chances, right)
    with pytest.raises(InputError, match="bins"):
        plots.reliability_bins([0.5], [True], bins=0)


def test_reliability_shows_the_bins(pyplot):
    chances, right = invented()
    axes = plots.reliability(chances, right, bins=5, label="invented")
    bins = plots.reliability_bins(chances, right, 5)
    assert list(axes.lines[-1].get_xdata()) == [b.probability for b in bins]
    assert list(axes.lines[-1].get_ydata()) == [b.right for b in bins]
    assert axes.get_legend().get_texts()[0].get_text() == "invented"


def test_coverage_ends_with_all_words_glossed(pyplot):
    chances, right = invented()
    line = plots.coverage(chances, right).lines[-1]
    assert line.get_xdata()[-1] == 1.0
    assert line.get_ydata()[-1] == pytest.approx(sum(right) / len(right))
