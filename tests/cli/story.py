"""A story of sixty sentences, the last ten not glossed, for the commands that learn."""

from __future__ import annotations

from igtkit import load_sample

SENTENCES = [igt.replace(split=None, language="Turkish") for igt in load_sample()[:60]]
OPEN_SENTENCES = [igt.replace(segmentation=None, glosses=None) for igt in SENTENCES[50:]]
