"""How well a model foresees what it has not seen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models.training.examples import IGNORED, TrainingSet, collate, forward

__all__ = ["Perplexity", "perplexities", "perplexity", "pooled"]


@attrs.frozen
class Perplexity:
    """How well a model foresees targets.

    Attributes:
        perplexity: The exponential of the average negative log-probability of a token, which is a
            byte for a byte model.
        negative_log_likelihood: The sum over all tokens of targets, in nats.
        tokens: Their number, ends of targets included.
    """

    perplexity: float
    negative_log_likelihood: float
    tokens: int


def perplexity(model: Any, examples: TrainingSet, *, batch_size: int = 32) -> Perplexity:
    """Compute the perplexity of a model on examples: per token, over all of them together.

    Args:
        model: The model.
        examples: What to foresee.
        batch_size: Examples at a time; the result does not depend on it.
    """
    return pooled(perplexities(model, examples, batch_size=batch_size))


def pooled(parts: Iterable[Perplexity]) -> Perplexity:
    """The perplexity over several parts together.

    Raises:
        InputError: If there is no part.

    Example:
        >>> pooled([Perplexity(1.0, 0.0, 3), Perplexity(8.0, 2.0794, 1)]).tokens
        4
    """
    held = list(parts)
    tokens = sum(part.tokens for part in held)
    if not tokens:
        raise InputError("there is nothing to foresee")
    total = sum(part.negative_log_likelihood for part in held)
    return Perplexity(math.exp(total / tokens), total, tokens)


def perplexities(model: Any, examples: TrainingSet, *, batch_size: int = 32) -> list[Perplexity]:
    """Compute the perplexity of a model on each example; as for `perplexity`."""
    torch = require("torch", "models")
    order = sorted(range(len(examples)), key=lambda index: len(examples[index]["input_ids"]))
    found: dict[int, Perplexity] = {}
    model.eval()
    for start in range(0, len(order), batch_size):
        part = order[start : start + batch_size]
        batch = collate([examples[index] for index in part])
        batch = {name: tensor.to(model.device) for name, tensor in batch.items()}
        with torch.inference_mode():
            logits = forward(model, batch).float()
        losses = torch.nn.functional.cross_entropy(
            logits.transpose(1, 2), batch["labels"], ignore_index=IGNORED, reduction="none"
        ).sum(1)
        counts = (batch["labels"] != IGNORED).sum(1)
        for index, loss, count in zip(part, losses.tolist(), counts.tolist(), strict=True):
            found[index] = Perplexity(math.exp(loss / count), loss, count)
    return [found[index] for index in range(len(examples))]
