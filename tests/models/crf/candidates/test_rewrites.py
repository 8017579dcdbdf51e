"""Rules of spelling: which are likely, what they make, and how likely each entry's is."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates.rewrites import Rewrites, split_rule

PAIRS = [("citi", "city"), ("ladi", "lady"), ("baby", "baby"), ("dai", "day"), ("cat", "cat")]


@pytest.mark.parametrize(
    ("chunk", "form", "rule"),
    [
        ("citi", "city", ("y", "i")),
        ("city", "city", ("", "")),
        ("cit", "city", ("y", "")),
        ("x", "city", ("city", "x")),
    ],
)
def test_a_rule_is_what_form_and_chunk_do_not_share(chunk, form, rule):
    assert split_rule(chunk, form) == rule


def test_a_rule_that_was_seen_twice_spells_other_forms_with_that_ending():
    rewrites = Rewrites(PAIRS)
    assert list(rewrites.spellings("party")) == ["parti"]
    assert list(rewrites.spellings("bat")) == []  # that a form stays itself was seen once there
    assert list(rewrites.spellings("y")) == []  # of which nothing would be left
    assert list(Rewrites(PAIRS[1:3]).spellings("party")) == []


def test_what_is_rare_among_the_forms_of_an_ending_is_no_rule():
    pairs = [*PAIRS[:2], *((f"{n}y", f"{n}y") for n in range(200))]
    assert list(Rewrites(pairs).spellings("party")) == ["party"]


def test_the_likeliest_rule_comes_first():
    pairs = [*PAIRS, ("tray", "tray"), ("toy", "toy"), ("boy", "boy")]
    assert list(Rewrites(pairs).spellings("party")) == ["party", "parti"]


def test_a_rule_is_as_likely_as_forms_that_end_alike_have_it():
    rewrites = Rewrites(PAIRS)
    for chunk, form in (*PAIRS, ("parti", "party")):
        rewrites.add(chunk, form)
    rewrites.gather()
    seen = np.arange(len(PAIRS))
    every = rewrites.weigh(seen, np.ones(len(PAIRS)))
    assert rewrites.names == ["y>i", "y>i", ">", "y>i", ">", "y>i"]
    assert 0 < every[2] < every[-1] < 1  # three forms in -y have the rule, one has not
    without = rewrites.weigh(seen, np.array([0.0, 0, 1, 0, 1]))
    assert without[-1] < every[-1]
    assert without[2] > every[2]
