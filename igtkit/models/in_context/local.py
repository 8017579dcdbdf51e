"""A chat model on this computer, by transformers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.models._transformers import quiet
from igtkit.models.causal.checkpoint import load_chat_model
from igtkit.models.causal.rendering import render
from igtkit.models.in_context.chat import Chat, Message

__all__ = ["LocalChat"]


class LocalChat(Chat):
    """Runs a decoder-only chat model of transformers.

    Args:
        directory: Folder of the model: weights in safetensors, a tokenizer with a chat template.
        gguf_file: A GGUF file in that folder to load instead (needs the package gguf).
        max_new_tokens: The most tokens of an answer.
        batch_size: Conversations at a time.
        chat_template: A template (Jinja) to use instead of the tokenizer's, or where it has none,
            as with a model that was never taught to chat.
        stop: Texts after which an answer ends, besides the model's own end; one that knows no turns
            goes on for ever.
        constrained: Whether the answer can be nothing but a well-formed interleaved line (needs the
            extra ``llguidance``). A model that thinks cannot be constrained.
        thinking: Whether a model that can think does so; None leaves it to its template.
        device: Such as ``"cuda"``; a GPU if there is one.
        dtype: Such as ``"bfloat16"``; that of the weights if None.

    Raises:
        InputError: If a setting makes no sense.
        MissingExtraError: If torch or transformers are not installed.
        ModelFileError: If the folder holds no such model.
    """

    def __init__(
        self,
        directory: str | os.PathLike[str],
        *,
        gguf_file: str | None = None,
        chat_template: str | None = None,
        stop: Sequence[str] = (),
        max_new_tokens: int = 256,
        batch_size: int = 4,
        constrained: bool = False,
        thinking: bool | None = None,
        device: str | None = None,
        dtype: str | None = None,
    ) -> None:
        if max_new_tokens < 1 or batch_size < 1:
            raise InputError("max_new_tokens and batch_size must be 1 or more")
        if constrained and thinking:
            raise InputError("a model that thinks cannot be constrained; choose one")
        self._model, self._tokenizer = load_chat_model(
            Path(directory),
            gguf_file=gguf_file,
            chat_template=chat_template,
            device=device,
            dtype=dtype,
        )
        self._tokenizer.padding_side = "left"
        if self._tokenizer.pad_token_id is None:
            self._tokenizer.pad_token = self._tokenizer.eos_token
        self._settings: dict[str, Any] = {
            "kind": "local",
            "directory": os.fspath(directory),
            "gguf_file": gguf_file,
            "chat_template": chat_template,
            "stop": list(stop),
            "max_new_tokens": max_new_tokens,
            "batch_size": batch_size,
            "constrained": constrained,
            "thinking": thinking,
        }
        self._guide: Any = None

    def settings(self) -> Mapping[str, Any]:
        """The arguments that make the same chat again; see `Chat.settings`."""
        return dict(self._settings)

    def answer(
        self,
        conversations: Sequence[Sequence[Message]],
        *,
        advance: Callable[[int], object] = lambda _: None,
    ) -> list[str]:
        """Return the next turns of conversations, by greedy search; see `Chat.answer`.

        Raises:
            InputError: If a conversation and its answer are longer than the model can read.
        """
        prompts = self._prompts(conversations)
        order = sorted(range(len(prompts)), key=lambda index: len(prompts[index]))
        answers = [""] * len(prompts)
        size = self._settings["batch_size"]
        for start in range(0, len(order), size):
            part = order[start : start + size]
            for index, answer in zip(part, self._write([prompts[i] for i in part]), strict=True):
                answers[index] = answer
            advance(len(part))
        return answers

    def _prompts(self, conversations: Sequence[Sequence[Message]]) -> list[str]:
        thinking = self._settings["thinking"]
        options: dict[str, bool] = {} if thinking is None else {"enable_thinking": thinking}
        options |= {"add_generation_prompt": True}
        asked = [([dict(turn) for turn in turns], options) for turns in conversations]
        return render(self._tokenizer, asked)

    def _write(self, prompts: list[str]) -> list[str]:
        torch = require("torch", "models")
        batch = self._tokenizer(
            prompts, return_tensors="pt", padding=True, add_special_tokens=False
        ).to(self._model.device)
        length, limit = batch["input_ids"].shape[1], self._settings["max_new_tokens"]
        longest = getattr(self._model.config, "max_position_embeddings", None)
        if longest is not None and length + limit > longest:
            raise InputError(
                f"a conversation of {length} tokens and an answer of {limit} are more than the "
                f"{longest} that the model can read; show fewer examples"
            )
        stop = self._settings["stop"]
        stopping = {"stop_strings": stop, "tokenizer": self._tokenizer} if stop else {}
        with torch.inference_mode(), quiet():
            written = self._model.generate(
                **{name: batch[name] for name in ("input_ids", "attention_mask")},
                max_new_tokens=limit,
                do_sample=False,
                pad_token_id=self._tokenizer.pad_token_id,
                logits_processor=self._processors(limit),
                **stopping,
            )
        answers: list[str] = self._tokenizer.batch_decode(
            written[:, length:], skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return [_before(answer, stop) for answer in answers]

    def _processors(self, limit: int) -> list[Any]:
        if not self._settings["constrained"]:
            return []
        from igtkit.models.constraints.subword import SubwordConstraint  # noqa: PLC0415  # an extra

        if self._guide is None:
            guidance = require("llguidance.hf", "llguidance")
            self._guide = guidance.from_tokenizer(self._tokenizer)
        return [SubwordConstraint(self._guide, limit)]


def _before(answer: str, stop: Sequence[str]) -> str:
    """An answer up to the first of the texts that end it."""
    for each in stop:
        answer = answer.split(each, 1)[0]
    return answer
