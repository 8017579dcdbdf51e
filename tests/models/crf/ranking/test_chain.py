"""Forward-backward against enumeration."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from igtkit.models.crf.ranking.chain import forward_backward, state_probabilities


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
    unary = rng.normal(size=(words, 3, 3))
    unary[-1, 2, 1] = -np.inf  # a word with fewer candidates
    pairs = rng.normal(size=(words - 1, 3, 3, 3))
    states, joint, total = forward_backward(unary, pairs)
    for chain in range(3):
        expected = _enumerate(unary[..., chain], pairs[..., chain])
        assert states[..., chain] == pytest.approx(expected[0])
        assert joint[..., chain] == pytest.approx(expected[1])
        assert total[chain] == pytest.approx(expected[2])


@pytest.mark.parametrize("states", [1, 3, 12])
def test_padding_and_other_chains_change_no_bit(states):
    rng = np.random.default_rng(states)
    unary, pairs = rng.normal(size=(2, states, 1)), rng.normal(size=(1, states, states, 1))
    longer = rng.normal(size=(4, states + 5, 3))
    longer[:, :, 0], longer[2:, 0, 0] = -np.inf, 0.0
    longer[:2, :states, :1] = unary
    more = rng.normal(size=(3, states + 5, states + 5, 3))
    more[..., 0] = 0.0
    more[:1, :states, :states, :1] = pairs
    alone = state_probabilities(unary, pairs)
    among = state_probabilities(longer, more)
    assert np.array_equal(among[:2, :states, :1], alone)
    assert np.array_equal(forward_backward(unary, pairs)[0], alone)


def test_scores_of_any_size_neither_overflow_nor_vanish():
    states = state_probabilities(
        np.array([[[1e4], [1e4 + 1]], [[-1e4], [-1e4 - 1]]]), np.zeros((1, 2, 2, 1))
    )
    assert states.sum(1) == pytest.approx(np.ones((2, 1)))
