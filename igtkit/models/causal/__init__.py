"""Decoder-only chat models that are trained to gloss."""

from __future__ import annotations

from igtkit.models.causal.backend import CausalBackend
from igtkit.models.causal.checkpoint import load_chat_model, new_chat_model
from igtkit.models.causal.glosser import CausalGlosser
from igtkit.models.causal.template import ChatTemplate

__all__ = ["CausalBackend", "CausalGlosser", "ChatTemplate", "load_chat_model", "new_chat_model"]
