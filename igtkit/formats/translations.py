"""What a translation says of single words: those of its own words that no gloss has."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    parts = [set(gloss_parts(gloss)) for gloss in glosses]
    had_by = []
    for word in translation:
        folded = fold_case(word)
        starts = {folded[:end] for end in range(_LEAST, len(folded))} | {folded}
        had_by.append({at for at, each in enumerate(parts) if each & starts})
    found = []
    for at in range(len(glosses)):
        free = [word for word, owners in zip(translation, had_by, strict=True) if owners <= {at}]
        longest = sorted(free, key=len, reverse=True)[:_MOST]
        found.append(tuple(word for word in free if word in longest))
    return found
