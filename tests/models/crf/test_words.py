"""What is kept of words for the next sentence."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from igtkit.models import CrfGlosser
from igtkit.models.crf.inference import look_up
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.words import Met


@pytest.fixture(scope="module")
def model(glosser):
    return glosser._fitted()


@pytest.fixture(scope="module")
def words(model, held_out):
    lines = [make_sentence(text).words for text in held_out[:8]]
    every = sorted({model.core(word) for line in lines for word in line})
    return [*every, ("kalo", "n")]


class Asked:
    """Looks words up, and remembers which."""

    def __init__(self, model):
        self.model = model
        self.words = []

    def __call__(self, words):
        self.words += words
        return look_up(self.model, words)


def columns(found):
    """All columns, with the morphemes without what fills them up."""
    one = found.candidates
    used = one.kind >= 0
    wide = [getattr(one, name)[used] for name in ("entry", "begin", "end", "kind")]
    flat = [getattr(one, name) for name in ("start", "size", "score", "count", "identity")]
    features = found.features
    own = [features.attributes, features.index, features.offset, features.real]
    return [*wide, *flat, *own, found.stems]


def test_words_found_apart_are_as_found_at_once(model, words):
    met, asked = Met(), Asked(model)
    for low in range(0, len(words), 3):
        met.of(words[low : low + 3], (model,), asked)
    found = met.of(words, (model,), asked)
    assert asked.words == words  # each once
    together = look_up(model, words)
    assert found.candidates.words == together.candidates.words == words
    for one, other in zip(columns(found), columns(together), strict=True):
        assert np.array_equal(one, other)
    assert found.clues == pytest.approx(together.clues)
    turned = met.of(words[::-1], (model,), asked)
    assert turned.candidates.words == words[::-1]
    assert len(turned.stems) == len(together.stems)


def test_what_comes_from_other_tables_or_is_too_much_is_found_anew(model, words):
    met, asked = Met(), Asked(model)
    tables = object(), object()
    for one in (tables, tables, tables[::-1], tables[::-1]):
        met.of(words[:2], one, asked)
    assert asked.words == words[:2] * 2
    small, asked = Met(most=1), Asked(model)
    small.of(words[:2], tables, asked)
    small.of(words[:2], tables, asked)
    assert asked.words == words[:2] * 2


def test_another_process_is_given_nothing_of_what_is_kept(model, words):
    met, asked = Met(most=100), Asked(model)
    met.of(words, (model,), asked)
    other = pickle.loads(pickle.dumps(met))
    assert other.most == 100
    assert len(pickle.dumps(met)) < 200
    other.of(words, (model,), asked)
    assert asked.words == words * 2


def test_a_correction_changes_what_is_known_of_words(texts, small, held_out):
    glosser, other = CrfGlosser(small).fit(texts), CrfGlosser(small).fit(texts)
    asked, corrected = held_out[:3], held_out[3]
    glosser.predict(asked)
    glosser.update(corrected)
    other.update(corrected)
    assert glosser.predict(asked, n_best=3) == other.predict(asked, n_best=3)
