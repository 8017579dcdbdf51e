"""Examples from a whole corpus, with an account of what could give none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from igtkit.errors import InputError
from igtkit.formats.base import PromptFormat
from igtkit.formats.example import Example, Task
from igtkit.formats.sources import Reason
from igtkit.igt import IGT

__all__ = ["Encoded", "LeftOut", "encode_corpus"]


@attrs.frozen
class LeftOut:
    """A task that a text gave no example of.

    Attributes:
        index: Which text, from 0.
        id: The text's identifier.
        task: The task.
        reason: ``"no transcription"``, ``"no segmentation"``, ``"no glosses"`` or ``"misaligned"``.
    """

    index: int
    id: str | None
    task: Task
    reason: Reason


@attrs.frozen
class Encoded:
    """The examples of a corpus, and what was left out.

    Attributes:
        examples: In the order of the corpus; those of one text in the order of the format's tasks.
        left_out: One entry for each text and task without example.
    """

    examples: tuple[Example, ...]
    left_out: tuple[LeftOut, ...] = attrs.field(default=(), repr=False)

    @property
    def counts(self) -> dict[Task, int]:
        """How many examples there are of each task."""
        return dict(Counter(example.task for example in self.examples))

    @property
    def left_out_counts(self) -> dict[tuple[Task, Reason], int]:
        """How many examples of each task are missing, for each reason."""
        return dict(Counter((entry.task, entry.reason) for entry in self.left_out))


def encode_corpus(
    igts: Iterable[IGT], prompt_format: PromptFormat, *, training: bool = True
) -> Encoded:
    """Return the examples of a corpus and what was left out.

    Args:
        igts: The texts.
        prompt_format: The format, as `get` gives it.
        training: Whether the examples are to train on; else they are what is predicted and scored.

    Raises:
        InputError: If an item is no `IGT`, or the format is none, such as the name of one.

    Example:
        >>> from igtkit.formats import get
        >>> igts = [IGT("evde", "ev-de", "house-LOC"), IGT("kim", None, "who")]
        >>> encoded = encode_corpus(igts, get("interleaved"))
        >>> encoded.counts
        {'t2sg': 1, 't2g': 2, 's2g': 1}
        >>> encoded.left_out_counts
        {('t2sg', 'no segmentation'): 1, ('s2g', 'no segmentation'): 1}
    """
    given: object = prompt_format
    if not isinstance(given, PromptFormat):
        raise InputError(f"a prompt format is what igtkit.formats.get gives, not {given!r:.80}")
    examples: list[Example] = []
    left_out: list[LeftOut] = []
    for index, igt in enumerate(igts):
        for task, found in prompt_format.examples_and_reasons(igt, training):
            if isinstance(found, Example):
                examples.append(found)
            else:
                left_out.append(LeftOut(index, igt.id, task, found))
    return Encoded(tuple(examples), tuple(left_out))
