"""From corpora to a glosser and its report: what the training scripts do."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import attrs

from igtkit.errors import InputError
from igtkit.formats import Example, PromptFormat, Task
from igtkit.formats import get as get_format
from igtkit.igt import IGT
from igtkit.models._hub import resolve
from igtkit.models._learnable import without_ungrammatical
from igtkit.models._transformers import number_type
from igtkit.models.base import Glosser, require_texts
from igtkit.models.causal import (
    CausalGlosser,
    ChatTemplate,
    load_chat_model,
    new_chat_model,
)
from igtkit.models.prompted.glosser import PromptedGlosser
from igtkit.models.prompted.tokenizer import ByteTokenizer, Tokenizer, find_tokenizer
from igtkit.models.seq2seq import Seq2SeqGlosser
from igtkit.models.seq2seq.backend import Seq2SeqBackend
from igtkit.models.seq2seq.checkpoint import load_model, new_model
from igtkit.models.training.card import ModelCard
from igtkit.models.training.distributed import (
    is_main_process,
    predict_in_processes,
    start_processes,
)
from igtkit.models.training.examples import encode_examples, make_examples
from igtkit.models.training.loop import train_model
from igtkit.models.training.presets import Preset
from igtkit.models.training.results import language_perplexities, score_predictions
from igtkit.models.training.resuming import FinishedRunError
from igtkit.models.training.settings import TrainingSettings

__all__ = [
    "TINY",
    "ModelType",
    "Trained",
    "card_of_parts",
    "report",
    "train_glosser",
    "train_parts",
]

ModelType = Literal["seq2seq", "causal"]
"""Whether a model encodes and decodes, or only decodes."""

TINY = 32
"""How many texts a trial run takes of each corpus."""


@attrs.frozen
class Trained:
    """A trained model, and what is to be told of its training.

    Attributes:
        model: The model.
        tokenizer: What it reads and writes.
        tasks: The tasks that it was trained on, if not all of its formats.
        result: What `igtkit.models.training.train_model` returned.
        card: What its folder says of it; None for one that was trained before.
        formats: The formats that it was trained on, with what they have learned from the texts.
    """

    model: Any
    tokenizer: Tokenizer
    tasks: Sequence[Task] | None
    result: dict[str, Any]
    card: ModelCard | None = None
    formats: tuple[PromptFormat, ...] = ()

    def glosser(self, name: str, tasks: Sequence[Task] | None = None) -> PromptedGlosser:
        """The model as a glosser, with one of the formats it was trained on."""
        chosen = self._format(name)
        if isinstance(self.tokenizer, ChatTemplate):
            return CausalGlosser(self.model, self.tokenizer.pretrained, chosen, tasks=tasks)
        return Seq2SeqGlosser(
            Seq2SeqBackend(self.model), chosen, tokenizer=self.tokenizer, tasks=tasks
        )

    def weighed(self, dev: Sequence[IGT]) -> Trained:
        """The same, with formats that know what counts weigh beside it; see `PromptFormat.weigh`.

        Args:
            dev: Texts that it was not trained on.
        """
        glossers = (self.glosser(each.name) for each in self.formats)
        formats = tuple(glosser.weigh(dev).format for glosser in glossers)
        return attrs.evolve(self, formats=formats)

    def perplexities(
        self, texts: Sequence[IGT], names: Sequence[str]
    ) -> dict[str, dict[str, float]]:
        """Return its perplexity on texts; see `igtkit.models.training.language_perplexities`."""
        return language_perplexities(
            self.model,
            texts,
            [self._format(name) for name in names],
            tasks=self.tasks,
            tokenizer=self.tokenizer,
        )

    def _format(self, name: str) -> PromptFormat:
        return next((each for each in self.formats if each.name == name), get_format(name))


def train_glosser(
    texts: Sequence[IGT],
    dev: Sequence[IGT] | None,
    names: Sequence[str],
    directory: str | os.PathLike[str],
    settings: TrainingSettings,
    *,
    model: str | os.PathLike[str] | None = None,
    revision: str | None = None,
    model_type: ModelType = "seq2seq",
    learned_tasks: Sequence[Task] | None = None,
    tasks: Sequence[Task] | None = None,
    tiny: bool = False,
    resume: bool = False,
    callbacks: Sequence[Any] = (),
    report_to: Sequence[str] = (),
    data: Iterable[str] = (),
    preset: Preset = "paper",
    ungrammatical: bool = False,
) -> Trained:
    """Return a model that was trained and saved, as a glosser with a model card, to a folder.

    Its checkpoints are glossers with model cards, too.

    Args:
        texts: What to learn from.
        dev: What to watch the loss on: all examples that training would make of it. The word
            format learns from it, too, what its counts weigh beside the model.
        names: The prompt formats; the first is the one that is saved with the glosser.
        directory: Where the model goes.
        settings: How to train.
        model: The checkpoint to start from: a folder or a name on the Hugging Face hub. A seq2seq
            model must be byte-level, a causal one have a tokenizer with a chat template.
        revision: The branch, tag or commit of a model on the hub.
        model_type: ``"seq2seq"`` for a model that encodes and decodes, ``"causal"`` for one that
            only decodes.
        learned_tasks: Train on these tasks only; on all of the formats if None.
        tasks: What the saved glosser is to be asked for; see `Seq2SeqGlosser`.
        tiny: Whether to try it out: a small new model, and the first texts only.
        resume: Whether to go on from the last checkpoint in the folder.
        callbacks: More ``transformers.TrainerCallback`` to call.
        report_to: As for `igtkit.models.training.train_model`.
        data: The files of the texts, for the model card.
        preset: Whose settings these are, for the model card.
        ungrammatical: Whether to learn from texts that are marked as ungrammatical (``*``).

    Returns:
        The model and what is to be told of its training.

    Raises:
        InputError: If the texts give no example, the model is not byte-level, or there is no such
            type.
        MissingExtraError: If torch, transformers or accelerate are not installed.
        ModelFileError: If there is no such checkpoint.
    """
    start_processes()
    texts = without_ungrammatical(texts, "the model", ungrammatical=ungrammatical)
    dev = None if dev is None else require_texts(dev)
    if tiny:
        texts, dev = texts[:TINY], dev and dev[:TINY]
    formats = tuple(get_format(name).learn(texts) for name in names)
    examples = make_examples(texts, formats, tasks=learned_tasks)
    if model_type not in get_args(ModelType):
        raise InputError(f"model_type must be 'seq2seq' or 'causal', not {model_type!r}")
    if tiny:
        network, tokenizer = _toy(model_type, examples, settings.seed)
    elif model is None:
        raise InputError("name the checkpoint to start from with model=")
    else:
        network, tokenizer = _start(model_type, resolve(model, revision))
    encoded = encode_examples(examples, max_length=settings.max_length, tokenizer=tokenizer)
    watched = None
    if dev:
        watched = encode_examples(
            make_examples(dev, formats, tasks=learned_tasks),
            max_length=settings.max_length,
            tokenizer=tokenizer,
        )
    trained = Trained(network, tokenizer, learned_tasks, {}, formats=formats)
    glosser = trained.glosser(names[0], tasks)
    card = ModelCard.of(
        texts,
        dev,
        data=data,
        kind=type(glosser).__name__,
        base="a toy" if tiny else _name_of(model),
        formats=tuple(names),
        settings=settings,
        preset=preset,
    )

    def save(model: Any, folder: Path) -> None:
        attrs.evolve(trained, model=model).glosser(names[0], tasks).save_pretrained(folder)

    def beside(folder: Path, course: dict[str, Any]) -> None:
        tokenizer.save(folder)
        glosser.save_settings(folder)
        attrs.evolve(card, course=course).write(folder)

    result = train_model(
        network,
        encoded,
        watched,
        directory,
        settings,
        resume=resume,
        callbacks=callbacks,
        report_to=report_to,
        save=save,
        beside=beside,
    )
    card = attrs.evolve(card, course=result)
    trained = attrs.evolve(
        trained, model=network.eval(), result={"examples": len(encoded), **result}, card=card
    )
    if dev:
        trained = trained.weighed(dev)
    if is_main_process():
        trained.glosser(names[0], tasks).save_settings(directory)
        card.write(directory)
    return trained


def _name_of(model: str | os.PathLike[str] | None) -> str:
    """What to call a checkpoint in public: its name on the hub, or that of its folder alone."""
    name = os.fspath(model or "")
    return Path(name).name if Path(name).is_dir() else name


def _start(model_type: ModelType, path: Path) -> tuple[Any, Tokenizer]:
    """The model of a checkpoint, in the precision that is trained, and its tokenizer."""
    if model_type == "causal":
        network, pretrained = load_chat_model(path, dtype="float32")
        return network, ChatTemplate(pretrained)
    network = load_model(path, dtype="float32")
    tokenizer = find_tokenizer(path, network.config.vocab_size)
    if not isinstance(tokenizer, ByteTokenizer):
        raise InputError(f"{path} holds no byte-level model; only those are trained")
    return network, tokenizer


def _toy(model_type: ModelType, examples: Sequence[Example], seed: int) -> tuple[Any, Tokenizer]:
    """A small new model of a type, to try everything out with."""
    if model_type == "causal":
        lines = [line for each in examples for line in (each.prompt, each.target or "")]
        network, pretrained = new_chat_model(lines, layers=1, vocabulary_size=1500, seed=seed)
        return network, ChatTemplate(pretrained)
    toy = new_model(
        width=64,
        inner_width=128,
        encoder_layers=1,
        decoder_layers=1,
        heads=2,
        dropout=0,
        seed=seed,
    )
    return toy, ByteTokenizer()


def train_parts(
    texts: Sequence[IGT],
    dev: Sequence[IGT] | None,
    parts: Mapping[str, Sequence[Task]],
    directory: str | os.PathLike[str],
    settings: TrainingSettings,
    **options: Any,
) -> tuple[dict[str, Trained], list[Seq2SeqGlosser]]:
    """Train a model for each part of a glosser, in the multitask format.

    Args:
        texts: What to learn from.
        dev: What to watch the loss on.
        parts: The tasks that each part learns, by its name; it is asked for the first.
        directory: Where the models go, to a subfolder each.
        settings: How to train.
        **options: More of what `train_glosser` takes.

    Returns:
        What came out, by part, and the parts as glossers.

    Raises:
        InputError: As `train_glosser`.
    """
    trained = {}
    for part, tasks in parts.items():
        folder = Path(directory) / part
        try:
            trained[part] = train_glosser(
                texts,
                dev,
                ["multitask"],
                folder,
                settings,
                learned_tasks=tasks,
                tasks=tasks[:1],
                **options,
            )
        except FinishedRunError as error:  # the interruption came in a later part
            there = Seq2SeqGlosser.from_pretrained(folder, format="multitask")
            trained[part] = Trained(there.backend.model, there.tokenizer, tasks, error.result)
    glossers = []
    for part, tasks in parts.items():
        glosser = trained[part].glosser("multitask", tasks[:1])
        assert isinstance(glosser, Seq2SeqGlosser)
        glossers.append(glosser)
    return trained, glossers


def card_of_parts(glosser: Glosser, trained: Mapping[str, Trained]) -> ModelCard | None:
    """The card of a glosser of several models, which learned from the same texts.

    Args:
        glosser: The glosser.
        trained: Its models, by name.
    """
    cards = [part.card for part in trained.values() if part.card is not None]
    return attrs.evolve(cards[0], kind=type(glosser).__name__, course={}) if cards else None


def report(
    glosser: Glosser,
    texts: Sequence[IGT],
    *,
    preset: Any = "paper",
    dtype: str | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Return the scores of predictions of texts, which all processes share.

    Args:
        glosser: The glosser.
        texts: Texts with gold segmentation or glosses.
        preset: As for `igtkit.metrics.evaluate`.
        dtype: Compute in this type, such as ``"bfloat16"``; the model of the glosser is changed. As
            it is if None.
        **options: For ``glosser.predict``.

    Returns:
        What `igtkit.models.training.score_predictions` returns, with ``predictions``, how many
        there are.

    Raises:
        InputError: If there is no such type.
    """
    if dtype is not None:
        for part in _prompted(glosser):
            part.backend.model.to(number_type(dtype))
    predictions = predict_in_processes(glosser, texts, **options)
    return {"predictions": len(predictions), **score_predictions(predictions, texts, preset=preset)}


def _prompted(glosser: Glosser) -> list[PromptedGlosser]:
    """The glossers with a model that a glosser is made of."""
    parts = (glosser, getattr(glosser, "segmenter", None), getattr(glosser, "glosser", None))
    return [part for part in parts if isinstance(part, PromptedGlosser)]
