"""From corpora to a glosser and its report: what the training scripts do."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from igtkit.errors import InputError
from igtkit.formats import Task
from igtkit.formats import get as get_format
from igtkit.igt import IGT
from igtkit.models.base import Glosser, require_texts
from igtkit.models.checkpoint import load_model, new_model, resolve
from igtkit.models.generation import TorchBackend
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.training.distributed import (
    is_main_process,
    predict_in_processes,
    start_processes,
)
from igtkit.models.training.examples import encode_examples, make_examples
from igtkit.models.training.loop import train
from igtkit.models.training.results import language_perplexities, score
from igtkit.models.training.settings import Settings
from igtkit.models.vocabulary import Bytes, find_vocabulary

__all__ = ["TINY", "Trained", "report", "train_glosser", "train_parts"]

TINY = 32
"""How many texts a trial run takes of each corpus."""


@attrs.frozen
class Trained:
    """What came out of training.

    Attributes:
        model: The model.
        tasks: The tasks that it was trained on, if not all of its formats.
        result: What `igtkit.models.training.train` returned.
    """

    model: Any
    tasks: Sequence[Task] | None
    result: dict[str, Any]

    def glosser(self, name: str, tasks: Sequence[Task] | None = None) -> Seq2SeqGlosser:
        """The model as a glosser, with one of the formats it was trained on."""
        return Seq2SeqGlosser(TorchBackend(self.model), get_format(name), tasks=tasks)

    def perplexities(
        self, texts: Sequence[IGT], names: Sequence[str]
    ) -> dict[str, dict[str, float]]:
        """How well it foresees texts; see `igtkit.models.training.language_perplexities`."""
        return language_perplexities(self.model, texts, names, tasks=self.tasks)


def train_glosser(
    texts: Sequence[IGT],
    dev: Sequence[IGT] | None,
    names: Sequence[str],
    directory: str | os.PathLike[str],
    settings: Settings,
    *,
    model: str | os.PathLike[str] | None = None,
    learned_tasks: Sequence[Task] | None = None,
    tasks: Sequence[Task] | None = None,
    tiny: bool = False,
    resume: bool = False,
) -> Trained:
    """Train a model and save it, as a glosser, to a folder.

    Args:
        texts: What to learn from.
        dev: What to watch the loss on.
        names: The prompt formats; the first is the one that is saved with the glosser.
        directory: Where the model goes.
        settings: How to train.
        model: The byte-level checkpoint to start from: a folder or a name on the Hugging Face hub.
        learned_tasks: Train on these tasks only; on all of the formats if None.
        tasks: What the saved glosser is to be asked for; see `Seq2SeqGlosser`.
        tiny: Whether to try it out: a small new model, and the first texts only.
        resume: Whether to go on from the last checkpoint in the folder.

    Returns:
        The model and what is to be told of its training.

    Raises:
        InputError: If the texts give no example, or the model is not byte-level.
        MissingExtraError: If torch, transformers or accelerate are not installed.
        ModelFileError: If there is no such checkpoint.
    """
    start_processes()
    texts, dev = require_texts(texts), None if dev is None else require_texts(dev)
    if tiny:
        texts, dev = texts[:TINY], dev and dev[:TINY]
        network = new_model(
            width=64,
            inner_width=128,
            encoder_layers=1,
            decoder_layers=1,
            heads=2,
            dropout=0,
            seed=settings.seed,
        )
    elif model is None:
        raise InputError("name the checkpoint to start from with model=")
    else:
        path = resolve(model)
        network = load_model(path, dtype="float32")
        if not isinstance(find_vocabulary(path, network.config.vocab_size), Bytes):
            raise InputError(f"{path} holds no byte-level model; only those are trained")
    encoded = encode_examples(
        make_examples(texts, names, tasks=learned_tasks), max_length=settings.max_length
    )
    watched = None
    if dev:
        # A segmenter's or a glosser's own task need not be among those that are scored.
        watched = encode_examples(
            make_examples(dev, names, tasks=learned_tasks, training=learned_tasks is not None),
            max_length=settings.max_length,
        )
    result = train(network, encoded, watched, directory, settings, resume=resume)
    trained = Trained(network.eval(), learned_tasks, {"examples": len(encoded), **result})
    if is_main_process():
        glosser = trained.glosser(names[0], tasks)
        glosser.vocabulary.save(Path(directory))
        glosser.save_settings(directory)
    return trained


def train_parts(
    texts: Sequence[IGT],
    dev: Sequence[IGT] | None,
    parts: Mapping[str, Sequence[Task]],
    directory: str | os.PathLike[str],
    settings: Settings,
    **options: Any,
) -> tuple[dict[str, Trained], list[Seq2SeqGlosser]]:
    """Train a model for each part of a glosser, in the multitask format.

    Args:
        texts: What to learn from.
        dev: What to watch the loss on.
        parts: The tasks that each part learns, by its name; it is asked for the first.
        directory: Where the models go, to a subfolder each.
        settings: How to train.
        **options: ``model``, ``tiny`` and ``resume``, as for `train_glosser`.

    Returns:
        What came out, by part, and the parts as glossers.

    Raises:
        InputError: As `train_glosser`.
    """
    trained = {
        part: train_glosser(
            texts,
            dev,
            ["multitask"],
            Path(directory) / part,
            settings,
            learned_tasks=tasks,
            tasks=tasks[:1],
            **options,
        )
        for part, tasks in parts.items()
    }
    glossers = [trained[part].glosser("multitask", tasks[:1]) for part, tasks in parts.items()]
    return trained, glossers


def report(
    glosser: Glosser, texts: Sequence[IGT], *, preset: Any = "paper", **options: Any
) -> dict[str, Any]:
    """Predict texts, shared out to all processes, and score the predictions.

    Args:
        glosser: The glosser.
        texts: Texts with gold segmentation or glosses.
        preset: As for `igtkit.metrics.evaluate`.
        **options: For ``glosser.predict``.

    Returns:
        What `igtkit.models.training.score` returns, with ``predictions``, how many there are.
    """
    predictions = predict_in_processes(glosser, texts, **options)
    return {"predictions": len(predictions), **score(predictions, texts, preset=preset)}
