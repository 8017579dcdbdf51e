"""The examples of a corpus, and an account of what it could not give."""

from __future__ import annotations

from collections import Counter

import pytest
from formats.texts import FULL, GLOSSED, MISALIGNED, SEGMENTED, SPOKEN
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from igtkit import Corpus
from igtkit.errors import InputError
from igtkit.formats import FORMATS, Example, LeftOut, encode_corpus, get


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


def test_nothing_gives_nothing():
    encoded = encode_corpus([], get("multitask"))
    assert (encoded.examples, encoded.left_out) == ((), ())
    assert (encoded.counts, encoded.left_out_counts) == ({}, {})


def test_a_stream_will_do():
    encoded = encode_corpus(iter([FULL, GLOSSED]), get("glosslm"))
    assert encoded == encode_corpus([FULL, GLOSSED], get("glosslm"))
    assert [example.id for example in encoded.examples] == ["full", "full", "glossed"]
    assert [(each.index, each.id) for each in encoded.left_out] == [(1, "glossed")]


@given(
    st.lists(texts(), max_size=4), st.sampled_from(sorted(FORMATS.keys() - {"word"})), st.booleans()
)
def test_every_text_and_task_is_an_example_or_accounted_for(igts, name, training):
    prompt_format = get(name)
    encoded = encode_corpus(igts, prompt_format, training=training)
    tasks = prompt_format.training_tasks if training else prompt_format.scored_tasks
    assert len(encoded.examples) + len(encoded.left_out) == len(igts) * len(tasks)
    assert all(example.target is not None for example in encoded.examples)
    for entry in encoded.left_out:
        igt = igts[entry.index]
        missing = {
            "no transcription": igt.transcription,
            "no segmentation": igt.segmentation,
            "no glosses": igt.glosses,
        }
        if entry.reason == "misaligned":
            assert entry.task == "t2sg"
        else:
            assert not (missing[entry.reason] or "").strip()
    assert encoded.counts == Counter(example.task for example in encoded.examples)
    assert sum(encoded.left_out_counts.values()) == len(encoded.left_out)
    assert all(isinstance(example, Example) for example in encoded.examples)


def test_the_name_of_a_format_is_none():
    with pytest.raises(InputError, match="gives, not 'interleaved'"):
        encode_corpus([FULL], "interleaved")
