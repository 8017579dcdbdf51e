"""BLEU, against sacrebleu."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from metrics.oracle import LEVELS, SEP, corpora, slow_tokens_of
from sacrebleu import corpus_bleu

from igtkit.metrics import bleu


def test_sacrebleu_is_loaded_late():
    code = "import sys, igtkit.metrics; assert 'sacrebleu' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("length", range(1, 40))
def test_bleu_never_passes_1(length):
    line = " ".join("abcdefg"[place % 7] for place in range(length))
    assert all(bleu(line, line, level=level) <= 1 for level in ("morpheme", "word", "character"))


def sacrebleu_score(predicted, gold, level):
    def spaced(text):
        tokens = text.replace(" ", "") if level == "character" else slow_tokens_of(text, level)
        return " ".join(token for token in tokens if token != SEP and not token.isspace())

    hypotheses, references = list(map(spaced, predicted)), list(map(spaced, gold))
    return corpus_bleu(hypotheses, [references], tokenize="none", force=True).score / 100


@given(corpora, st.sampled_from(LEVELS))
@example((["dog dog dog dog"], ["dog"]), "word")
@example((["dog dog cat", "dog"], ["dog dog", "cat dog dog dog dog"]), "word")
def test_bleu_equals_sacrebleu(corpus, level):
    expected = sacrebleu_score(*corpus, level)
    assert bleu(*corpus, level=level) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_bleu_equals_sacrebleu_on_a_large_vocabulary(level):
    """So many different tokens that four of them and a sentence number overflow 63 bits."""
    rng = random.Random(1)
    gold = [
        " ".join(f"w{rng.randrange(40_000)}-s{rng.randrange(9)}" for _ in range(14))
        for _ in range(2500)
    ]
    predicted = [
        " ".join(
            rng.sample(text.split(), rng.randint(9, 14)) if rng.random() < 0.5 else text.split()[1:]
        )
        for text in gold
    ]
    expected = sacrebleu_score(predicted, gold, level)
    assert bleu(predicted, gold, level=level) == pytest.approx(expected, abs=1e-9)
