"""Labels in lower case (``3sg``, ``nfut``), which many projects write: how they count as labels."""

from __future__ import annotations

import re
from collections.abc import Collection

from igtkit._labels.abbreviations import ABBREVIATIONS, expand_abbreviation
from igtkit._labels.elements import is_grammatical

__all__ = ["is_standard_lower", "names_category", "split_labels"]

_PIECE = re.compile(r"[^\W_]+")
_PERSON = re.compile(r"[123]+(?:sg|pl|du|dl|[spdmfnoaeix]){1,3}")
_ORDINAL = re.compile(r"\d*(?:1st|2nd|3rd)")


def is_standard_lower(text: str) -> bool:
    """Whether a text is a standard abbreviation in lower case, or person with number or gender.

    Single letters are none: they are words as well.

    Example:
        >>> [is_standard_lower(text) for text in ("nfut", "3sg", "1pe", "2nd", "a", "PL", "dog")]
        [True, True, True, False, False, False, False]
    """
    if text != text.lower() or _ORDINAL.fullmatch(text):
        return False
    if _PERSON.fullmatch(text):
        return True
    label = text.upper()
    shortest = 2 if label in ABBREVIATIONS else 3  # ``na`` is a word before it is non-agent
    return len(text) >= shortest and expand_abbreviation(label) is not None


def split_labels(gloss: str, labels: Collection[str] = ()) -> list[tuple[str, bool]]:
    """Return a gloss in pieces, for each whether it is a label that goes to small capitals.

    Args:
        gloss: A token of a gloss line, or a part of one.
        labels: The labels that are in lower case.

    Example:
        >>> split_labels("house-PL.NOM")
        [('house-', False), ('PL', True), ('.', False), ('NOM', True)]
        >>> split_labels("go-3sg.nfut", {"3sg", "nfut"})[1:]
        [('3sg', True), ('.', False), ('nfut', True)]
    """
    pieces: list[tuple[str, bool]] = []
    plain, at = "", 0
    for match in _PIECE.finditer(gloss):
        text = match[0]
        plain += gloss[at : match.start()]
        at = match.end()
        has_case = text.lower() != text and text.lower().upper() == text
        if text not in labels and not (has_case and is_grammatical(text)):
            plain += text
            continue
        if plain:
            pieces.append((plain, False))
        pieces.append((text, True))
        plain = ""
    plain += gloss[at:]
    return [*pieces, (plain, False)] if plain else pieces


def names_category(gloss: str, labels: Collection[str] = ()) -> bool:
    """Whether a gloss is grammatical: in capitals, or of nothing but labels in lower case.

    Args:
        gloss: The gloss of one morpheme.
        labels: The labels that are in lower case.

    Example:
        >>> [names_category(gloss, {"3sg", "pst"}) for gloss in ("PL", "3sg.pst", "go.pst")]
        [True, True, False]
    """
    if is_grammatical(gloss):
        return True
    pieces = _PIECE.findall(gloss)
    return bool(pieces) and all(piece in labels or is_grammatical(piece) for piece in pieces)
