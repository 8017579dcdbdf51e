"""Texts and predictions as columns in a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit import IGT, Prediction, load_sample
from igtkit._characters import display_width
from igtkit.display import compare_text, to_text


@given(aligned_lines(), st.integers(1, 60))
def test_every_token_is_there_in_order_whatever_the_width(lines, width):
    transcription, segmentation, glosses = lines
    shown = to_text(IGT(transcription, segmentation, glosses), width).split()
    for line in lines:
        tokens = iter(shown)
        assert all(token in tokens for token in line.split())


def test_no_line_is_wider_than_asked_for_but_for_one_long_word():
    for igt in load_sample()[:50]:
        for line in to_text(igt.replace(translation=None), 40).split("\n"):
            assert display_width(line) <= 40 or " " not in line.strip()


def test_words_stand_beneath_each_other_by_their_width_on_the_screen():
    shown = to_text(IGT("猫 ɛ́a", "猫 ɛ́a", "cat x"), 40)
    assert shown == "猫  ɛ́a\n猫  ɛ́a\ncat x"


def test_a_transcription_with_other_words_stands_above():
    assert to_text(IGT("a  b c", "a-b", "A-B"), 40) == "a b c\na-b\nA-B"


@pytest.mark.parametrize(
    ("prediction", "marks"),
    [
        (Prediction("cat-s run", "cat-PL run"), ""),
        (Prediction("cats run", "cat-PL run"), "^^^^^^"),
        (Prediction("cat-s run away", "cat-PL run away"), "^^^^"),
        (Prediction(None, None), "^^^^^^ ^^^"),
    ],
)
def test_words_that_differ_are_marked(prediction, marks):
    gold = IGT("cats run", "cat-s run", "cat-PL run")
    last = compare_text(gold, prediction, 60).split("\n")[-1].strip()
    assert last == marks or not marks
    assert ("^" in last) == bool(marks)


def test_words_can_be_marked():
    igt = IGT("cats run", "cat-s run", "cat-PL run")
    assert to_text(igt, 60, marked={0}).split("\n")[-1] == "^^^^^^"
    assert to_text(igt, 60, marked={1}).split("\n")[-1] == "       ^^^"
    assert to_text(IGT(None), 60, marked={0}) == ""


def suggested(*probabilities, **mark):
    mark = {"system": "crf", "probabilities": list(probabilities), "confirmed": False, **mark}
    return IGT("kedi, gel !", "kedi , gel !", "cat , come !", metadata={"prediction": mark})


def test_suggestions_and_doubtful_words_are_marked_without_color():
    assert to_text(suggested(0.97, 0.31, None), 60).splitlines() == [
        "kedi,   gel  !",
        "kedi  , gel  !",
        "cat   , come !",
        "97%     31%?",
        "(Suggested by crf, not confirmed)",
    ]
    plain = to_text(suggested(0.97, 0.31, None, confirmed=True), 60)
    assert plain.endswith("come !\n(Suggested by crf, confirmed)")


@pytest.mark.parametrize(
    "odd", [[], [1], ["a", "b", "c"], [2.0, -1.0, True], [float("nan")] * 3, None, "text", {}]
)
def test_numbers_that_are_none_are_not_shown(odd):
    text = to_text(suggested(probabilities=odd), 60)
    assert "%" not in text
    assert text.endswith("(Suggested by crf, not confirmed)")


def test_color_adds_nothing_but_color():
    igt = suggested(0.97, 0.31, None)
    colored = to_text(igt, 10, color=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == to_text(igt, 10)
    assert "\x1b[36mkedi\x1b[0m" in colored
    assert "\x1b[1;33m31%?\x1b[0m" in colored
    done = IGT("a", "a", "b")
    assert to_text(done, color=True) == to_text(done)


def test_what_stands_in_a_text_acts_on_no_terminal_in_color_either():
    mark = {"system": "\x1b[8m", "probabilities": [0.1]}
    igt = IGT("a", "\x1b[31ma", "b", metadata={"prediction": mark})
    left = re.sub("\x1b\\[(36|1;33|0)m", "", to_text(igt, 60, color=True))
    assert "\x1b" not in left


def test_words_that_a_person_had_done_are_no_suggestions():
    mark = {"system": "crf", "probabilities": [1.0, 0.3], "given": [True, False]}
    igt = IGT("cats run", "cat-s run", "cat-PL jog", metadata={"prediction": mark})
    assert to_text(igt, 60).splitlines()[3] == "       30%?"
    first = to_text(igt, 60, color=True).splitlines()[0]
    assert first == "cats   \x1b[1;33mrun\x1b[0m"
