"""`HardAttentionGlosser`: the network with the interface of all glossers."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Mapping
from typing import Any, Self

import attrs
import torch

from igtkit._optional import require
from igtkit.errors import InputError, NotFittedError
from igtkit.igt import IGT, Prediction
from igtkit.models._learnable import texts_to_learn
from igtkit.models._manifest import damaged, to_json
from igtkit.models._schema import list_of, number, record, string, whole
from igtkit.models._unicode import (
    UnicodeForm,
    all_taken,
    form_of_characters,
    given_back,
    learn_form,
    lines_of,
)
from igtkit.models._weights import read_weights
from igtkit.models.base import Given, Glosser, nothing_learned, require_given, require_texts
from igtkit.models.hard_attention.data import LabeledSentence, Vocabulary, learnable
from igtkit.models.hard_attention.inference import Inference
from igtkit.models.hard_attention.network import Network, Size
from igtkit.models.hard_attention.training import Recipe, train_network
from igtkit.models.partial import keep_known, known_forms
from igtkit.models.saving import load_folder, save_folder

__all__ = ["HardAttentionGlosser"]

_VOCABULARY, _WEIGHTS = "vocabulary.json", "model.safetensors"
_SHAPE = record(
    hidden_size=whole(1, 2**14),
    layers=whole(1, 64),
    dropout=number(0, 0.9999),
    max_morphemes=whole(1, 2**14),
)
_RECIPE = record(
    learning_rate=number(0),
    decay=number(0),
    batch_size=whole(1, 2**31),
    epochs=whole(1, 2**31),
    patience=whole(1, 2**31),
    seed=whole(-(2**63), 2**64),
)
_PARTS = record(characters=list_of(string), labels=list_of(string), apart=list_of(string))
_HELD_OUT = 0.1


class HardAttentionGlosser(Glosser):
    """A glosser that learns to segment from glosses alone.

    A bidirectional LSTM reads the characters of a sentence. For each word it tells how many
    morphemes there are and where they end, and glosses the sum of the characters of each. The
    segmentation is latent: nothing but glosses is learned from, and the segments spell the
    transcription. A morpheme can only get a gloss that was in the training texts.

    Source: Girrbach (2023), Tü-CL at SIGMORPHON 2023: Straight-through gradient estimation for hard
    attention.

    Args:
        hidden_size: Width of the network; the paper's are between 100 and 440.
        layers: Layers of the LSTM, 1 or 2.
        dropout: Share of values dropped in training.
        max_morphemes: The most morphemes of a word.
        learning_rate: Of AdamW, in the first epoch.
        decay: What it is multiplied with after each epoch.
        batch_size: Sentences in a step.
        epochs: The most epochs.
        patience: Stop after so many epochs without a better word accuracy on dev.
        seed: The same seed, texts, number of threads and version give the same model.
        device: Such as ``"cuda"``; a GPU if there is one.

    Raises:
        InputError: If a setting makes no sense.
        NotFittedError: On prediction before `fit`.
    """

    def __init__(
        self,
        *,
        hidden_size: int = 256,
        layers: int = 2,
        dropout: float = 0.3,
        max_morphemes: int = 10,
        learning_rate: float = 1e-3,
        decay: float = 0.95,
        batch_size: int = 8,
        epochs: int = 25,
        patience: int = 3,
        seed: int = 0,
        device: str | None = None,
    ) -> None:
        numbers = {"hidden_size": hidden_size, "layers": layers, "max_morphemes": max_morphemes,
                   "batch_size": batch_size, "epochs": epochs, "patience": patience,
                   "learning_rate": learning_rate, "decay": decay}  # fmt: skip
        for name, value in numbers.items():
            if value <= 0:
                raise InputError(f"{name} must be above 0, not {value!r}")
        if not 0 <= dropout < 1:
            raise InputError(f"dropout must be from 0 to below 1, not {dropout!r}")
        self._shape = {
            "hidden_size": hidden_size,
            "layers": layers,
            "dropout": dropout,
            "max_morphemes": max_morphemes,
        }
        self._recipe = Recipe(learning_rate, decay, batch_size, epochs, patience, seed)
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._network: Network | None = None
        self._vocabulary = Vocabulary((), ())
        self._form: UnicodeForm = "NFC"
        self.history: list[dict[str, float]] = []
        """Loss and word accuracy on dev of each epoch of `fit`."""
        self.left_out = 0
        """Number of training texts without transcription or glosses, or with unlike many words."""

    def fit(
        self,
        train: Iterable[IGT],
        dev: Iterable[IGT] | None = None,
        *,
        progress: bool | None = None,
        ungrammatical: bool = False,
    ) -> Self:
        """Learn from transcriptions and glosses.

        Args:
            train: Texts; those whose lines have not as many words teach nothing and are
                counted in `left_out`. A segmentation is not looked at.
            dev: Texts to tell when to stop; if None, a tenth of the others is held out.
            progress: False for no bar; else one stands in a terminal (extra ``progress``).
            ungrammatical: Whether to learn from texts that are marked as ungrammatical (``*``).

        Raises:
            InputError: If no text teaches anything.
        """
        texts = texts_to_learn(train, type(self).__name__, ungrammatical=ungrammatical)
        form = learn_form(lines_of(texts))
        texts = all_taken(texts, form)
        sentences = [sentence for sentence in map(learnable, texts) if sentence]
        left_out = len(texts) - len(sentences)
        if not sentences:
            raise nothing_learned(texts, "has a transcription and glosses with as many words")
        if dev is None:
            sentences, watched = self._hold_out(sentences)
        else:
            held_out = all_taken(require_texts(dev), form)
            watched = [sentence for sentence in map(learnable, held_out) if sentence]
        with torch.random.fork_rng():
            torch.manual_seed(self._recipe.seed)
            vocabulary = Vocabulary.of(sentences, [text.transcription or "" for text in texts])
            network = self._make_network(vocabulary)
            history = train_network(
                network,
                vocabulary,
                sentences,
                watched or sentences,
                self._recipe,
                device=self._device,
                progress=progress,
            )
        self._network, self._vocabulary, self.history = network, vocabulary, history
        self.left_out, self._form = left_out, form
        return self

    def _hold_out(
        self, sentences: list[LabeledSentence]
    ) -> tuple[list[LabeledSentence], list[LabeledSentence]]:
        shuffled = list(sentences)
        random.Random(self._recipe.seed).shuffle(shuffled)  # noqa: S311
        count = int(len(shuffled) * _HELD_OUT)
        return shuffled[count:], shuffled[:count]

    def _make_network(self, vocabulary: Vocabulary) -> Network:
        return Network(_size(self._shape, vocabulary)).to(self._device)

    def predict(
        self,
        items: Iterable[IGT],
        *,
        given: Given | None = None,
        progress: bool | None = None,
    ) -> list[Prediction]:
        """Segment and gloss texts; see `Glosser.predict`.

        Where the training texts set punctuation apart and a text writes it to its words, the words
        are glossed without it, and it is written to the segments and glosses as it is in the text.

        Args:
            items: The texts.
            given: As for every glosser; a segmentation is glossed as it is.
            progress: As for `fit`.

        Raises:
            InputError: If a text lacks its transcription (or its segmentation, where that is
                given), or `given` is unknown.
            NotFittedError: Before `fit`.
        """
        inference = self._inference()
        require_given(given)
        own = require_texts(items)
        texts = all_taken(own, self._form)
        line = "segmentation" if given == "segmentation" else "transcription"
        for text in texts:
            if getattr(text, line) is None:
                raise InputError(f"there is no {line} to gloss in {text!r:.80}")
        lines = [getattr(text, line) for text in texts]
        predictions = inference.gloss(lines, segmented=given == "segmentation", progress=progress)
        if given == "partial":
            pairs = zip(texts, predictions, strict=True)
            predictions = [_keep(inference, text, made) for text, made in pairs]
        return [
            given_back(made, text, self._form) for text, made in zip(own, predictions, strict=True)
        ]

    def _inference(self) -> Inference:
        if self._network is None:
            raise NotFittedError("this HardAttentionGlosser has learned nothing; call fit first")
        return Inference(self._network, self._vocabulary, self._device)

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save to a folder.

        Raises:
            NotFittedError: Before `fit`.
        """
        if self._network is None:
            raise NotFittedError("there is nothing to save yet; call fit first")
        weights = {name: value.contiguous() for name, value in self._network.state_dict().items()}
        save_folder(
            directory,
            "HardAttentionGlosser",
            {"shape": self._shape, "recipe": attrs.asdict(self._recipe)},
            {
                _VOCABULARY: to_json(attrs.asdict(self._vocabulary)),
                _WEIGHTS: require("safetensors.torch", "models").save(weights),
            },
        )

    @classmethod
    def from_pretrained(
        cls, directory: str | os.PathLike[str], *, device: str | None = None
    ) -> Self:
        """Load a glosser from a folder.

        Raises:
            ModelFileError: If the folder holds none, or a damaged one.
        """
        saved = load_folder(directory, "HardAttentionGlosser")
        with damaged(saved.path):
            shape, recipe = _SHAPE(saved.settings["shape"]), _RECIPE(saved.settings["recipe"])
            vocabulary = Vocabulary(**_PARTS(saved.json(_VOCABULARY)))
            if not vocabulary.labels:
                raise ValueError("it knows no glosses")
            weights = read_weights(
                saved.files[_WEIGHTS], _shapes(_size(shape, vocabulary)), saved.path / _WEIGHTS
            )
        glosser = cls(**shape, **recipe, device=device)
        network = glosser._make_network(vocabulary)
        network.load_state_dict(weights)
        network.eval()
        glosser._vocabulary, glosser._network = vocabulary, network
        glosser._form = form_of_characters(vocabulary.characters)
        return glosser


def _keep(inference: Inference, text: IGT, prediction: Prediction) -> Prediction:
    """The prediction with the words that a person has done, glossed as those are segmented."""
    forms = known_forms(text, prediction)
    if forms is not None:
        prediction = inference.gloss([forms], segmented=True, progress=False)[0]
    return keep_known(text, prediction)


def _size(shape: Mapping[str, Any], vocabulary: Vocabulary) -> Size:
    characters, labels = len(vocabulary.characters) + 2, len(vocabulary.labels)
    return Size(characters=characters, labels=labels, **shape)


def _shapes(size: Size) -> dict[str, tuple[int, ...]]:
    """The shapes of the weights of a network; none is made for it."""
    with torch.device("meta"):
        return {name: tuple(value.shape) for name, value in Network(size).state_dict().items()}
