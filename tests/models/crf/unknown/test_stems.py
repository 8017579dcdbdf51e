"""The choice of a gloss for a stem never seen."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.knowledge import Place, View
from igtkit.models.crf.unknown.stems import KnownStem, Unknowns

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
    unknowns.train(examples)
    view = View(["The", "dog", "helmets"], ["dog", "?"], unknowns.knowledge.translations)
    options = unknowns.options(Place(1, "kabuto", "kabuto", "", ""), unknowns.offers(view))
    shares = unknowns.choose([options])[0]
    assert options.glosses[int(np.argmax(shares))] in ("helmets", "helmet")
