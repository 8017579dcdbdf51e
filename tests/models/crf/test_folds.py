"""Folds, which have not seen themselves."""

from __future__ import annotations

import pytest

from igtkit._progress import Progress
from igtkit.models.crf.folds import _folds, cut_folds
from igtkit.models.crf.model import Model
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.training import collect


@pytest.mark.parametrize(("count", "folds"), [(3, 3), (49, 49), (50, 20), (1499, 20), (1500, 10)])
def test_the_number_of_folds(count, folds):
    assert _folds(count) == folds


def test_a_fold_knows_what_the_others_teach_and_no_more(texts, small):
    sentences = [make_sentence(text) for text in texts[:30]]
    habits = Habits.learn(texts[:30])
    model = Model(small, habits, *collect(sentences, habits))
    cores = [[model.core(word) for word in sentence.words] for sentence in sentences]
    folds = cut_folds(model, cores, 0, Progress(None, shown=False))
    members = sorted(s for fold in folds for s in fold.sentences.tolist())
    assert members == list(range(len(sentences)))
    for fold in folds:
        own = set(fold.sentences.tolist())
        others = [core for s, row in enumerate(cores) if s not in own for core in row]
        start = fold.candidates.start
        for word, row in fold.position.items():
            assert fold.candidates.count[start[row] : start[row + 1]].sum() == others.count(word)
        assert set(fold.position) == {core for s in own for core in cores[s]}
        assert fold.translations(model).count == len(sentences) - len(own)
        told = fold.knowledge(model).stems
        every = model.stems(model.counts)
        assert all(0 <= told[stem] <= times for stem, times in every.items())
