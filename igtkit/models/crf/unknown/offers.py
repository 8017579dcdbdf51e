"""The glosses that a translation offers to the unknown stems of its sentence.

What a word of a translation may become as a gloss is found once for all sentences, and what can be
said of that in a sentence once for all of its stems. What depends on the stem, say whether the word
stands at about the same place, is found for the words around that place: in a long translation,
words far away are not looked at, so that time grows with its length and not with its square.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import JaroWinkler

from igtkit.models.crf.hashing import code
from igtkit.models.crf.likeness import alike, pieces
from igtkit.models.crf.unknown.field import Entry, Field, Sighted, plain, so_glossed
from igtkit.models.crf.unknown.knowledge import Knowledge, Offered, Place, View, romanize
from igtkit.models.crf.unknown.options import COLUMNS, COUNTS, SOURCES, Noted
from igtkit.models.crf.unknown.rules import GlossRules, has_capital

__all__ = ["RATES", "Offers"]

RATES = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9)  # edges of buckets, by hand
_TOLD = 0.15  # rate from which a word counts as one that glosses tell; by hand
_OFTEN, _NEVER = 20, 0.02  # words like `the`: seen so often, and glossed so seldom; by hand
_COMPANY = 4  # glosses that go with a word, by hand
_NEAR = 40  # words on each side of a stem's place that are looked at, by hand

_OF_WORD = (
    "rate", "unseen", "upper", "length", "previous", "next", "like", "company", "lonely",
    "glossed", "explained",
)  # fmt: skip
_OF_BOTH = ("free", "shift", "order", "rivals", "left", "right")
_SEEN = tuple(map(COLUMNS.index, (*_OF_WORD, *_OF_BOTH)))
"""Columns of a word of the translation, those of it alone first, then those seen from a stem."""
_LIKE = slice(_OF_WORD.index("like"), _OF_WORD.index("lonely") + 1)
_GLOSSED = slice(_OF_WORD.index("glossed"), len(_OF_WORD))
_OFFERED = tuple(map(COLUMNS.index, (
    "source", "known", "rule", "share", "rank", "detail", "so glossed", "languages",
    "glossed so here", "there",
)))  # fmt: skip
"""Columns of a gloss that a word offers, those that depend on its sentence last."""
_MADE = len(_OFFERED) - 2
_SIMILAR = COLUMNS.index("similar")
_WORD, _WITH, _FIELD = (SOURCES.index(name) for name in ("word", "with", "field"))

_code = lru_cache(maxsize=1 << 16)(code)

_Row = tuple[str, Noted]


class Offers:
    """What a translation offers.

    Args:
        view: The translation.
        known: The stems and translations that are known.
        rules: Rules that make glosses of words.
        field: What other languages teach.
    """

    def __init__(self, view: View, known: Knowledge, rules: GlossRules, field: Field) -> None:
        self.view = view
        self.known = known
        self.rules = rules
        self.field = field
        words = view.sight.words
        self.sighted = Sighted(field, words, view.known)
        seen = [known.translations.word(word) for word in words]
        rates = [
            (known.matched.get(word, 0) + known.prior) / (n + 1)
            for word, n in zip(words, seen, strict=True)
        ]
        pairs = list(zip(seen, rates, strict=True))
        self._told = np.array([n <= 0 or rate > _TOLD for n, rate in pairs])
        self._explained = [view.explained(t, -1) for t in range(len(words))]
        codes = [0, *map(_code, words), 0]
        self._words = np.array([
            (
                bisect(RATES, rates[t]),
                bisect(COUNTS, seen[t]),
                has_capital(view.written, t),
                min(len(word), 9),
                codes[t],
                codes[t + 2],
                *self._explained[t],
                _lonely(*self._explained[t]),
                *self.sighted.standing(t, -1),
            )
            for t, word in enumerate(words)
        ])  # fmt: skip
        self._sounds = [romanize(word) for word in words]
        self._count_free()
        self._made = self._make([n <= _OFTEN or rate >= _NEVER for n, rate in pairs])
        self._tables: dict[tuple[int, int], tuple[list[str], np.ndarray, np.ndarray]] = {}
        self._seen: dict[int, np.ndarray] = {}
        self._near: dict[tuple[int, str], tuple[list[str], np.ndarray]] = {}

    def _count_free(self) -> None:
        """Count the words up to each that nothing explains, and for whom that would change."""
        freed: defaultdict[int, list[int]] = defaultdict(list)
        explains: defaultdict[int, list[int]] = defaultdict(list)
        count = [0]
        for t, (told, here) in enumerate(zip(self._told.tolist(), self._explained, strict=True)):
            lonely = _lonely(*here)
            count.append(count[-1] + (told and lonely))
            for index in self.view.explainers(t) if any(here) else ():
                explains[index].append(t)
                if told and not lonely and _lonely(*self.view.explained(t, index)):
                    freed[index].append(t)
        self._free, self._freed, self._explains = np.array(count), freed, explains

    def _free_before(self, t: np.ndarray, but: int) -> np.ndarray:
        """How many words before each only `but` explains, if any, though glosses tell them."""
        return np.asarray(self._free[t] + np.searchsorted(self._freed.get(but, ()), t))

    def _make(self, glossed: Sequence[bool]) -> list[tuple[Offered, Offered]]:
        """What each word may become by the language's own texts, and by other languages."""
        view, made = self.view, self.known.offered
        keys = [(one, has_capital(view.written, t)) for t, one in enumerate(view.written)]
        new = {key: t for t, key in enumerate(keys) if glossed[t] and key not in made}
        words = view.sight.words
        self.known.translations.look_up(words=[words[t] for t in new.values()])
        for key, t in new.items():
            entry = self.sighted.entries[t]
            own = self._from_word(*key, words[t], entry)
            others = [] if entry is None else self._from_field(entry)
            made[key] = _offered(own), _offered(others)
        nothing = _offered(()), _offered(())
        return [made[key] if here else nothing for key, here in zip(keys, glossed, strict=True)]

    def _from_word(
        self, written: str, capital: bool, word: str, entry: Entry | None
    ) -> Iterator[_Row]:
        """What the language's own texts make of a word of a translation."""
        known = self.known
        made = self.rules.apply(written, known.glosses, known.translations.word, capital=capital)
        for rank, one in enumerate(made):
            rule = (_code(one.rule), int(one.share * 5), rank)
            yield one.gloss, (_WORD, *self._of_gloss(one.gloss, rule, 0, entry))
        for gloss, pairs, strength in known.translations.company(word)[:_COMPANY]:
            if gloss in known.glosses and not alike((pieces(gloss) or ("",))[0], word):
                detail = 8 * bisect(COUNTS, pairs) + int(strength * 4)
                yield gloss, (_WITH, *self._of_gloss(gloss, (0, 0, 0), detail, entry))

    def _from_field(self, entry: Entry) -> Iterator[_Row]:
        """What other languages make of it."""
        for rank, gloss in enumerate(entry.offers):
            yield gloss, (_FIELD, *self._of_gloss(gloss, (0, 0, rank), 0, entry))

    def _of_gloss(self, gloss: str, rule: Noted, detail: int, entry: Entry | None) -> Noted:
        known = bisect(COUNTS, self.known.glosses.get(gloss, 0))
        return known, *rule, detail, so_glossed(entry, gloss), self.field.spread(gloss)

    def near(self, place: Place) -> tuple[list[str], np.ndarray]:
        """Return the glosses that the words around a stem's place offer, and what is noted of each.

        Returns:
            The glosses, each once, and a table of shape ``(glosses, len(COLUMNS))``, in which the
            columns of the place are 0. Both are kept for the next time.
        """
        key = (place.word, place.chunk)
        if key in self._near:
            return self._near[key]
        size = len(self._words)
        middle = int((place.word + 0.5) / self.view.size * size)
        low, high = max(0, middle - _NEAR), min(size, middle + _NEAR)
        if size <= 2 * _NEAR:
            low, high = 0, size
        if (low, high) not in self._tables:
            self._tables[low, high] = self._offered(low, high)
        glosses, words, offered = self._tables[low, high]
        if place.word not in self._seen:
            self._seen[place.word] = self._look(place.word, low, high)
        sound = romanize(place.chunk)
        similar = [
            int(8 * JaroWinkler.similarity(sound, other)) if sound else 0
            for other in self._sounds[low:high]
        ]
        table = np.zeros((len(glosses), len(COLUMNS)), np.uint32)
        table[:, _OFFERED] = offered
        table[:, _SEEN] = self._seen[place.word][words]
        table[:, _SIMILAR] = np.array(similar, np.uint32)[words]
        self._near[key] = glosses, table
        return glosses, table

    def _offered(self, low: int, high: int) -> tuple[list[str], np.ndarray, np.ndarray]:
        """The glosses of a stretch of words, which word offers each, and what is noted of it."""
        found: dict[str, str] = {}  # with what the table of the field has for it
        kept: list[int] = []
        words: list[int] = []
        row = 0
        for which in (0, 1):  # what other languages have comes last
            for t, made in enumerate(self._made[low:high]):
                for gloss, simple in made[which].glosses:
                    if gloss not in found:
                        found[gloss] = simple
                        kept.append(row)
                        words.append(t)
                    row += 1
        every = [made[which].noted for which in (0, 1) for made in self._made[low:high]]
        noted = np.empty((len(found), len(_OFFERED)), np.uint32)
        noted[:, :_MADE] = np.concatenate(every)[kept]
        noted[:, _MADE] = [*map(self.sighted.glossed_here, found.values())]
        noted[:, _MADE + 1] = [*map(self.sighted.glosses.__contains__, found.values())]
        return list(found), np.array(words, np.int64), noted

    def _look(self, word: int, low: int, high: int) -> np.ndarray:
        """What is noted of each word of a stretch, seen from a word of the sentence."""
        view, size, here = self.view, len(self._words), np.arange(low, high)
        table = np.empty((high - low, len(_SEEN)), np.int64)
        table[:, : len(_OF_WORD)] = self._words[low:high]
        for t in self._explains.get(word, ()):
            if low <= t < high:
                like = view.explained(t, word)
                table[t - low, _LIKE] = *like, _lonely(*like)
        for t in self.sighted.alone.get(word, ()):
            if low <= t < high:
                table[t - low, _GLOSSED] = self.sighted.standing(t, word)
        free, shift, order, rivals, *beside = table[:, len(_OF_WORD) :].T
        many = min(5, int(self._free_before(np.array(size), word)))
        free[:] = 2 * many + (table[:, _LIKE.stop - 1] & self._told[low:high])
        away = (here + 0.5) / size - (word + 0.5) / view.size
        shift[:] = _within(np.rint(away * 5), 4)
        order[:] = _within(self._free_before(here, word) - bisect(view.unknown, word - 1), 3)
        rivals[:] = min(len(view.unknown), 4)
        for column, near in zip(beside, (word - 1, word + 1), strict=True):
            at = view.place_of.get(near)
            column[:] = 9 if at is None else _within(here - at, 3)
        return table.astype(np.uint32)


def _lonely(like: int, company: int) -> bool:
    """Whether nothing explains a word of the translation."""
    return like == 0 and company < 2


def _within(numbers: np.ndarray, most: int) -> np.ndarray:
    return np.asarray(np.minimum(np.maximum(numbers, -most), most))


def _offered(rows: Iterable[_Row]) -> Offered:
    """The glosses that a word offers, but for none, with what is noted of each."""
    kept = [(gloss, noted) for gloss, noted in rows if gloss]
    glosses = [(gloss, plain(gloss)) for gloss, _ in kept]
    noted = np.array([noted for _, noted in kept], np.int64).reshape(-1, _MADE)
    return Offered(glosses, noted.astype(np.uint32))
