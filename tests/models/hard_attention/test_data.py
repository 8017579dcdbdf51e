"""Texts as the network takes them."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="needs torch (the extra models)")
pytest.importorskip("safetensors", reason="needs safetensors (the extra models)")

from igtkit import IGT
from igtkit.models.hard_attention.data import Vocabulary, learnable, make_batch


def test_batches_hold_the_words_of_their_sentences():
    vocabulary = Vocabulary.of([learnable(IGT("Ab b", None, "X Y-Z"))])
    assert vocabulary.characters == ("b",)  # what occurs once stays unknown
    batch = make_batch([["ab", "b"], ["b"]], vocabulary.number_characters())
    assert batch.characters.tolist() == [[1, 2, 1, 2], [2, 0, 0, 0]]
    assert (batch.sentences.tolist(), batch.starts.tolist()) == ([0, 0, 1], [0, 3, 0])
