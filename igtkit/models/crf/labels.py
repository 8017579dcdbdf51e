"""What glosses are: labels, renamed on the way in or out, some of a closed list, and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from itertools import pairwise

from igtkit._labels import names_category
from igtkit.boundaries import split_words
from igtkit.errors import InputError

__all__ = ["is_label", "is_name", "permitted", "rename", "restore"]

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


def is_label(gloss: str, labels: Collection[str] = ()) -> bool:
    """Return whether a gloss names a category: all of its letters are capitals, or labels.

    Letters of a script without case are those of words.

    Args:
        gloss: The gloss of one morpheme.
        labels: The labels that are not in capitals.

    Example:
        >>> [is_label(gloss) for gloss in ("PFV.CVB", "go", "1sg.ABS", "3", "吃")]
        [True, False, False, True, False]
        >>> [is_label(gloss, {"1sg"}) for gloss in ("1sg.ABS", "go.1sg")]
        [True, False]
    """
    if any(unicodedata.category(character) == "Lo" for character in gloss):
        return False
    if not any(map(str.islower, gloss)):
        return True
    return bool(labels) and names_category(gloss, labels)


def permitted(gloss: str, closed: Collection[str], labels: Collection[str] = ()) -> bool:
    """Return whether a gloss has only labels of a closed list.

    Args:
        gloss: The gloss of one morpheme.
        closed: The labels. A gloss of several (``COP.PST``) may be in it as a whole, or by its
            parts.
        labels: The labels that are not in capitals.

    Example:
        >>> [permitted(gloss, {"PST", "3SG"}) for gloss in ("go.PST", "3SG.PST", "FUT", "go.FUT")]
        [True, True, False, False]
    """
    if gloss in closed:
        return True
    parts = [part for part in _PARTS.split(gloss) if any(map(str.isalnum, part))]
    return all(part in closed or not is_label(part, labels) for part in parts)


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
