"""Which class follows which."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates import classes
from igtkit.models.crf.candidates.classes import BEGIN, END, ClassOrder

BEFORE = np.array([BEGIN, 2, BEGIN, 2, 4, BEGIN, 5])
HERE = np.array([2, END, 2, 4, END, 5, END])
TIMES = np.array([3.0, 3.0, 1.0, 1.0, 1.0, 2.0, 2.0])


@pytest.mark.parametrize("many", [3, 1000])
def test_what_follows_has_most_of_the_probability(monkeypatch, many):
    monkeypatch.setattr(classes, "_MANY", many)
    order = ClassOrder(BEFORE, HERE, TIMES, 6)
    table, places = order.among(np.arange(6))
    assert places.tolist() == list(range(6))
    assert np.exp(table).sum(1) == pytest.approx(np.ones(6))
    assert table[BEGIN, 2] > table[BEGIN, 5] > table[BEGIN, 4]
    assert table[2, END] > table[2, 4] > table[2, 5]


@pytest.mark.parametrize("asked", [[[2, 4], [4, 5]], [[5]], np.zeros((0, 2), np.int64)])
def test_a_table_of_some_classes_is_that_of_all(monkeypatch, asked):
    whole, _ = ClassOrder(BEFORE, HERE, TIMES, 6).among(np.arange(6))
    monkeypatch.setattr(classes, "_MANY", 3)
    asked = np.array(asked)
    table, places = ClassOrder(BEFORE, HERE, TIMES, 6).among(asked)
    assert places.shape == asked.shape
    used = np.union1d([BEGIN, END], asked)
    assert np.array_equal(table, whole[np.ix_(used, used)])
    assert np.array_equal(used[places], asked)
    assert (used[BEGIN], used[END]) == (BEGIN, END)
