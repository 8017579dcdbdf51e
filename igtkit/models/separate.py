"""Two models instead of one: `SeparateGlosser` and `PipelineGlosser`."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import attrs

from igtkit._files import locked_folder
from igtkit.boundaries import split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction, Suggestion
from igtkit.models._manifest import MANIFEST, damaged
from igtkit.models.base import Given, Glosser, require_given, require_texts
from igtkit.models.partial import keep_known, known_forms, known_words
from igtkit.models.saving import load_folder, save_folder, seal_parts
from igtkit.models.seq2seq import Seq2SeqGlosser

__all__ = ["NOT_GLOSSED", "PipelineGlosser", "SeparateGlosser"]

NOT_GLOSSED = "the predicted segmentation is empty or too long to be glossed"
"""In `Prediction.problems`: the second model of a pipeline was not asked."""

_PARTS = ("segmenter", "glosser")


class _TwoModels(Glosser):
    """The common part of both: a segmenter and a glosser, in a folder each.

    Args:
        segmenter: Predicts the segmentation.
        glosser: Predicts the glosses.

    Raises:
        InputError: If the format of the segmenter has no task for it.
    """

    def __init__(self, segmenter: Seq2SeqGlosser, glosser: Seq2SeqGlosser) -> None:
        if "segmentation" not in segmenter.lines:
            raise InputError(f"the {segmenter.format.name} model cannot segment")
        self.segmenter = segmenter
        self.glosser = glosser

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save both models, each to a folder of its own."""
        parts = {"segmenter": self.segmenter, "glosser": self.glosser}
        save_folder(directory, type(self).__name__, {}, parts=parts)

    def save_settings(self, directory: str | os.PathLike[str]) -> None:
        """Save only what says that ``segmenter`` and ``glosser`` in the folder are one glosser."""
        seal_parts(directory, type(self).__name__, {}, {name: name for name in _PARTS})

    @classmethod
    def from_pretrained(cls, directory: str | os.PathLike[str], **options: Any) -> Self:
        """Load both models.

        Args:
            directory: The folder that `save_pretrained` made.
            **options: ``device`` and ``dtype``, as for `Seq2SeqGlosser.from_pretrained`.

        Raises:
            ModelFileError: If the folder holds no such pair of models.
        """
        with locked_folder(Path(directory), shared=True):
            saved = load_folder(directory, cls.__name__)
            with damaged(saved.path / MANIFEST):
                folders = [saved.parts[name] for name in _PARTS]
            with damaged(saved.path):
                return cls(*(Seq2SeqGlosser.from_pretrained(each, **options) for each in folders))

    def predict(
        self, items: Iterable[IGT], *, given: Given | None = None, **options: Any
    ) -> list[Prediction]:
        """Segment and gloss texts; see `Glosser.predict`.

        Args:
            items: The texts, at least one.
            given: As for every glosser. A given segmentation goes to the model that glosses, and
                only that one is asked.
            **options: As for `Seq2SeqGlosser.predict`.

        Raises:
            InputError: As `Seq2SeqGlosser.predict`.
        """
        texts = require_texts(items)
        if not texts:
            raise InputError("there is nothing to gloss: the list of texts is empty")
        require_given(given)
        if given == "partial":
            for text in texts:
                known_words(text)  # refuse what cannot be kept before asking a model
        if given == "segmentation":
            glossed = self.glosser.predict(texts, given=given, **options)
            return [self._named(prediction) for prediction in glossed]
        return self._predict(texts, options, partial=given == "partial")

    @abstractmethod
    def _predict(
        self, texts: list[IGT], options: dict[str, Any], *, partial: bool
    ) -> list[Prediction]:
        """Ask both models; keep what is done, if that is asked for."""

    def _named(self, prediction: Prediction, **changes: Any) -> Prediction:
        return attrs.evolve(prediction, system=type(self).__name__, **changes)


