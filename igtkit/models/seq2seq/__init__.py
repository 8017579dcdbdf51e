"""Encoder-decoder models, ByT5 above all, with any of the prompt formats."""

from __future__ import annotations

from igtkit.models._pickled import to_safetensors
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import load_model, new_model
from igtkit.models.seq2seq.ctranslate2 import convert
from igtkit.models.seq2seq.glosser import CUT_OFF, LongInput, Seq2SeqGlosser

__all__ = [
    "CUT_OFF",
    "LongInput",
    "Seq2SeqBackend",
    "Seq2SeqGlosser",
    "convert",
    "load_model",
    "new_model",
    "to_safetensors",
]
