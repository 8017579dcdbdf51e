"""The lattice and the candidates."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from igtkit.models.crf.candidates.lattice import best_paths, find_spans
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Memory, build

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
    for cuts in itertools.product([False, True], repeat=len(word) - 1):
        places = [0, *(i + 1 for i, cut in enumerate(cuts) if cut), len(word)]
        options = []
        for begin, end in itertools.pairwise(places):
            running, first, last = lexicon.letter_scores(word)
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
            score += sum(weights.bigram[a, b] for a, b in itertools.pairwise(classes))
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


def test_memory_comes_first_and_every_word_has_a_candidate(lexicon):
    memory = Memory()
    for number, (word, analysis, _) in enumerate(ITEMS):
        memory.add(number, word, [form for form, _, _ in analysis])
    counts = np.array([3, 0, 1, 1, 1])
    words = ["kata", "katas", "zzz"]
    found = build(lexicon, lexicon.weigh(counts), memory, counts, words, spans={}, keep=6)
    assert found.count[found.start[0]] == 3
    assert found.count[found.start[1] : found.start[2]].sum() == 0  # that item was not counted
    assert (np.diff(found.start) >= 1).all()
    assert (found.kind[found.start[2]] == Kind.UNKNOWN).any()
    for word in range(3):
        rows = slice(found.start[word], found.start[word + 1])
        assert len(set(found.identity[rows].tolist())) == found.start[word + 1] - found.start[word]


@pytest.mark.slow
@pytest.mark.parametrize(("language", "least"), [("lez", 0.9), ("ntu", 0.9), ("nyb", 0.95)])
def test_the_right_analysis_is_among_the_candidates_of_new_text(shared, language, least):
    """Measured with all but the last tenth of the training file; unknown stems count as right."""
    from igtkit import normalize, read
    from igtkit.models.crf.model import CrfSettings, Model
    from igtkit.models.crf.punctuation import Habits
    from igtkit.models.crf.sentences import make_sentence
    from igtkit.models.crf.training import collect

    path = shared / f"data/sigmorphon2023/{language}/{language}-train-track2-uncovered"
    texts = [normalize(text, rules="polygloss") for text in read(path, "sigmorphon")]
    split = len(texts) * 9 // 10
    habits = Habits.learn(texts[:split])
    items, taught = collect([make_sentence(text) for text in texts[:split]], habits)
    model = Model(CrfSettings(), habits, items, taught)
    names = model.lexicon.glosses.all
    hits = total = 0
    for sentence in map(make_sentence, texts[split:]):
        for word, analysis in zip(sentence.words, sentence.analyses, strict=True):
            found = model.candidates([model.core(word)], model.counts, model.weights)
            wanted = [gloss for _, gloss, _ in analysis]
            rows = [
                [names[model.lexicon.gloss[e]] if e >= 0 else None for e in entries[:size]]
                for entries, size in zip(found.entry.tolist(), found.size.tolist(), strict=True)
            ]
            hits += any(
                len(row) == len(wanted)
                and all(a in (None, b) for a, b in zip(row, wanted, strict=True))
                for row in rows
            )
            total += 1
    assert hits / total >= least
