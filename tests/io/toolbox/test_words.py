"""Words, put together of morphemes that stand apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._joining import is_mark
from igtkit.io.toolbox.words import (
    join_cells,
    join_columns,
    leads_out,
    lines_leading_out,
    unknown_cells,
)


@pytest.mark.parametrize(
    ("forms", "texts", "word"),
    [
        (["ev", "-ler"], ["house", "-PL"], "house-PL"),
        (["ev", "-ler"], ["house", "PL"], "house-PL"),
        (["a-", "b"], ["A", "B"], "A-B"),
        (["a", "=b"], ["A", "B"], "A=B"),
        (["a", "-", "b"], ["A", "-", "B"], "A-B"),
        (["bi", "<um>"], ["buy", "ACT"], "buy<ACT>"),
        (["black", "bird"], ["black", "bird"], "black-bird"),
    ],
)
def test_morphemes_are_joined_by_their_own_boundary_or_that_of_the_form(forms, texts, word):
    assert join_columns([forms, texts], [(0, len(forms))])[1] == word


TOKENS = st.lists(st.text("ab-=", min_size=1, max_size=4), min_size=1, max_size=6)


@given(TOKENS)
def test_one_token_under_each_is_the_plain_case_of_cells(tokens):
    spans = [(0, len(tokens))]
    [line] = join_columns([tokens], spans)
    assert line.split() == join_cells(tokens, [[one] for one in tokens], spans)
    alone = [(place, place + 1) for place in range(len(tokens))]
    assert join_columns([tokens], alone) == [" ".join(tokens)]


def test_several_words_and_punctuation_under_a_word():
    assert join_cells(["ev", "-ler"], [["big", "house"], ["-PL", "."]], [(0, 2)]) == [
        "big_house-PL",
        ".",
    ]
    assert join_cells(["ev", "."], [["house"], []], [(0, 1), (1, 2)]) == ["house"]


@pytest.mark.parametrize(
    ("form", "text", "out"),
    [
        ("uc", "three-", True),
        ("uc-", "three-", False),
        ("uc", "-three", True),
        ("=uc", "=3", False),
    ],
)
def test_a_boundary_that_leads_out_of_a_word(form, text, out):
    assert leads_out([form, "ev"], [text, "house"], [(0, 1), (1, 2)]) is out


def test_a_question_mark_under_a_word_is_unknown():
    assert unknown_cells(["a", "-b", "?"], [["?"], ["-?"], ["?"]]) == [["???"], ["-???"], ["?"]]


MARKED = st.sampled_from(["ev", "-ler", "o-", "=de", "a~", ".", "x-y", "<um>", "-"])


@given(st.data(), st.lists(MARKED, min_size=2, max_size=6))
def test_lines_are_joined_at_once_as_they_are_one_by_one(data, forms):
    end = data.draw(st.integers(1, len(forms)))
    spans = [(0, end), *((at, at + 1) for at in range(end, len(forms)))]
    under = st.lists(MARKED, min_size=len(forms), max_size=len(forms))
    lines = [forms, *data.draw(st.lists(under, max_size=3))]
    joined = join_columns(lines, spans)
    assert joined == [
        " ".join(filter(None, join_cells(forms, [[text] for text in texts], spans)))
        for texts in lines
    ]
    edges = [forms[place] for begin, end in spans for place in (begin, end - 1)]
    found = lines_leading_out(lines, joined, spans, plain=not any(map(is_mark, edges)))
    assert found == [place for place, texts in enumerate(lines) if leads_out(forms, texts, spans)]
