"""Punctuation: habits are counted, and do not depend on whether it stands apart."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.punctuation import Habits
from igtkit.models.crf.sentences import make_sentence

APART = [
    IGT(
        "« kato veni » , li diri .", "« kat-o ven-i » , li dir-i .", "« cat-N come-V » , he say-V ."
    ),
    IGT("hundo veni .", "hund-o ven-i .", "dog-N come-V ."),
    IGT("« hundo diri ! »", "« hund-o dir-i ! »", "« dog-N say-V ! »"),
]
ATTACHED = [
    IGT("kato veni, li diri.", "kat-o ven-i li dir-i", "cat-N come-V he say-V"),
    IGT("hundo veni.", "hund-o ven-i", "dog-N come-V"),
]


def test_marks_at_words_are_read_as_those_that_stand_apart() -> None:
    habits = Habits.learn(APART)
    sentence = habits.apart(make_sentence(IGT("«Kato veni», hundo diri!»")))
    assert sentence.words == ("Kato", "veni", "hundo", "diri")
    assert sentence.gaps == (("«",), (), ("»", ","), (), ("!", "»"))


def test_words_without_letters_stay() -> None:
    words, gaps = Habits.learn(APART).detach(["?!", "a"], [[], [], []])
    assert (words, gaps) == (["?!", "a"], [[], [], []])


@pytest.mark.parametrize("text", ["« hundo veni » .", "«hundo veni»."])
def test_lines_keep_marks_as_the_corpus_does_however_they_are_written(text: str) -> None:
    prediction = CrfGlosser().fit(APART).predict([IGT(text)])[0]
    assert prediction.segmentation == "« hund-o ven-i » ."
    assert prediction.glosses == "« dog-N come-V » ."
    assert prediction.words is not None
    assert len(prediction.words) == len(text.split())


def test_marks_that_the_analysis_lacks_are_left_out() -> None:
    prediction = CrfGlosser().fit(ATTACHED).predict([IGT("hundo veni, kato diri.")])[0]
    assert prediction.segmentation == "hund-o ven-i kat-o dir-i"


def test_marks_of_what_a_person_has_done_are_not_written_twice() -> None:
    glosser = CrfGlosser().fit(APART)
    text = IGT("hundo veni.", "hund-o ven-i.", "dog-N ???")
    done = glosser.predict([text], given="partial")[0]
    assert done.segmentation == "hund-o ven-i."
