"""What fits in a word, and what it costs."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.spans import find_forms, find_spans

ITEMS = [
    ("katas", (("kat", "cat", ""), ("as", "PL", "-")), ("kat", "as")),
    ("ka", (("ka", "go", ""),), ("ka",)),
    ("kas", (("ka", "go", ""), ("s", "3SG", "-")), ("ka", "s")),
]


@pytest.fixture
def lexicon():
    return Lexicon(ITEMS)


def known(lexicon, spans, kind):
    """The stretches of a kind, each with the form that it is said to be."""
    rows = np.flatnonzero(spans.kind == kind)
    forms = [lexicon.forms.all[lexicon.form[spans.entry[row]]] for row in rows]
    return set(zip(spans.begin[rows].tolist(), spans.end[rows].tolist(), forms, strict=True))


def test_every_stretch_is_known_or_may_be_a_new_stem(lexicon):
    spans = find_spans(lexicon, "kats")
    assert known(lexicon, spans, Kind.EXACT) == {(0, 2, "ka"), (0, 3, "kat"), (3, 4, "s")}
    new = spans.kind == Kind.UNKNOWN
    pairs = set(zip(spans.begin[new].tolist(), spans.end[new].tolist(), strict=True))
    assert pairs == {(begin, end) for end in range(1, 5) for begin in range(end)}
    assert (spans.length, spans.step) == (4, 1)


def test_a_spelling_variant_costs_and_is_looked_for_only_if_asked(lexicon):
    spans = find_spans(lexicon, "kāt")
    assert known(lexicon, spans, Kind.VARIANT) == {(0, 3, "kat")}
    assert (spans.cost[spans.kind == Kind.VARIANT] < 0).all()
    assert not (find_spans(lexicon, "kāt", variants=False).kind == Kind.VARIANT).any()


def test_a_new_stem_of_letters_that_stems_have_is_likelier(lexicon):
    def cost(word):
        spans = find_spans(lexicon, word)
        return spans.cost[(spans.begin == 0) & (spans.end == 3) & (spans.entry == -1)].item()

    assert 0 > cost("kak") > cost("xyz")


def test_a_very_long_word_has_stretches_in_proportion_to_its_length(lexicon):
    counts = [len(find_spans(lexicon, "ka" + "x" * (size - 2)).begin) for size in (250, 500)]
    assert counts[1] < 2.2 * counts[0]


def test_what_is_too_long_for_a_word_is_not_cut(lexicon):
    size = LONGEST_WORD + 1
    spans = find_spans(lexicon, "k" * size)
    assert (spans.begin.tolist(), spans.end.tolist(), spans.step) == ([0], [1], size)


def test_the_stretches_of_a_given_segmentation_are_its_morphemes(lexicon):
    spans = find_forms(lexicon, ["kat", "oy"])
    assert known(lexicon, spans, Kind.EXACT) == {(0, 1, "kat")}
    assert spans.begin[spans.kind == Kind.UNKNOWN].tolist() == [0, 1]
    assert spans.length == 2
