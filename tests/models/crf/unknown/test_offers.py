"""What a translation offers to the unknown stems of its sentence."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np
import pytest

from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.field import NO_FIELD, load_field
from igtkit.models.crf.unknown.knowledge import Knowledge, Place, View
from igtkit.models.crf.unknown.offers import Offers
from igtkit.models.crf.unknown.options import COLUMNS
from igtkit.models.crf.unknown.rules import GlossRules

SENTENCES = [(["dog", "see"], ["The", "dog", "saw", "it"]), (["cat"], ["The", "cats"])]
FREE, ORDER, SHIFT = (COLUMNS.index(name) for name in ("free", "order", "shift"))


def _offers(words: list[str], known: list[str | None], *, field: bool = True) -> Offers:
    translations = Translations.of(SENTENCES)
    rules = GlossRules()
    for glosses, line in SENTENCES:
        rules.learn(glosses, line)
    knowledge = Knowledge(Counter({("inu", "dog"): 2}), Counter(), translations, 0.5)
    view = View(words, known, translations)
    return Offers(view, knowledge, rules, load_field() if field else NO_FIELD)


def _place(word: int) -> Place:
    return Place(word, "xyz", "xyz", "", "")


def test_words_of_the_translation_come_before_what_other_languages_have():
    glosses, table = _offers(["the", "dog", "went"], ["dog", "?"]).near(_place(1))
    assert glosses.index("went") < glosses.index("go")
    assert len(set(glosses)) == len(glosses) == len(table)
    assert table.dtype == np.uint32


def test_a_name_is_offered_as_written_unless_it_begins_the_translation():
    glosses, _ = _offers(["Ruth", "saw", "Jason"], ["?", "?"]).near(_place(1))
    assert {"ruth", "jason", "Jason"} <= {*glosses}
    assert "Ruth" not in glosses


def test_without_the_table_other_languages_offer_nothing():
    glosses, _ = _offers(["the", "dog", "went"], ["dog", "?"], field=False).near(_place(1))
    assert "went" in glosses
    assert "go" not in glosses


def test_two_stems_of_a_sentence_see_the_same_words_from_their_own_places():
    offers = _offers(["horses", "and", "cows"], ["?", "?"])
    (glosses, first), (same, second) = offers.near(_place(0)), offers.near(_place(1))
    assert glosses == same
    assert not np.array_equal(first[:, SHIFT], second[:, SHIFT])
    row = glosses.index("cow")
    assert first[row, ORDER] != second[row, ORDER]


@pytest.mark.parametrize("but", [0, 1, 2])
def test_the_words_that_nothing_explains_are_counted_as_one_by_one(but):
    offers = _offers(["dog", "horse", "dogs", "cow", "see"], ["dog", "?", "see"])
    view = offers.view
    for t in range(6):
        free = 0
        for other in range(t):
            like, company = view.explained(other, but)
            free += like == 0 and company < 2 and offers._told[other]
        assert offers._free_before(t, but) == free


def test_far_words_of_a_long_translation_are_not_offered():
    words = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}horse" for n in range(400)]
    offers = _offers(words, ["?"] * 400)
    glosses, _ = offers.near(_place(200))
    assert words[200] in glosses
    assert words[0] not in glosses
    assert words[399] not in glosses
    assert words[0] in offers.near(_place(0))[0]


def test_time_grows_with_the_length_and_not_with_its_square():
    def seconds(count: int) -> float:
        words = [f"w{n}" for n in range(count)]
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            offers = _offers(words, ["?"] * count)
            for place in range(0, count, 4):
                offers.near(_place(place))
            best = min(best, time.process_time() - started)
        return best

    assert seconds(3200) < 64 * seconds(200)  # sixteen times the length; a square would be 256
