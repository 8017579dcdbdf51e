"""What glosses are: labels, renamed on the way in or out, some of a closed list, and names."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import pairwise

from igtkit.boundaries import split_words
from igtkit.conventions import is_grammatical
from igtkit.errors import InputError

__all__ = ["is_name", "permitted", "rename", "restore"]

_PARTS = re.compile(r"([-=~<>.:;/()\[\]])")


def is_name(gloss: str) -> bool:
    """Return whether a gloss has a name in it: a capital before a small letter.

    Example:
        >>> [is_name(gloss) for gloss in ("Mary-ERG", "1.Kampala", "woman-ERG", "I")]
        [True, True, False, False]
    """
    return any(one.isupper() and two.islower() for one, two in pairwise(gloss))


def rename(line: str | None, labels: Mapping[str, str]) -> str | None:
    """Return a gloss line with other names of labels, which stand between boundaries and periods.

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


def permitted(gloss: str, closed: Collection[str]) -> bool:
    """Return whether a gloss has only labels of a closed list.

    Args:
        gloss: The gloss of one morpheme.
        closed: The labels. A gloss of several (``COP.PST``) may be in it as a whole, or by its
            parts; what has a lower-case letter is no label.

    Example:
        >>> [permitted(gloss, {"PST", "3SG"}) for gloss in ("go.PST", "3SG.PST", "FUT", "go.FUT")]
        [True, True, False, False]
    """
    if gloss in closed:
        return True
    return all(part in closed or not is_grammatical(part) for part in _PARTS.split(gloss))


def restore(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the map that undoes a renaming of labels.

    Raises:
        InputError: If two labels have one new name, so that nobody can tell which it was.

    Example:
        >>> restore({"PFV": "PERF"})
        {'PERF': 'PFV'}
    """
    back: dict[str, str] = {}
    for old, new in labels.items():
        if back.setdefault(new, old) != old:
            raise InputError(
                f"{back[new]!r} and {old!r} are both renamed {new!r}, which cannot be undone; "
                "rename on the way in, with CrfGlosser(labels=...)"
            )
    return back


def _word(token: str, labels: Mapping[str, str]) -> str:
    glosses = re.split(r"([-=~])", token)
    return "".join(
        labels[gloss]
        if gloss in labels
        else "".join(labels.get(part, part) for part in _PARTS.split(gloss))
        for gloss in glosses
    )
