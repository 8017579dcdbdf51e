"""The candidate to learn: the exact analysis, or else the nearest."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates.lexicon import Lexicon
from igtkit.models.crf.candidates.table import Lookups, Memory, build
from igtkit.models.crf.targets import nearest

ITEMS = [
    ("kata", (("ka", "go", ""), ("ta", "PST", "-")), ("ka", "ta")),
    ("kas", (("ka", "go", ""), ("s", "3SG", "-")), ("ka", "s")),
    ("muta", (("mu", "eat", ""), ("ta", "PST", "-")), ("mu", "ta")),
    ("mus", (("mu", "mouse", ""), ("s", "PL", "-")), ("mu", "s")),
]


@pytest.fixture
def lexicon():
    return Lexicon(ITEMS)


def rows(lexicon, word, counts):
    weights = lexicon.weigh(counts)
    found = build(lexicon, weights, Memory(), counts, [word], lookups=Lookups())
    return weights, found


def glosses(lexicon, found, row):
    entries = found.entry[row, : found.size[row]].tolist()
    return [lexicon.glosses.all[lexicon.gloss[e]] if e >= 0 else "?" for e in entries]


@pytest.mark.parametrize("item", range(len(ITEMS)))
def test_the_exact_analysis_is_the_target_where_it_is_there(lexicon, item):
    weights, found = rows(lexicon, ITEMS[item][0], np.ones(len(ITEMS)))
    ((row, exact),) = nearest(lexicon, weights, found, [(0, item)])
    assert exact
    assert glosses(lexicon, found, row) == [gloss for _, gloss, _ in ITEMS[item][1]]


def test_an_unknown_stem_stands_for_a_stem_that_the_others_lack(lexicon):
    weights, found = rows(lexicon, "muta", np.array([1, 1, 0, 0]))
    ((row, exact),) = nearest(lexicon, weights, found, [(0, 2)])
    assert not exact
    assert glosses(lexicon, found, row) == ["?", "PST"]


def test_the_target_shares_as_many_glosses_as_any_candidate_does(lexicon):
    counts = np.array([1, 1, 0, 1])  # `eat` is not known, `mouse` is
    weights, found = rows(lexicon, "muta", counts)
    ((row, _),) = nearest(lexicon, weights, found, [(0, 2)])
    assert glosses(lexicon, found, row)[-1] == "PST"
    assert glosses(lexicon, found, row)[0] in ("?", "mouse")
