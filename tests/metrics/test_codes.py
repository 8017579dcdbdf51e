"""Gloss lines as tokens: what counts as a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from metrics.examples import score
from metrics.oracle import token

from igtkit.boundaries import split_morphemes
from igtkit.errors import InputError
from igtkit.metrics import error_rate
from igtkit.metrics._codes import morphemes


def test_punctuation_is_no_gloss_word_but_a_segmentation_token():
    report = score("a .", "a .", "a", "a")
    assert report["glossing.word.error_rate"] == 0
    assert report["glossing.character.error_rate"] == pytest.approx(2 / 3)  # the raw line
    assert report["segmentation.recall"] == 0.5


@pytest.mark.parametrize("token", ["'", "??", "???", "-"])
def test_apostrophe_question_marks_and_dash_count_as_words(token):
    assert error_rate("a", f"a {token}", level="word") == 0.5


def test_more_different_tokens_than_there_are_characters_is_a_clear_error():
    many = " ".join(map(str, range(0x110000)))
    with pytest.raises(InputError, match="score the corpus in parts"):
        error_rate(many, "a", level="word")


@given(token)
def test_morphemes_are_what_the_boundaries_say(word):
    assert morphemes(word) == [text for _, text in split_morphemes(word)]
