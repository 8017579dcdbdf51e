"""A tiny chat model as a glosser."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from igtkit import formats, load_sample  # noqa: E402
from igtkit.models import CausalGlosser  # noqa: E402

SAMPLE = load_sample()
TEXTS = list(SAMPLE.split("dev")[:5])
FREE = {"max_new_tokens": 16, "constrained": False}


def glosser_of(chat, name, **options):
    return CausalGlosser(*chat, formats.get(name), **options)
