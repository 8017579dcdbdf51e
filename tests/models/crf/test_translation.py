"""The evidence of translations."""

from __future__ import annotations

import pytest

from igtkit.models.crf.translation import Sight, Translations

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
