"""The table of the field: what words of English translations are glossed as in other languages.

``went`` is glossed ``go`` and ``children`` ``child`` nearly everywhere, ``the`` hardly ever. How
often a word of a translation is glossed at all, as what, and how many languages have a gloss was
counted on texts of about a thousand languages; from stems made unknown in them, the choice of a
new stem's gloss got the weights it starts from. Both come with the library, in one file
(``igtkit/data/field.json.gz``, made by ``benchmarks/crf_field.py``).
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from bisect import bisect
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

import attrs
import numpy as np

from igtkit.models.crf.likeness import fold
from igtkit.models.crf.unknown import UNKNOWN_GLOSS
from igtkit.models.crf.unknown.options import BITS

__all__ = [
    "EDGES",
    "NO_FIELD",
    "Entry",
    "Field",
    "Sighted",
    "field_code",
    "load_field",
    "plain",
    "so_glossed",
    "to_field",
]

# By hand: which glosses of the table are offered for a word of the translation.
_OFFERED, _LEAST_SHARE, _LABEL_LANGUAGES = 4, 0.02, 20
# Edges of buckets, by hand.
_RATES = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85)
_SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.55, 0.75)
_EXPLAINED = (0.01, 0.05, 0.15, 0.4)
_LANGUAGES = (1, 3, 8, 20, 50, 120)
EDGES = (_RATES, _SHARES, _EXPLAINED, _LANGUAGES)
"""The edges of the steps that features have."""

_ENGLISH = 0.7  # share of words that the table has: English .91 to .97, Spanish below .4
_PARTS = re.compile(r"[.:_/]")


@lru_cache(maxsize=1 << 16)
def plain(gloss: str) -> str:
    """A gloss as the table has it: the lower-case parts of a stem's gloss, a label as it is.

    Example:
        >>> plain("take.PL"), plain("be.angry"), plain("3SG")
        ('take', 'be.angry', '3SG')
    """
    if not any(map(str.islower, gloss)):
        return gloss
    parts = [part for part in _PARTS.split(gloss) if any(map(str.islower, part))]
    return ".".join(map(fold, parts))


@attrs.frozen
class Entry:
    """A word of English translations.

    Attributes:
        rate: How many glosses of a sentence it accounts for, on average.
        glosses: What it is glossed as, with shares of its sentences, best first.
        languages: How many languages have each of these glosses where the translation has the word.
        offers: The glosses that are worth a try for a new stem.
    """

    rate: float
    glosses: Mapping[str, float]
    languages: Mapping[str, int]
    offers: tuple[str, ...]


@attrs.frozen
class Field:
    """The table of the field, and the weights that were learned with it.

    Attributes:
        words: What is known of each word, folded.
        languages: How many languages have a gloss.
        start: Weights of the choice of a new stem's gloss, to begin with.
        made_for: The `stems.fingerprint` of the features that the weights are of.
    """

    words: Mapping[str, Entry]
    languages: Mapping[str, int]
    start: np.ndarray
    made_for: int = 0

    def english(self, words: Sequence[str]) -> bool:
        """Return whether words of translations, folded, are nearly all in the table."""
        return sum(word in self.words for word in words) > _ENGLISH * max(1, len(words))

    def spread(self, gloss: str) -> int:
        """Return how many languages have a gloss, in steps."""
        return bisect(_LANGUAGES, self.languages.get(plain(gloss), 0))


NO_FIELD = Field({}, {}, np.zeros(1 << BITS, np.float32))
"""What is used where translations are not in English."""


def so_glossed(entry: Entry | None, gloss: str) -> int:
    """Return how often a word is glossed so, in steps; 0 for a word that the table lacks."""
    return 0 if entry is None else 1 + bisect(_SHARES, entry.glosses.get(plain(gloss), 0.0))


class Sighted:
    """What the table says of one translation, beside what the known words are glossed as.

    Args:
        field: The table.
        words: The words of the translation, folded.
        known: For each word of the sentence the gloss of its likeliest stem, None or ``?``.

    Attributes:
        entries: What the table has of each word.
        glosses: For each gloss of the known words, as the table has it, which words have it.
        alone: For each known word the words of the translation whose glosses it alone has.
    """

    def __init__(self, field: Field, words: Sequence[str], known: Sequence[str | None]) -> None:
        self.entries = [field.words.get(word) for word in words]
        self.glosses: dict[str, list[int]] = {}
        self.alone: dict[int, list[int]] = {}
        for index, gloss in enumerate(known):
            if gloss is not None and gloss != UNKNOWN_GLOSS:
                self.glosses.setdefault(plain(gloss), []).append(index)
        self._total: dict[str, float] = {}
        self._met: list[list[tuple[float, list[int]]]] = []
        total = self._total
        for t, entry in enumerate(self.entries):
            glosses = {} if entry is None else entry.glosses
            for gloss, share in glosses.items():
                total[gloss] = total.get(gloss, 0.0) + share
            met = glosses.keys() & self.glosses.keys()
            self._met.append([(glosses[gloss], self.glosses[gloss]) for gloss in met])
            for _, at in self._met[-1]:
                if len(at) == 1:
                    self.alone.setdefault(at[0], []).append(t)

    def has(self, gloss: str) -> bool:
        """Return whether a known word of the sentence is glossed so."""
        return plain(gloss) in self.glosses

    def glossed_here(self, simple: str) -> int:
        """Return how often all the words together are glossed so, in steps.

        Args:
            simple: The gloss, as `plain` gives it.
        """
        return bisect(_SHARES, self._total.get(simple, 0.0))

    def standing(self, t: int, but: int) -> tuple[int, int]:
        """Return how often word `t` is glossed at all, and how well a word but `but` explains it.

        Both are in steps; the first is 0 for a word that the table lacks.
        """
        entry = self.entries[t]
        if entry is None:
            return 0, 0
        shares = [share for share, at in self._met[t] if at != [but]]
        return 1 + bisect(_RATES, entry.rate), bisect(_EXPLAINED, max(shares, default=0.0))


def to_field(raw: Mapping[str, Any]) -> Field:
    """Return the table and the weights that a file holds."""
    names: list[str] = raw["glosses"]
    languages = dict(zip(names, raw["languages"], strict=True))
    words = {}
    for word, (rate, *row) in raw["words"].items():
        own = [names[g] for g in row[::3]]
        glosses = dict(zip(own, (n / 1000 for n in row[1::3]), strict=True))
        offers = [
            gloss
            for gloss, share in glosses.items()
            if share >= _LEAST_SHARE
            and (any(map(str.islower, gloss)) or languages[gloss] >= _LABEL_LANGUAGES)
        ]
        together = dict(zip(own, row[2::3], strict=True))
        words[word] = Entry(rate / 100, glosses, together, tuple(offers[:_OFFERED]))
    start, made_for = np.zeros(1 << BITS, np.float32), 0
    if "start" in raw:  # not while the weights are being learned
        at = list(accumulate(raw["start"]["steps"]))
        start[at] = np.array(raw["start"]["hundredths"]) / 100
        made_for = raw["start"]["made_for"]
    return Field(words, languages, start, made_for)


def _content() -> bytes:
    return (files("igtkit") / "data" / "field.json.gz").read_bytes()


@lru_cache(maxsize=1)
def load_field() -> Field:
    """Return the table that comes with the library."""
    return to_field(json.loads(gzip.decompress(_content())))


@lru_cache(maxsize=1)
def field_code() -> int:
    """A number that changes whenever the table or its weights do."""
    return zlib.crc32(_content())
