"""How much a gloss looks like a word of the translation, as ``brother`` does like ``brothers``."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from igtkit._characters import put_in_form, shared_start

__all__ = ["Sight", "alike", "fold", "pieces"]


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word lower-cased and without marks, for comparison.

    Example:
        >>> fold("Galán")
        'galan'
    """
    if word.isascii():  # has no marks
        return word.lower()
    decomposed = put_in_form(word.lower(), "NFD")
    return "".join(c for c in decomposed if unicodedata.category(c)[0] != "M")


@lru_cache(maxsize=1 << 16)
def pieces(gloss: str) -> tuple[str, ...]:
    """The words a gloss consists of, folded.

    Example:
        >>> pieces("be.angry"), pieces("come_with")
        (('be', 'angry'), ('come', 'with'))
    """
    if gloss.isalnum():
        return (fold(gloss),)
    return tuple(fold(part) for part in re.split(r"[^\w]+|_", gloss.replace("'", "")) if part)


@lru_cache(maxsize=1 << 18)
def alike(piece: str, word: str) -> int:
    """Return how much a piece of a gloss looks like a word, from 0 to 3.

    Returns:
        3 if they are equal, 2 if one begins the other, 1 if they begin alike, else 0: by how many
        letters was chosen by hand.
    """
    if piece == word:
        return 3
    shared = shared_start(piece, word)
    shorter = min(len(piece), len(word))
    if shared >= 3 and shared == shorter:
        return 2
    if shared >= 4 or (shared == 3 and shorter <= 5):
        return 1
    return 0


class Sight:
    """One translation, ready to be compared with glosses."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = [fold(word) for word in words]
        self.set = frozenset(self.words)
        self._starts: defaultdict[str, list[str]] = defaultdict(list)
        for word in self.set:
            self._starts[word[:3]].append(word)

    def near(self, piece: str) -> Sequence[str]:
        """Return the words that a piece of a gloss may look like: all others are not `alike`."""
        return self._starts.get(piece[:3], ())

    def likeness(self, gloss: str) -> int:
        """Return how much a gloss looks like some word of the translation, from 0 to 4.

        Returns:
            4 if all its pieces are there, 3 if one is, else as `alike`.
        """
        parts = pieces(gloss)
        if not parts:
            return 0
        equal = [part in self.set for part in parts]
        if all(equal):
            return 4
        best = 0
        for part, same in zip(parts, equal, strict=True):
            if len(part) < 3:
                continue
            if same:
                best = max(best, 3)
                continue
            for word in self.near(part):
                best = max(best, alike(part, word))
        return min(best, 3)
