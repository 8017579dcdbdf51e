"""How well a model foresees what it has not seen."""

from __future__ import annotations

import math
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.models.training.examples import IGNORED, TrainingSet, collate

__all__ = ["Perplexity", "perplexity"]


@attrs.frozen
class Perplexity:
    """How well a model foresees targets.

    Attributes:
        perplexity: The exponential of the average negative log-probability of a byte.
        negative_log_likelihood: The sum over all bytes, in nats.
        tokens: The number of bytes, ends of targets included.
    """

    perplexity: float
    negative_log_likelihood: float
    tokens: int


def perplexity(model: Any, examples: TrainingSet, *, batch_size: int = 32) -> Perplexity:
    """Compute the perplexity of a model on examples: per byte, over all of them together.

    Args:
        model: The model.
        examples: What to foresee.
        batch_size: Examples at a time; the result does not depend on it.
    """
    torch = require("torch", "models")
    order = sorted(range(len(examples)), key=lambda index: len(examples[index]["input_ids"]))
    total, tokens = 0.0, 0
    model.eval()
    for start in range(0, len(order), batch_size):
        batch = collate([examples[index] for index in order[start : start + batch_size]])
        batch = {name: tensor.to(model.device) for name, tensor in batch.items()}
        with torch.inference_mode():
            logits = model(**batch).logits.float()
        total += torch.nn.functional.cross_entropy(
            logits.flatten(0, 1), batch["labels"].flatten(), ignore_index=IGNORED, reduction="sum"
        ).item()
        tokens += int((batch["labels"] != IGNORED).sum())
    return Perplexity(math.exp(total / tokens), total, tokens)
