"""`InContextGlosser`: a chat model with the interface of all glossers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from igtkit._progress import Progress
from igtkit.alignment import check
from igtkit.corpus.collection import Corpus
from igtkit.errors import InputError, ModelFileError, NotFittedError
from igtkit.formats import get
from igtkit.igt import IGT, Prediction
from igtkit.io import read, write
from igtkit.models.base import Given, Glosser, require_given, require_texts
from igtkit.models.in_context.chat import Chat, without_thoughts
from igtkit.models.in_context.endpoint import EndpointChat
from igtkit.models.in_context.local import LocalChat
from igtkit.models.in_context.prompt import build_messages
from igtkit.models.partial import keep_known
from igtkit.models.saving import load_json, save_json
from igtkit.retrieval import ChrfIndex

__all__ = ["InContextGlosser"]

_FILE, _EXAMPLES = "in_context.json", "examples.jsonl"


class InContextGlosser(Glosser):
    """A glosser that shows a chat model similar glossed sentences, and asks it for the next.

    For each text the training sentences that are nearest under chrF are shown, the nearest last, in
    the interleaved format. What the model answers is read as far as it can be; `problems` of a
    prediction say what was wrong with it.

    Source: PolyGloss, section 5: ten examples, retrieved by chrF, interleaved.

    Args:
        chat: The model: a `LocalChat` or an `EndpointChat`.
        examples: How many sentences to show; 0 for none, which needs no `fit`.

    Raises:
        InputError: If `examples` is negative.
        NotFittedError: On prediction with examples before `fit`.
    """

    def __init__(self, chat: Chat, *, examples: int = 10) -> None:
        if examples < 0:
            raise InputError(f"examples must be 0 or more, not {examples!r}")
        self.chat = chat
        self.examples = examples
        self._texts: list[IGT] = []
        self._index: ChrfIndex | None = None
        self.left_out = 0
        """Number of training texts that cannot be shown: a line is missing, or they misalign."""

    def fit(self, train: Iterable[IGT], dev: Iterable[IGT] | None = None) -> Self:
        """Keep the sentences that can be shown.

        Args:
            train: Texts with transcription, segmentation and glosses; those that do not align are
                left out and counted in `left_out`.
            dev: Not needed; taken so that all glossers are fitted alike.

        Raises:
            InputError: If no text can be shown.
        """
        del dev
        texts = require_texts(train)
        usable = [
            text
            for text in texts
            if text.transcription and text.segmentation and text.glosses and not check(text)
        ]
        if not usable:
            raise InputError(
                f"none of {len(texts)} texts has a transcription, segmentation and glosses that "
                "align"
            )
        self.left_out = len(texts) - len(usable)
        self._texts = usable
        self._index = ChrfIndex([text.transcription or "" for text in usable])
        return self

    def predict(
        self,
        items: Iterable[IGT],
        *,
        given: Given | None = None,
        progress: bool | None = None,
    ) -> list[Prediction]:
        """Segment and gloss texts; see `Glosser.predict`.

        Args:
            items: The texts.
            given: As for every glosser. What is given is put over the answer, which it fits only
                where the model found as many morphemes.
            progress: False: no progress bar. Otherwise one where standard error is a terminal and
                tqdm is installed.

        Raises:
            InputError: If a text lacks its transcription, or `given` is unknown.
            NotFittedError: Before `fit`, if examples are to be shown.
        """
        if self.examples and self._index is None:
            raise NotFittedError("this InContextGlosser has no examples to show; call fit first")
        require_given(given)
        texts = require_texts(items)
        for text in texts:
            if not text.transcription:
                raise InputError(f"there is no transcription to gloss in {text!r:.80}")
        conversations = [build_messages(text, self._nearest(text)) for text in texts]
        with Progress(len(texts), progress) as bar:
            answers = self.chat.answer(conversations, advance=bar.advance)
        predictions = [
            get("interleaved")
            .decode(without_thoughts(answer), source=text.transcription)
            .replace(system="InContextGlosser")
            for text, answer in zip(texts, answers, strict=True)
        ]
        if given is None:
            return predictions
        known = [text.replace(glosses=None) if given == "segmentation" else text for text in texts]
        return [keep_known(text, made) for text, made in zip(known, predictions, strict=True)]

    def _nearest(self, text: IGT) -> list[IGT]:
        """The sentences to show, the nearest last."""
        if not self.examples or self._index is None:
            return []
        found = self._index.search(text.transcription or "", k=self.examples)
        return [self._texts[index] for index, _ in reversed(found)]

    def save_pretrained(self, directory: str | os.PathLike[str]) -> None:
        """Save the examples and the settings to a folder; neither model nor key."""
        folder = Path(directory)
        content = {"examples": self.examples, "chat": dict(self.chat.settings())}
        save_json(folder / _FILE, "InContextGlosser", content)
        write(self._texts, folder / _EXAMPLES, "jsonl")

    @classmethod
    def from_pretrained(
        cls, directory: str | os.PathLike[str], *, chat: Chat | None = None, **options: Any
    ) -> Self:
        """Load a glosser from a folder.

        Args:
            directory: The folder.
            chat: The model; made from the saved settings if None.
            **options: For the `EndpointChat` or `LocalChat` that is made, such as ``api_key``.

        Raises:
            ModelFileError: If the folder holds none, or a damaged one.
        """
        path = Path(directory) / _FILE
        content = load_json(path, "InContextGlosser")
        try:
            glosser = cls(
                chat or _make_chat(content["chat"], options), examples=content["examples"]
            )
            texts = read(path.parent / _EXAMPLES, "jsonl")
        except (KeyError, TypeError, ValueError, OSError) as error:
            if isinstance(error, ModelFileError):
                raise
            raise ModelFileError(f"{path.parent} is damaged: {error}") from error
        return glosser.fit(Corpus(texts)) if texts else glosser


def _make_chat(settings: dict[str, Any], options: dict[str, Any]) -> Chat:
    kinds: dict[str, Any] = {"endpoint": EndpointChat, "local": LocalChat}
    rest = {name: value for name, value in settings.items() if name != "kind"}
    made: Chat = kinds[settings["kind"]](**{**rest, **options})
    return made
