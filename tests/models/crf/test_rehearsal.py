"""What is learned from words that training was spared."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit import IGT
from igtkit._progress import Progress
from igtkit.models.crf.calibration import Calibration
from igtkit.models.crf.folds import cut_folds
from igtkit.models.crf.model import Model
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.rehearsal import rehearse, tried_words
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.training import collect, rehearse_clues


@pytest.fixture(scope="module")
def learned(texts, small):
    once = IGT("Zubo haneta .", "zubo hane-ta", "squirrel see-PST", "It saw a squirrel.")
    train = [*texts[:40], once]
    sentences = [make_sentence(text) for text in train]
    habits = Habits.learn(train)
    model = Model(small, habits, *collect(sentences, habits))
    cores = [[model.core(word) for word in sentence.words] for sentence in sentences]
    folds = cut_folds(model, cores, 0, Progress(None, shown=False))
    problem, _ = rehearse_clues(model, sentences, 0)
    return model, sentences, cores, folds, problem


def test_the_sentences_that_were_tried_are_told_word_by_word(learned):
    *_, problem = learned
    unseen = np.full(len(problem.target), np.nan)
    low, high = problem.first[problem.sentence[[3, 4]]]
    unseen[low:high] = np.linspace(0, 1, high - low)
    assert tried_words(problem, np.full(len(problem.target), np.nan)) == {}
    tried = tried_words(problem, unseen)
    assert list(tried) == [3]
    sizes = np.diff(problem.first)[problem.sentence[3] : problem.sentence[4]].tolist()
    assert [len(shares) for shares in tried[3]] == sizes
    assert np.array_equal(np.concatenate(tried[3]), unseen[low:high])


def test_probabilities_that_are_too_high_are_made_lower(learned):
    model, sentences, cores, folds, problem = learned
    tried = {}
    for s in range(0, len(sentences), 2):  # sure, and wrong where a word has other candidates
        begin, end = problem.sentence[s : s + 2].tolist()
        tried[s] = []
        for word in range(begin, end):
            shares = np.zeros(problem.first[word + 1] - problem.first[word])
            right = int(problem.target[problem.first[word] : problem.first[word + 1]].argmax())
            shares[right - 1] = 0.99
            tried[s].append(shares)
    before = model.unknowns.weights
    rehearse(model, sentences, cores, folds, tried, seed=0)
    assert model.calibration.of(0.99) < 0.95
    assert not np.array_equal(model.unknowns.weights, before)


def test_of_nothing_tried_probabilities_stay_as_they_are(learned):
    model, sentences, cores, folds, _ = learned
    rehearse(model, sentences, cores, folds, {}, seed=0)
    assert model.calibration == Calibration()
