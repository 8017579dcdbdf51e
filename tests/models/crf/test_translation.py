"""The evidence of translations."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.likeness import Sight
from igtkit.models.crf.translation import Translations

SENTENCES = [
    (["dog", "see", "PST"], ["The", "dog", "saw", "it"]),
    (["dog", "be.angry"], ["The", "angry", "dogs"]),
    (["cat", "see"], ["The", "cat", "sees"]),
    (["cat", "be.tired", "PST"], ["The", "cats", "were", "tired"]),
    (["brother"], ["Brothers"]),
    (["fire", "burn"], ["A", "blaze"]),
    (["fire"], ["The", "blaze", "again"]),
]
COUNTED = [("dog", "dog"), ("see", "the"), ("fire", "blaze"), ("PST", "again"), ("none", "no")]


def test_leaving_sentences_out_equals_counting_the_others():
    whole = Translations.of(SENTENCES)
    for left_out in range(len(SENTENCES)):
        part = whole.without([left_out])
        rest = Translations.of(s for i, s in enumerate(SENTENCES) if i != left_out)
        assert part.count == rest.count
        for gloss in {g for glosses, _ in SENTENCES for g in glosses}:
            assert part.gloss(gloss) == rest.gloss(gloss)
            assert part.best(gloss) == rest.best(gloss)
        for word in ("dog", "the", "blaze", "saw"):
            assert part.word(word) == rest.word(word)
            assert part.company(word) == rest.company(word)
        names = [gloss for gloss, _ in COUNTED], [word for _, word in COUNTED]
        assert np.array_equal(part.together(*names), rest.together(*names))


def test_counts_equal_a_look_at_every_sentence():
    many = SENTENCES * 40  # more than are counted one by one
    counts = Translations.of(many)
    table = counts.together([gloss for gloss, _ in COUNTED], [word for _, word in COUNTED])
    for row, (gloss, _) in enumerate(COUNTED):
        for column, (_, word) in enumerate(COUNTED):
            both = sum(
                gloss in glosses and word in map(str.lower, words) for glosses, words in many
            )
            assert table[row, column] == both
    few = Translations.of(SENTENCES)
    for gloss, word in COUNTED:
        assert counts.gloss(gloss) == 40 * few.gloss(gloss)
        assert {w for w, _ in counts.best(gloss)} == {w for w, _ in few.best(gloss)}
        assert [g for g, _, _ in counts.company(word)] == [g for g, _, _ in few.company(word)]


def test_a_sentence_added_later_counts_as_one_from_the_beginning():
    grown, whole = Translations.of(SENTENCES[:-2]), Translations.of(SENTENCES)
    names = [gloss for gloss, _ in COUNTED], [word for _, word in COUNTED]
    grown.together(*names)
    grown.best("fire")
    for glosses, words in SENTENCES[-2:]:
        grown.add(glosses, words)
    assert np.array_equal(grown.together(*names), whole.together(*names))
    assert grown.best("fire") == whole.best("fire")
    assert grown.count == whole.count


@pytest.mark.parametrize("at_once", [256, 2])
def test_what_is_looked_up_together_is_what_each_is_apart(monkeypatch, at_once):
    monkeypatch.setattr("igtkit.models.crf.translation._NAMES", at_once)
    alike = (["a"], [f"w{n}" for n in range(12)])  # twelve that go equally well with it
    glosses = [*sorted({gloss for line, _ in SENTENCES for gloss in line}), "a", "never"]
    words = [*sorted({word.lower() for _, line in SENTENCES for word in line}), "never"]
    together, apart = (Translations.of([alike, *SENTENCES]) for _ in range(2))
    together.look_up(glosses[:2])
    for counts in (together, apart):  # what was looked up before is forgotten
        counts.add(*SENTENCES[0])
    together.look_up([*glosses, *glosses], words)
    assert [together.best(one) for one in glosses] == [apart.best(one) for one in glosses]
    assert [together.company(one) for one in words] == [apart.company(one) for one in words]
    assert together.best("never") == together.company("never") == []
    assert [word for word, _ in together.best("a")] == sorted(f"w{n}" for n in range(12))[:8]


def test_a_hundred_thousand_sentences_are_counted():
    many = [(["fire"], ["blaze"])] * 30_000 + [(["dog"], ["hound"])] * 70_000
    counts = Translations.of(many)
    assert counts.best("fire") == [("blaze", pytest.approx(1, abs=1e-3))]
    assert counts.company("blaze") == [("fire", 30_000, 1.0)]


def test_a_gloss_gains_by_a_word_it_goes_with_and_loses_by_its_absence():
    counts = Translations.of(SENTENCES)
    there, _, like = counts.evidence("fire", Sight(["The", "blaze"]))
    assert there > 0.4
    assert like == 0
    there, missing, _ = counts.evidence("fire", Sight(["The", "dog"]))
    assert there == 0
    assert missing > 0.4
