"""The table of clues."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.opinion.clues import CLUES, OWN_CLUES, Asked, Experience
from igtkit.models.crf.sentences import make_sentence


@pytest.fixture(scope="module")
def model(glosser):
    return glosser._model


def clues(model, experience, held_out):
    sentences = [make_sentence(text) for text in held_out[:6]]
    cores = [[model.core(word) for word in one.words] for one in sentences]
    words = sorted({core for row in cores for core in row})
    candidates = model.candidates(words, model.counts, model.weights)
    items = [[words.index(core) for core in row] for row in cores]
    lines = [one.translation for one in sentences]
    of_words = experience.of_words(candidates, experience.tactics)
    asked = Asked(cores, lines, items, candidates, model.translations, of_words)
    return experience.clues(asked)


def test_every_clue_has_its_own_name():
    assert len(set(CLUES)) == len(CLUES)
    assert set(OWN_CLUES) < set(CLUES)


def test_sentences_added_later_count_the_same(model, held_out):
    whole, grown = Experience(model.lexicon), Experience(model.lexicon)
    rows = [model._met(sentence) for sentence in model.sentences]
    whole.add(rows)
    for row in rows:
        grown.add([row])
    found = clues(model, whole, held_out)
    assert found.shape[1] == len(OWN_CLUES)
    assert (found == clues(model, grown, held_out)).all()


def test_all_clues_are_finite_without_a_sentence(model, held_out):
    assert np.isfinite(clues(model, Experience(model.lexicon), held_out)).all()
