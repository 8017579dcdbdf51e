"""A tiny model to train, texts to train it on, and quick settings."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")

from igtkit import load_sample  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402
from igtkit.models.training import TrainingSettings  # noqa: E402

SMALL = {"width": 32, "inner_width": 48, "encoder_layers": 1, "decoder_layers": 1, "heads": 2}
TEXTS = list(load_sample().split("train")[:12])
QUICK = TrainingSettings(learning_rate=1e-2, batch_size=4, epochs=2, bf16=False, warmup=0)


def small_model():
    return new_model(**SMALL, dropout=0, seed=5)


def weights(model):
    return torch.cat([tensor.flatten() for tensor in model.state_dict().values()])
