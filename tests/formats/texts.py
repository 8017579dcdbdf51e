"""A text that has every line, and texts that lack one or do not align."""

from __future__ import annotations

from igtkit import IGT

FULL = IGT("Evde", "ev-de", "house-LOC", "At home", id="full")
GLOSSED = IGT("Evde", None, "house-LOC", id="glossed")
SEGMENTED = IGT("Evde", "ev-de", None, id="segmented")
MISALIGNED = IGT("Evde", "ev-de", "house", id="misaligned")
SPOKEN = IGT(None, "ev-de", "house-LOC", id="no text")
BARE = IGT("Evde", id="bare")
