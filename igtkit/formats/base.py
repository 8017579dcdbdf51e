"""`PromptFormat`: what the prompt formats share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self, get_args

from igtkit.errors import AlignmentError, InputError
from igtkit.formats import problems, templates
from igtkit.formats.example import Example, Layout, Task
from igtkit.formats.lines import Punctuation, without_label
from igtkit.formats.sources import (
    TASK_LINES,
    Reason,
    Source,
    asked_line,
    collapse,
    missing_line,
)
from igtkit.igt import IGT, Prediction

__all__ = ["JointFormat", "PromptFormat", "Score", "check_format"]

Score = Callable[[str, Sequence[str]], Sequence[float]]
"""The log-probability to a model, in nats, of each of several answers to a prompt."""


class PromptFormat:
    """A way to turn texts into prompts and targets, and a model's answers into predictions.

    Attributes:
        name: The name to ask for it by.
        prompts: The prompt for each task that the format has; the first is the default task.
        training_tasks: The tasks that a text gives examples of to train on.
        scored_tasks: The tasks whose answers are scored.
        fields: What its prompts are filled with.
    """

    name: ClassVar[str]
    prompts: ClassVar[Mapping[Task, str]]
    fields: ClassVar[tuple[str, ...]] = ("language", "text", "translation", "metalanguage")
    training_tasks: ClassVar[tuple[Task, ...]]
    scored_tasks: ClassVar[tuple[Task, ...]]

    def __repr__(self) -> str:
        return f"igtkit.formats.get({self.name!r})"

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that the format has; the first is the default."""
        return tuple(self.prompts)

    def encode(self, igt: IGT, task: Task | None = None) -> Example:
        """Return the prompt for a text, and the target where the text has what it takes.

        White space is collapsed in every field. A missing translation is written ``None`` in
        English, a missing language ``an unknown language``, a missing segmentation ``None``.

        Args:
            igt: The text.
            task: One of `tasks`; the first if none is given.

        Returns:
            The example. Its target is None where a line it takes is missing or blank, as at
            prediction.

        Raises:
            AlignmentError: If the task is ``"t2sg"`` and segmentation and glosses do not pair up.
                To predict for such a text, encode ``igt.replace(segmentation=None, glosses=None)``.
            InputError: If the format has no such task, `igt` is no `IGT`, the task starts from a
                transcription and there is none, or the target begins like a label (``Glosses:``).
        """
        task = self._known(task)
        _require_igt(igt)
        example = self._example(igt, task)
        if example.target is not None and without_label(example.target)[1]:
            raise InputError(
                "the target would begin with a label, which is left out where an answer is read: "
                f"{example.target!r:.80}"
            )
        return example

    def parts(self, igt: IGT, task: Task | None = None) -> tuple[Example, ...]:
        """Return the prompts that a text takes: one, or in the word format one for each word.

        The `text` of each says which part of the line it asks about; the predictions for all of
        them, in order, are that for the text.

        Arguments and errors are those of `encode`.
        """
        task = self._known(task)
        _require_igt(igt)
        return self._parts(igt, task)

    def learn(self, texts: Iterable[IGT]) -> Self:
        """Return the format with what its prompts take from training texts; most take nothing."""
        del texts
        return self

    def weigh(self, texts: Iterable[IGT], score: Score) -> Self:
        """Return the format with the weights of its choices learned; see `Example.choices`.

        Args:
            texts: Texts with glosses that the model has not been trained on. The format may have
                learned them: each is left out of its own prompts.
            score: The model.
        """
        del texts, score
        return self

    def learned(self) -> Any:
        """What `learn` found, as JSON can hold it, to be saved with a model; None if nothing."""
        return None

    def restore(self, value: Any) -> Self:
        """Return the format with what `learned` gave.

        Args:
            value: What JSON gave back.

        Raises:
            ValueError: If it cannot have come from `learned`.
        """
        raise ValueError(f"the {self.name} format learns nothing, found {value!r:.80}")

    def examples(self, igt: IGT, training: bool = True) -> tuple[Example, ...]:
        """Return the examples that a text gives (PolyGloss, section 4.1).

        Args:
            igt: The text.
            training: Whether they are to train on; else they are what is predicted and scored.

        Returns:
            The examples, all with a target. What the text cannot give is left out, see
            `encode_corpus`, which reports it.

        Raises:
            InputError: If `igt` is no `IGT`.
        """
        found = self.examples_and_reasons(igt, training)
        return tuple(example for _, example in found if isinstance(example, Example))

    def examples_and_reasons(
        self, igt: IGT, training: bool = True
    ) -> Iterator[tuple[Task, Example | Reason]]:
        """For each task: the example that a text gives, or why it gives none.

        Args:
            igt: The text.
            training: As for `examples`.

        Raises:
            InputError: If `igt` is no `IGT`.
        """
        _require_igt(igt)
        for task in self.training_tasks if training else self.scored_tasks:
            lacks = missing_line(igt, task)
            if lacks:
                yield task, lacks
                continue
            try:
                yield task, self._example(igt, task)
            except AlignmentError:
                yield task, "misaligned"

    def decode(
        self,
        output: str,
        *,
        task: Task | None = None,
        source: Source | None = None,
        punctuation: Punctuation = "both",
    ) -> Prediction:
        """Return the prediction that a model's answer holds. No answer raises an error.

        Takes time in proportion to the length of the output.

        Args:
            output: The answer.
            task: What was asked; without it, the task of `source` if that is an `Example`, else
                the first of `tasks`.
            source: What the answer is for: the text (of an `IGT`, its transcription) or the
                example. Only interleaved answers take more from it than the task: the punctuation
                they lack, or the whole `Layout` of the gold lines where the example has one.
            punctuation: Where the punctuation of the text goes that an interleaved answer lacks:
                into ``"both"`` lines, the ``"segmentation"`` only, or ``"none"``.

        Returns:
            The lines that the task asks for, white space collapsed; a line that should be there and
            is not is empty. `problems` says what was wrong, in sentences from
            `igtkit.formats.problems`.

        Raises:
            InputError: If the output is no string, the format has no such task, or another argument
                is of the wrong kind.
        """
        if not isinstance(output, str):
            raise InputError(
                f"the output of a model must be a string, got {output!r:.80} "
                f"({type(output).__name__})"
            )
        if source is not None and not isinstance(source, Source):
            raise InputError(
                "source must be an IGT, an Example or the text itself, got "
                f"{source!r:.80} ({type(source).__name__})"
            )
        if punctuation not in get_args(Punctuation):
            choices = ", ".join(map(repr, get_args(Punctuation)))
            raise InputError(f"punctuation must be one of {choices}, not {punctuation!r}")
        if task is None and isinstance(source, Example):
            task = source.task
        return self._decode(output, self._known(task), source, punctuation)

    def _decode(
        self, output: str, task: Task, source: Source | None, punctuation: Punctuation
    ) -> Prediction:
        del source, punctuation  # a line that was asked for by itself has its punctuation
        text, found = without_label(output)
        line = collapse(text) or ""
        if not line:
            found.append(problems.EMPTY)
        if "\n" in text.strip():
            found.append(problems.MORE_LINES)
        if task == "t2s":
            return Prediction(line, None, tuple(found))
        return Prediction(None, line, tuple(found))

    def _known(self, task: Task | None) -> Task:
        if task is None:
            return self.tasks[0]
        if task not in self.prompts:
            choices = ", ".join(map(repr, self.tasks))
            raise InputError(f"the {self.name} format has no task {task!r}; it has: {choices}")
        return task

    def _parts(self, igt: IGT, task: Task) -> tuple[Example, ...]:
        return (self._example(igt, task),)

    def _example(self, igt: IGT, task: Task) -> Example:
        text = collapse(igt.segmentation) if task == "s2g" else asked_line(igt, task)
        language = collapse(igt.language.name) if igt.language else None
        metalanguage = collapse(igt.metalanguage.name) if igt.metalanguage else None
        translation = collapse(igt.translation)
        if translation in (None, templates.UNKNOWN_TRANSLATION):
            translation = templates.MISSING
            metalanguage = templates.NO_TRANSLATION_METALANGUAGE
        prompt = self.prompts[task].format(
            language=language or templates.UNKNOWN_LANGUAGE,
            text=text or templates.MISSING,
            translation=translation,
            metalanguage=metalanguage or templates.UNKNOWN_LANGUAGE,
        )
        target, layout = self._target(igt, task)
        return Example(task, prompt, target, layout, text=text, format=self.name, id=igt.id)

    def _target(self, igt: IGT, task: Task) -> tuple[str | None, Layout | None]:
        return collapse(igt.segmentation if task == "t2s" else igt.glosses), None


