"""The numbers of features, and the scores that are added up by them."""

from __future__ import annotations

import numpy as np
import pytest
from models.crf.ranking.problems import random_problem

from igtkit.models.crf.ranking.batch import Batch, Counted, Hashed, Problem
from igtkit.models.crf.ranking.chain import state_probabilities


def _some_kept(problem: Problem, seed: int) -> np.ndarray:
    """Which rows are kept: the right one of each word, and some others."""
    return (np.random.default_rng(seed).random(len(problem.target)) < 0.5) | (problem.target > 0)


@pytest.mark.parametrize("seed", [0, 1])
def test_candidates_that_are_passed_over_are_as_if_impossible(seed):
    problem, bits, rng = random_problem(seed), 8, np.random.default_rng(seed)
    weights, real, every = rng.normal(size=1 << bits), rng.normal(size=3), np.arange(6)
    kept = _some_kept(problem, seed)
    part, whole = Batch(problem, every, Hashed(bits), kept), Batch(problem, every, Hashed(bits))
    assert part.extra_rows.tolist() == np.flatnonzero(kept).tolist()
    unary, pairs = whole.scores(weights, real)
    unary[whole.place] += np.where(kept[whole.extra_rows], 0, -np.inf)
    expected = state_probabilities(unary, pairs)[whole.place][kept[whole.extra_rows]]
    found = state_probabilities(*part.scores(weights, real))[part.place]
    assert found == pytest.approx(expected)


def test_features_are_numbered_anew_for_each_step():
    problem, bits = random_problem(), 8
    weights = np.random.default_rng(3).normal(size=1 << bits)
    batch, same = (Batch(problem, np.arange(6), Hashed(bits)) for _ in range(2))
    found, place = np.zeros(1 << bits, bool), np.empty(1 << bits, np.int32)
    numbers = same.renumber(found, place)
    assert numbers.tolist() == sorted(set(batch.index.tolist()))
    assert numbers[same.index].tolist() == batch.index.tolist()
    assert not found.any()
    for one, other in zip(
        batch.scores(weights, np.ones(3)), same.scores(weights[numbers], np.ones(3)), strict=True
    ):
        assert (one == other).all()


def test_features_that_are_counted_once_are_those_that_are_hashed_in_each_step():
    problem, bits = random_problem(sentences=80), 14
    problem.sentence = np.insert(problem.sentence, 7, problem.sentence[7])  # one is empty
    counted, hashed = Counted.of(problem, bits), Hashed(bits)
    weights = np.random.default_rng(1).normal(size=counted.size)
    assert counted.size < hashed.size
    order = np.random.default_rng(2).permutation(81)
    for sentences in (order[order != 7][:60], np.array([80, 3])):
        for kept in (None, _some_kept(problem, 3)):
            one = Batch(problem, sentences, counted, kept)
            other = Batch(problem, sentences, hashed, kept)
            assert (counted.hashes(one.index) == other.index).all()
            assert (weights[one.index] == counted.table(weights)[other.index]).all()


def test_what_occurs_in_no_sentence_has_no_weight():
    counted = Counted.of(random_problem(sentences=2), 12)
    assert np.count_nonzero(counted.table(np.ones(counted.size))) == counted.size
    assert (np.diff(counted.hashes(np.arange(counted.size))) > 0).all()
