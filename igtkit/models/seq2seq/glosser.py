"""`Seq2SeqGlosser`: an encoder-decoder model with any of the prompt formats."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from igtkit.errors import InputError
from igtkit.formats import PromptFormat, Task
from igtkit.models.prompted.backend import Backend, TorchBackend
from igtkit.models.prompted.decoding import LongInput
from igtkit.models.prompted.glosser import CUT_OFF, PromptedGlosser
from igtkit.models.prompted.tokenizer import Bytes, Vocabulary

__all__ = ["CUT_OFF", "LongInput", "Seq2SeqGlosser"]


class Seq2SeqGlosser(PromptedGlosser):
    """Glosses with a T5-style model, ByT5 above all: PolyGloss, GlossLM, or your own.

    In a joint format (concatenated, interleaved) one answer has both lines. In the multitask format
    the model is asked twice and the lines are put into one prediction. A GlossLM model gives
    glosses only: `segmentation` is None.

    Args:
        backend: What runs the model.
        prompt_format: The format that the model was trained on, as `igtkit.formats.get` gives it.
        vocabulary: What the model reads and writes; bytes if None.
        tasks: What to ask for, if not all that the format scores; ``("t2s",)`` makes a segmenter.
        max_input_length: The most tokens of a prompt; for a byte model, bytes and an end token.

    Raises:
        InputError: If the format has not one of the tasks.
    """

    _file = "seq2seq.json"

    def __init__(
        self,
        backend: Backend,
        prompt_format: PromptFormat,
        *,
        vocabulary: Vocabulary | None = None,
        tasks: Sequence[Task] | None = None,
        max_input_length: int = 1024,
    ) -> None:
        super().__init__(
            backend,
            prompt_format,
            vocabulary=vocabulary or Bytes(),
            tasks=tasks,
            max_input_length=max_input_length,
        )

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save the model, and beside it in ``seq2seq.json`` the format and tasks.

        Raises:
            InputError: If the model was converted to run faster: save the one it was made from.
        """
        from igtkit.models.seq2seq.checkpoint import save_model  # noqa: PLC0415  # loads torch

        if not isinstance(self.backend, TorchBackend):
            raise InputError(f"a model under {self.backend.name} cannot be saved; copy its folder")
        path = Path(directory)
        path.mkdir(parents=True, exist_ok=True)
        save_model(self.backend.model, path)
        self.vocabulary.save(path)
        self.save_settings(path)

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

        Raises:
            InputError: If no format is saved or named, it does not exist, or there is no such
                device or dtype.
            MissingExtraError: If torch and transformers are not installed.
            ModelFileError: If the folder holds no such model, or a damaged one.
        """
        from igtkit.models.prompted.tokenizer import find_vocabulary  # noqa: PLC0415
        from igtkit.models.seq2seq.checkpoint import load_backend, resolve  # noqa: PLC0415  # loads torch

        path = resolve(directory)
        settings = cls._settings(path, format, tasks, max_input_length)
        backend = load_backend(path, device=device, dtype=dtype, adapter=adapter)
        vocabulary = find_vocabulary(path, backend.vocabulary_size)
        return cls(backend, vocabulary=vocabulary, **settings)
