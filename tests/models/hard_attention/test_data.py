"""Texts as the network takes them."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="needs torch (the extra models)")
pytest.importorskip("safetensors", reason="needs safetensors (the extra models)")

from igtkit import IGT
from igtkit.models.hard_attention.data import (
    Vocabulary,
    cut,
    learnable,
    make_batch,
    mark_like,
    show_label,
)


def test_batches_hold_the_words_of_their_sentences():
    vocabulary = Vocabulary.of([learnable(IGT("Ab b", None, "X Y-Z"))])
    assert vocabulary.characters == ("b",)  # what occurs once stays unknown
    batch = make_batch([["ab", "b"], ["b"]], vocabulary.number_characters())
    assert batch.characters.tolist() == [[1, 2, 1, 2], [2, 0, 0, 0]]
    assert (batch.sentences.tolist(), batch.starts.tolist()) == ([0, 0, 1], [0, 3, 0])


def test_labels_of_clitics_written_apart_mark_the_form_and_the_gloss_alike():
    [[clitic], [proclitic], [host, plural]] = learnable(
        IGT("ko re evler", None, "=PST REL= house-PL")
    ).labels
    assert cut("ko", [0, 0], [show_label(clitic)]) == [("=", "ko")]
    assert cut("re", [0, 0], [show_label(proclitic)]) == [("", "re=")]
    assert cut("evler", [0, 0, 1, 1, 1], [show_label(host), show_label(plural)]) == [
        ("", "ev"),
        ("-", "ler"),
    ]
    # The mark after a morpheme that is not the last would be a second boundary.
    parts = cut("reev", [0, 0, 1, 1], [show_label(proclitic), show_label(host)])
    assert [
        mark_like(form, gloss) for (_, form), gloss in zip(parts, ("REL=", "house"), strict=True)
    ] == [
        "REL",
        "house",
    ]
    assert cut("", [], []) == []
