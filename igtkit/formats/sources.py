"""What prompts are made from: the lines of a text that each task takes."""

from __future__ import annotations

from collections.abc import Mapping

from igtkit.boundaries import join_words, split_words
from igtkit.errors import InputError
from igtkit.formats.example import Example, Task
from igtkit.igt import IGT

__all__ = ["TASK_LINES", "Reason", "Source", "asked_line", "collapse", "missing_line", "text_of"]

Source = IGT | Example | str
"""What an output was made for: a text, its transcription, or the example it answers."""

Reason = str
"""Why a text gives no example of a task: ``"no transcription"``, ``"no segmentation"``,
``"no glosses"`` or ``"misaligned"``."""

TASK_LINES: Mapping[Task, tuple[str, ...]] = {
    "t2g": ("transcription", "glosses"),
    "t2s": ("transcription", "segmentation"),
    "s2g": ("segmentation", "glosses"),
    "t2sg": ("transcription", "segmentation", "glosses"),
}
"""The lines of a text that an example of each task takes."""


def collapse(line: str | None) -> str | None:
    """The line with white space collapsed; None if there is nothing else in it."""
    return join_words(split_words(line)) or None


def missing_line(igt: IGT, task: Task) -> Reason | None:
    """Why a text can give no example of a task, if a line is missing or blank; None if none is."""
    lacks = [name for name in TASK_LINES[task] if collapse(getattr(igt, name)) is None]
    return f"no {lacks[0]}" if lacks else None


def asked_line(igt: IGT, task: Task) -> str:
    """The transcription, white space collapsed.

    Raises:
        InputError: If there is none.
    """
    text = collapse(igt.transcription)
    if text is None:
        raise InputError(
            f"a text without transcription cannot be asked about (task {task!r}): {igt!r:.200}"
        )
    return text


def text_of(source: Source | None) -> str:
    """The text that an output was made for; empty if it is not known."""
    if isinstance(source, Example):
        return source.text or ""
    return (source.transcription if isinstance(source, IGT) else source) or ""
