"""One prediction from all answers about a text."""

from __future__ import annotations

import pytest

from igtkit import IGT, formats
from igtkit.formats import problems
from igtkit.models.prompted.confidence import Answer
from igtkit.models.prompted.decoding import Request
from igtkit.models.prompted.reading import CUT_OFF, read_answers, unasked

TEXT = IGT("evde su", language="Turkish")
MULTITASK = formats.get("multitask")


def asked(prompt_format, answers, text=TEXT):
    """What was asked about a text, each task with the answer to it."""
    return [
        (Request(0, text, prompt_format.encode(text, task), [], 9), answer)
        for task, answer in answers.items()
    ]


def test_each_answer_gives_its_line_and_its_share_of_the_score():
    answers = {"t2g": Answer("house-LOC water", (-1.0, -3.0)), "t2s": Answer("ev-de su", (-0.5,))}
    made = read_answers(MULTITASK, asked(MULTITASK, answers), "Me")
    assert (made.segmentation, made.glosses) == ("ev-de su", "house-LOC water")
    assert made.score == pytest.approx(-1.5)
    assert (made.problems, made.system) == ((), "Me")
    assert [word.gloss for (word,) in made.words] == ["house-LOC", "water"]


def test_what_is_wrong_with_any_answer_is_said_once():
    answers = {"t2g": Answer("", complete=False), "t2s": Answer("", complete=False)}
    made = read_answers(MULTITASK, asked(MULTITASK, answers), "Me")
    assert made.problems == (problems.EMPTY, CUT_OFF)
    assert (made.score, made.words) == (None, ())


def test_a_segmentation_that_was_asked_about_is_that_of_the_prediction():
    text = IGT(None, "ev-de su")
    answers = {"s2g": Answer("house-LOC water")}
    made = read_answers(MULTITASK, asked(MULTITASK, answers, text), "Me")
    assert (made.segmentation, made.glosses) == ("ev-de su", "house-LOC water")


def test_a_text_without_words_has_a_prediction_without_being_asked_about():
    made = unasked(formats.get("word"), IGT("..."), "Me")
    assert (made.glosses, made.system) == ("...", "Me")
    assert [[word.gloss for word in words] for words in made.words] == [["..."]]
