"""What a translation says of single words: those of its own words that no gloss has."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from igtkit._characters import fold_case
from igtkit.boundaries import is_punctuation, split_words
from igtkit.formats import templates

__all__ = ["gloss_parts", "left_over", "translation_words"]

_MOST = 8
_PART = re.compile(r"[^\W_]+")
_LEAST = 3  # letters that a gloss has in common with an inflected word


def gloss_parts(gloss: str) -> tuple[str, ...]:
    """The words and labels in a gloss, case folded; none in one that is not known.

    Example:
        >>> gloss_parts("go_out-3SG.PST"), gloss_parts("???")
        (('go', 'out', '3sg', 'pst'), ())
    """
    return tuple(_PART.findall(fold_case(gloss)))


def translation_words(line: str | None) -> tuple[str, ...]:
    """The words of a translation, each once, without punctuation.

    The first is written small: its capital is the sentence's.

    Example:
        >>> translation_words("The man saw the Tsez.")
        ('the', 'man', 'saw', 'Tsez')
    """
    if line is None or line.strip() == templates.UNKNOWN_TRANSLATION:
        return ()
    tokens = (token.strip("".join(filter(is_punctuation, token))) for token in split_words(line))
    words = list(filter(gloss_parts, tokens))
    words[:1] = map(str.lower, words[:1])
    unique: dict[str, str] = {}
    for word in words:
        unique.setdefault(fold_case(word), word)
    return tuple(unique.values())


def left_over(translation: Sequence[str], glosses: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word of a text, the words of its translation that no gloss of the others has.

    Of more than eight the longest are taken: what is short is mostly grammar. A gloss has a word
    that it is part of, or that begins with a part of it of three letters or more: ``house-PL`` has
    *houses*.

    Args:
        translation: The words of the translation.
        glosses: A gloss for each word.

    Example:
        >>> left_over(["the", "dog", "barks"], ["bark-3SG", "???"])
        [('the', 'dog', 'barks'), ('the', 'dog')]
    """
    owners: dict[str, list[int]] = {}
    for at, gloss in enumerate(glosses):
        for part in set(gloss_parts(gloss)):
            owners.setdefault(part, []).append(at)
    lengths = sorted(set(map(len, owners)))
    nobody: list[tuple[int, str]] = []
    own: list[list[tuple[int, str]]] = [[] for _ in glosses]
    for row in enumerate(translation):
        had_by = _had_by(fold_case(row[1]), owners, lengths)
        if len(had_by) < 2:
            (own[had_by.pop()] if had_by else nobody).append(row)
    shared = _longest(nobody)
    return [tuple(word for _, word in sorted(_longest([*shared, *rows]))) for rows in own]


def _had_by(word: str, owners: Mapping[str, list[int]], lengths: Sequence[int]) -> set[int]:
    """The glosses that have a word; not all where there are more than two."""
    ends = lengths[bisect_left(lengths, _LEAST) : bisect_left(lengths, len(word))]
    starts = [*(word[:end] for end in ends), word]
    return {at for start in starts for at in owners.get(start, ())[:2]}


def _longest(rows: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The longest of numbered words, of those that are as long the first ones."""
    return sorted(rows, key=lambda row: (-len(row[1]), row[0]))[:_MOST]
