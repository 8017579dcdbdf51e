"""Training a LoRA adapter for a glosser (PolyGloss, section 8)."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from igtkit._optional import require
from igtkit.errors import InputError
from igtkit.formats import Task
from igtkit.igt import IGT
from igtkit.models._learnable import without_ungrammatical
from igtkit.models._transformers import quiet
from igtkit.models.adapters import Lora, bare_model, save_adapter
from igtkit.models.base import require_texts
from igtkit.models.prompted.tokenizer import ByteTokenizer
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.training.card import ADAPTER, ModelCard
from igtkit.models.training.distributed import is_main_process
from igtkit.models.training.examples import encode_examples, make_examples
from igtkit.models.training.loop import train_model
from igtkit.models.training.settings import TrainingSettings

__all__ = ["train_adapter"]


def train_adapter(
    glosser: Seq2SeqGlosser,
    texts: Sequence[IGT],
    name: str,
    directory: str | os.PathLike[str],
    settings: TrainingSettings,
    *,
    dev: Sequence[IGT] | None = None,
    lora: Lora | None = None,
    tasks: Sequence[Task] | None = None,
    resume: bool = False,
    callbacks: Sequence[Any] = (),
    report_to: Sequence[str] = (),
    ungrammatical: bool = False,
) -> dict[str, Any]:
    """Train an adapter on texts, save it alone, with a card, and load it into the glosser.

    It is trained on a copy of the model without adapters. The glosser is not changed before the
    end, and the adapters that it has, not at all.

    Args:
        glosser: A glosser with a byte-level model under torch; afterwards it uses the adapter.
        texts: What to learn from.
        name: What to call the adapter.
        directory: The folder of the adapter; ``adapters/<name>`` in the folder of the model makes
            it one that is loaded by its name.
        settings: How to train.
        dev: What to watch the loss on; the adapter with the best is kept.
        lora: The shape of the adapter; the paper's if None.
        tasks: Train on these tasks only; on all of the glosser's format if None.
        resume: Whether to go on from the last checkpoint in `directory`.
        callbacks: More ``transformers.TrainerCallback`` to call.
        report_to: As for `igtkit.models.training.train_model`.
        ungrammatical: Whether to learn from texts that are marked as ungrammatical (``*``).

    Returns:
        As `igtkit.models.training.train_model`, with ``examples`` and ``parameters``, how many
        numbers were trained.

    Raises:
        InputError: If the texts give no example, the model is not byte-level or not under torch,
            an adapter of that name is loaded already, or the model has no weights of the names
            that are to be adapted.
        MissingExtraError: If torch, transformers, accelerate or peft are not installed.
    """
    peft = require("peft", "train")
    if not glosser.backend.takes_adapters or not isinstance(glosser.tokenizer, ByteTokenizer):
        raise InputError("only byte-level models under torch are adapted")
    if name in glosser.adapters:
        raise InputError(f"an adapter {name!r} is loaded already")
    lora = lora or Lora()
    texts = without_ungrammatical(texts, "the adapter", ungrammatical=ungrammatical)
    encoded, watched = (
        encode_examples(
            make_examples(require_texts(held), [glosser.format], tasks=tasks),
            max_length=settings.max_length,
        )
        for held in (texts, dev or texts)
    )
    torch = require("torch", "train")
    try:
        with torch.random.fork_rng(devices=[]), quiet(), warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an old name
            torch.manual_seed(settings.seed)
            model = peft.get_peft_model(
                bare_model(glosser.backend.model), lora.to_peft(), adapter_name=name
            )
    except ValueError as error:
        raise InputError(f"no adapter can be made for this model: {error}") from error
    parameters = sum(weight.numel() for weight in model.parameters() if weight.requires_grad)

    def save(trained: Any, folder: Path) -> None:
        save_adapter(trained, folder, name)

    result = train_model(
        model,
        encoded,
        watched if dev else None,
        directory,
        settings,
        resume=resume,
        callbacks=callbacks,
        report_to=report_to,
        save=save,
    )
    if is_main_process():
        base = Path(glosser.backend.model.config.name_or_path or "a model").name
        card = ModelCard.of(
            texts,
            dev,
            data=(),
            kind=ADAPTER,
            base=base,
            formats=(glosser.format.name,),
            settings=settings,
            course=result,
        )
        card.write(directory)
    glosser.load_adapter(directory, name)
    return {"examples": len(encoded), "parameters": parameters, **result}
