"""The glosses that a translation offers to the unknown stems of its sentence.

What can be said of a word of the translation, and of what it may become as a gloss, is the same for
all stems of the sentence, and is found once. What depends on the stem, say whether the word stands
at about the same place, is found for the words around that place: in a long translation, words far
away are not looked at, so that time grows with its length and not with its square.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

import numpy as np
from rapidfuzz.distance import JaroWinkler

from igtkit.models.crf.hashing import code
from igtkit.models.crf.translation import alike, pieces
from igtkit.models.crf.unknown.field import Field, Sighted
from igtkit.models.crf.unknown.knowledge import Knowledge, Place, View, romanize
from igtkit.models.crf.unknown.options import COLUMNS, COUNTS, SOURCES, Noted
from igtkit.models.crf.unknown.rules import GlossRules

__all__ = ["RATES", "Offers"]

RATES = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9)  # edges of buckets, by hand
_TOLD = 0.15  # rate from which a word counts as one that glosses tell; by hand
_OFTEN, _NEVER = 20, 0.02  # words like `the`: seen so often, and glossed so seldom; by hand
_COMPANY = 4  # glosses that go with a word, by hand
_NEAR = 40  # words on each side of a stem's place that are looked at, by hand

_SEEN = tuple(map(COLUMNS.index, (
    "like", "company", "rate", "unseen", "shift", "upper", "lonely", "free", "length",
    "previous", "next", "order", "rivals", "left", "right", "glossed", "explained",
)))  # fmt: skip
"""Columns of a word of the translation, seen from a stem."""
_OFFERED = tuple(map(COLUMNS.index, (
    "source", "known", "rule", "share", "rank", "so glossed", "glossed so here", "detail",
    "languages", "there",
)))  # fmt: skip
"""Columns of a gloss that a word offers."""
_SIMILAR = COLUMNS.index("similar")
_WORD, _WITH, _FIELD = (SOURCES.index(name) for name in ("word", "with", "field"))

_code = lru_cache(maxsize=1 << 16)(code)


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
        self._sentences = [known.translations.word(word) for word in words]
        self._rates = [
            (known.matched.get(word, 0) + known.prior) / (n + 1)
            for word, n in zip(words, self._sentences, strict=True)
        ]
        pairs = zip(self._sentences, self._rates, strict=True)
        self._told = [n <= 0 or rate > _TOLD for n, rate in pairs]
        codes = [0, *map(_code, words), 0]
        self._fixed = [
            (
                bisect(RATES, self._rates[t]),
                bisect(COUNTS, self._sentences[t]),
                int(view.written[t][:1].isupper() and t > 0),
                min(len(word), 9),
                codes[t],
                codes[t + 2],
            )
            for t, word in enumerate(words)
        ]
        self._sounds = [romanize(word) for word in words]
        self._count_free()
        self._glossed = [
            n <= _OFTEN or rate >= _NEVER
            for n, rate in zip(self._sentences, self._rates, strict=True)
        ]
        known.translations.look_up(words=compress(words, self._glossed))
        self._own = [list(self._from_word(t)) for t in range(len(words))]
        self._elsewhere = [list(self._from_field(t)) for t in range(len(words))]
        self._tables: dict[tuple[int, int], tuple[list[str], np.ndarray, np.ndarray]] = {}
        self._seen: dict[int, np.ndarray] = {}

    def _count_free(self) -> None:
        """Count the words up to each that nothing explains, and for whom that would change."""
        freed: defaultdict[int, list[int]] = defaultdict(list)
        count = [0]
        for t, told in enumerate(self._told):
            lonely = _lonely(*self.view.explained(t, -1))
            count.append(count[-1] + (told and lonely))
            if told and not lonely:
                for index in self.view.explainers(t):
                    if _lonely(*self.view.explained(t, index)):
                        freed[index].append(t)
        self._free, self._freed = count, freed

    def _free_before(self, t: int, but: int) -> int:
        """How many words before `t` no other word than `but` explains, though glosses tell them."""
        return self._free[t] + bisect(self._freed.get(but, ()), t - 1)

    def _from_word(self, t: int) -> Iterator[tuple[str, Noted]]:
        """What the language's own texts make of a word of the translation."""
        if not self._glossed[t]:
            return
        known, view = self.known, self.view
        written, word = view.written[t], view.sight.words[t]
        if written not in known.made:
            known.made[written] = self.rules.apply(written, known.glosses, known.translations.word)
        for rank, made in enumerate(known.made[written]):
            rule = (_code(made.rule), int(made.share * 5), rank)
            yield made.gloss, (_WORD, *self._noted(t, made.gloss, rule, 0))
        for gloss, pairs, strength in known.translations.company(word)[:_COMPANY]:
            if gloss in known.glosses and not alike((pieces(gloss) or ("",))[0], word):
                detail = 8 * bisect(COUNTS, pairs) + int(strength * 4)
                yield gloss, (_WITH, *self._noted(t, gloss, (0, 0, 0), detail))

    def _from_field(self, t: int) -> Iterator[tuple[str, Noted]]:
        """What other languages make of it."""
        entry = self.sighted.entries[t]
        if entry is None or not self._glossed[t]:
            return
        for rank, gloss in enumerate(entry.offers):
            yield gloss, (_FIELD, *self._noted(t, gloss, (0, 0, rank), 0))

    def _noted(self, t: int, gloss: str, rule: Noted, detail: int) -> Noted:
        known = bisect(COUNTS, self.known.glosses.get(gloss, 0))
        so = self.sighted.noted(t, gloss)
        return known, *rule, *so, detail, self.field.spread(gloss), int(self.sighted.has(gloss))

    def near(self, place: Place) -> tuple[list[str], np.ndarray]:
        """Return the glosses that the words around a stem's place offer, and what is noted of each.

        Returns:
            The glosses, each once, and a table of shape ``(glosses, len(COLUMNS))``, in which the
            columns of the place are 0.
        """
        size = len(self._fixed)
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
        table[:, _SEEN] = self._seen[place.word][words - low]
        table[:, _SIMILAR] = np.array(similar, np.uint32)[words - low]
        return glosses, table

    def _offered(self, low: int, high: int) -> tuple[list[str], np.ndarray, np.ndarray]:
        """The glosses of a stretch of words, the word of each, and what is noted of it."""
        found: dict[str, tuple[int, Noted]] = {}
        for offers in (self._own, self._elsewhere):  # what other languages have comes last
            for t in range(low, high):
                for gloss, noted in offers[t]:
                    if gloss:
                        found.setdefault(gloss, (t, noted))
        words = np.array([t for t, _ in found.values()], np.int64)
        rows = [noted for _, noted in found.values()]
        return list(found), words, _unsigned(rows, len(_OFFERED))

    def _look(self, word: int, low: int, high: int) -> np.ndarray:
        """What is noted of each word of a stretch, seen from a word of the sentence."""
        view, size = self.view, len(self._fixed)
        many = min(5, self._free_before(size, word))
        mine = bisect(view.unknown, word - 1)
        beside = [view.place_of.get(word - 1), view.place_of.get(word + 1)]
        rows = []
        for t in range(low, high):
            rate, unseen, upper, length, previous, following = self._fixed[t]
            like, company = view.explained(t, word)
            lonely = _lonely(like, company)
            shift = (t + 0.5) / size - (word + 0.5) / view.size
            rows.append((
                like,
                company,
                rate,
                unseen,
                max(-4, min(4, round(shift * 5))),
                upper,
                int(lonely),
                2 * many + (lonely and self._told[t]),
                length,
                previous,
                following,
                max(-3, min(3, self._free_before(t, word) - mine)),
                min(len(view.unknown), 4),
                *(9 if near is None else max(-3, min(3, t - near)) for near in beside),
                *self.sighted.standing(t, word),
            ))  # fmt: skip
        return _unsigned(rows, len(_SEEN))


def _lonely(like: int, company: int) -> bool:
    """Whether nothing explains a word of the translation."""
    return like == 0 and company < 2


def _unsigned(rows: list[Noted], width: int) -> np.ndarray:
    return np.array(rows, np.int64).reshape(-1, width).astype(np.uint32)
