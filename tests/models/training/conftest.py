"""Examples to train a tiny model on."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def examples():
    """Twelve texts of the sample as ids, in the format of GlossLM."""
    pytest.importorskip("torch")
    from models.tiny_training import TEXTS

    from igtkit.models.training import encode_examples, make_examples

    return encode_examples(make_examples(TEXTS, ["glosslm"], training=False))
