"""The network: gradients, learning, and what it does not depend on."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from igtkit.models.crf.opinion.network import Network, softmax

RNG = np.random.default_rng(0)
FIRST = np.array([0, 3, 5, 9, 10])
CLUES = RNG.normal(size=(10, 4))
TARGET = np.array([0, 1, 0, 1, 0, 0, 0, 0, 1, 1], np.float32)


@pytest.fixture
def network() -> Network:
    return Network.begin(CLUES, 2, 3, seed=0)


def test_probabilities_of_a_word_sum_to_one(network):
    shares = softmax(network.scores(CLUES), FIRST)
    assert np.add.reduceat(shares, FIRST[:-1]) == pytest.approx(1)


def test_what_is_ruled_out_has_no_probability():
    shares = softmax(np.array([0.0, -np.inf, 1.0]), np.array([0, 2, 3]))
    assert shares.tolist() == [1.0, 0.0, 1.0]


def test_the_gradient_is_that_of_the_likelihood(network):
    network = attrs.evolve(network, **{
        name: getattr(network, name).astype(float)
        for name in ("hidden", "shift", "out", "straight")
    })  # fmt: skip
    flat = network.numbers() + RNG.normal(size=len(network.numbers())) / 10
    weight = RNG.uniform(size=(4, 2))
    x = network._scaled(CLUES)
    drop = np.ones((10, 2, 3))

    def loss(numbers):
        shares = softmax(network.with_numbers(numbers).scores(CLUES), FIRST)
        per_word = np.log(shares[TARGET > 0])
        return -(per_word * weight).sum() / len(weight)

    found = network.with_numbers(flat).gradient(x, TARGET, FIRST, weight, drop)
    for place in range(0, len(flat), 3):
        step = np.zeros(len(flat))
        step[place] = 1e-3
        slow = (loss(flat + step) - loss(flat - step)) / 2e-3
        assert found[place] == pytest.approx(slow, abs=2e-3)


def test_it_learns_which_row_is_right():
    clues = RNG.normal(size=(300, 4))
    first = np.arange(0, 301, 3)
    target = np.zeros(300, np.float32)
    target[first[:-1] + clues[:, 2].reshape(-1, 3).argmax(1)] = 1
    begun = Network.begin(clues, 2, 4, seed=0)
    learned = begun.trained(clues, target, first, np.ones((100, 2)), steps=200, rate=1e-2, seed=0)

    def right(network):
        best = network.scores(clues).mean(1).reshape(-1, 3).argmax(1)
        return (target.reshape(-1, 3)[np.arange(100), best] == 1).mean()

    assert right(begun) < 0.7
    assert right(learned) > 0.9


def test_a_network_learns_nothing_from_words_it_is_spared(network):
    weight = np.ones((4, 2))
    weight[:, 1] = 0
    learned = network.trained(CLUES, TARGET, FIRST, weight, steps=30, rate=1e-2, seed=0)
    assert np.allclose(learned.straight[:, 1], network.straight[:, 1])
    assert not np.allclose(learned.straight[:, 0], network.straight[:, 0])


def test_without_a_word_to_learn_from_it_stays_as_it_is(network):
    none = np.zeros(10, np.float32)
    assert (
        network.trained(CLUES, none, FIRST, np.ones((4, 2)), steps=3, rate=1e-2, seed=0) is network
    )


def test_scores_of_a_row_do_not_depend_on_the_others(network):
    clues = RNG.normal(size=(1000, 4))
    together = network.scores(clues)
    for row in (0, 501, 999):
        assert (network.scores(clues[row : row + 1]) == together[row]).all()


def test_numbers_come_back(network):
    again = network.with_numbers(network.numbers())
    assert (again.scores(CLUES) == network.scores(CLUES)).all()
