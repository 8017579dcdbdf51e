"""Which examples a text gives."""

from __future__ import annotations

import pytest
from formats.texts import BARE, FULL, GLOSSED, MISALIGNED, SEGMENTED, SPOKEN

from igtkit.formats import get


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
