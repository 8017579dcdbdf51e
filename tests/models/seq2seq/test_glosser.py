"""Saving and loading a seq2seq glosser, on a device and in a type of numbers."""

from __future__ import annotations

import sys

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    FAST,
    TEXTS,
    glosser_of,
    lines,
    logits,
)

from igtkit.errors import InputError, MissingExtraError  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_a_saved_glosser_predicts_the_same(model, folder):
    again = Seq2SeqGlosser.from_pretrained(folder)
    assert again.format.name == "interleaved"
    assert torch.equal(logits(again.backend.model), logits(model))
    expected = glosser_of(model, "interleaved").predict(TEXTS, **FAST)
    assert lines(again.predict(TEXTS, **FAST)) == lines(expected)
    assert lines(load_glosser(folder).predict(TEXTS, **FAST)) == lines(expected)
    assert Seq2SeqGlosser.from_pretrained(folder, format="glosslm").lines == ("glosses",)


def test_device_and_dtype(folder):
    glosser = Seq2SeqGlosser.from_pretrained(folder, device="cpu", dtype="bfloat16")
    assert glosser.backend.model.dtype is torch.bfloat16
    assert len(glosser.predict(TEXTS[:2], max_new_tokens=20)) == 2
    with pytest.raises(InputError, match="dtype must be one of 'float32'"):
        Seq2SeqGlosser.from_pretrained(folder, dtype="int8")
    with pytest.raises(InputError, match="no device 'toaster'"):
        Seq2SeqGlosser.from_pretrained(folder, device="toaster")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_device_that_is_not_there(folder):
    with pytest.raises(InputError, match="cannot be put on the device 'cuda'"):
        Seq2SeqGlosser.from_pretrained(folder, device="cuda")


def test_a_missing_package_names_the_extra(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match=r"igtkit\[models\]"):
        Seq2SeqGlosser.from_pretrained(folder)
