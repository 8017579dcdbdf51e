"""`InContextGlosser`: a chat model with the interface of all glossers."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import attrs

from igtkit._progress import Progress
from igtkit.alignment import check
from igtkit.corpus.collection import Corpus
from igtkit.errors import InputError, NotFittedError
from igtkit.formats import get
from igtkit.igt import IGT, Prediction
from igtkit.io import read, write
from igtkit.models._learnable import texts_to_learn
from igtkit.models._manifest import damaged
from igtkit.models._schema import file_name, flag, list_of, number, optional, string, whole
from igtkit.models.base import Given, Glosser, nothing_learned, require_given, require_texts
from igtkit.models.in_context.chat import Chat, without_thoughts
from igtkit.models.in_context.endpoint import EndpointChat
from igtkit.models.in_context.local import LocalChat
from igtkit.models.in_context.prompt import build_messages
from igtkit.models.partial import keep_known
from igtkit.models.saving import load_folder, save_folder
from igtkit.retrieval import ChrfIndex

__all__ = ["InContextGlosser"]

_EXAMPLES = "examples.jsonl"


class InContextGlosser(Glosser):
    """A glosser that shows a chat model similar glossed sentences, and asks it for the next.

    For each text the training sentences that are nearest under chrF are shown, the nearest last, in
    the interleaved format. What the model answers is read as far as it can be; `problems` of a
    prediction say what was wrong with it.

    Source: PolyGloss, section 4.3: ten examples, retrieved by chrF, interleaved.

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

    def fit(
        self,
        train: Iterable[IGT],
        dev: Iterable[IGT] | None = None,
        *,
        ungrammatical: bool = False,
    ) -> Self:
        """Keep the sentences that can be shown.

        Args:
            train: Texts with transcription, segmentation and glosses; those that do not align are
                left out and counted in `left_out`.
            dev: Not needed; taken so that all glossers are fitted alike.
            ungrammatical: Whether to learn from texts that are marked as ungrammatical (``*``).

        Raises:
            InputError: If no text can be shown.
        """
        del dev
        texts = texts_to_learn(train, type(self).__name__, ungrammatical=ungrammatical)
        usable = [
            text
            for text in texts
            if text.transcription and text.segmentation and text.glosses and not check(text)
        ]
        if not usable:
            raise nothing_learned(texts, "has a transcription, segmentation and glosses that align")
        index = ChrfIndex([text.transcription or "" for text in usable])
        self._texts, self._index, self.left_out = usable, index, len(texts) - len(usable)
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
        """Save the examples and the settings to a folder; neither model nor key.

        Raises:
            NotFittedError: Before `fit`, if examples are to be shown.
        """
        if self.examples and self._index is None:
            raise NotFittedError("there is nothing to save yet; call fit(train) first")
        lines = io.StringIO()
        write(self._texts, lines, "jsonl")
        save_folder(
            directory,
            "InContextGlosser",
            {"examples": self.examples, "chat": dict(self.chat.settings())},
            {_EXAMPLES: lines.getvalue().encode("utf-8", "surrogatepass")},
        )

    @classmethod
    def from_pretrained(
        cls, directory: str | os.PathLike[str], *, chat: Chat | None = None, **options: Any
    ) -> Self:
        """Load a glosser from a folder.

        Where the model is, only the caller says: texts go to no address, and no other folder is
        read, because a file names it.

        Args:
            directory: The folder.
            chat: The model; made with the saved settings and the options if None.
            **options: For the `EndpointChat` or `LocalChat` that is made: where it is
                (``base_url`` or ``chat_directory``), and others, such as ``api_key`` or ``device``.

        Raises:
            InputError: If neither a chat model is given nor where it is.
            ModelFileError: If the folder holds none, or a damaged one.
        """
        saved = load_folder(directory, "InContextGlosser")
        with damaged(saved.path):
            examples = whole(0, 2**31)(saved.settings["examples"])
            lines = saved.files[_EXAMPLES].decode("utf-8", "surrogatepass")
            texts = read(io.StringIO(lines), "jsonl")
            settings = None if chat else _chat_settings(saved.settings["chat"])
        glosser = cls(chat or _make_chat(settings, options, saved.path), examples=examples)
        with damaged(saved.path):
            return glosser.fit(Corpus(texts)) if texts or examples else glosser


@attrs.frozen
class _Saved:
    """What is read of the settings of a chat model that were saved.

    Attributes:
        make: Its class.
        place: Its argument that says where it is.
        option: What the caller gives for that.
        read: The other settings.
    """

    make: Callable[..., Chat]
    place: str
    option: str
    read: Mapping[str, Callable[[Any], Any]]


_KINDS = {
    "endpoint": _Saved(
        EndpointChat,
        "base_url",
        "base_url",
        {
            "model": string,
            "max_tokens": whole(1, 2**31),
            "temperature": number(0),
            "thinking": optional(flag),
        },
    ),
    "local": _Saved(
        LocalChat,
        "directory",
        "chat_directory",
        {
            "gguf_file": optional(file_name),
            "chat_template": optional(string),
            "stop": list_of(string),
            "max_new_tokens": whole(1, 2**31),
            "batch_size": whole(1, 2**31),
            "constrained": flag,
            "thinking": optional(flag),
        },
    ),
}


def _chat_settings(saved: Any) -> dict[str, Any] | None:
    """The settings of a chat model that a file may decide; None of a model of the user's own."""
    kind = _KINDS.get(str(saved.get("kind")))
    if kind is None:
        return None
    return {"kind": saved["kind"], **{name: read(saved[name]) for name, read in kind.read.items()}}


def _make_chat(
    settings: dict[str, Any] | None, options: Mapping[str, Any], directory: Path
) -> Chat:
    if settings is None:
        raise InputError(f"the chat model of {directory} is not igtkit's; pass it with chat=")
    kind = _KINDS[settings.pop("kind")]
    if kind.option not in options:
        raise InputError(
            f"where the chat model of {directory} is, a file does not decide: pass "
            f"{kind.option}=, or the model with chat="
        )
    rest = {name: value for name, value in options.items() if name != kind.option}
    return kind.make(**{kind.place: options[kind.option], **settings, **rest})
