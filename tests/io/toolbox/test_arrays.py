"""Lines and tokens as arrays."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.boundaries import is_word
from igtkit.io.toolbox.arrays import STRANGE, Lines, Tokens
from igtkit.io.toolbox.words import MARKS


def test_lines_stand_one_after_the_other():
    blocks = [
        {marker: (marker, marker + number, 1, False) for marker in markers.split()}
        for number, markers in zip("123", ["tx mb ge", "ps mb tx", "tx ge mb"], strict=True)
    ]
    lines = Lines.of(blocks, "tx", "mb", "ge")
    assert lines.texts == ["tx1", "mb1", "ge1", "ps2", "mb2", "tx2", "tx3", "ge3", "mb3"]
    assert [*lines.block] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert [*lines.first] == [0, 3, 6]
    assert [lines.texts[at] for at in lines.words] == ["tx1", "tx2", "tx3"]
    assert [lines.texts[at] for at in lines.morphemes] == ["mb1", "mb2", "mb3"]
    assert [lines.texts[at] for at in lines.glosses] == ["ge1", "mb2", "ge3"]
    assert [text for text, spoken in zip(lines.texts, lines.spoken, strict=True) if spoken] == [
        "tx1", "tx2", "tx3",
    ]  # fmt: skip


def test_tokens_are_known_by_their_boundaries():
    tokens = Tokens.of(["pala-  -si\tb", "", " = é"])
    assert tokens.texts(np.arange(len(tokens.line))) == ["pala-", "-si", "b", "=", "é"]
    assert [*tokens.line] == [0, 0, 0, 2, 2]
    assert [*tokens.first] == [0, 3, 3, 5]
    assert [*tokens.count] == [3, 0, 2]
    assert [*tokens.starts - tokens.feeds[tokens.line] - 1] == [0, 7, 11, 1, 3]
    assert [*tokens.opens] == [False, True, False, True, False]
    assert [*tokens.closes] == [True, False, False, True, False]
    assert [*tokens.alone] == [False, False, False, True, False]
    assert [*tokens.follows] == [False, True, False, False, True]


@pytest.mark.parametrize("number", [0, 1])
def test_no_tokens_are_none(number):
    tokens = Tokens.of([""] * number)
    assert len(tokens.starts) == len(tokens.line) == 0
    assert [*tokens.count] == [0] * number


LINES = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=6), max_size=4)


@given(LINES)
def test_lines_that_are_not_odd_have_the_tokens_that_python_gives(lines):
    tokens = Tokens.of(lines)
    for line in {*range(len(lines))} - {*tokens.odd.tolist()}:
        found = np.arange(tokens.first[line], tokens.first[line + 1])
        assert tokens.texts(found) == lines[line].split()
        assert "*" not in lines[line]
        assert not STRANGE.search(lines[line])


@given(LINES)
def test_a_token_that_is_not_unsure_is_a_word_or_one_boundary(lines):
    tokens = Tokens.of(lines)
    sure = np.setdiff1d(np.arange(len(tokens.line)), tokens.unsure)
    for text in tokens.texts(sure):
        assert is_word(text) or text in MARKS


def test_every_character_that_splits_a_line_is_strange_or_a_blank():
    every = [chr(number) for number in range(0x110000)]
    assert [one for one in every if one.isspace() and not STRANGE.match(one)] == [*"\t\n "]
    kept = [one for one in every if STRANGE.match(one) and not one.isspace()]
    assert {unicodedata.category(one) for one in kept} == {
        "Cc",
        "Cs",
        "So",
    }  # NUL and no characters
