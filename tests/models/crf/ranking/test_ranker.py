"""The ranker's gradient and its learning."""

from __future__ import annotations

import attrs
import numpy as np
import pytest
from models.crf.ranking.problems import random_problem

from igtkit._progress import Progress
from igtkit.models.crf.ranking.batch import Batch, Hashed
from igtkit.models.crf.ranking.chain import forward_backward
from igtkit.models.crf.ranking.ranker import (
    Ranker,
    _batches,
    _spared,
    passes_over,
)
from igtkit.models.crf.ranking.settings import RankerSettings


def _loss(problem, batch, weights, real, length_power):
    unary, pairs = batch.scores(weights, real)
    _, _, total = forward_backward(unary, pairs)
    padded = np.zeros(batch.shape)
    padded[batch.place] = problem.target[batch.extra_rows]
    gold = np.where(padded > 0, unary, 0).sum((0, 1))
    gold += (padded[:-1, :, None] * padded[1:, None] * pairs).sum((0, 1, 2))
    return float(((total - gold) * batch.length.astype(float) ** -length_power).sum())


@pytest.mark.parametrize("length_power", [0.0, 0.5])
def test_gradient_equals_finite_differences(length_power):
    problem, bits = random_problem(), 8
    rng = np.random.default_rng(1)
    weights, real = rng.normal(size=1 << bits) * 0.3, rng.normal(size=3) * 0.3
    batch = Batch(problem, np.arange(6), Hashed(bits))
    amount, real_gradient, _ = Ranker._gradient(problem, batch, weights, real, length_power)
    gradient = np.bincount(batch.index, amount, len(weights))
    step = 1e-5
    for place in rng.choice(1 << bits, 40, replace=False):
        shift = np.zeros_like(weights)
        shift[place] = step
        up = _loss(problem, batch, weights + shift, real, length_power)
        down = _loss(problem, batch, weights - shift, real, length_power)
        assert gradient[place] == pytest.approx((up - down) / (2 * step), abs=1e-4)
    for place in range(3):
        shift = np.zeros(3)
        shift[place] = step
        up = _loss(problem, batch, weights, real + shift, length_power)
        down = _loss(problem, batch, weights, real - shift, length_power)
        assert real_gradient[place] == pytest.approx((up - down) / (2 * step), abs=1e-4)


def test_training_fits_what_can_be_fitted_and_repeats_itself():
    problem = random_problem(sentences=20)
    settings = RankerSettings(bits=12, epochs=30, averaged=5, dropout=0.0, l2=0.0, runs=1, batch=4)
    ranker, unseen = Ranker.train(problem, settings, seed=3)
    assert 0 < np.isfinite(unseen).sum() < len(unseen)
    before = Ranker(np.zeros(1 << 12, np.float32), np.zeros(3)).marginals(problem)
    after = ranker.marginals(problem)
    assert after[problem.target > 0].mean() > before[problem.target > 0].mean() + 0.2
    again, _ = Ranker.train(problem, settings, seed=3)
    assert np.array_equal(ranker.weights, again.weights)
    assert not np.array_equal(ranker.weights, Ranker.train(problem, settings, seed=4)[0].weights)


def test_training_is_adagrad_with_the_mean_of_the_later_weights():
    problem = random_problem(sentences=5)
    settings = RankerSettings(
        bits=8, epochs=7, averaged=5, rate=0.1, l2=0.01, dropout=0.0, least_steps=1, runs=1
    )
    ranker, _ = Ranker.train(problem, settings)
    everything = Batch(problem, np.arange(5), Hashed(8))
    weights, squares = np.zeros(1 << 8), np.full(1 << 8, 0.01)
    real, real_squares = np.array([1.0, 0, 0]), np.full(3, 0.01)
    later = []
    for step in range(1, 8):
        amount, real_gradient, _ = Ranker._gradient(problem, everything, weights, real, 0.5)
        gradient = np.bincount(everything.index, amount, 1 << 8)
        move = np.where(gradient == 0, 0, gradient + 0.01 * weights)
        squares += move**2
        weights = weights - 0.1 * move / np.sqrt(squares)
        real_squares += real_gradient**2
        real = real - 0.1 * real_gradient / np.sqrt(real_squares)
        if step in {3, 6}:  # one in three of the last five
            later.append((weights, real))
    assert ranker.weights == pytest.approx(sum(w for w, _ in later) / 2, abs=1e-3)
    assert ranker.real == pytest.approx(sum(r for _, r in later) / 2, abs=1e-5)


