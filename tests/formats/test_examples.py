"""Which examples a text and a corpus give."""

from __future__ import annotations

import pytest

from igtkit import IGT, Corpus
from igtkit.errors import InputError
from igtkit.formats import LeftOut, encode_corpus, get

FULL = IGT("Evde", "ev-de", "house-LOC", "At home", id="full")
GLOSSED = IGT("Evde", None, "house-LOC", id="glossed")
SEGMENTED = IGT("Evde", "ev-de", None, id="segmented")
MISALIGNED = IGT("Evde", "ev-de", "house", id="misaligned")
SPOKEN = IGT(None, "ev-de", "house-LOC", id="no text")
BARE = IGT("Evde", id="bare")


def tasks(name, igt, training):
    examples = get(name).examples(igt, training=training)
    assert all(example.target and example.id == igt.id for example in examples)
    return " ".join(example.task for example in examples)


@pytest.mark.parametrize(
    ("name", "igt", "training", "scoring"),
    [
        ("multitask", FULL, "t2g t2s s2g", "t2g t2s"),
        ("multitask", GLOSSED, "t2g", "t2g"),
        ("multitask", SEGMENTED, "t2s", "t2s"),
        ("multitask", MISALIGNED, "t2g t2s s2g", "t2g t2s"),
        ("multitask", SPOKEN, "s2g", ""),
        ("multitask", BARE, "", ""),
        ("concatenated", FULL, "t2sg t2g s2g", "t2sg"),
        ("concatenated", GLOSSED, "t2g", ""),
        ("concatenated", SEGMENTED, "", ""),
        ("concatenated", MISALIGNED, "t2sg t2g s2g", "t2sg"),
        ("interleaved", FULL, "t2sg t2g s2g", "t2sg"),
        ("interleaved", GLOSSED, "t2g", ""),
        ("interleaved", MISALIGNED, "t2g s2g", ""),
        ("interleaved", SPOKEN, "s2g", ""),
        ("glosslm", FULL, "t2g s2g", "t2g"),
        ("glosslm", GLOSSED, "t2g", "t2g"),
    ],
)
def test_examples_of_a_text(name, igt, training, scoring):
    assert tasks(name, igt, True) == training
    assert tasks(name, igt, False) == scoring


def test_training_is_the_default():
    assert get("interleaved").examples(FULL) == get("interleaved").examples(FULL, training=True)


def test_an_example_is_what_encode_gives():
    for name in ("multitask", "concatenated", "interleaved", "glosslm"):
        for example in get(name).examples(FULL):
            assert example == get(name).encode(FULL, example.task)


def test_what_a_corpus_cannot_give_is_counted():
    corpus = Corpus([FULL, GLOSSED, MISALIGNED, SPOKEN, SEGMENTED])
    encoded = encode_corpus(corpus, get("interleaved"))
    assert encoded.counts == {"t2sg": 1, "t2g": 3, "s2g": 3}
    assert encoded.left_out_counts == {
        ("t2sg", "no segmentation"): 1,
        ("s2g", "no segmentation"): 1,
        ("t2sg", "misaligned"): 1,
        ("t2sg", "no transcription"): 1,
        ("t2g", "no transcription"): 1,
        ("t2sg", "no glosses"): 1,
        ("t2g", "no glosses"): 1,
        ("s2g", "no glosses"): 1,
    }
    assert LeftOut(2, "misaligned", "t2sg", "misaligned") in encoded.left_out
    assert len(encoded.examples) + len(encoded.left_out) == 3 * len(corpus)
    expected = [example for igt in corpus for example in get("interleaved").examples(igt)]
    assert list(encoded.examples) == expected


def test_scoring_a_corpus():
    encoded = encode_corpus([FULL, MISALIGNED], get("interleaved"), training=False)
    assert encoded.counts == {"t2sg": 1}
    assert encoded.left_out_counts == {("t2sg", "misaligned"): 1}


def test_a_corpus_of_something_else():
    with pytest.raises(InputError, match="expected an IGT to encode, got 'Evde'"):
        encode_corpus([FULL, "Evde"], get("multitask"))
