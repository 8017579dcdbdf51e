"""Where words are best copied or looked up, they are, and the prediction says so."""

from __future__ import annotations

import random
from pathlib import Path

import attrs
from models.quick import quick_glosser

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.inference import analyze
from igtkit.models.crf.model import Backoff
from igtkit.models.crf.output.backoff import back_off, choose_backoff, tempting
from igtkit.models.crf.sentences import make_sentence

LETTERS = "abdegiklmnoprstu"


def _itself(count: int, seed: int) -> list[IGT]:
    """Texts glossed with themselves; any word may begin a sentence, with a capital."""
    rng, vocabulary = random.Random(seed), random.Random(7)
    known = ["".join(vocabulary.choices(LETTERS, k=4)) for _ in range(30)]
    texts = []
    for _ in range(count):
        words = [
            rng.choice(known) if rng.random() < 0.7 else "".join(rng.choices(LETTERS, k=5))
            for _ in range(6)
        ]
        words = [word.title() if rng.random() < 0.3 else word for word in words]
        line = " ".join(words)
        texts.append(IGT(line, line, line))
    return texts


def test_texts_glossed_with_themselves_are_copied_and_said_to_be(tmp_path: Path) -> None:
    glosser = quick_glosser().fit(_itself(60, 0))
    new = _itself(10, 1)
    predictions = glosser.predict(new)
    assert [p.glosses for p in predictions] == [text.glosses for text in new]
    assert {p.system for p in predictions} == {"CrfGlosser (words copied)"}
    glosser.save_pretrained(tmp_path)
    assert CrfGlosser.from_pretrained(tmp_path).predict(new) == predictions


def test_a_language_with_forms_is_ranked() -> None:
    texts = [IGT(f"{w}s run", f"{w}-s run", f"{w}-PL run") for w in ("cat", "dog", "cow", "ewe")]
    glosser = quick_glosser().fit(texts)
    model = glosser._model
    assert model is not None
    assert not tempting(model)
    assert glosser.predict([IGT("pigs run")])[0].system == "CrfGlosser"


def test_memory_is_chosen_where_the_ranker_errs_and_memory_does_not() -> None:
    texts = [IGT("cats run dogs", "cat-s run dog-s", "cat-PL run dog-PL")] * 30
    model = quick_glosser().fit(texts)._model
    assert model is not None
    sentences = [make_sentence(text) for text in texts]
    good = analyze(model, sentences)
    wrong = Hypothesis(("cats",), ("XX",), 0.9, ("",))
    bad = [
        [[wrong, *(attrs.evolve(h, probability=h.probability / 10) for h in word)] for word in row]
        for row in good
    ]
    assert choose_backoff(model, sentences, good) is None
    chosen = choose_backoff(model, sentences, bad)
    assert chosen == Backoff("memory", 0.99)
    looked_up = back_off(model, chosen, sentences[0], bad[0])
    assert [word[0].glosses for word in looked_up] == [("cat", "PL"), ("run",), ("dog", "PL")]
    assert all(sum(h.probability for h in word) <= 1.01 for word in looked_up)


def test_few_words_prove_nothing() -> None:
    texts = [IGT("cats", "cat-s", "cat-PL")] * 5
    model = quick_glosser().fit(texts)._model
    assert model is not None
    sentences = [make_sentence(text) for text in texts]
    wrong = [[[Hypothesis(("cats",), ("XX",), 1.0, ("",))]]] * 5
    assert choose_backoff(model, sentences, wrong) is None
