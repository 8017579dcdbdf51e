"""The tables of a glosser: counts, boundaries, closed labels, and sentences that are added."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.models.crf import CrfSettings
from igtkit.models.crf.model import Backoff, Model, lower
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.training import collect

TEXTS = [
    IGT("Kata mipo .", "ka-ta mi=po .", "go-PST I=Q .", "Did I go?"),
    IGT("Kata kas .", "ka-ta ka-s .", "go-PST go-3SG .", "She goes."),
]
MORE = IGT("Mata mipo .", "ma-ta mi=po .", "see-PST I=Q .", "Did I see?")


def model_of(texts, **options):
    habits = Habits.learn(TEXTS)
    items, taught = collect([make_sentence(text) for text in texts], habits)
    return Model(CrfSettings(), habits, items, taught, **options)


def test_what_is_counted():
    model = model_of(TEXTS)
    counted = {item.word: int(n) for item, n in zip(model.items, model.counts, strict=True)}
    assert counted == {"kata": 2, "mipo": 1, "kas": 1}
    assert model.glosses(model.sentences[0]) == ["go", "PST", "I", "Q"]
    assert model.stems(model.counts)["ka", "go"] == 3
    assert model.core("Kata!") == "kata"


def test_the_boundary_is_the_one_that_was_seen():
    model = model_of(TEXTS)
    number = {
        model.lexicon.glosses.all[gloss]: morph
        for morph, (_, gloss) in enumerate(model.lexicon.morphs.all)
    }
    assert model.boundary(number["I"], number["Q"]) == "="
    assert model.boundary(-1, number["Q"]) == "="
    assert model.boundary(-1, number["PST"]) == "-"


def test_labels_that_are_not_allowed_have_no_probability():
    model = model_of(TEXTS, closed=frozenset({"PST"}))
    banned = [model.lexicon.glosses.all[gloss] for gloss in model.lexicon.gloss]
    possible = {gloss for gloss, w in zip(banned, model.weights.entry, strict=True) if w > -np.inf}
    assert possible == {"go", "PST"}  # `I` is a label, too


def test_a_sentence_that_is_added_counts_as_one_that_was_there():
    added, whole = model_of(TEXTS), model_of([*TEXTS, MORE])
    added.add([make_sentence(MORE)])
    assert added.number == whole.number
    assert added.counts.tolist() == whole.counts.tolist()
    for model in (added, whole):
        found = model.candidates(["mata", "kata"], model.counts, model.weights)
        assert found.count[found.start[:-1]].tolist() == [1, 2]
    assert added.corrections["mata"].total() == 1


def test_how_looking_up_is_called():
    assert Backoff("copy", 0.9).name == "words copied"
    assert Backoff("memory", 0.9).name == "words seen before glossed as most often"


@given(st.text())
def test_lower_case_keeps_the_length(word):
    assert len(lower(word)) == len(word)
    assert lower(lower(word)) == lower(word)
