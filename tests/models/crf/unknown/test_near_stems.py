"""Stems that are spelled almost alike, beside a look at each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from igtkit.models.crf.unknown.near_stems import NearStems

STEM = st.text("abcáб", min_size=1, max_size=9)


@given(st.lists(STEM, unique=True), st.lists(STEM, unique=True), STEM, st.sampled_from([1, 2]))
def test_the_nearest_stems_are_found(stems, more, chunk, most):
    found = NearStems(stems)
    found.near(chunk, most)
    new = [stem for stem in more if stem not in stems]
    found.add(new)
    rows = [(Levenshtein.distance(chunk, stem), at, stem) for at, stem in enumerate(stems + new)]
    expected = [(stem, distance) for distance, _, stem in sorted(rows) if distance <= most][:3]
    assert found.near(chunk, most) == expected


@pytest.mark.parametrize("stems", [[], ["malin"]])
def test_where_none_is_near_nothing_is_found(stems):
    assert NearStems(stems).near("kuda", 2) == []
