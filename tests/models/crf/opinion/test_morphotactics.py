"""Counts of classes and stems, with and without some words."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.opinion.morphotactics import TACTICS, Morphotactics


@pytest.fixture(scope="module")
def model(glosser):
    return glosser._model


@pytest.fixture(scope="module")
def candidates(model):
    return model.candidates(["kalon", "kaloru", "hanexta"], model.counts, model.weights)


def score(tactics, candidates):
    return tactics.scores(candidates.entry, candidates.kind >= 0)


def test_words_taken_away_are_as_if_never_seen(model, candidates):
    every = range(len(model.items))
    gone = every[::3]
    left = [i for i in every if i not in gone]
    whole = Morphotactics(model.lexicon, every)
    apart = score(Morphotactics(model.lexicon, gone, whole), candidates)
    assert apart == pytest.approx(score(Morphotactics(model.lexicon, left), candidates))
    assert apart.shape == (len(candidates.size), len(TACTICS))


def test_words_added_are_as_if_there_from_the_first(model, candidates):
    every = range(len(model.items))
    grown = Morphotactics(model.lexicon, every[:5])
    grown.add(every[5:])
    assert score(grown, candidates) == pytest.approx(
        score(Morphotactics(model.lexicon, every), candidates)
    )


def test_a_pattern_that_words_have_is_likelier_than_one_that_none_has(model):
    lexicon = model.lexicon
    entry = {lexicon.glosses.all[lexicon.gloss[i]]: i for i in lexicon.seen.tolist()}
    rows = np.array([[entry["house"], entry["ACC"]], [entry["house"], entry["PST"]]])
    tactics = Morphotactics(lexicon, range(len(model.items)))
    found = tactics.scores(rows, np.ones((2, 2), bool))
    at = {name: column for column, name in enumerate(TACTICS)}
    for name in ("pattern", "order", "classes"):
        assert found[0, at[name]] > found[1, at[name]]
    assert found[0, at["stem"]] == found[1, at["stem"]] > 0


def test_from_nothing_all_is_finite(model, candidates):
    assert np.isfinite(score(Morphotactics(model.lexicon, ()), candidates)).all()
