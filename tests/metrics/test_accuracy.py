"""What is right at its place, and stems and grams apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.oracle import LEVELS, PRESETS, corpora, slow_accuracy, slow_classes

from igtkit.metrics import accuracy, stem_gram_scores
from igtkit.metrics._accuracy import (
    CLASSES,
    precision_recall_f1,
    sentence_accuracy,
    sentence_classes,
)
from igtkit.metrics._codes import encode_glosses
from igtkit.metrics.presets import PAPER_PRESET, PUBLISHED_PRESET


@given(corpora, st.sampled_from(LEVELS[:2]), st.sampled_from(PRESETS))
def test_accuracy_equals_the_slow_one(corpus, level, preset):
    expected = slow_accuracy(*corpus, level, preset)
    for average, value in zip(("micro", "macro"), expected, strict=True):
        found = accuracy(*corpus, level=level, average=average, preset=preset)
        assert found == pytest.approx(value, abs=1e-12)


@given(corpora)
def test_stem_and_gram_scores_equal_the_slow_ones(corpus):
    found = stem_gram_scores(*corpus)
    for name, (right, predicted, gold) in slow_classes(*corpus).items():
        if predicted + gold == 0:
            assert found[name] == {"precision": None, "recall": None, "f1": None}
            continue
        assert found[name]["precision"] == (right / predicted if predicted else 0)
        assert found[name]["recall"] == (right / gold if gold else 0)
        assert found[name]["f1"] == pytest.approx(2 * right / (predicted + gold))


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


def test_each_sentence_is_counted_by_itself():
    codes = encode_glosses(["the dog-PL", "", "a b c"], ["the dog-SG", "run", "a"])
    right, counted = sentence_accuracy(codes.morphemes, PAPER_PRESET)
    assert (right.tolist(), counted.tolist()) == ([2, 0, 1], [3, 1, 3])
    right, counted = sentence_accuracy(codes.morphemes, PUBLISHED_PRESET)
    assert (right.tolist(), counted.tolist()) == ([2, 0, 1], [3, 1, 1])


def test_a_gloss_is_in_the_class_that_it_says_itself():
    """A stem predicted for a gram counts against the precision of stems, the recall of grams."""
    codes = encode_glosses(["dog-house", "3SG"], ["dog-PL", "3SG-go"]).morphemes
    found = {
        name: [each.tolist() for each in counts] for name, counts in sentence_classes(codes).items()
    }
    assert tuple(found) == CLASSES
    assert found == {
        "stem": [[1, 0], [2, 0], [1, 1]],
        "gram": [[0, 1], [0, 1], [1, 1]],
    }


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_f1_is_the_harmonic_mean(right, more_predicted, more_gold):
    predicted, gold = right + more_predicted, right + more_gold
    found = precision_recall_f1(right, predicted, gold)
    if not predicted + gold:
        assert found == {"precision": None, "recall": None, "f1": None}
        return
    precision, recall = found["precision"], found["recall"]
    assert precision == (right / predicted if predicted else 0)
    assert recall == (right / gold if gold else 0)
    expected = 2 * precision * recall / (precision + recall) if right else 0
    assert found["f1"] == pytest.approx(expected)


def test_labels_in_lower_case_are_grams_where_they_are_given():
    gold, guess = ["cat-pl go-3sg.pst"], ["cat-sg go-3sg.pst"]
    assert stem_gram_scores(guess, gold)["gram"]["f1"] is None
    scores = stem_gram_scores(guess, gold, labels={"pl", "sg", "3sg", "pst"})
    assert (scores["stem"]["f1"], scores["gram"]["f1"]) == (1.0, 0.5)


def test_a_gloss_that_is_missing_is_no_unknown_one():
    for level in ("word", "morpheme"):
        assert accuracy("a", "a [UNK]", level=level) == 0.5
        assert accuracy("a [UNK]", "a [UNK]", level=level) == 1
