"""Examples: prompts and targets that a model learns from, and their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import attrs

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.formats import FORMATS, Example, PromptFormat, Task
from igtkit.formats import get as get_format
from igtkit.igt import IGT
from igtkit.models.base import require_texts
from igtkit.models.byt5 import pad
from igtkit.models.prompted.tokenizer import ByteTokenizer, Tokenizer

__all__ = [
    "IGNORED",
    "TrainingSet",
    "collate",
    "encode_examples",
    "forward",
    "make_examples",
]

IGNORED = -100
"""The label that no loss is computed for."""


def make_examples(
    texts: Iterable[IGT],
    names: Sequence[str | PromptFormat],
    *,
    tasks: Iterable[Task] | None = None,
    training: bool = True,
) -> list[Example]:
    """Return the examples of texts in one or more formats, each prompt and target once.

    The formats share prompts: transcription to glosses is the same in all three of PolyGloss.

    Args:
        texts: The texts.
        names: The formats, by name or as they are.
        tasks: Only these tasks, if given.
        training: Whether the examples are to train on; else only those that are scored.

    Returns:
        The examples, in the order of texts, then formats. All have a target.

    Raises:
        InputError: If a format does not exist, none is named, or there is no example.

    Example:
        >>> text = IGT("evde", "ev-de", "house-LOC")
        >>> [(example.format, example.task) for example in make_examples(
        ...     [text], ["multitask", "interleaved"])]
        [('multitask', 't2g'), ('multitask', 't2s'), ('multitask', 's2g'), ('interleaved', 't2sg')]
    """
    chosen = [name if isinstance(name, PromptFormat) else get_format(name) for name in names]
    wanted = None if tasks is None else set(tasks)
    texts = require_texts(texts)
    if not chosen:
        raise InputError(f"no format is named; there are: {', '.join(FORMATS)}")
    examples: list[Example] = []
    for text in texts:
        found = [
            example
            for prompt_format in chosen
            for example in prompt_format.examples(text, training)
            if wanted is None or example.task in wanted
        ]
        seen: set[tuple[str, str | None]] = set()
        for example in found:
            if (example.prompt, example.target) not in seen:
                seen.add((example.prompt, example.target))
                examples.append(example)
    if not examples:
        raise InputError(
            f"{len(texts)} texts give no example in the format "
            f"{', '.join(each.name for each in chosen)}: they need a "
            "transcription and glosses, joint formats a segmentation that pairs up with them"
        )
    return examples


@attrs.frozen
class TrainingSet:
    """Examples as ids, as `torch.utils.data.DataLoader` takes them.

    Attributes:
        rows: ``input_ids`` and ``labels`` of each example.
        left_out: How many examples were too long.
    """

    rows: tuple[dict[str, list[int]], ...]
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        return self.rows[index]


def encode_examples(
    examples: Iterable[Example], *, max_length: int = 1024, tokenizer: Tokenizer | None = None
) -> TrainingSet:
    """Return examples as ids, without those that are too long.

    Args:
        examples: Examples with a target.
        max_length: The longest prompt and target: in bytes each, or in tokens;
            for a chat model, both together.
        tokenizer: What the model reads and writes; bytes if None.

    Raises:
        InputError: If an example has no target, or none is short enough.

    Example:
        >>> examples = make_examples([IGT("ev", "ev", "house")], ["glosslm"])
        >>> encode_examples(examples)[0]["labels"]
        [107, 114, 120, 118, 104, 1]
    """
    tokenizer = tokenizer or ByteTokenizer()
    rows = []
    total = 0
    for example in examples:
        total += 1
        if example.target is None:
            raise InputError(f"an example without target cannot be learned from: {example!r:.200}")
        row = tokenizer.encode_pair(example.prompt, example.target)
        if max(map(len, row.values())) <= max_length + 1:
            rows.append(row)
    if not rows:
        unit = "bytes" if isinstance(tokenizer, ByteTokenizer) else "tokens"
        raise InputError(f"none of {total} examples is at most {max_length} {unit} long")
    return TrainingSet(tuple(rows), total - len(rows))


def collate(rows: Sequence[Mapping[str, Sequence[int]]]) -> dict[str, Any]:
    """Return rows of ids as tensors: ``input_ids``, ``attention_mask`` and ``labels``."""
    torch = require("torch", "train")
    return {
        "input_ids": torch.from_numpy(pad([row["input_ids"] for row in rows])),
        "attention_mask": torch.from_numpy(pad([[1] * len(row["input_ids"]) for row in rows])),
        "labels": torch.from_numpy(pad([row["labels"] for row in rows], IGNORED)),
    }


def forward(model: Any, batch: Mapping[str, Any]) -> Any:
    """The logits of a batch, one for each label.

    Only a model that encodes and decodes is given the labels, which it decodes from. One that only
    decodes would take them for its inputs, and compute a loss of its own.

    Args:
        model: A model of transformers, also one that several processes train.
        batch: What `collate` made.
    """
    inside = getattr(model, "module", model)
    given = dict(batch)
    if not inside.config.is_encoder_decoder:
        del given["labels"]
    return model(**given).logits
