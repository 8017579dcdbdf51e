"""A tiny model to adapt, and texts to adapt it to."""

from __future__ import annotations

import pytest

from igtkit import IGT

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
pytest.importorskip("transformers", reason="transformers is not installed (the extra `models`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")
pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")

from igtkit import formats  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402
from igtkit.models.training import TrainingSettings  # noqa: E402

TEXTS = [
    IGT("talo", "talo", "house", language="Finnish"),
    IGT("talossa", "talo-ssa", "house-INE", language="Finnish"),
    IGT("kala on talossa", "kala on talo-ssa", "fish is house-INE", language="Finnish"),
]


QUICK = TrainingSettings(learning_rate=2e-2, epochs=2, batch_size=4, bf16=False)


def small_model(seed=0):
    return new_model(
        width=48, inner_width=64, encoder_layers=1, decoder_layers=1, heads=3, seed=seed
    )


def glosser_of(model):
    return Seq2SeqGlosser(Seq2SeqBackend(model.eval()), formats.get("interleaved"))


def logits(glosser):
    with torch.inference_mode():
        return glosser.backend.model(
            input_ids=torch.tensor([[70, 71, 72, 1]]), labels=torch.tensor([[75, 76, 1]])
        ).logits
