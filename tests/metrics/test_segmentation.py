"""Morphemes that two segmentations share, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from metrics.oracle import corpora, slow_segmentation

from igtkit.metrics import segmentation_scores
from igtkit.metrics._segmentation import (
    SEGMENTATION_FIGURES,
    SEGMENTATION_STATISTICS,
    segmentation_figures,
    sentence_segmentation,
)


@given(corpora)
def test_segmentation_scores_equal_the_slow_ones(corpus):
    assert segmentation_scores(*corpus) == pytest.approx(slow_segmentation(*corpus), abs=1e-12)


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        # f1, precision, recall, edit distance, exact, words right, words
        ("ev-ler-de", "ev-ler-de", [1, 1, 1, 0, 1, 1, 1]),
        ("ev-lerde", "ev-ler-de", [0.4, 1 / 2, 1 / 3, 1, 0, 0, 1]),
        ("ev=de", "ev-de", [1, 1, 1, 1, 0, 0, 1]),
        ("de-ev", "ev-de", [1, 1, 1, 4, 0, 0, 1]),
        ("a-a-b", "a-b-b", [2 / 3, 2 / 3, 2 / 3, 1, 0, 0, 1]),
        ("ev kim", "kim ev", [0, 0, 0, 6, 0, 0, 2]),
        ("ev  .", "ev .", [1, 1, 1, 0, 1, 2, 2]),
        ("", "ev", [0, 0, 0, 2, 0, 0, 1]),
    ],
)
def test_what_a_sentence_counts_for(predicted, gold, expected):
    [row] = sentence_segmentation([predicted], [gold]).tolist()
    assert len(row) == len(SEGMENTATION_STATISTICS)
    assert row == pytest.approx(expected)


@given(corpora)
def test_sentences_do_not_touch_each_other(corpus):
    together = sentence_segmentation(*corpus).tolist()
    alone = [
        sentence_segmentation([one], [other]).tolist()[0]
        for one, other in zip(*corpus, strict=True)
    ]
    assert together == alone


def test_no_sentences_are_no_rows():
    assert sentence_segmentation([], []).shape == (0, len(SEGMENTATION_STATISTICS))


def test_figures_are_means_but_for_words():
    table = sentence_segmentation(["ev-de", "a b c"], ["ev-de", "a b x"])
    sums = dict(zip(SEGMENTATION_STATISTICS, table.sum(axis=0).tolist(), strict=True))
    found = segmentation_figures(sums, 2)
    assert tuple(found) == SEGMENTATION_FIGURES
    assert found["exact_match"] == 0.5
    assert found["word_accuracy"] == 3 / 4  # of all words, not of each sentence's
    assert found["f1"] == pytest.approx((1 + 2 / 3) / 2)
