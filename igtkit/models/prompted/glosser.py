"""`PromptedGlosser`: the base class of glossers that put prompts to a neural model."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from igtkit._progress import Progress
from igtkit.boundaries import split_words
from igtkit.errors import InputError
from igtkit.formats import Example, PromptFormat, Task
from igtkit.igt import IGT, Prediction
from igtkit.models._checkpoints import seal
from igtkit.models.adapters import (
    bare_model,
    load_adapter,
    loaded_adapters,
    save_adapter,
    use_adapter,
)
from igtkit.models.base import Given, Glosser, require_given, require_texts
from igtkit.models.partial import keep_known, known_forms, known_words
from igtkit.models.prompted.backend import Backend
from igtkit.models.prompted.decoding import Decoding, LongInput, ask, make_request, scorer
from igtkit.models.prompted.reading import read_answers, unasked
from igtkit.models.prompted.settings import require_tasks, save_format
from igtkit.models.prompted.tokenizer import Tokenizer
from igtkit.models.prompted.windows import join_windows, split_windows

__all__ = ["PromptedGlosser"]

_JOINT = ("interleaved", "concatenated", "word")


class PromptedGlosser(Glosser):
    """The base class of glossers that put prompts, in any of the formats, to a model.

    In a joint format (concatenated, interleaved) one answer has both lines. In the multitask format
    the model is asked twice and the lines are put into one prediction. A model in the format of
    GlossLM gives glosses only: `segmentation` is None.

    Args:
        backend: What runs the model.
        prompt_format: The format that the model was trained on, as `igtkit.formats.get` gives it.
        tokenizer: What the model reads and writes.
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
        tokenizer: Tokenizer,
        tasks: Sequence[Task] | None = None,
        max_input_length: int = 1024,
    ) -> None:
        self.backend = backend
        self.format = prompt_format
        self.tokenizer = tokenizer
        self.tasks = prompt_format.scored_tasks if tasks is None else tuple(tasks)
        self.max_input_length = max_input_length
        require_tasks(prompt_format, self.tasks)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it predicts: ``"segmentation"``, ``"glosses"`` or both."""
        gives = {"t2s": ("segmentation",), "t2sg": ("segmentation", "glosses")}
        found = {line for task in self.tasks for line in gives.get(task, ("glosses",))}
        return tuple(line for line in ("segmentation", "glosses") if line in found)

    @property
    def can_constrain(self) -> bool:
        """Whether its joint answers can be kept well formed while they are written."""
        held = self.tokenizer.constrained_formats
        return self.backend.can_constrain and self.format.name in held

    def predict(
        self,
        items: Iterable[IGT],
        *,
        given: Given | None = None,
        num_beams: int = 2,
        early_stopping: bool | None = None,
        max_new_tokens: int | None = None,
        constrained: bool = True,
        same_words: bool = False,
        spell: bool = False,
        choose: bool = True,
        batch_size: int = 32,
        long_input: LongInput = "raise",
        progress: bool | None = None,
    ) -> list[Prediction]:
        """Segment and gloss texts; see `Glosser.predict`.

        Texts of like length are put into one batch; what comes out for a text does not depend on
        the others. `Prediction.score` is the average log-probability of a token of the answers, in
        nats; a word's probability is the model's own of writing it.

        Args:
            items: The texts, at least one.
            given: As for every glosser. A known form that differs from the predicted one costs a
                second prompt, which asks for the glosses of the segmentation that is known.
            num_beams: Beams (the paper: 2); 1 is greedy search.
            early_stopping: Whether a search with several beams ends as soon as that many answers
                are complete. If None, torch goes on while a better one seems possible, as the
                checkpoint or transformers has it, and CTranslate2 stops: it knows nothing else.
                With True both give the same answers.
            max_new_tokens: The most tokens of an answer. If None, at least 128, and more for longer
                texts: about three times the text for each line, and 2048 at most.
            constrained: Whether joint answers are kept well formed while they are written, so that
                segmentation and glosses are aligned. Needs a byte model under torch, or for
                interleaved answers a chat model; without effect on answers of one line.
            same_words: Whether joint answers have exactly as many words as the transcription; this
                and `spell` are for byte models.
            spell: Whether the segments of interleaved answers spell the transcription, word by word
                and letter by letter, in its case or in lower case: for corpora that are segmented
                on the surface. It brings `same_words` with it. The limit of new tokens goes before
                both: an answer that does not fit ends after fewer words.
            choose: Whether a word, in the word format, has one of the analyses that training texts
                give for it: the best by the model and by their counts together. Otherwise the model
                writes what it finds best.
            batch_size: Prompts at a time.
            long_input: What to do about a prompt over `max_input_length`: ``"raise"``, or
                ``"window"`` to split the text into pieces of whole words, one prompt each.
            progress: False shows no progress bar. Otherwise there is one where standard error is a
                terminal and tqdm is installed (the extra ``progress``).

        Returns:
            One prediction for each text, in order. An answer that was cut off says `CUT_OFF` in
            `problems`.

        Raises:
            InputError: If there is no text, one lacks the line that is asked about or has too long
                a prompt, a partly done line has another number of words, or a setting is out of
                range or cannot be kept by the model.
        """
        texts = require_texts(items)
        if not texts:
            raise InputError("there is nothing to gloss: the list of texts is empty")
        options = Decoding(
            num_beams,
            max_new_tokens,
            constrained,
            same_words,
            spell,
            early_stopping,
            batch_size,
            long_input,
            choose,
        )
        self._check(options, given)
        if given == "partial":
            for text in texts:
                known_words(text)  # refuse what cannot be kept before asking the model
        if given == "segmentation":
            tasks: tuple[Task, ...] = ("s2g",)
            asked = [text.replace(glosses=None) for text in texts]
        else:
            tasks = self.tasks
            asked = [text.replace(segmentation=None, glosses=None) for text in texts]
        predictions = self._predict(asked, tasks, options, progress)
        if given == "partial":
            if "s2g" in self.format.tasks:
                predictions = self._gloss_known_forms(texts, predictions, options)
            return [keep_known(*pair) for pair in zip(texts, predictions, strict=True)]
        return predictions

    def weigh(self, texts: Iterable[IGT]) -> Self:
        """Learn, for each language, what the model is to say beside the counts of its format.

        Only the word format counts; others are left as they are. `save_settings` saves what is
        learned beside the model.

        Args:
            texts: Texts with glosses that the model has not been trained on. The format may have
                learned them: each is left out of its own prompts.

        Returns:
            The glosser itself.
        """
        self.format = self.format.weigh(texts, scorer(self.backend, self.tokenizer))
        return self

    def fits(self, text: IGT, task: Task) -> bool:
        """Whether the prompt for a text is within `max_input_length`."""
        return self._size(text.replace(glosses=None), (task,)) <= self.max_input_length

    def save_settings(self, directory: str | os.PathLike[str]) -> None:
        """Save only the format and tasks, beside a model that is there already."""
        save_format(self.format, Path(directory))
        seal(directory, type(self).__name__, self._saved_settings())

    def _saved_settings(self) -> dict[str, Any]:
        return {
            "format": self.format.name,
            "tasks": list(self.tasks),
            "max_input_length": self.max_input_length,
        }

    @property
    def adapters(self) -> tuple[str, ...]:
        """The names of the LoRA adapters that are loaded."""
        return loaded_adapters(self.backend.model) if self.backend.takes_adapters else ()

    def use_adapter(self, name: str | None) -> None:
        """Switch to a LoRA adapter that was loaded, or to none.

        Raises:
            InputError: If no adapter of that name was loaded, or the backend has none.
        """
        use_adapter(self._adaptable_model(), name)

    def load_adapter(self, directory: str | os.PathLike[str], name: str) -> None:
        """Load a LoRA adapter and switch to it.

        Args:
            directory: The folder of the adapter, as igtkit or peft saves it.
            name: What to call it.

        Raises:
            InputError: If the backend takes no adapters, or has one of that name.
            MissingExtraError: If peft is not installed.
            ModelFileError: If the folder holds no adapter for this model.
        """
        load_adapter(self._adaptable_model(), Path(directory), name)

    def save_adapter(self, directory: str | os.PathLike[str], name: str) -> None:
        """Save one LoRA adapter, without the model.

        Args:
            directory: The folder of the adapter; ``adapters/<name>`` in the folder of the model
                makes it one that is loaded by its name.
            name: The adapter.

        Raises:
            InputError: If no adapter of that name was loaded, or the backend has none.
        """
        save_adapter(self._adaptable_model(), directory, name)

    def merge_adapter(self, name: str) -> Self:
        """Return a glosser whose model has an adapter in its weights; this one is not changed.

        It can be saved, and converted to run faster, as any model. Up to rounding it answers as
        this one does with the adapter.

        Args:
            name: The adapter.

        Raises:
            InputError: If no adapter of that name was loaded, or the backend has none.
        """
        model = bare_model(self._adaptable_model(), merged=name)
        merged = copy.copy(self)
        merged.backend = copy.copy(self.backend)
        merged.backend.model = model
        return merged

    def _adaptable_model(self) -> Any:
        if not self.backend.takes_adapters:
            raise InputError(f"a model under {self.backend.name} takes no adapters")
        return self.backend.model

    def _check(self, options: Decoding, given: Given | None) -> None:
        require_given(given)
        if given == "segmentation" and "s2g" not in self.format.tasks:
            raise InputError(f"the {self.format.name} format cannot gloss a given segmentation")
        joint = self.format.name in _JOINT and "t2sg" in self.tasks and given != "segmentation"
        options.check(self.format.name, self.backend, self.tokenizer, joint=joint)

    def _predict(
        self,
        texts: Sequence[IGT],
        tasks: Sequence[Task],
        options: Decoding,
        progress: bool | None,
    ) -> list[Prediction]:
        """Ask all tasks about all texts."""
        pieces = [
            (index, piece)
            for index, text in enumerate(texts)
            for piece in self._pieces(index, text, tasks, options)
        ]
        requests = [
            [
                make_request(index, part, example, self.tokenizer, options.max_new_tokens)
                for index, piece in pieces
                for part, example in self._parts(piece, task)
            ]
            for task in tasks
        ]
        with Progress(sum(map(len, requests)), progress) as bar:
            rows = [
                zip(asked, ask(self.backend, self.tokenizer, asked, options, bar), strict=True)
                for asked in requests
            ]
        system = type(self).__name__
        found: list[list[Prediction]] = [[] for _ in texts]
        for row in zip(*rows, strict=True):
            found[row[0][0].text].append(read_answers(self.format, row, system))
        return [
            join_windows(predictions or [unasked(self.format, text, system)])
            for text, predictions in zip(texts, found, strict=True)
        ]

    def _parts(self, piece: IGT, task: Task) -> list[tuple[IGT, Example]]:
        """The prompts that a piece of a text takes, each with the part that it asks about."""
        examples = self.format.parts(piece, task)
        if len(examples) == 1:
            return [(piece, examples[0])]
        return [(piece.replace(transcription=example.text), example) for example in examples]

    def _size(self, text: IGT, tasks: Sequence[Task]) -> int:
        """The tokens of the longest prompt that a text takes."""
        prompts = [part.prompt for task in tasks for part in self.format.parts(text, task)]
        return max((len(self.tokenizer.encode_prompt(prompt)) for prompt in prompts), default=0)

    def _pieces(self, index: int, text: IGT, tasks: Sequence[Task], options: Decoding) -> list[IGT]:
        """The text, or the pieces of it that fit into the prompts of all tasks."""
        line = "segmentation" if "s2g" in tasks else "transcription"
        if not split_words(getattr(text, line)):
            raise InputError(f"text {index} has no {line} to work from: {text!r:.200}")
        size = self._size(text, tasks)
        if size <= self.max_input_length:
            return [text]
        if options.long_input == "raise":
            raise InputError(
                f"the prompt for text {index} is {size} tokens long, the limit is "
                f"max_input_length={self.max_input_length}; pass long_input='window' to gloss it "
                f"in pieces ({getattr(text, line)!r:.80}...)"
            )
        return split_windows(
            text, line, lambda piece: self._size(piece, tasks), self.max_input_length
        )

    def _gloss_known_forms(
        self, texts: Sequence[IGT], predictions: Sequence[Prediction], options: Decoding
    ) -> list[Prediction]:
        """Ask again for the glosses of texts whose known forms differ from the predicted ones."""
        known = {}
        for index, (text, prediction) in enumerate(zip(texts, predictions, strict=True)):
            line = known_forms(text, prediction)
            if line is None:
                continue
            asked = text.replace(segmentation=line, glosses=None)
            if self.fits(asked, "s2g"):  # what a model wrote can be of any length
                known[index] = asked
        if not known:
            return list(predictions)
        again = self._predict(list(known.values()), ("s2g",), options, progress=False)
        changed = dict(zip(known, again, strict=True))
        return [changed.get(index, each) for index, each in enumerate(predictions)]
