"""Which line of a glossed example is which: forms are alike in their letters, glosses are not."""

from __future__ import annotations

from collections.abc import Sequence

from igtkit.boundaries import is_word, split_morphemes
from igtkit.io._text.layout import ALIKE, likeness

__all__ = [
    "ALIKE_SENTENCE",
    "ALIKE_WORDS",
    "guess_roles",
    "is_segmented",
    "rule_of",
]


# Likeness of the letters of two lines, as `ALIKE`, and as well tried.
ALIKE_WORDS = 40
"""From here on a heading of three words or more is the text: it has as many words, which counts."""
ALIKE_SENTENCE = 30
"""The same for a heading that ends as sentences do."""
UNLIKE = 50
"""Below, the second of several lines that pair up is the glosses of the first."""


def guess_roles(lines: Sequence[Sequence[str]], *, surface: bool) -> tuple[str, ...]:
    """Return the name of each line, ``"other"`` for one that is none of the three.

    Args:
        lines: The words of each line, of two at least.
        surface: Whether the transcription stands above the lines.
    """
    if len(lines) == 2:
        only_glosses = not surface and _has_boundary(lines[1]) and not _has_boundary(lines[0])
        return ("transcription" if only_glosses else "segmentation", "glosses")
    first, second = lines[0], lines[1]
    if (
        likeness(first, second) < UNLIKE
        and _shape(first) == _shape(second)
        and any(map(is_segmented, first))
    ):
        return ("segmentation", "glosses", *["other"] * (len(lines) - 2))
    at = _last_form(lines)
    roles = ["other"] * len(lines)
    roles[at : at + 2] = "segmentation", "glosses"
    if at and not surface:
        roles[0] = "transcription"
    return tuple(roles)


def rule_of(roles: Sequence[str], *, surface: bool) -> str:
    """The name of the rule of `igtkit.io.latex.rules` by which lines got their names."""
    if surface:
        return "latex-text-above-the-gloss"
    if len(roles) == 2:
        return "latex-two-lines" if roles[0] == "segmentation" else "latex-only-glosses-segmented"
    if roles[0] == "segmentation":
        return "latex-glosses-second"
    return "latex-three-lines" if len(roles) == 3 else "latex-glosses-below-last-form"


def _last_form(lines: Sequence[Sequence[str]]) -> int:
    """Return the line that the glosses stand below: the last that is like the one before it."""
    last = len(lines) - 2
    for at in range(1, last):
        if likeness(lines[at - 1], lines[at]) >= ALIKE > likeness(lines[at], lines[at + 1]):
            last = at
    return last


def is_segmented(token: str) -> bool:
    """Whether a word has more than one morpheme."""
    return len(split_morphemes(token)) > 1


def _shape(line: Sequence[str]) -> list[int]:
    return [len(split_morphemes(token)) for token in line if is_word(token)]


def _has_boundary(line: Sequence[str]) -> bool:
    return any(is_word(token) and is_segmented(token) for token in line)
