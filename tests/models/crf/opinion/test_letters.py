"""Letters with boundaries, counted, against a slow and obvious count."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from igtkit.models.crf.opinion.letters import LETTERS, Letters

WORDS = ["kalon", "kaloru", "hanexta", "zzq"]


@pytest.fixture(scope="module")
def model(glosser):
    return glosser._model


@pytest.fixture(scope="module")
def candidates(model):
    return model.candidates(WORDS, model.counts, model.weights)


def counted(model, items):
    letters = Letters(model.lexicon)
    letters.add(items)
    return letters


class SlowLetters:
    """The same with tuples of letters, one after another."""

    def __init__(self, lexicon, items, classes):
        self.lexicon, self.classes = lexicon, classes
        self.counts: Counter[tuple[str, ...]] = Counter()
        for item in items:
            entries = lexicon.item_entries[item].tolist()
            line = self.line([lexicon.chunks[e] for e in entries], entries)
            for end in range(4, len(line) + 1):
                self.counts.update(line[end - many : end] for many in range(5))

    def line(self, chunks, entries):
        marks = ["-"] * len(entries)
        if self.classes:
            cls, stem = self.lexicon.cls, self.lexicon.stem
            marks = [f"class {cls[e] if e >= 0 else stem}" for e in entries]
        parts = [
            letter for mark, chunk in zip(marks, chunks, strict=True) for letter in [mark, *chunk]
        ]
        return (*["begin"] * 4, *parts, "end")

    def log(self, line):
        total = 0.0
        for end in range(5, len(line) + 1):
            share = 1 / 40
            for many in range(1, 5):
                few = line[end - many : end]
                share = (self.counts[few] + share / 2) / (self.counts[few[:-1]] + 1 / 2)
            total += math.log(share)
        return total

    def clues(self, candidates):
        logs = []
        for row, word in enumerate(candidates.word.tolist()):
            slots = range(candidates.size[row])
            stretches = [(candidates.begin[row, k], candidates.end[row, k]) for k in slots]
            chunks = [candidates.text(word, *stretch) for stretch in stretches]
            logs.append(self.log(self.line(chunks, candidates.entry[row, : len(slots)].tolist())))
        best = np.maximum.reduceat(logs, candidates.start[:-1])[candidates.word]
        return (np.array(logs) - best) / 4


def test_cuts_are_as_likely_as_a_slow_count_says(model, candidates):
    items = range(len(model.items))
    found = counted(model, items).clues(candidates)
    assert found.shape == (len(candidates.size), len(LETTERS))
    for column, classes in enumerate((False, True)):
        slow = SlowLetters(model.lexicon, items, classes).clues(candidates)
        assert found[:, column] == pytest.approx(slow)


def test_words_taken_away_are_as_if_never_seen_as_long_as_it_lasts(model, candidates):
    every = range(len(model.items))
    gone = every[::3]
    letters = counted(model, every)
    before = letters.clues(candidates)
    with letters.without(gone):
        apart = letters.clues(candidates)
    left = counted(model, [i for i in every if i not in gone])
    assert (apart == left.clues(candidates)).all()
    assert (letters.clues(candidates) == before).all()


def test_words_added_later_count_the_same(model, candidates):
    every = range(len(model.items))
    grown = counted(model, every[:5])
    grown.add(every[5:])
    assert (grown.clues(candidates) == counted(model, every).clues(candidates)).all()


def test_a_cut_that_words_have_is_likelier_than_one_that_none_has(model):
    letters = counted(model, range(len(model.items)))
    found = model.candidates(["movita"], model.counts, model.weights)
    cut = {
        tuple(found.text(0, b, e) for b, e in zip(begin[:size], end[:size], strict=True)): clue
        for begin, end, size, clue in zip(
            found.begin, found.end, found.size, letters.clues(found)[:, 0], strict=True
        )
    }
    assert cut["movi", "ta"] > cut["movita",]


def test_a_given_segmentation_has_nothing_to_tell(model):
    given = model.candidates([("kal", "on")], model.counts, model.weights)
    assert (counted(model, range(len(model.items))).clues(given) == 0).all()


def test_what_is_too_long_for_a_word_is_not_read(model):
    found = model.candidates(["kalon", "kalo" * 30_000], model.counts, model.weights)
    alone = model.candidates(["kalon"], model.counts, model.weights)
    letters = counted(model, range(len(model.items)))
    clues = letters.clues(found)
    assert (clues[: len(alone.size)] == letters.clues(alone)).all()
    assert (clues[len(alone.size) :] == 0).all()


def test_from_nothing_all_is_finite(model, candidates):
    assert np.isfinite(Letters(model.lexicon).clues(candidates)).all()
