"""How likely the letters of a new stem are."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates.stem_letters import StemLetters


def total(letters, word):
    running, begin, end = letters.scores(word)
    return begin[0] + running[len(word) - 1] + end[-1]


def test_letters_that_stems_have_are_likelier():
    letters = StemLetters(["kata", "kati", "taki"])
    assert total(letters, "kaki") > total(letters, "kaxi") > total(letters, "zzzz")
    assert total(letters, "ta") > total(letters, "takita")


def test_the_sums_are_those_of_each_part_of_a_word():
    letters = StemLetters(["kata", "kati", "taki"])
    running, begin, end = letters.scores("katik")
    part = begin[1] + running[3] - running[1] + end[3]
    assert part == pytest.approx(total(letters, "ati"))


def test_what_may_follow_a_letter_sums_to_one_with_what_was_not_seen():
    stems = ["ab", "ba", "aa"]
    _, _, end = StemLetters(stems).scores("a")
    after = [StemLetters(stems).scores("a" + letter)[0][1] for letter in "abcdefghijkl"]
    assert np.exp([*after, *end]).sum() == pytest.approx(1)  # a, b, the end, and ten not seen
