"""How sure a machine was of each word, and whether a person has confirmed it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.igt import IGT
from igtkit.igt.doubt import (
    describe_suggestion,
    is_suggested,
    word_probabilities,
    word_suggestions,
    words_given,
)


def text(probabilities, segmentation="kedi-ler geldi", transcription="Kediler geldi", **mark):
    mark = {"system": "crf", "confirmed": False, "probabilities": probabilities, **mark}
    glosses = " ".join("X-Y" if "-" in form else form for form in segmentation.split())
    return IGT(transcription, segmentation, glosses, metadata={"prediction": mark})


def chances(igt):
    return word_probabilities(igt, igt.words)


@pytest.mark.parametrize(
    ("mark", "suggested", "said"),
    [
        (None, False, None),
        ("crf", False, None),
        ({}, True, "Suggested by a machine, not confirmed"),
        ({"system": "crf"}, True, "Suggested by crf, not confirmed"),
        ({"system": "crf", "confirmed": False}, True, "Suggested by crf, not confirmed"),
        ({"system": "crf", "confirmed": True}, False, "Suggested by crf, confirmed"),
    ],
)
def test_a_suggestion_is_a_machines_until_somebody_confirms_it(mark, suggested, said):
    igt = IGT("a", metadata={} if mark is None else {"prediction": mark})
    assert is_suggested(igt) is suggested
    assert describe_suggestion(igt) == said


@pytest.mark.parametrize(
    ("igt", "expected"),
    [
        (text([0.9, 0.3]), [0.9, 0.3]),
        (text([0.9, None]), [0.9, None]),
        (text([1, 0]), [1, 0]),
        (text([0.9, 0.3], confirmed=True), [None, None]),
        (text([0.9]), [None, None]),
        (text([0.9, 0.3, 0.1]), [None, None]),
        (text(None), [None, None]),
        (text("ab"), [None, None]),
        (text([True, "0.5"]), [None, None]),
        (text([1.1, -0.1]), [None, None]),
        (text([float("nan"), 0.5]), [None, 0.5]),
        # the text has punctuation that the analysis leaves out, or the other way round
        (text([0.9, 0.3], "kedi-ler geldi .", "Kediler geldi."), [0.9, 0.3, None]),
        (text([0.9, 0.3, 0.2], "kedi-ler geldi .", "Kediler geldi ."), [0.9, 0.3, 0.2]),
        (text([0.9, 0.3, 0.2], "kedi-ler geldi .", "Kediler geldi."), [0.9, 0.3, 0.2]),
        (text([None, 0.9, None, 0.3, None], "kedi-ler geldi", "“Kediler, geldi."), [0.9, 0.3]),
        (text([None, 0.9, None, 0.3, None], "kedi-ler geldi", "Kediler geldi."), [None, None]),
    ],
)
def test_each_word_has_the_number_that_was_given_for_it(igt, expected):
    assert chances(igt) == expected


@given(st.lists(st.one_of(st.none(), st.floats(), st.integers(), st.text(max_size=1)), max_size=4))
def test_whatever_stands_there_a_probability_is_one(given_numbers):
    found = chances(text(given_numbers))
    assert len(found) == 2
    assert all(each is None or 0 <= each <= 1 for each in found)
    if len(given_numbers) != 2:
        assert found == [None, None]


def test_alternatives_and_reasons_stand_beside_their_words():
    options = [[["kedi-le", "cat-INS", 0.05]], [["gel-di", "come-PST", None], "no option"], []]
    igt = text(
        [0.9, 0.3, None],
        "kedi-ler geldi .",
        "Kediler geldi .",
        alternatives=options,
        evidence=[["seen 3 times"], [], []],
        given=[False, True, False],
    )
    open_ = igt.replace(metadata={"prediction": igt.metadata["prediction"] | {"given": []}})
    assert [one.gloss for one in word_suggestions(open_, igt.words)[1]] == ["geldi", "come-PST"]
    first, second, mark = word_suggestions(igt, igt.words)
    assert [(one.form, one.gloss, one.probability) for one in first] == [
        ("kedi-ler", "X-Y", 0.9),
        ("kedi-le", "cat-INS", 0.05),
    ]
    assert first[0].evidence == ("seen 3 times",)
    assert second == mark == ()  # the second word is a person's
    assert word_probabilities(igt, igt.words) == [0.9, None, None]
    assert words_given(igt, igt.words) == [False, True, False]


@pytest.mark.parametrize("options", [None, [], "ab", [[]], [[["a"]], [[1, "b", 0.1]]]])
def test_damaged_alternatives_are_none(options):
    igt = text([0.9, 0.3], alternatives=options)
    assert [len(one) for one in word_suggestions(igt, igt.words)] == [1, 1]
    assert words_given(igt, igt.words) == [False, False]
    confirmed = text([0.9, 0.3], confirmed=True, alternatives=options)
    assert word_suggestions(confirmed, confirmed.words) == [(), ()]
