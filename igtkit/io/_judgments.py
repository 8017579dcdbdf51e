"""Marks of speakers' judgments that are glued to the first word: ``*gone-ed`` is no word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from igtkit.boundaries import UNKNOWN

__all__ = ["MARKS", "take_marks"]

MARKS = re.compile(r"(?:[*?#%]+|\((?:[*?#%]+)\))+")
"""Marks of a judgment."""


def take_marks(lines: list[list[str]]) -> str:
    """Take a judgment off the first word, unless words within the line bear one of their own.

    ``*gone-ed`` is no word of its language, but ``*bek- > *bak-`` are two that are reconstructed.
    """
    first = MARKS.match(lines[0][0])
    unknown = any(line[0].strip("?") == "" for line in lines[1:]) or lines[0][0].startswith(UNKNOWN)
    others = (token for line in lines for token in line[1:] if token != UNKNOWN)
    if first is None or unknown or any(map(MARKS.match, others)) or _is_letter(first[0], lines):
        return ""
    for line in lines:
        mark = MARKS.match(line[0])
        if mark is None:
            continue
        if mark.end() < len(line[0]):
            line[0] = line[0][mark.end() :]
        elif len(line) > 1:
            del line[0]
    return first[0]


def _is_letter(marks: str, lines: Sequence[Sequence[str]]) -> bool:
    """Whether a mark is more than a judgment here: a glottal stop, or the boundary of a word."""
    inside = re.compile(rf"\w{re.escape(marks[-1])}\w")
    return lines[0][0][len(marks) :].endswith(marks[-1]) or any(
        inside.search(token) for line in lines for token in line
    )
