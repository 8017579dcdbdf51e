"""What a reader took each part of a file for, and why."""

from __future__ import annotations

import attrs

__all__ = ["AS_ASKED", "Part"]

AS_ASKED = "as asked"
"""The reason where the user has said what a part is."""


@attrs.frozen
class Part:
    """A part of a file, and what its reader took it for.

    Attributes:
        kind: What it is: ``"tier"``, ``"marker"``, ``"column"``, ``"macro"``, ``"writing system"``.
        name: What it is called in the file.
        line: The line of a text, or other part of an entry, that it was taken for; None if none.
        why: Why; for what was taken for nothing, what became of it.
        count: How many annotations, fields or uses it has, where that was counted.
    """

    kind: str
    name: str
    line: str | None
    why: str
    count: int | None = None
