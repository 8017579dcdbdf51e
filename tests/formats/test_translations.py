"""The words of a translation that no gloss has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.formats.translations import gloss_parts, left_over, translation_words

WORD = st.text("abC-.", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (None, ()),
        ("Unknown", ()),
        ("« Who » is Who?", ("who", "is")),
        ("I, I -- Ali's", ("i", "Ali's")),
        ("...", ()),
    ],
)
def test_the_words_of_a_translation(line, words):
    assert translation_words(line) == words


def test_a_gloss_has_words_that_begin_as_it_does():
    words = ["the", "houses", "of", "going", "INES"]
    assert left_over(words, ["house-of", "go", "thee.ines"]) == [
        ("the", "houses", "of", "going"),
        ("the", "going"),
        ("the", "going", "INES"),
    ]


def test_what_two_words_have_is_left_over_for_neither():
    assert left_over(["dog"], ["dog", "dog-PL"]) == [(), ()]


def test_of_many_the_longest_are_left_in_order():
    words = ["i", "saw", *(f"word{at}" for at in range(8)), "a"]
    assert left_over(words, ["???"]) == [tuple(words[2:10])]


@given(st.lists(WORD, max_size=12, unique=True), st.lists(WORD, min_size=1, max_size=4))
def test_what_is_left_over_is_in_no_gloss_of_the_others(words, glosses):
    for at, left in enumerate(left_over(words, glosses)):
        assert [word for word in words if word in left] == list(left)
        assert len(left) <= 8
        others = {part for other, gloss in enumerate(glosses) if other != at
                  for part in gloss_parts(gloss)}  # fmt: skip
        assert not others & {word.casefold() for word in left}
