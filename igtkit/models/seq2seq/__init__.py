"""Encoder-decoder models, ByT5 above all, with any of the prompt formats."""

from __future__ import annotations

from igtkit.models.prompted.backend import TorchBackend
from igtkit.models.seq2seq.checkpoint import new_model
from igtkit.models.seq2seq.ctranslate2 import convert
from igtkit.models.seq2seq.glosser import CUT_OFF, LongInput, Seq2SeqGlosser

__all__ = ["CUT_OFF", "LongInput", "Seq2SeqGlosser", "TorchBackend", "convert", "new_model"]
