"""The table of candidates."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon
from igtkit.models.crf.candidates.table import Lookups, Memory, build

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


def test_memory_comes_first_and_every_word_has_a_candidate(lexicon):
    memory = Memory()
    for number, (word, analysis, _) in enumerate(ITEMS):
        memory.add(number, word, [form for form, _, _ in analysis])
    counts = np.array([3, 0, 1, 1, 1])
    words = ["kata", "katas", "zzz"]
    found = build(lexicon, lexicon.weigh(counts), memory, counts, words, lookups=Lookups(), keep=6)
    assert found.count[found.start[0]] == 3
    assert found.count[found.start[1] : found.start[2]].sum() == 0  # that item was not counted
    assert (np.diff(found.start) >= 1).all()
    assert (found.kind[found.start[2]] == Kind.UNKNOWN).any()
    for word in range(3):
        rows = slice(found.start[word], found.start[word + 1])
        assert len(set(found.identity[rows].tolist())) == found.start[word + 1] - found.start[word]


def test_what_is_too_long_for_a_word_is_one_morpheme():
    seen, new = "katas" * LONGEST_WORD, "ka" + "x" * LONGEST_WORD
    items = [*ITEMS, (seen, ((seen[:-2], "poem", ""), ("as", "PL", "-")), (seen[:-2], "as"))]
    lexicon, memory = Lexicon(items), Memory()
    memory.add(len(ITEMS), seen, [seen[:-2], "as"])
    counts = np.ones(len(items))
    words = ["kata", seen, new]
    found = build(lexicon, lexicon.weigh(counts), memory, counts, words, lookups=Lookups())
    best = found.start[1]
    assert found.count[best] == 1  # as it was seen
    assert found.end[best].tolist()[: found.size[best]] == [len(seen) - 2, len(seen)]
    others = slice(found.start[2], None)
    assert not found.begin[others, 0].any()
    assert set(found.end[others, 0].tolist()) == {len(new)}


@pytest.mark.parametrize("most", [0, 1_000_000])
def test_what_was_looked_up_and_forgotten_is_found_again(lexicon, most):
    lookups = Lookups(most)
    words = ["kata", "katas", ("ka", "ta"), "kata", "kas", "kata"]
    for word in words:
        found, fresh = lookups.of(lexicon, word), Lookups().of(lexicon, word)
        assert found.length == fresh.length
        for name in ("begin", "end", "entry", "kind", "cost"):
            assert np.array_equal(getattr(found, name), getattr(fresh, name))
    before, _ = lookups.of(lexicon, "kat"), lookups.of(lexicon, "ka")
    assert (lookups.of(lexicon, "kat") is before) == (most > 0)


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
