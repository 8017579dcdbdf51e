"""Punctuation: habits are counted, and do not depend on whether it stands apart."""

from __future__ import annotations

import pytest
from models.quick import quick_glosser

from igtkit import IGT
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
    prediction = quick_glosser().fit(APART).predict([IGT(text)])[0]
    assert prediction.segmentation == "« hund-o ven-i » ."
    assert prediction.glosses == "« dog-N come-V » ."
    assert prediction.words is not None
    assert len(prediction.words) == len(text.split())


def test_marks_that_the_analysis_lacks_are_left_out() -> None:
    prediction = quick_glosser().fit(ATTACHED).predict([IGT("hundo veni, kato diri.")])[0]
    assert prediction.segmentation == "hund-o ven-i kat-o dir-i"


def test_marks_of_what_a_person_has_done_are_not_written_twice() -> None:
    glosser = quick_glosser().fit(APART)
    text = IGT("hundo veni.", "hund-o ven-i.", "dog-N ???")
    done = glosser.predict([text], given="partial")[0]
    assert done.segmentation == "hund-o ven-i."


@pytest.mark.parametrize("small", [True, False])
def test_the_capital_of_a_sentence_is_kept_where_the_corpus_keeps_it(small: bool) -> None:
    lines = [
        ("Kato veni .", "Kat-o ven-i .", "cat-N come-V ."),
        ("Hundo veni .", "Hund-o ven-i .", "dog-N come-V ."),
        ("Petro diri .", "Petr-o dir-i .", "Peter-N say-V ."),
    ]
    texts = [IGT(a, b.lower() if small and "Petr" not in b else b, c) for a, b, c in lines]
    habits = Habits.learn(texts)
    assert habits.lowers is small
    sentence = make_sentence(IGT("« Birdo » , Maro diri ."))
    assert habits.small(sentence, 0, "bird") is small
    assert not habits.small(sentence, 0, "Mary")  # a name
    assert not habits.small(sentence, 1, "bird")  # within a sentence


def test_what_is_said_in_a_sentence_begins_with_a_capital_too() -> None:
    habits = Habits.learn([IGT("Kato veni .", "kat-o ven-i .", "cat-N come-V .")])
    sentence = make_sentence(IGT("Li diri : « Hundo veni » , Ursa ."))
    assert [habits.small(sentence, index, "x") for index in range(5)] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_a_new_stem_that_begins_a_sentence_is_small_like_those_of_the_corpus() -> None:
    texts = [IGT("Kato veni .", "kat-o ven-i .", "cat-N come-V .")] * 2
    texts += [IGT("Hundo diri .", "hund-o dir-i .", "dog-N say-V .")] * 2
    glosser = quick_glosser().fit(texts)
    ((word, *_),) = glosser.predict([IGT("Birdo", translation="a bird")], n_best=5)[0].words[:1]
    assert word.form.startswith("bird")
