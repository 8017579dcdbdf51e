"""A model with random weights, for constraints to hold."""

from __future__ import annotations

import pytest

from igtkit.models import byt5


@pytest.fixture(scope="module")
def model():
    torch = pytest.importorskip("torch", reason="constraints mask the scores of torch models")
    transformers = pytest.importorskip("transformers", reason="constraints are logits processors")
    torch.manual_seed(0)
    config = transformers.T5Config(
        vocab_size=byt5.VOCABULARY_SIZE,
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
        tie_word_embeddings=False,
    )
    return transformers.T5ForConditionalGeneration(config).eval()
