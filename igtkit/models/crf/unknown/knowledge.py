"""The knowledge of stems and translations that the choice of a gloss needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
import numpy as np

from igtkit.models.crf.likeness import Sight, alike, fold, pieces
from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown import UNKNOWN_GLOSS
from igtkit.models.crf.unknown.near_stems import NearStems

__all__ = ["Knowledge", "Offered", "Place", "View", "romanize"]

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ӏ": "",
}  # fmt: skip


_LEAST_LETTERS = 4  # shorter stems are near to too many others; by hand
_RARE = 5  # glosses that rare stems share


@lru_cache(maxsize=1 << 16)
def romanize(text: str) -> str:
    """A rough rendering in Latin letters without marks, for comparing names across scripts.

    Example:
        >>> romanize("Иван")
        'ivan'
    """
    return "".join(_LATIN.get(c, c) for c in fold(text) if c.isalnum())


@attrs.frozen
class Place:
    """The place of an unknown stem.

    Attributes:
        word: Index of the word in its sentence.
        chunk: The stem's letters, lower-cased.
        written: The stem's letters as written.
        before: Gloss of the morpheme before it in the word, or "".
        after: Gloss of the morpheme after it, or "".
    """

    word: int
    chunk: str
    written: str
    before: str
    after: str


@attrs.frozen
class Offered:
    """The glosses that a word of translations offers to new stems.

    Attributes:
        glosses: Each gloss, and what the table of the field has for it.
        noted: What is noted of each, a row of numbers.
    """

    glosses: Sequence[tuple[str, str]]
    noted: np.ndarray


class View:
    """A translation, and which of its words the known words of the sentence explain.

    Args:
        words: The translation as written.
        known: For each word of the sentence the gloss of its likeliest stem: ``?`` if that is not
            known, None if it has none.
        translations: The counts.
    """

    def __init__(
        self, words: Sequence[str], known: Sequence[str | None], translations: Translations
    ) -> None:
        self.unknown = [index for index, gloss in enumerate(known) if gloss == UNKNOWN_GLOSS]
        self.written = words
        self.sight = Sight(words)
        self.size = len(known)
        self.known = known
        self.place_of: dict[int, int] = {}
        self._likeness: dict[str, list[tuple[int, int]]] = {}
        self._company: dict[str, list[tuple[float, int]]] = {}
        translations.look_up(gloss for gloss in known if gloss not in {None, UNKNOWN_GLOSS})
        first_at = {word: t for t, word in reversed(list(enumerate(self.sight.words)))}
        for index, gloss in enumerate(known):
            if gloss is None or gloss == UNKNOWN_GLOSS:
                continue
            parts = [part for part in pieces(gloss) if len(part) > 1]
            near = {word for part in parts for word in self.sight.near(part)}
            places = []
            for word in near:
                like = max(alike(part, word) for part in parts)
                if like:
                    _note(self._likeness, word, like, index)
                    if like >= 2:
                        places.append(first_at[word])
            if places:
                self.place_of[index] = min(places)
            for word, share in translations.best(gloss):
                if word in first_at:
                    _note(self._company, word, share, index)

    def explained(self, t: int, but: int) -> tuple[int, int]:
        """Return how well words but `but` explain word `t`: by likeness, by company (0 to 3)."""
        word = self.sight.words[t]
        like = next((v for v, k in self._likeness.get(word, ()) if k != but), 0)
        company = next((v for v, k in self._company.get(word, ()) if k != but), 0.0)
        return like, (company > 0.1) + (company > 0.3) + (company > 0.6)

    def explainers(self, t: int) -> set[int]:
        """Return the words without any of which word `t` would be explained less well."""
        word = self.sight.words[t]
        return {rows[word][0][1] for rows in (self._likeness, self._company) if word in rows}


def _note(table: dict[str, list[tuple[Any, int]]], word: str, value: float, index: int) -> None:
    """Keep the two best values of a word, each of another index."""
    rows = table.setdefault(word, [])
    rows.append((value, index))
    rows.sort(key=lambda row: -row[0])
    del rows[2:]


@attrs.define
class Knowledge:
    """The stems and translations of a part of the corpus.

    Attributes:
        stems: ``(chunk, gloss)`` of its stems with how often they occur.
        matched: For each word of the translations, in how many sentences a gloss looks like it.
        translations: Which glosses go with which words.
        glosses: How often each gloss is a stem's.
        prior: Share of the translations' words that a gloss ever looks like.
        chunks: The stems of four letters or more, to compare new ones with.
        by_chunk: Their glosses.
        near: What `like` has found.
        rare: Glosses that several stems have that occur once, most of them first.
        offered: What words of translations, as written, may become by the language's own texts,
            and by other languages, as far as it was asked for.
    """

    stems: Counter[tuple[str, str]]
    matched: Counter[str]
    translations: Translations
    prior: float
    glosses: Counter[str] = attrs.field(init=False)
    near: dict[str, list[tuple[str, int]]] = attrs.field(factory=dict, init=False)
    offered: dict[tuple[str, bool], tuple[Offered, Offered]] = attrs.field(factory=dict, init=False)
    by_chunk: dict[str, list[str]] = attrs.field(init=False)
    chunks: NearStems = attrs.field(init=False)
    rare: list[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.glosses = Counter()
        self.by_chunk = {}
        rare: Counter[str] = Counter()
        for (chunk, gloss), n in self.stems.items():
            if n <= 0:
                continue
            self.glosses[gloss] += n
            rare[gloss] += n == 1
            if len(chunk) >= _LEAST_LETTERS:
                self.by_chunk.setdefault(chunk, []).append(gloss)
        self.chunks = NearStems(sorted(self.by_chunk))
        self.rare = [gloss for gloss, n in rare.most_common(_RARE) if n > 1]

    def add(self, stems: Counter[tuple[str, str]]) -> None:
        """Take in a sentence's stems."""
        for (chunk, gloss), n in stems.items():
            self.stems[chunk, gloss] += n
            self.glosses[gloss] += n
            if len(chunk) < _LEAST_LETTERS:
                continue
            if chunk not in self.by_chunk:
                self.chunks.add([chunk])
            glosses = self.by_chunk.setdefault(chunk, [])
            if gloss not in glosses:
                glosses.append(gloss)
        self.near, self.offered = {}, {}

    def like(self, chunk: str) -> list[tuple[str, int]]:
        """Return known stems spelled almost like a chunk, with their edit distance."""
        if len(chunk) < _LEAST_LETTERS:
            return []
        found = self.near.get(chunk)
        if found is None:
            found = self.near[chunk] = self.chunks.near(chunk, 1 + (len(chunk) > 6))
        return found
