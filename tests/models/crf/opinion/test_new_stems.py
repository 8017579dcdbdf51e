"""What the other words say of the ends of a new stem."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.candidates.lexicon import Kind
from igtkit.models.crf.opinion.new_stems import NEW, Vocabulary


def slow(words, word, begin, end):
    others = {w for w in words if w != word}
    begun = {w for w in others if w.startswith(word[:end])}
    ended = {w for w in others if w.endswith(word[begin:])}
    follow = {w[end : end + 1] for w in begun} - {""}
    before = {w[: len(w) - (len(word) - begin)][-1:] for w in ended} - {""}
    inside, tail = end < len(word), begin > 0
    return [
        (end - begin) / 8,
        (end - begin) / len(word),
        float(begin == 0),
        float(end == len(word)),
        np.log1p(len(begun)) if inside else 0,
        np.log1p(len(follow)) if inside else 0,
        np.log1p(len(ended)) if tail else 0,
        np.log1p(len(before)) if tail else 0,
    ]


@pytest.mark.parametrize("given", ["evler", "kedimiz"])
def test_clues_are_what_a_slow_count_finds(glosser, given):
    model = glosser._model
    vocabulary = Vocabulary()
    words = ["ev", "evde", "evler", "kedi", "kedim", "kediniz", "benimiz", "eller"]
    vocabulary.add(words)
    vocabulary.add(words)  # each counts once
    candidates = model.candidates([given], model.counts, model.weights)
    found = vocabulary.clues(candidates)
    assert found.shape == (len(candidates.size), len(NEW))
    rows, slots = np.nonzero(candidates.kind == Kind.UNKNOWN)
    assert len(rows)
    for row, slot in zip(rows.tolist(), slots.tolist(), strict=True):
        begin, end = int(candidates.begin[row, slot]), int(candidates.end[row, slot])
        assert found[row] == pytest.approx(slow(words, given, begin, end))


def test_known_words_have_no_such_clue(glosser):
    model = glosser._model
    candidates = model.candidates(["kalo"], model.counts, model.weights)
    known = ~candidates.unknown
    assert known.any()
    assert not Vocabulary().clues(candidates)[known].any()


def test_a_given_segmentation_has_none(glosser):
    model = glosser._model
    candidates = model.candidates([("kalo", "xyz")], model.counts, model.weights)
    assert candidates.unknown.any()
    assert not Vocabulary().clues(candidates).any()
