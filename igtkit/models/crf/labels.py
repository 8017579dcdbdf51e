"""Renaming grammatical labels, on the way in or out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from igtkit.boundaries import split_words

__all__ = ["rename"]

_PARTS = re.compile(r"([-=~<>.:;/()\[\]])")


def rename(line: str | None, labels: Mapping[str, str]) -> str | None:
    """Rename the labels of a gloss line; a label is what stands between boundaries and periods.

    Args:
        line: A gloss line.
        labels: New names by old names; a name with a period in it replaces the whole gloss.

    Example:
        >>> rename("go-PFV.CVB he.ERG", {"PFV": "PERF", "he.ERG": "3SG.ERG"})
        'go-PERF.CVB 3SG.ERG'
    """
    if not line or not labels:
        return line
    return " ".join(_word(token, labels) for token in split_words(line))


def _word(token: str, labels: Mapping[str, str]) -> str:
    glosses = re.split(r"([-=~])", token)
    return "".join(
        labels[gloss]
        if gloss in labels
        else "".join(labels.get(part, part) for part in _PARTS.split(gloss))
        for gloss in glosses
    )