class JointFormat(PromptFormat, ABC):
    """A format whose target holds segmentation and glosses together, for the task ``"t2sg"``.

    A joint format of your own has a `name`, `prompts`, and these two methods; see
    `igtkit.formats.register`.
    """

    training_tasks: ClassVar[tuple[Task, ...]] = ("t2sg", "t2g", "s2g")
    scored_tasks: ClassVar[tuple[Task, ...]] = ("t2sg",)

    def _target(self, igt: IGT, task: Task) -> tuple[str | None, Layout | None]:
        if task != "t2sg":
            return super()._target(igt, task)
        if collapse(igt.segmentation) is None or collapse(igt.glosses) is None:
            return None, None
        return self.joint_target(igt)

    def _decode(
        self, output: str, task: Task, source: Source | None, punctuation: Punctuation
    ) -> Prediction:
        if task != "t2sg":
            return super()._decode(output, task, source, punctuation)
        return self.decode_joint(output, source, punctuation)

    @abstractmethod
    def joint_target(self, igt: IGT) -> tuple[str, Layout | None]:
        """The target for a text that has both lines.

        Args:
            igt: The text.

        Returns:
            The target, and what restores both lines from it if it leaves something out.

        Raises:
            AlignmentError: If the format cannot hold a text whose lines do not pair up.
        """

    @abstractmethod
    def decode_joint(
        self, output: str, source: Source | None, punctuation: Punctuation
    ) -> Prediction:
        """Return the prediction that a joint answer holds. No answer may raise an error.

        Args:
            output: The answer.
            source: As for `decode`.
            punctuation: As for `decode`.

        Returns:
            The prediction; both lines are strings, empty where there is nothing.
        """


