"""The beam against every analysis there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from igtkit.models.crf.candidates import lattice
from igtkit.models.crf.candidates.lattice import best_paths
from igtkit.models.crf.candidates.lexicon import Lexicon
from igtkit.models.crf.candidates.spans import find_spans

ITEMS = [
    ("kata", (("ka", "go", ""), ("ta", "PST", "-")), ("ka", "ta")),
    ("katas", (("kat", "cat", ""), ("as", "PL", "-")), ("kat", "as")),
    ("ka", (("ka", "go", ""),), ("ka",)),
    ("kas", (("ka", "go", ""), ("s", "3SG", "-")), ("ka", "s")),
    ("kat", (("kat", "cat", ""),), ("kat",)),
]


@pytest.fixture
def lexicon():
    return Lexicon(ITEMS)


def _enumerate(lexicon, weights, word):
    """Every analysis of a word with at most one unknown stem, with its score: the slow way."""
    scores: dict[tuple, float] = {}
    bigram, _ = weights.order.among(np.arange(len(lexicon.classes)))
    for cuts in itertools.product([False, True], repeat=len(word) - 1):
        places = [0, *(i + 1 for i, cut in enumerate(cuts) if cut), len(word)]
        options = []
        for begin, end in itertools.pairwise(places):
            running, first, last = lexicon.letters.scores(word)
            letters = first[begin] + running[end - 1] - running[begin] + last[end - 1]
            known = [
                (int(lexicon.morph[e]), int(lexicon.cls[e]), float(weights.entry[e]))
                for e in lexicon.span.get(word[begin:end], ())
            ]
            options.append([*known, (("?", begin, end), lexicon.stem, weights.unknown + letters)])
        for path in itertools.product(*options):
            if sum(isinstance(morph, tuple) for morph, _, _ in path) > 1:
                continue
            classes = [0, *(cls for _, cls, _ in path), 1]
            score = sum(s for _, _, s in path)
            score += sum(bigram[a, b] for a, b in itertools.pairwise(classes))
            key = tuple(morph for morph, _, _ in path)
            scores[key] = max(score, scores.get(key, -np.inf))
    return scores


@pytest.mark.parametrize("word", ["kata", "katas", "kaka", "tas", "x"])
def test_the_beam_finds_the_best_analyses_there_are(lexicon, word):
    weights = lexicon.weigh(np.ones(len(ITEMS)))
    expected = sorted(_enumerate(lexicon, weights, word).values(), reverse=True)[:5]
    paths = best_paths(lexicon, weights, [find_spans(lexicon, word, variants=False)], keep=5)
    found = [s for s in paths.score.tolist() if s > expected[0] - 10]
    assert found == pytest.approx([s for s in expected if s > expected[0] - 10][: len(found)])
    assert found


def test_a_batch_gives_what_each_word_gives_alone(lexicon):
    weights = lexicon.weigh(np.ones(len(ITEMS)))
    spans = [find_spans(lexicon, word) for word in ("kata", "s", "katakas")]
    together = best_paths(lexicon, weights, spans, keep=4)
    for index, one in enumerate(spans):
        alone = best_paths(lexicon, weights, [one], keep=4)
        assert together.score[together.word == index] == pytest.approx(alone.score)


def test_the_new_stem_of_a_very_long_word_is_at_its_edges(lexicon):
    weights = lexicon.weigh(np.ones(len(ITEMS)))
    spans = find_spans(lexicon, "ka" + "x" * 498)
    whole = (spans.begin == 0) & (spans.end == 500)
    assert whole.sum() == 1
    paths = best_paths(lexicon, weights, [spans], keep=5)
    assert np.isfinite(paths.score).all()
    assert {(0, 500), (2, 500)} <= set(
        zip(paths.begin[:, :2].max(1).tolist(), paths.end.max(1).tolist(), strict=True)
    )


@pytest.mark.parametrize(("crowded_from", "many_from"), [(1, 1000), (1000, 0), (1, 0)])
def test_stretches_without_hope_change_nothing(monkeypatch, crowded_from, many_from):
    names = [chr(0x61 + i) * 2 for i in range(24)]
    items = [
        (f"ka{'s' * (i % 2)}", (("ka", name, ""), *([("s", "PL", "-")] if i % 2 else [])), chunks)
        for i, name in enumerate(names)
        for chunks in [("ka", "s") if i % 2 else ("ka",)]
    ]
    crowded = Lexicon(items)
    weights = crowded.weigh(np.arange(1.0, len(items) + 1) // 3)
    spans = [find_spans(crowded, word) for word in ("ka", "kas", "kakas")]
    whole = best_paths(crowded, weights, spans, keep=14)
    monkeypatch.setattr(lattice, "_CROWDED", crowded_from)
    monkeypatch.setattr(lattice, "_MANY", many_from)
    fewer = best_paths(crowded, weights, spans, keep=14)
    for column in ("word", "score", "entry", "begin", "end", "kind"):
        assert np.array_equal(getattr(whole, column), getattr(fewer, column))
