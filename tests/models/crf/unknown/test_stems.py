"""The choice of a gloss for a stem never seen."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.knowledge import Place, View
from igtkit.models.crf.unknown.stems import KnownStem, NewStems, Unknowns

SENTENCES = [
    (["dog", "see", "PST"], ["The", "dog", "saw", "it"]),
    (["dog", "be.angry"], ["The", "angry", "dogs"]),
    (["cat", "see"], ["The", "cat", "sees"]),
    (["cat", "be.tired", "PST"], ["The", "cats", "were", "tired"]),
    (["brother"], ["Brothers"]),
    (["fire", "burn"], ["A", "blaze"]),
    (["fire"], ["The", "blaze", "again"]),
]


def _unknowns():
    stems = Counter({("inu", "dog"): 2, ("neko", "cat"): 2, ("miru", "see"): 2, ("hi", "fire"): 2})
    return Unknowns(SENTENCES, stems, Translations.of(SENTENCES))


def test_the_unexplained_word_is_among_the_options_and_so_is_the_stem_itself():
    unknowns = _unknowns()
    view = View(
        ["The", "dog", "saw", "Horses"], ["dog", "see", "?"], unknowns.knowledge.translations
    )
    place = Place(2, "uma", "Uma", "", "")
    options = unknowns.options(place, unknowns.offers(view))
    assert {"horse", "Uma", "uma", ""} <= set(options.glosses)
    assert options.glosses[-1] == ""
    assert len(set(options.glosses)) == len(options.glosses)
    shares = unknowns.choose([options])[0]
    assert shares.sum() == pytest.approx(1)


def test_without_a_translation_there_are_still_options():
    options = _unknowns().options(Place(0, "neka", "neka", "", "PL"), None)
    assert "cat" in options.glosses  # spelled almost alike
    assert options.source(options.glosses.index("cat")) == "near"


def test_training_prefers_what_was_right():
    unknowns = _unknowns()
    examples = []
    for number in range(30):
        word = f"wor{chr(97 + number % 26)}k"
        view = View(["The", "dog", word], ["dog", "?"], unknowns.knowledge.translations)
        place = Place(1, f"x{number}yz", f"x{number}yz", "", "")
        examples.append(KnownStem.of(unknowns.options(place, unknowns.offers(view)), word))
    unknowns.train(unknowns.study(examples))
    view = View(["The", "dog", "helmets"], ["dog", "?"], unknowns.knowledge.translations)
    options = unknowns.options(Place(1, "kabuto", "kabuto", "", ""), unknowns.offers(view))
    shares = unknowns.choose([options])[0]
    assert options.glosses[int(np.argmax(shares))] in ("helmets", "helmet")


def test_learning_from_some_of_the_stems_is_as_if_there_were_no_others():
    unknowns = _unknowns()
    examples = []
    for number in range(40):
        word = f"wor{chr(97 + number % 26)}k"
        stems = NewStems(unknowns, ["The", "dog", word], ["dog", "?"], unknowns.knowledge)
        options = stems.options(Place(1, f"x{number}", f"x{number}", "", ""))
        examples.append(KnownStem.of(options, word))
    chosen = np.arange(0, 40, 3)
    unknowns.train(unknowns.study(examples), chosen, seed=5)
    some = unknowns.weights
    unknowns.train(unknowns.study([examples[i] for i in chosen]), seed=5)
    assert np.array_equal(unknowns.weights, some)
    unknowns.train(unknowns.study([]))  # learns nothing
    assert np.array_equal(unknowns.weights, some)


@pytest.mark.parametrize("words", [["The", "dog", "saw", "Horses"], []])
def test_the_options_of_a_sentence_s_stems_are_found_once(words):
    unknowns = _unknowns()
    known = ["dog", "see", "?"]
    stems, place = NewStems(unknowns, words, known, unknowns.knowledge), Place(2, "a", "a", "", "")
    options = stems.options(place)
    view = View(words, known, unknowns.knowledge.translations)
    expected = unknowns.options(place, unknowns.offers(view) if words else None)
    assert options.glosses == expected.glosses
    assert np.array_equal(options.table(), expected.table())
    assert stems.options(place) is options
