"""Entries, rewrite rules and weights."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates.lexicon import Kind, Lexicon, gloss_class

ITEMS = [
    ("citis", (("city", "city", ""), ("s", "PL", "-")), ("citi", "s")),
    ("ladis", (("lady", "lady", ""), ("s", "PL", "-")), ("ladi", "s")),
    ("baby", (("baby", "baby", ""),), ("baby",)),
    ("cats", (("cat", "cat", ""), ("s", "PL", "-")), ("cat", "s")),
]


@pytest.fixture
def lexicon():
    return Lexicon(ITEMS)


def _entries(lexicon, chunk):
    return {
        (
            lexicon.forms.all[lexicon.form[i]],
            lexicon.glosses.all[lexicon.gloss[i]],
            int(lexicon.kind[i]),
        )
        for i in lexicon.span.get(chunk, ())
    }


def test_a_rule_seen_twice_reaches_stems_it_was_not_seen_with(lexicon):
    assert ("baby", "baby", Kind.REWRITE) in _entries(lexicon, "babi")
    assert _entries(lexicon, "ladi") == {("lady", "lady", Kind.EXACT)}


def test_items_point_at_their_entries(lexicon):
    for (_, analysis, chunks), entries in zip(ITEMS, lexicon.item_entries, strict=True):
        assert [lexicon.chunks[e] for e in entries] == list(chunks)
        assert [lexicon.forms.all[lexicon.form[e]] for e in entries] == [
            form for form, _, _ in analysis
        ]


def test_weights_of_nothing_but_what_was_counted(lexicon):
    weights = lexicon.weigh(np.array([2, 0, 1, 0]))
    assert weights.entries.sum() == 5  # two items of two morphemes, one of one
    known = {lexicon.forms.all[lexicon.form[i]] for i in np.flatnonzero(np.isfinite(weights.entry))}
    assert known == {"city", "s", "baby"}


def test_probabilities_of_a_class_sum_to_no_more_than_one(lexicon):
    weights = lexicon.weigh(np.ones(len(ITEMS)))
    for cls in range(2, len(lexicon.classes)):
        assert np.exp(weights.entry[lexicon.cls == cls]).sum() <= 1 + 1e-9
    bigram, _ = weights.order.among(np.arange(len(lexicon.classes)))
    assert np.exp(bigram).sum(1) == pytest.approx(np.ones(len(lexicon.classes)), abs=1e-9)


def test_extending_gives_the_entries_a_new_lexicon_has(lexicon):
    new = ("dogs", (("dog", "dog", ""), ("s", "PL", "-")), ("dog", "s"))
    lexicon.extend([new])
    fresh = Lexicon([*ITEMS, new])
    assert _entries(lexicon, "dog") == _entries(fresh, "dog") == {("dog", "dog", Kind.EXACT)}
    counts = np.arange(1, len(ITEMS) + 2)
    mine, other = lexicon.weigh(counts), fresh.weigh(counts)
    for chunk in ("dog", "s", "cat", "citi"):
        assert sorted(mine.entry[lexicon.span[chunk]]) == pytest.approx(
            sorted(other.entry[fresh.span[chunk]])
        )


def test_extending_with_a_form_that_a_rule_had_foreseen_makes_it_a_seen_one(lexicon):
    lexicon.extend([("babis", (("baby", "baby", ""), ("s", "PL", "-")), ("babi", "s"))])
    assert _entries(lexicon, "babi") == {("baby", "baby", Kind.EXACT)}


def test_a_gloss_in_capitals_is_its_own_class():
    assert gloss_class("1SG.II") == "1SG.II"
    assert gloss_class("be.PST") == "STEM"
    assert gloss_class("家.PST") == "STEM"
    assert gloss_class("3sg.PST", {"3sg"}) == "3sg.PST"
