"""`Example`: what a model is given and what it should answer."""

from __future__ import annotations

from typing import Literal

import attrs

__all__ = ["Example", "Layout", "Task"]

Task = Literal["t2g", "t2s", "s2g", "t2sg"]
"""Transcription to glosses, transcription to segmentation, segmentation to glosses, transcription
to segmentation and glosses."""


@attrs.frozen
class Layout:
    """What an interleaved target leaves out of the two lines it is made from.

    Attributes:
        segmentation: The tokens of the segmentation line: punctuation and dashes that the target
            leaves out as they are, and None for each word, which the target has.
        glosses: The tokens of the gloss line, likewise.
        boundaries: For each word the boundaries in its form, such as ``"-="``; the target has
            those of its gloss.
    """

    segmentation: tuple[str | None, ...]
    glosses: tuple[str | None, ...]
    boundaries: tuple[str, ...]


@attrs.frozen
class Example:
    """One prompt, and the answer to it where that is known.

    Attributes:
        task: ``"t2g"``, ``"t2s"``, ``"s2g"`` or ``"t2sg"``.
        prompt: What the model is given.
        target: What it should answer; None where the text does not say, as at prediction.
        layout: What restores both lines from an interleaved target; None for other targets.
        text: The line, or the part of it, that the prompt asks about, white space collapsed; None
            if there is none.
        format: Name of the prompt format.
        id: Identifier of the text it was made from.
        language: What the language of the text is called; None if that is not known, or not asked.
        choices: Answers that a model may be made to choose among, each with how unlikely it is
            without the model, in nats; none in most formats.
    """

    task: Task
    prompt: str
    target: str | None = None
    layout: Layout | None = attrs.field(default=None, repr=False)
    text: str | None = attrs.field(default=None, kw_only=True)
    format: str | None = attrs.field(default=None, kw_only=True)
    id: str | None = attrs.field(default=None, kw_only=True)
    language: str | None = attrs.field(default=None, kw_only=True)
    choices: tuple[tuple[str, float], ...] = attrs.field(default=(), kw_only=True, repr=False)