@pytest.mark.parametrize("dropout", [0.2, 0.6])
def test_a_share_of_the_features_is_switched_off_in_each_step(dropout):
    problem = random_problem(sentences=8)
    first_step = RankerSettings(bits=11, epochs=1, averaged=0, dropout=0.0, least_steps=1, runs=1)
    whole, _ = Ranker.train(problem, first_step)
    part, _ = Ranker.train(problem, attrs.evolve(first_step, dropout=dropout))
    assert whole.weights.any()
    assert set(np.flatnonzero(part.weights)) < set(np.flatnonzero(whole.weights))
    learned = np.count_nonzero(part.weights) / np.count_nonzero(whole.weights)
    assert learned == pytest.approx(1 - dropout, abs=0.1)


def test_few_words_are_learned_from_as_many_are(monkeypatch):
    problem, settings = random_problem(sentences=30), RankerSettings(bits=8, epochs=3, runs=2)
    few, unseen = Ranker.train(problem, settings)
    monkeypatch.setattr("igtkit.models.crf.ranking.ranker._FOUR_RUNS", 0)
    many, unseen_by_many = Ranker.train(problem, settings)
    assert few.weights.any()
    assert (few.weights == many.weights).all()
    assert (few.real == many.real).all()
    assert np.array_equal(unseen, unseen_by_many, equal_nan=True)


@pytest.mark.parametrize("sentences", [20, 60])
def test_every_pass_over_a_sentence_is_counted(sentences):
    class Bar(Progress):
        done = 0

        def advance(self, count: int) -> None:
            self.done += count

    problem, bar = random_problem(sentences=sentences), Bar(None, shown=False)
    settings = RankerSettings(bits=8, epochs=2, averaged=1)
    Ranker.train(problem, settings, bar=bar)
    assert bar.done == sentences * passes_over(len(problem.item), settings)


@pytest.mark.parametrize(
    ("words", "runs"), [(1, 4), (1999, 4), (2000, 2), (5999, 2), (6000, 1), (10**6, 1)]
)
def test_of_few_words_the_mean_of_several_runs_is_taken(words, runs):
    assert passes_over(words, RankerSettings(epochs=5)) == 5 * runs
    assert passes_over(words, RankerSettings(epochs=5, runs=3)) == 15


def test_probabilities_by_runs_that_have_not_seen_the_sentence():
    problem = random_problem(sentences=60)
    settings = RankerSettings(bits=10, epochs=2, averaged=1)
    _, unseen = Ranker.train(problem, settings, seed=5)  # each of four runs is spared a quarter
    words = np.add.reduceat(unseen, problem.first[:-1])
    assert words == pytest.approx(np.ones(len(problem.item)))
    alone, unseen = Ranker.train(problem, attrs.evolve(settings, runs=1), seed=5)
    rows, probability = alone.rank(problem, _spared(60, 1, seed=5)[0])
    assert sorted(rows) == np.flatnonzero(np.isfinite(unseen)).tolist()
    assert unseen[rows] == pytest.approx(probability, abs=1e-2)  # that run is the ranker, rounded


