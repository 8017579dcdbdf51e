"""Perplexity: how well a model foresees examples, texts and languages (PolyGloss, section 6.1)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.models.prompted.tokenizer import Tokenizer
from igtkit.models.training.examples import (
    IGNORED,
    TrainingSet,
    collate,
    encode_examples,
    forward,
    make_examples,
)

__all__ = [
    "Perplexity",
    "glottocode_perplexities",
    "perplexities",
    "perplexity",
    "pooled",
    "sentence_perplexities",
]


@attrs.frozen
class Perplexity:
    """The perplexity of a model on targets, and what it is computed from.

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
    """Return the perplexity of a model on examples: per token, over all of them together.

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
    """Return the perplexity of a model on each example; as for `perplexity`."""
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


def sentence_perplexities(
    model: Any,
    texts: Sequence[IGT],
    names: Sequence[str],
    *,
    max_length: int = 1024,
    tokenizer: Tokenizer | None = None,
) -> list[Perplexity | None]:
    """The perplexity of a model on each text, over all examples made of it for training.

    The exponential of the summed negative log-likelihood divided by the number of target tokens,
    the end of each target included.

    Args:
        model: A seq2seq model, or a chat model.
        texts: Texts with glosses.
        names: The prompt formats.
        max_length: Longer examples are left out; see `igtkit.models.training.encode_examples`.
        tokenizer: What the model reads and writes; bytes if None. A glosser has its own
            (``glosser.tokenizer``).

    Returns:
        One for each text; None for a text that gives no example.

    Raises:
        InputError: If no text gives an example.
    """
    rows: list[dict[str, list[int]]] = []
    owners: list[int] = []
    for owner, text in enumerate(texts):
        try:
            encoded = encode_examples(
                make_examples([text], names), max_length=max_length, tokenizer=tokenizer
            )
        except InputError:  # nothing to foresee
            continue
        rows += encoded.rows
        owners += [owner] * len(encoded)
    if not rows:
        raise InputError(f"none of {len(texts)} texts gives an example in {', '.join(names)}")
    parts: list[list[Perplexity]] = [[] for _ in texts]
    for owner, found in zip(owners, perplexities(model, TrainingSet(tuple(rows))), strict=True):
        parts[owner].append(found)
    return [pooled(each) if each else None for each in parts]


def glottocode_perplexities(
    model: Any,
    texts: Sequence[IGT],
    names: Sequence[str],
    *,
    max_length: int = 1024,
    tokenizer: Tokenizer | None = None,
) -> dict[str, float]:
    """The perplexity of a model on each language, over all examples made of its texts.

    Args:
        model: As for `sentence_perplexities`.
        texts: Texts with glosses, the dev split most often; those without a glottocode are left
            out.
        names: The prompt formats.
        max_length: As for `sentence_perplexities`.
        tokenizer: As for `sentence_perplexities`.

    Returns:
        For each glottocode its perplexity, as `igtkit.models.PerformanceEstimator.fit` takes it.

    Raises:
        InputError: If no text has a glottocode, or none gives an example.
    """
    known = [text for text in texts if text.language and text.language.glottocode]
    if not known:
        raise InputError(f"none of {len(texts)} texts has a glottocode")
    groups: dict[str, list[Perplexity]] = {}
    found = sentence_perplexities(model, known, names, max_length=max_length, tokenizer=tokenizer)
    for text, part in zip(known, found, strict=True):
        if part is not None and text.language and text.language.glottocode:
            groups.setdefault(text.language.glottocode, []).append(part)
    return {glottocode: pooled(parts).perplexity for glottocode, parts in sorted(groups.items())}
