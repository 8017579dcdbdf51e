"""What the reader of LaTeX guesses, by the names of its rules in `igtkit.io.GUESSES`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from igtkit.io._parts import Part, tell

__all__ = ["SUBJECTS", "parts_of"]

SUBJECTS: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "latex-two-lines": ("two lines", "segmentation"),
        "latex-only-glosses-segmented": ("two lines", "transcription"),
        "latex-three-lines": ("three lines", "transcription"),
        "latex-glosses-second": ("three lines", "glosses"),
        "latex-glosses-below-last-form": ("many lines", "glosses"),
        "latex-text-above-the-gloss": ("line above", "transcription"),
        "latex-mark-at-first-word": ("judgment", None),
        "latex-morphemes-apart": ("morphemes", "segmentation"),
        "latex-empty-cells-by-column": ("empty cells", None),
        "latex-empty-cells-dropped": ("empty cells", None),
        "latex-joined-blocks": ("long sentence", None),
        "latex-covington-line-ends": ("line ends", None),
        "latex-macro-named-like-a-label": ("label", "glosses"),
        "latex-babel-shorthands": ("short forms", None),
        "latex-remark-in-brackets": ("brackets", None),
    }
)
"""What each rule is about: in words, and the line of an entry if it is about one."""


def parts_of(counts: Mapping[str, int]) -> list[Part]:
    """The rules that were used, with how often."""
    return [
        tell("guess", subject, line, rule, count=counts[rule])
        for rule, (subject, line) in SUBJECTS.items()
        if counts.get(rule)
    ]
