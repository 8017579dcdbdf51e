"""Forward-backward against enumeration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from igtkit.models.crf.ranking.chain import forward_backward


def _enumerate(unary, pairs):
    words, states = unary.shape
    total, single = 0.0, np.zeros_like(unary)
    joint = np.zeros((max(words - 1, 0), states, states))
    for path in itertools.product(range(states), repeat=words):
        score = sum(unary[t, s] for t, s in enumerate(path))
        score += sum(pairs[t, a, b] for t, (a, b) in enumerate(itertools.pairwise(path)))
        weight = np.exp(score)
        total += weight
        for t, s in enumerate(path):
            single[t, s] += weight
        for t, (a, b) in enumerate(itertools.pairwise(path)):
            joint[t, a, b] += weight
    return single / total, joint / total, np.log(total)


@pytest.mark.parametrize("words", [1, 2, 4])
def test_marginals_equal_enumeration(words):
    rng = np.random.default_rng(words)
    unary = rng.normal(size=(3, words, 3))
    unary[1, -1, 2] = -np.inf  # a word with fewer candidates
    pairs = rng.normal(size=(3, words - 1, 3, 3))
    states, joint, total = forward_backward(unary, pairs)
    for chain in range(3):
        expected = _enumerate(unary[chain], pairs[chain])
        assert states[chain] == pytest.approx(expected[0])
        assert joint[chain] == pytest.approx(expected[1])
        assert total[chain] == pytest.approx(expected[2])


def test_padding_changes_nothing():
    rng = np.random.default_rng(0)
    unary, pairs = rng.normal(size=(1, 2, 3)), rng.normal(size=(1, 1, 3, 3))
    longer = np.full((1, 4, 3), -np.inf)
    longer[:, :2], longer[:, 2:, 0] = unary, 0.0
    more = np.zeros((1, 3, 3, 3))
    more[:, :1] = pairs
    states, _, total = forward_backward(unary, pairs)
    padded, _, same = forward_backward(longer, more)
    assert padded[:, :2] == pytest.approx(states)
    assert same == pytest.approx(total)


def test_scores_of_any_size_neither_overflow_nor_vanish():
    states, _, _ = forward_backward(
        np.array([[[1e4, 1e4 + 1], [-1e4, -1e4 - 1]]]), np.zeros((1, 1, 2, 2))
    )
    assert states.sum(2) == pytest.approx(np.ones((1, 2)))
