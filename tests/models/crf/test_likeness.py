"""How much a gloss looks like a word of the translation."""

from __future__ import annotations

import pytest

from igtkit.models.crf.likeness import Sight, alike, fold, pieces


@pytest.mark.parametrize(
    ("gloss", "expected"), [("dog", 4), ("be.angry", 3), ("angr", 2), ("zebra", 0), ("", 0)]
)
def test_likeness(gloss, expected):
    assert Sight(["The", "angry", "dog"]).likeness(gloss) == expected


@pytest.mark.parametrize(
    ("piece", "word", "expected"),
    [
        ("dog", "dog", 3),
        ("brother", "brothers", 2),
        ("angry", "angrily", 1),
        ("run", "ran", 0),
        ("go", "got", 0),  # two letters are too few
    ],
)
def test_words_are_alike_that_begin_alike(piece, word, expected):
    assert alike(piece, word) == alike(word, piece) == expected
    assert (word in Sight([word]).near(piece)) == (expected > 0)


def test_case_and_marks_do_not_count():
    assert fold("ÉTÉ") == "ete"
    assert pieces("Sun_set.down") == ("sun", "set", "down")
    assert pieces("...") == ()
