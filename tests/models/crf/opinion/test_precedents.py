"""Votes of earlier occurrences, beside a slow count."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models.crf.opinion.precedents import VOTES, Precedents

ROWS = np.array([7, 8, 9], np.uint64)  # identities of the items 0, 1, 2
SENTENCES = [
    (["the", "can"], [-1, 0], ["a", "tin"]),
    (["we", "can", "go"], [-1, 1, -1], ["we", "may", "go"]),
    (["they", "can", "go"], [-1, 1, -1], ["they", "may"]),
]


def votes(found, cores, line, without=None, rows=ROWS):
    first = np.arange(0, len(rows) * len(cores) + 1, len(rows))
    return found.votes([cores], [line], first, np.tile(rows, len(cores)), ROWS, without)


@pytest.fixture
def found() -> Precedents:
    precedents = Precedents()
    for row in SENTENCES:
        precedents.add(*row)
    return precedents


def test_an_equal_neighbor_speaks_for_its_analysis(found):
    table = votes(found, ["you", "can", "go"], ["You", "may", "go"])[3:6]
    before, after, alike, most = table.T
    assert before.tolist() == pytest.approx([0, 0, 0], abs=0.05)
    assert after[1] > 0 > after[0]
    assert alike[1] > 0 > alike[0]
    assert most.tolist() == [0, 1, 0]


def test_a_like_translation_speaks_for_its_analysis(found):
    table = votes(found, ["x", "can"], ["tin"])[3:6]
    assert table[0, 2] > 0 > table[1, 2]


def test_where_all_agree_nothing_is_said(found):
    assert not votes(found, ["go", "the"], ["go"]).any()


def test_what_is_left_out_does_not_vote(found):
    without = np.array([True, False, False])
    assert not votes(found, ["the", "can"], ["a", "tin"], without).any()
    assert votes(found, ["the", "can"], ["a", "tin"]).any()


def test_a_word_never_seen_has_no_votes(found):
    assert not votes(found, ["hovercraft"], []).any()
    assert found.votes([[]], [[]], np.zeros(1, np.int64), ROWS[:0], ROWS).shape == (0, len(VOTES))


words = st.sampled_from("abc")
rows = st.lists(st.tuples(words, st.integers(0, 2)), min_size=1, max_size=4).map(
    lambda row: ([w for w, _ in row], [i for _, i in row], [])
)


@given(st.lists(rows, min_size=1, max_size=6), st.lists(words, min_size=1, max_size=4))
def test_votes_of_neighbors_are_what_a_slow_count_finds(sentences, cores):
    found = Precedents()
    seen = []
    for row in sentences:
        found.add(*row)
        padded = ["<", *row[0], ">"]
        seen += [
            (word, item, padded[i], padded[i + 2])
            for i, (word, item) in enumerate(zip(row[0], row[1], strict=True))
        ]
    table = votes(found, cores, []).reshape(len(cores), 3, -1)
    padded = ["<", *cores, ">"]
    for index, core in enumerate(cores):
        own = [one for one in seen if one[0] == core]
        counts = Counter(item for _, item, _, _ in own)
        for item in range(3):
            if len(counts) < 2:
                assert not table[index, item].any()
                continue
            share = (counts[item] + 0.02) / (len(own) + 0.1)
            for column, (place, neighbor) in enumerate(
                ((2, padded[index]), (3, padded[index + 2]))
            ):
                same = [one for one in own if one[place] == neighbor]
                mine = sum(one[1] == item for one in same)
                value = math.log((mine + share) / (len(same) + 1) / share)
                assert table[index, item, column] == pytest.approx(value)
