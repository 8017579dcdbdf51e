"""A finding about a text."""

from __future__ import annotations

from typing import Literal

import attrs

__all__ = ["Issue", "Severity"]

Severity = Literal["error", "note"]


@attrs.frozen
class Issue:
    """One finding about an interlinear text.

    Attributes:
        code: Stable name of the kind of finding, for example ``"morpheme-count"``.
        severity: ``"error"`` for misalignment, ``"note"`` for anything less.
        line: The line it is about: ``"transcription"``, ``"segmentation"``, ``"glosses"`` or
            ``"translation"``.
        word: Index of the word among the words of the line (punctuation-only tokens and dashes not
            counted), from 0; None where it is about the whole line.
        morpheme: Index of the morpheme in the word, from 0, or None.
        message: What a linguist needs to know to mend it.
    """

    code: str
    severity: Severity
    line: str
    word: int | None
    morpheme: int | None
    message: str
