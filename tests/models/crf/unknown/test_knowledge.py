"""Knowledge of stems and of translations that known words explain in part."""

from __future__ import annotations

from collections import Counter

import pytest

from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.knowledge import Knowledge, View, romanize

COUNTS = Translations.of(
    [(["dog", "see"], ["The", "dog", "saw"])] * 4 + [(["fire"], ["A", "blaze"])] * 2
)


def knowledge(*stems):
    return Knowledge(Counter(dict(stems)), Counter(), COUNTS, 0.5)


def test_a_word_is_explained_by_the_glosses_of_other_words():
    view = View(["The", "dogs", "blaze"], ["dog", None, "fire", "?"], COUNTS)
    assert view.unknown == [3]
    assert view.explained(1, but=3) == (2, 0)  # `dog` begins `dogs`
    assert view.explained(1, but=0) == (0, 0)
    like, company = view.explained(2, but=3)
    assert (like, company > 0) == (0, True)  # `fire` goes with `blaze`
    assert view.place_of == {0: 1}


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [("katuma", ["katumo"]), ("kat", []), ("zzzzzz", []), ("katumola", ["katumolo"])],
)
def test_stems_spelled_almost_alike(chunk, expected):
    known = knowledge((("katumo", "a"), 1), (("katumolo", "b"), 1), (("kat", "c"), 1))
    assert [near for near, _ in known.like(chunk)][: len(expected) or 1] == expected


def test_what_rare_stems_are_glossed_and_what_was_taken_away():
    known = knowledge(
        (("ab", "fish"), 1), (("cd", "fish"), 1), (("ef", "sun"), 1), (("gh", "x"), 0)
    )
    assert known.rare == ["fish"]
    assert known.glosses == {"fish": 2, "sun": 1}


def test_a_sentence_that_is_taken_in_is_found_at_once():
    known = knowledge((("katumo", "a"), 1))
    assert known.like("sumila") == []
    known.add(Counter({("sumilo", "new"): 1}))
    assert known.like("sumila") == [("sumilo", 1)]
    assert known.glosses["new"] == 1


@pytest.mark.parametrize(
    ("text", "expected"), [("Шушбӏар", "shushbar"), ("É-ö 1", "eo1"), ("", ""), ("猫", "猫")]
)
def test_names_can_be_compared_across_scripts(text, expected):
    assert romanize(text) == expected
