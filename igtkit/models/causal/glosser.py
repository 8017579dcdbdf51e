"""`CausalGlosser`: a decoder-only chat model that was trained to gloss."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Self

from igtkit.formats import PromptFormat, Task
from igtkit.models._checkpoints import staged
from igtkit.models._hub import resolve
from igtkit.models.adapters import load_adapter_by_name
from igtkit.models.causal.backend import CausalBackend
from igtkit.models.causal.checkpoint import load_chat_model, save_chat_model
from igtkit.models.causal.template import ChatTemplate
from igtkit.models.prompted.glosser import PromptedGlosser
from igtkit.models.prompted.settings import load_settings, save_format

__all__ = ["CausalGlosser"]


class CausalGlosser(PromptedGlosser):
    """A glosser that puts prompts to a chat model that was trained on them: Qwen, or your own.

    A prompt is what the user says, the answer what the assistant says, in the model's own chat
    template and without thinking. All else is as for `igtkit.models.Seq2SeqGlosser`. Interleaved
    answers can be kept well formed, which is the default and needs the extra ``llguidance``; those
    of other joint formats cannot, nor can any be held to the words of the transcription.

    Source: PolyGloss, section 4.2, for the Qwen models.

    Args:
        model: A ``transformers.PreTrainedModel`` with a language modeling head.
        tokenizer: Its tokenizer, with a chat template.
        prompt_format: The format that it was trained on, as `igtkit.formats.get` gives it.
        tasks: What to ask for, if not all that the format scores.
        max_input_length: The most tokens of a prompt, the template's included.

    Raises:
        InputError: If the format has not one of the tasks.
        ModelFileError: If the tokenizer has no chat template that will do.
    """

    def __init__(
        self,
        model: Any,
        tokenizer: Any,
        prompt_format: PromptFormat,
        *,
        tasks: Sequence[Task] | None = None,
        max_input_length: int = 1024,
    ) -> None:
        template = ChatTemplate(tokenizer)
        super().__init__(
            CausalBackend(model, template.end),
            prompt_format,
            tokenizer=template,
            tasks=tasks,
            max_input_length=max_input_length,
        )

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save model and tokenizer, and beside them in ``igtkit.json`` the format and tasks."""
        with staged(directory, type(self).__name__, self._saved_settings()) as path:
            save_chat_model(self.backend.model, self.tokenizer, path)
            save_format(self.format, path)

    @classmethod
    def from_pretrained(
        cls,
        directory: str | os.PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 -- the field's word
        tasks: Sequence[Task] | None = None,
        gguf_file: str | None = None,
        chat_template: str | None = None,
        device: str | None = None,
        dtype: str | None = None,
        adapter: str | os.PathLike[str] | None = None,
        max_input_length: int | None = None,
        revision: str | None = None,
    ) -> Self:
        """Load a glosser from a folder with a chat model.

        Args:
            directory: The folder, or the name of a repository on the Hugging Face hub.
            format: The prompt format; that which was saved with the glosser if None.
            tasks: What to ask for; as saved, or all that the format scores, if None.
            gguf_file: See `igtkit.models.causal.load_chat_model`.
            chat_template: See there.
            device: See there.
            dtype: See there.
            adapter: A LoRA adapter: its folder, or its name under ``adapters`` in `directory`.
            max_input_length: The most tokens of a prompt; as saved, or 1024, if None.
            revision: The branch, tag or commit of a repository on the hub.

        Raises:
            InputError: If no format is saved or named, it does not exist, or there is no such
                device or dtype.
            MissingExtraError: If torch and transformers are not installed.
            ModelFileError: If the folder holds no such model, or a damaged one.
        """
        path = resolve(directory, revision)
        settings = load_settings(
            path, cls.__name__, name=format, tasks=tasks, max_input_length=max_input_length
        )
        model, tokenizer = load_chat_model(
            path, gguf_file=gguf_file, chat_template=chat_template, device=device, dtype=dtype
        )
        if adapter is not None:
            load_adapter_by_name(model, path, adapter)
        return cls(model, tokenizer, **settings)