def check_format(prompt_format: PromptFormat) -> None:
    """Refuse a prompt format that lacks what the library takes from it.

    Raises:
        InputError: If not; the message says what is amiss.
    """
    if not isinstance(prompt_format, PromptFormat):
        raise InputError(
            "a prompt format is an instance of a subclass of PromptFormat, not "
            f"{prompt_format!r:.80} ({type(prompt_format).__name__})"
        )
    kind = type(prompt_format).__name__
    for attribute in ("name", "prompts", "training_tasks", "scored_tasks"):
        if not getattr(prompt_format, attribute, None):
            raise InputError(f"{kind} has no {attribute}")
    known = ", ".join(map(repr, TASK_LINES))
    for task, prompt in prompt_format.prompts.items():
        if task not in TASK_LINES:
            raise InputError(f"{kind} has prompts for the task {task!r}; there are: {known}")
        if task == "t2sg" and not isinstance(prompt_format, JointFormat):
            raise InputError(f"{kind} has the task 't2sg', so it must be a JointFormat")
        try:
            prompt.format(**dict.fromkeys(prompt_format.fields, ""))
        except (KeyError, IndexError, ValueError) as error:
            raise InputError(
                f"the prompt of {kind} for {task!r} cannot be filled in: {error!r}; its fields "
                f"may be: {', '.join(f'{{{field}}}' for field in prompt_format.fields)}"
            ) from error
    for task in (*prompt_format.training_tasks, *prompt_format.scored_tasks):
        if task not in prompt_format.prompts:
            raise InputError(f"{kind} has no prompt for its task {task!r}")


def _require_igt(igt: object) -> None:
    if not isinstance(igt, IGT):
        raise InputError(f"expected an IGT to encode, got {igt!r:.80} ({type(igt).__name__})")
