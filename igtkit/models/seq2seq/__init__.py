"""Encoder-decoder models, ByT5 above all, with any of the prompt formats."""

from igtkit.models.seq2seq.glosser import CUT_OFF, LongInput, Seq2SeqGlosser

__all__ = ["CUT_OFF", "LongInput", "Seq2SeqGlosser"]
