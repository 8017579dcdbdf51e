"""Tokenizers: bytes, or the pieces of a tokenizer of transformers."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from types import NoneType
from typing import Any

from igtkit._files import replace_file
from igtkit.errors import ModelFileError
from igtkit.models import byt5
from igtkit.models._transformers import load_tokenizer
from igtkit.models._trust import read_settings
from igtkit.models.prompted.saving import forget_code

__all__ = ["ByteTokenizer", "SubwordTokenizer", "Tokenizer", "find_tokenizer"]


class Tokenizer(ABC):
    """The base class of tokenizers, which turn text into ids and back.

    Attributes:
        end: The id that ends a text.
        constrained_formats: The prompt formats whose joint answers can be kept well formed.
    """

    end: int
    constrained_formats: tuple[str, ...] = ()

    @abstractmethod
    def encode(self, text: str) -> list[int]:
        """The ids of a text, the end token last."""

    def encode_prompt(self, text: str) -> list[int]:
        """The ids of a prompt, as the model is given it."""
        return self.encode(text)

    def encode_pair(self, prompt: str, target: str) -> dict[str, list[int]]:
        """Return ``input_ids``, and ``labels`` for each logit, for a model to learn from."""
        return {"input_ids": self.encode_prompt(prompt), "labels": self.encode(target)}

    @abstractmethod
    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids, up to the end token."""

    @abstractmethod
    def save(self, directory: Path) -> None:
        """Save what `find_tokenizer` needs to make this tokenizer again."""

    @abstractmethod
    def ends(self, ids: Sequence[int]) -> list[int] | None:
        """Return, for each id, the number of characters begun with it; None if unclear."""

    def constraint(self, name: str, limit: int, num_beams: int, **options: Any) -> Any:
        """A logits processor that keeps answers in one of the `constrained_formats` well formed.

        Args:
            name: The prompt format.
            limit: The most tokens of an answer.
            num_beams: Beams.
            **options: ``words`` and ``spell``, for bytes only; see `igtkit.models.constraints`.
        """
        raise NotImplementedError


class ByteTokenizer(Tokenizer):
    """The bytes of UTF-8, as in ByT5; see `igtkit.models.byt5`."""

    end = byt5.END
    constrained_formats = ("concatenated", "interleaved", "word")

    def encode(self, text: str) -> list[int]:
        """The ids of a text, the end token last."""
        return byt5.encode(text)

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids, up to the end token; bytes that are no UTF-8 become U+FFFD."""
        return byt5.decode(ids)

    def save(self, directory: Path) -> None:
        """Save that the tokenizer is that of ByT5, for readers other than igtkit."""
        path = directory / "tokenizer_config.json"
        content = {"tokenizer_class": "ByT5Tokenizer", "extra_ids": 125}
        replace_file(path, (json.dumps(content, indent=2) + "\n").encode())

    def ends(self, ids: Sequence[int]) -> list[int] | None:
        """Return, for each id, the number of characters begun with it; None if no UTF-8."""
        text = self.decode(ids)
        if byt5.encode(text)[:-1] != [index for index in ids if index != byt5.END]:
            return None
        ends, count = [], 0
        for index in ids:
            continues = 0x80 <= index - byt5.OFFSET < 0xC0
            count += index != byt5.END and not continues
            ends.append(count)
        return ends

    def constraint(self, name: str, limit: int, num_beams: int, **options: Any) -> Any:
        """A logits processor that keeps joint answers well formed; see `Tokenizer.constraint`."""
        from igtkit.models import constraints  # noqa: PLC0415  # loads torch

        kinds = {
            "concatenated": constraints.ConcatenatedConstraint,
            "interleaved": constraints.InterleavedConstraint,
            "word": constraints.WordConstraint,
        }
        return kinds[name](limit, num_beams=num_beams, **options)


class SubwordTokenizer(Tokenizer):
    """The pieces of a tokenizer of transformers, as in T5.

    Args:
        tokenizer: A ``transformers.PreTrainedTokenizerBase``.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.pretrained = tokenizer
        self.end = int(tokenizer.eos_token_id)

    def encode(self, text: str) -> list[int]:
        """The ids of a text, the end token last; nothing in the text becomes a special token."""
        ids: list[int] = self.pretrained(text, split_special_tokens=True)["input_ids"]
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ids, up to the end token."""
        kept = list(ids)
        kept = kept[: kept.index(self.end)] if self.end in kept else kept
        text: str = self.pretrained.decode(kept, skip_special_tokens=True)
        return text

    def save(self, directory: Path) -> None:
        """Save the tokenizer, and its chat template, if it has one, with it."""
        self.pretrained.save_pretrained(directory)
        forget_code(directory / "tokenizer_config.json")

    def ends(self, ids: Sequence[int]) -> list[int] | None:
        """Return, for each id, the number of characters that the text has with it."""
        return [len(self.decode(ids[: index + 1])) for index in range(len(ids))]


def find_tokenizer(directory: Path, size: int) -> Tokenizer:
    """Return the tokenizer of the checkpoint in a folder.

    Args:
        directory: The folder. One without a tokenizer, or with that of ByT5, is byte-level.
        size: Number of ids of the model.

    Raises:
        ModelFileError: If the folder lacks the tokenizer that the model needs.
    """
    settings = directory / "tokenizer_config.json"
    name = read_settings(settings).get("tokenizer_class") if settings.exists() else None
    if not isinstance(name, (str, NoneType)):
        raise ModelFileError(f"{settings} is damaged: the tokenizer_class {name!r:.80} is no name")
    if name is not None and not name.startswith("ByT5"):
        tokenizer = load_tokenizer(directory)
        if tokenizer.eos_token_id is None:
            raise ModelFileError(f"the tokenizer in {directory} names no token for the end")
        return SubwordTokenizer(tokenizer)
    if not byt5.OFFSET + 256 <= size <= byt5.VOCABULARY_SIZE:
        raise ModelFileError(
            f"the model in {directory} has {size} ids and no tokenizer; a byte model has "
            f"{byt5.VOCABULARY_SIZE}, any other needs its tokenizer_config.json"
        )
    return ByteTokenizer()