class SeparateGlosser(_TwoModels):
    """A glosser of two models: one segments the transcription, the other glosses it.

    The paper's baseline of separate models: nothing makes the two lines fit each other.
    """

    def _predict(
        self, texts: list[IGT], options: dict[str, Any], *, partial: bool
    ) -> list[Prediction]:
        segmented = self.segmenter.predict(texts, **options)
        glossed = self.glosser.predict(texts, **options)
        merged = [self._merge(*pair) for pair in zip(segmented, glossed, strict=True)]
        return _fill_in(texts, merged, self.glosser, options) if partial else merged

    def _merge(self, segmented: Prediction, glossed: Prediction) -> Prediction:
        return self._named(
            glossed,
            segmentation=segmented.segmentation,
            problems=tuple(dict.fromkeys(segmented.problems + glossed.problems)),
            score=_average(segmented.score, glossed.score),
            words=tuple(
                (Suggestion(form.form, gloss.gloss, _product(form, gloss)),)
                for (form, *_), (gloss, *_) in zip(segmented.words, glossed.words, strict=True)
            )
            if len(segmented.words) == len(glossed.words)
            else (),
        )


class PipelineGlosser(_TwoModels):
    """A glosser of two models: one segments, the other glosses that segmentation.

    What the segmenter gets wrong, the glosser builds on.
    """

    def _predict(
        self, texts: list[IGT], options: dict[str, Any], *, partial: bool
    ) -> list[Prediction]:
        segmented = self.segmenter.predict(texts, **options)
        if partial:
            segmented = [
                attrs.evolve(each, segmentation=known_forms(text, each) or each.segmentation)
                for text, each in zip(texts, segmented, strict=True)
            ]
        predictions = [
            self._named(each, glosses="", problems=(*each.problems, NOT_GLOSSED))
            for each in segmented
        ]
        asked = {}
        for at, (text, each) in enumerate(zip(texts, segmented, strict=True)):
            text = text.replace(segmentation=each.segmentation)  # noqa: PLW2901
            # What a model wrote can be of any length.
            if split_words(each.segmentation) and self.glosser.fits(text, "s2g"):
                asked[at] = text
        if asked:
            glossed = self.glosser.predict(asked.values(), given="segmentation", **options)
            for at, prediction in zip(asked, glossed, strict=True):
                predictions[at] = self._join(segmented[at], prediction)
        if not partial:
            return predictions
        return [keep_known(*pair) for pair in zip(texts, predictions, strict=True)]

    def _join(self, segmented: Prediction, glossed: Prediction) -> Prediction:
        sure = {at: word[0] for at, word in enumerate(segmented.words)}
        words = tuple(
            (Suggestion(gloss.form, gloss.gloss, _product(sure.get(at), gloss)),)
            for at, (gloss, *_) in enumerate(glossed.words)
        )
        return self._named(
            glossed,
            problems=tuple(dict.fromkeys(segmented.problems + glossed.problems)),
            score=_average(segmented.score, glossed.score),
            words=words if len(words) == len(segmented.words) else (),
        )


def _fill_in(
    texts: list[IGT],
    predictions: list[Prediction],
    glosser: Seq2SeqGlosser,
    options: dict[str, Any],
) -> list[Prediction]:
    """Gloss the forms that are known, then put over all what a person has done."""
    filled = []
    for text, prediction in zip(texts, predictions, strict=True):
        asked = text.replace(segmentation=known_forms(text, prediction), glosses=None)
        if asked.segmentation is not None and glosser.fits(asked, "s2g"):
            again = glosser.predict([asked], given="segmentation", **options)[0]
            prediction = attrs.evolve(again, system=prediction.system)  # noqa: PLW2901
        filled.append(keep_known(text, prediction))
    return filled


def _average(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else (first + second) / 2


def _product(first: Suggestion | None, second: Suggestion) -> float | None:
    if first is None or first.probability is None or second.probability is None:
        return None
    return first.probability * second.probability
