"""Averages over groups, and what is drawn to tell how sure they are."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.metrics import compare, confidence_intervals, evaluate
from igtkit.metrics._units import Groups, pair

RATE = "glossing.word.error_rate"


def corpus(rates, texts=10):
    """So many texts in each language, of which a system gets some wrong, and one gets all right."""
    gold = [IGT("a", "a", "A", language=f"L{at}") for at in range(len(rates)) for _ in range(texts)]
    made = [
        Prediction("a", "x" if number < wrong else "A")
        for wrong in rates
        for number in range(texts)
    ]
    return gold, made, [Prediction("a", "A")] * len(gold)


def test_the_average_is_that_of_the_report():
    gold, made, _ = corpus([1, 5, 9])
    report = evaluate(predictions=made, references=gold, by="language")
    found = confidence_intervals(predictions=made, references=gold, by="language")
    assert found[RATE].value == report.average["glossing"]["word"]["error_rate"]
    assert found["segmentation.f1"].value == report.average["segmentation"]["f1"]


def test_the_interval_is_that_of_languages_not_of_texts():
    gold, made, _ = corpus([0, 10, 0, 10], texts=50)  # texts of a language are all alike
    made = [Prediction("a", "x" if igt.language.name in ("L1", "L3") else "A") for igt in gold]
    of_texts = confidence_intervals(predictions=made, references=gold)[RATE]
    of_languages = confidence_intervals(predictions=made, references=gold, by="language")[RATE]
    assert of_texts.high - of_texts.low < 0.2
    assert (of_languages.low, of_languages.high) == (0.0, 1.0)


def test_the_exact_test_swaps_whole_languages():
    rates = [1, 2, 3, 4, 5, 6, 7]
    gold, made, right = corpus(rates)
    found = compare(a=made, b=right, references=gold, by="language", method="randomization")
    sums = [abs(sum(each)) for each in itertools.product(*([rate, -rate] for rate in rates))]
    expected = sum(total >= sum(rates) for total in sums) / len(sums)
    assert found[RATE].p_value == pytest.approx(expected)
    assert found[RATE].difference == pytest.approx(np.mean(rates) / 10)


def test_the_bootstrap_is_refused_with_few_languages_however_many_texts():
    gold, made, right = corpus([5] * 19, texts=3)
    with pytest.raises(InputError, match=r"fewer than 20 groups \(here: 19\)"):
        compare(a=made, b=right, references=gold, by="language")
    gold, made, right = corpus([5] * 20, texts=3)
    assert compare(a=made, b=right, references=gold, by="language")[RATE].p_value < 0.05


def test_one_language_has_no_interval():
    gold, made, _ = corpus([5])
    found = confidence_intervals(predictions=made, references=gold, by="language")[RATE]
    assert (found.low, found.high) == (None, None)


def test_a_language_without_a_figure_does_not_count():
    one = Groups(("f",), np.array([[0.5], [np.nan], [0.1]]))
    other = Groups(("f",), np.array([[0.1], [0.2], [np.nan]]))
    first, second = pair(one, other)
    assert first.values(first.table.sum(axis=0)) == {"f": 0.5}
    assert second.values(second.table.sum(axis=0)) == {"f": 0.1}
    assert first.counts() == {"f": 1}


def test_what_cannot_be_drawn_from_is_named():
    with pytest.raises(InputError, match="predictions must be a list"):
        confidence_intervals(predictions="ab", references=[IGT("a", "a", "A")])


def test_a_family_rests_on_the_groups_that_have_one_of_its_figures():
    nan = np.nan
    names = ("glossing.word.bleu", "segmentation.f1", "segmentation.recall", "segmentation.x")
    found = Groups(names, np.array([[nan, 0.5, 0.5, nan], [nan, nan, 0.1, nan], [0.1, 1, 1, 1]]))
    assert found.counts() == {"glossing": 1, "segmentation": 3}
