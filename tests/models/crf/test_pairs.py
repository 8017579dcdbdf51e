"""Counts of pairs, beside a plain counter."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from igtkit.models.crf.pairs import Pairs, pair_keys

SIDE = 6
PAIR = st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1))
SEVERAL = st.lists(PAIR, max_size=60)


def keys(pairs):
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return pair_keys(table[:, 0], table[:, 1])


def equal(found: Pairs, counted: Counter) -> bool:
    every = np.arange(SIDE)
    table = found.count(pair_keys(every[:, None], every))
    rows: list[dict[int, int]] = [{} for _ in every]
    for first, second, often in zip(*map(np.ndarray.tolist, found.rows(every)), strict=True):
        rows[first][second] = often
    turned = found.turned()
    return all(
        table[a, b] == rows[a].get(b, 0) == counted[a, b] == turned.count(keys([(b, a)]))[0]
        for a in every.tolist()
        for b in every.tolist()
    )


@given(SEVERAL)
def test_pairs_are_counted_as_by_a_counter(pairs):
    assert equal(Pairs.of(keys(pairs)), Counter(pairs))


@given(SEVERAL, st.lists(SEVERAL, max_size=3), st.data())
def test_counts_that_are_added_and_taken_away_are_those_of_the_rest(first, more, data):
    found, counted = Pairs.of(keys(first)), Counter(first)
    for pairs in more:  # few pairs beside many are held apart, many are not
        found = found.plus(Pairs.of(keys(pairs)))
        counted.update(pairs)
        assert equal(found, counted)
    every = sorted(counted.elements())
    gone = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    counted.subtract(gone)
    assert equal(found.plus(Pairs.of(keys(gone)), -1), counted)


@given(st.lists(SEVERAL, max_size=4))
def test_the_total_of_parts_is_the_whole(parts):
    whole = [pair for part in parts for pair in part]
    assert equal(Pairs.total([Pairs.of(keys(part)) for part in parts]), Counter(whole))
