"""What translations say, and glosses for unknown stems."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from igtkit.models.crf.translation import Sight, Translations
from igtkit.models.crf.unknown.knowledge import Place, View
from igtkit.models.crf.unknown.rules import GlossRules
from igtkit.models.crf.unknown.stems import Unknowns

SENTENCES = [
    (["dog", "see", "PST"], ["The", "dog", "saw", "it"]),
    (["dog", "be.angry"], ["The", "angry", "dogs"]),
    (["cat", "see"], ["The", "cat", "sees"]),
    (["cat", "be.tired", "PST"], ["The", "cats", "were", "tired"]),
    (["brother"], ["Brothers"]),
    (["fire", "burn"], ["A", "blaze"]),
    (["fire"], ["The", "blaze", "again"]),
]


def test_leaving_sentences_out_equals_counting_the_others():
    whole = Translations(SENTENCES)
    for left_out in range(len(SENTENCES)):
        part = Translations([SENTENCES[left_out]], whole)
        rest = Translations(s for i, s in enumerate(SENTENCES) if i != left_out)
        assert part.count == rest.count
        for gloss in {g for glosses, _ in SENTENCES for g in glosses}:
            assert part.gloss(gloss) == rest.gloss(gloss)
            assert part.best(gloss) == rest.best(gloss)
        for word in ("dog", "the", "blaze", "saw"):
            assert part.word(word) == rest.word(word)
            assert part.company(word) == rest.company(word)


def test_a_gloss_gains_by_a_word_it_goes_with_and_loses_by_its_absence():
    counts = Translations(SENTENCES)
    there, _, like = counts.evidence("fire", Sight(["The", "blaze"]))
    assert there > 0.4
    assert like == 0
    there, missing, _ = counts.evidence("fire", Sight(["The", "dog"]))
    assert there == 0
    assert missing > 0.4


@pytest.mark.parametrize(
    ("gloss", "expected"), [("dog", 4), ("be.angry", 3), ("angr", 2), ("zebra", 0), ("", 0)]
)
def test_likeness(gloss, expected):
    assert Sight(["The", "angry", "dog"]).likeness(gloss) == expected


def test_rules_make_glosses_of_words_they_were_not_seen_with():
    rules = GlossRules()
    for glosses, words in SENTENCES:
        rules.learn(glosses, words)
    assert "horse" in [made.gloss for made in rules.apply("horses", ())]
    assert "be.hungry" in [made.gloss for made in rules.apply("hungry", {"be.hungry"})]
    assert rules.apply("horses", {"horse"})[0].gloss == "horse"


def _unknowns():
    stems = Counter({("inu", "dog"): 2, ("neko", "cat"): 2, ("miru", "see"): 2, ("hi", "fire"): 2})
    return Unknowns(SENTENCES, stems, Translations(SENTENCES))


def test_the_unexplained_word_is_among_the_options_and_so_is_the_stem_itself():
    unknowns = _unknowns()
    view = View(
        ["The", "dog", "saw", "Horses"], ["dog", "see", "?"], unknowns.knowledge.translations
    )
    place = Place(2, "uma", "Uma", "", "")
    options = unknowns.options(place, view)
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
        examples.append(
            (unknowns.options(Place(1, f"x{number}yz", f"x{number}yz", "", ""), view), word)
        )
    unknowns.train(examples)
    view = View(["The", "dog", "helmets"], ["dog", "?"], unknowns.knowledge.translations)
    options = unknowns.options(Place(1, "kabuto", "kabuto", "", ""), view)
    shares = unknowns.choose([options])[0]
    assert options.glosses[int(np.argmax(shares))] in ("helmets", "helmet")


def test_what_a_rule_cuts_off_leaves_a_word():
    rules = GlossRules()
    rules.learn(["walk", "go", "see"], ["walking", "going", "seeing"])
    words = {"cut", "cutting", "settle", "settling", "walk", "oozing"}

    def made(word, known=()):
        return [one.gloss for one in rules.apply(word, known, words.__contains__)]

    assert made("cutting")[0] == "cut"
    assert made("settling")[0] == "settle"
    assert made("oozing")[0] == "ooz"  # nothing better is known
    assert made("oozing", {"ooze"})[0] == "ooze"