def test_batches_hold_every_sentence_once_and_those_of_a_length_together():
    problem = random_problem(sentences=90)
    lengths = np.array([0, 1, 1, 1, 9, 9, 9, 9, 9, 9] * 9)
    problem.sentence = np.r_[0, np.cumsum(lengths)]
    spared = np.array([1, 4, 11])
    found = list(_batches(problem, 12, np.random.default_rng(0), spared))
    assert [len(batch) for batch in found].count(12) == 6
    expected = sorted(set(np.flatnonzero(lengths)) - set(spared))
    assert sorted(np.concatenate(found)) == expected
    assert sum(len(set(lengths[batch])) > 1 for batch in found) <= 1
    other = list(_batches(problem, 12, np.random.default_rng(1), spared))
    assert not np.array_equal(np.concatenate(found), np.concatenate(other))


def test_sentences_are_ranked_each_by_itself_and_empty_ones_are_passed_over():
    problem = random_problem()
    ranker = Ranker(np.random.default_rng(0).normal(size=1 << 10).astype(np.float32), np.ones(3))
    every = ranker.marginals(problem)
    rows, probability = ranker.rank(problem, np.array([4, 1]), batch=1)
    places = [
        range(problem.first[problem.sentence[i]], problem.first[problem.sentence[i + 1]])
        for i in (1, 4)
    ]
    assert sorted(rows) == [row for place in places for row in place]
    assert probability == pytest.approx(every[rows])
    problem.sentence = np.insert(problem.sentence, 3, problem.sentence[3])
    assert ranker.marginals(problem) == pytest.approx(every)
    assert [len(part) for part in ranker.rank(problem, np.array([3]))] == [0, 0]


def test_marginals_sum_to_one_for_each_word_whatever_the_batch():
    problem = random_problem()
    ranker = Ranker(np.random.default_rng(0).normal(size=1 << 10).astype(np.float32), np.ones(3))
    found = ranker.marginals(problem)
    assert np.add.reduceat(found, problem.first[:-1]) == pytest.approx(np.ones(len(problem.item)))
    assert ranker.marginals(problem, batch=1) == pytest.approx(found)


def test_rows_that_are_ruled_out_get_nothing():
    problem = random_problem()
    problem.bias = np.where(problem.target > 0, 0.0, -np.inf)
    ranker = Ranker(np.zeros(1 << 10, np.float32), np.zeros(3))
    assert ranker.marginals(problem) == pytest.approx(problem.target)


def test_nothing_is_learned_from_words_without_an_answer():
    problem = random_problem()
    problem.target[:] = 0
    settings = RankerSettings(bits=10, epochs=2, averaged=1, runs=1)
    assert not Ranker.train(problem, settings)[0].weights.any()


def test_each_run_is_tried_on_sentences_it_has_not_seen():
    parts = _spared(60, 4, seed=1)
    tried = np.concatenate(parts)
    assert [len(part) for part in parts] == [15] * 4
    assert len(set(tried.tolist())) == 60
    assert not np.array_equal(tried, np.concatenate(_spared(60, 4, seed=2)))
    assert len(_spared(3, 4, seed=1)[0]) == 0
    assert [len(part) for part in _spared(60, 2, seed=1)] == [5, 5]
    assert len(_spared(10_000, 1, seed=1)[0]) == 300


def test_less_is_learned_from_candidates_that_are_hopeless(monkeypatch):
    problem = random_problem(sentences=60)
    settings = RankerSettings(bits=12, epochs=4, averaged=2, runs=1)
    sizes: list[int] = []
    begin = Batch.__init__

    def counted(self, *given):
        begin(self, *given)
        sizes.append(len(self.rows))

    monkeypatch.setattr(Batch, "__init__", counted)
    found = []
    for hopeless in (0.0, 0.2, 1.1):
        monkeypatch.setattr("igtkit.models.crf.ranking.ranker._HOPELESS", hopeless)
        sizes.clear()
        found.append((Ranker.train(problem, settings)[0], sum(sizes)))
    (whole, most), (part, fewer), (_, least) = found
    assert most > fewer > least  # the right candidates stay
    assert not np.array_equal(whole.weights, part.weights)
