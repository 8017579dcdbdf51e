"""`Seq2SeqGlosser`: an encoder-decoder model with any of the prompt formats."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from igtkit.errors import InputError
from igtkit.formats import PromptFormat, Task
from igtkit.models._checkpoints import staged
from igtkit.models._hub import resolve
from igtkit.models.adapters import load_adapter_by_name
from igtkit.models.prompted.backend import Backend
from igtkit.models.prompted.decoding import LongInput
from igtkit.models.prompted.glosser import PromptedGlosser
from igtkit.models.prompted.reading import CUT_OFF
from igtkit.models.prompted.saving import save_model
from igtkit.models.prompted.settings import load_settings, save_format
from igtkit.models.prompted.tokenizer import ByteTokenizer, Tokenizer, find_tokenizer
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import load_model
from igtkit.models.seq2seq.ctranslate2 import CTranslate2Backend

__all__ = ["CUT_OFF", "LongInput", "Seq2SeqGlosser"]


class Seq2SeqGlosser(PromptedGlosser):
    """A glosser that puts prompts to a T5-style model: PolyGloss, GlossLM, or your own.

    In a joint format (concatenated, interleaved) one answer has both lines. In the multitask format
    the model is asked twice and the lines are put into one prediction. A GlossLM model gives
    glosses only: `segmentation` is None.

    Args:
        backend: What runs the model.
        prompt_format: The format that the model was trained on, as `igtkit.formats.get` gives it.
        tokenizer: What the model reads and writes; bytes if None.
        tasks: What to ask for, if not all that the format scores; ``("t2s",)`` makes a segmenter.
        max_input_length: The most tokens of a prompt; for a byte model, bytes and an end token.

    Raises:
        InputError: If the format has not one of the tasks.
    """

    def __init__(
        self,
        backend: Backend,
        prompt_format: PromptFormat,
        *,
        tokenizer: Tokenizer | None = None,
        tasks: Sequence[Task] | None = None,
        max_input_length: int = 1024,
    ) -> None:
        super().__init__(
            backend,
            prompt_format,
            tokenizer=tokenizer or ByteTokenizer(),
            tasks=tasks,
            max_input_length=max_input_length,
        )

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save the model, and beside it in ``igtkit.json`` the format and tasks.

        Raises:
            InputError: If the model was converted to run faster: save the one it was made from.
        """
        if self.backend.model is None:
            raise InputError(f"a model under {self.backend.name} cannot be saved; copy its folder")
        with staged(directory, type(self).__name__, self._saved_settings()) as path:
            save_model(self.backend.model, path)
            self.tokenizer.save(path)
            save_format(self.format, path)

    @classmethod
    def from_pretrained(
        cls,
        directory: str | os.PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 -- the field's word
        tasks: Sequence[Task] | None = None,
        device: str | None = None,
        dtype: str | None = None,
        adapter: str | os.PathLike[str] | None = None,
        max_input_length: int | None = None,
        revision: str | None = None,
    ) -> Self:
        """Load a glosser from a folder with a checkpoint.

        Weights are read from safetensors only, and no code from the folder is run.

        Args:
            directory: The folder; a converted one (`igtkit.models.seq2seq.ctranslate2.convert`)
                runs under CTranslate2. Or the name of a repository on the Hugging Face hub.
            format: The prompt format; that which was saved with the glosser if None.
            tasks: What to ask for; as saved, or all that the format scores, if None.
            device: ``"cpu"``, ``"cuda"``, ``"cuda:1"``...; a GPU where there is one if None.
            dtype: ``"float32"``, ``"bfloat16"`` or ``"float16"``; as the weights are saved if None.
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
        backend = _load_backend(path, device=device, dtype=dtype, adapter=adapter)
        tokenizer = find_tokenizer(path, backend.vocabulary_size)
        return cls(backend, tokenizer=tokenizer, **settings)


def _load_backend(
    directory: Path,
    *,
    device: str | None = None,
    dtype: str | None = None,
    adapter: str | os.PathLike[str] | None = None,
) -> Backend:
    """The model that a folder holds: one of transformers, or one converted for CTranslate2.

    Args:
        directory: The folder.
        device: See `load_model`.
        dtype: See `load_model`; a converted model has its own.
        adapter: A LoRA adapter: its folder, or its name under ``adapters`` in `directory`.

    Raises:
        InputError: See `load_model`; or a converted model is to be given a dtype or an adapter.
        MissingExtraError: If a package is missing.
        ModelFileError: If the folder holds no such model, or a damaged one, or no such adapter.
    """
    if (directory / "model.bin").exists():
        if dtype is not None or adapter is not None:
            raise InputError("a converted model takes no dtype and no adapter")
        return CTranslate2Backend.from_pretrained(directory, device=device)
    model = load_model(directory, device=device, dtype=dtype)
    if adapter is not None:
        load_adapter_by_name(model, directory, adapter)
    return Seq2SeqBackend(model)
