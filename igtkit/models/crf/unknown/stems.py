"""The gloss of a stem never seen, chosen among options.

A new stem's gloss is most often a word of the translation, or what such a word becomes in a gloss
(``brothers`` → ``brother``, ``angry`` → ``be.angry``); sometimes the stem itself (names, loans), a
known gloss that goes with a word of the translation, the gloss of a stem spelled almost alike, or
one of the glosses that rare stems tend to have. A small softmax chooses among these options, or
none of them, by what speaks for each: is the word already explained by another word's gloss, is it
a word that ever turns up in glosses, does it stand at about the same place, does it sound like the
stem?
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import attrs
import numpy as np
from rapidfuzz.distance import JaroWinkler

from igtkit.models.crf.hashing import code, mix
from igtkit.models.crf.translation import Translations, alike, fold, pieces
from igtkit.models.crf.unknown.knowledge import Knowledge, Place, View, romanize
from igtkit.models.crf.unknown.rules import GlossRules

__all__ = ["BITS", "Options", "Unknowns"]

BITS = 16  # the weights are a table of 2 ** 16; by hand
# Edges of buckets, by hand: a feature is one of the stretches between them.
_RATES = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9)
_COUNTS = (1, 2, 4, 11, 51)
_BATCH = 16  # examples in a step, by hand
_RATE, _L2 = 0.1, 1e-2  # crf_log.md, *Unknown stems*
_ADAGRAD = 1e-2  # what the squared gradients begin with, by hand

SOURCES = ("word", "with", "copy", "low", "near", "rare", "none")
_WORD, _WITH, _COPY, _LOW, _NEAR, _RARE, _NONE = range(len(SOURCES))

COLUMNS = (
    "source", "known", "like", "company", "rate", "unseen", "similar", "shift", "upper", "lonely",
    "free", "length", "previous", "next", "order", "rivals",
    "rule", "share", "rank", "left", "right", "detail",
    "capital", "initial", "after", "before", "size", "shape", "view",
)  # fmt: skip
"""What is noted of an option, each as a number; the last seven are about the stem's place."""

_TEMPLATES = tuple(
    tuple(COLUMNS.index(name) for name in names.split())
    for names in (
        "", "known", "capital initial", "after", "before", "view",
        "like company", "rate", "unseen", "like company rate", "lonely unseen rate", "similar",
        "similar unseen", "shift", "shift lonely", "upper capital initial", "upper similar",
        "free", "free lonely", "length", "left", "right",
        "left lonely", "right lonely", "rule", "share", "rank", "rule after", "detail",
        "detail size", "detail rate", "size shape", "capital initial view", "known share",
        "known rate lonely", "previous after", "previous", "next",
        "order free", "free rivals", "order lonely rivals",
    )
)  # fmt: skip

_OF_PLACE = 7
_NOTHING = (0,) * (len(COLUMNS) - 3 - _OF_PLACE)

Noted = tuple[int, ...]
_code = lru_cache(maxsize=1 << 16)(code)


class Options:
    """The glosses a stem might have, and what is noted of each; the last is ``""`` for none.

    Args:
        known: How often each gloss is a known stem's.
        place: What is noted of the stem's place.
    """

    def __init__(self, known: Counter[str], place: Noted) -> None:
        self.glosses: list[str] = []
        self.rows: list[Noted] = []
        self._known = known
        self._place = place
        self._taken: set[str] = set()

    def offer(self, gloss: str, source: int, noted: Noted = _NOTHING, detail: int = 0) -> None:
        """Add a gloss, if it is not among them."""
        if gloss in self._taken or (not gloss and source != _NONE):
            return
        self._taken.add(gloss)
        self.glosses.append(gloss)
        known = bisect(_COUNTS, self._known.get(gloss, 0))
        self.rows.append((source, known, *noted, detail, *self._place))

    def source(self, index: int) -> str:
        """Return the source of a gloss: one of `SOURCES`."""
        return SOURCES[self.rows[index][0]]


def _features(rows: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Hashed features of options, shape ``(options, templates)``."""
    table = (np.array(rows, np.int64) & 0xFFFFFFFF).astype(np.uint32)
    columns = [
        mix(600 + number, table[:, 0], *(table[:, c] for c in template))
        for number, template in enumerate(_TEMPLATES)
    ]
    return (np.stack(columns, 1) >> np.uint32(32 - BITS)).astype(np.int64)


@attrs.frozen
class _Fact:
    """A word of the translation, seen from an unknown stem."""

    place: int
    low: str
    like: int
    company: int
    sentences: int
    rate: float
    lonely: bool
    free: bool


class Unknowns:
    """The options for unknown stems, and the softmax that chooses.

    Args:
        sentences: For each training sentence its glosses and its translation as written.
        stems: ``(chunk, gloss)`` of the known stems with how often they occur.
        translations: Which glosses go with which words.
    """

    def __init__(
        self,
        sentences: Sequence[tuple[Sequence[str], Sequence[str]]],
        stems: Counter[tuple[str, str]],
        translations: Translations,
    ) -> None:
        self.rules = GlossRules()
        self.found = [self.rules.learn(glosses, words) for glosses, words in sentences]
        matched: Counter[str] = Counter()
        for found in self.found:
            matched.update(found)
        words = len({fold(word) for _, line in sentences for word in line})
        self.knowledge = Knowledge(stems, matched, translations, (len(matched) + 1) / (words + 2))
        self.weights = np.zeros(1 << BITS, np.float32)

    def without(
        self, part: Iterable[int], stems: Counter[tuple[str, str]], translations: Translations
    ) -> Knowledge:
        """Return the knowledge without that of some sentences.

        Args:
            part: Numbers of the sentences to leave out.
            stems: Their stems.
            translations: The counts without them.
        """
        matched = self.knowledge.matched.copy()
        for number in part:
            matched.subtract(self.found[number])
        left = self.knowledge.stems.copy()
        left.subtract(stems)
        return Knowledge(left, matched, translations, self.knowledge.prior)

    def add(
        self, glosses: Sequence[str], words: Sequence[str], stems: Counter[tuple[str, str]]
    ) -> None:
        """Take in one more sentence: its glosses, its translation, and its stems."""
        self.found.append(self.rules.learn(glosses, words))
        self.knowledge.matched.update(self.found[-1])
        self.knowledge.add(stems)

    def options(
        self, place: Place, view: View | None, knowledge: Knowledge | None = None
    ) -> Options:
        """The glosses a stem might have, and "" for none of these.

        Args:
            place: Where the stem stands.
            view: The translation, or None.
            knowledge: In training, what is known without the stem's part of the corpus.
        """
        known = knowledge or self.knowledge
        options = Options(
            known.glosses,
            (
                int(place.written[:1].isupper()),
                int(place.word == 0),
                _code(place.after),
                _code(place.before),
                min(len(place.chunk), 8),
                2 * place.chunk.isalpha() + any(c.isdigit() for c in place.chunk),
                int(view is not None),
            ),
        )
        if view is not None:
            self._from_words(place, view, known, options)
        options.offer(place.written, _COPY)
        options.offer(place.chunk, _LOW)
        for chunk, distance in known.like(place.chunk):
            for gloss in known.by_chunk[chunk][:2]:
                options.offer(gloss, _NEAR, detail=distance)
        for gloss in known.rare:
            options.offer(gloss, _RARE, detail=_code(gloss))
        options.offer("", _NONE)
        return options

    def _from_words(self, place: Place, view: View, known: Knowledge, options: Options) -> None:
        """Offer what the words of the translation may become, and the glosses they go with."""
        facts = list(_facts(place, view, known))
        words = view.sight.words
        sound = romanize(place.chunk)
        beside = [view.place_of.get(place.word - 1), view.place_of.get(place.word + 1)]
        free = min(5, sum(fact.free for fact in facts))
        mine = sum(word < place.word for word in view.unknown)
        turns = 0
        for fact in facts:
            t, low, turn = fact.place, fact.low, turns
            turns += fact.free
            if fact.sentences > 20 and fact.rate < 0.02:  # by hand: words like `the`
                continue
            similar = JaroWinkler.similarity(sound, romanize(low)) if sound else 0.0
            shift = (t + 0.5) / len(words) - (place.word + 0.5) / view.size
            noted = (
                fact.like,
                fact.company,
                bisect(_RATES, fact.rate),
                bisect(_COUNTS, fact.sentences),
                int(similar * 8),
                max(-4, min(4, round(shift * 5))),
                int(view.written[t][:1].isupper() and t > 0),
                int(fact.lonely),
                2 * free + fact.free,
                min(len(low), 9),
                _code(words[t - 1]) if t else 0,
                _code(words[t + 1]) if t + 1 < len(words) else 0,
                max(-3, min(3, turn - mine)),
                min(len(view.unknown), 4),
            )
            gaps = tuple(9 if near is None else max(-3, min(3, t - near)) for near in beside)
            written = view.written[t]
            if written not in view.made:  # the same for every unknown stem of the sentence
                view.made[written] = self.rules.apply(
                    written, known.glosses, known.translations.word
                )
            for rank, made in enumerate(view.made[written]):
                rule = (_code(made.rule), int(made.share * 5), rank)
                options.offer(made.gloss, _WORD, (*noted, *rule, *gaps))
            for gloss, pairs, strength in known.translations.company(low)[:4]:
                if gloss in known.glosses and not alike((pieces(gloss) or ("",))[0], low):
                    detail = 8 * bisect(_COUNTS, pairs) + int(strength * 4)
                    options.offer(gloss, _WITH, (*noted, 0, 0, 0, *gaps), detail)

    def train(
        self, examples: Sequence[tuple[Options, str]], seed: int = 0, epochs: int = 8
    ) -> None:
        """Learn to choose, from the options of stems whose gloss is known.

        Epochs, step and pull towards 0 were chosen by cross-validation (``benchmarks/crf_log.md``,
        *Unknown stems*).
        """
        if not examples:
            return
        size = np.array([len(options.rows) for options, _ in examples])
        start = np.r_[0, np.cumsum(size)]
        features = _features([row for options, _ in examples for row in options.rows])
        right = np.array(
            [
                options.glosses.index(gloss) if gloss in options.glosses else len(options.rows) - 1
                for options, gloss in examples
            ]
        )
        rng = np.random.default_rng(seed)
        weights, average = np.zeros(1 << BITS), np.zeros(1 << BITS)
        squares = np.full(1 << BITS, _ADAGRAD)
        steps = 0
        for epoch in range(epochs):
            order = rng.permutation(len(examples))
            for first in range(0, len(order), _BATCH):
                part = order[first : first + _BATCH]
                low = np.r_[0, np.cumsum(size[part])]
                rows = np.repeat(start[part] - low[:-1], size[part]) + np.arange(low[-1])
                here = features[rows]
                score = weights[here].sum(1)
                group = np.repeat(np.arange(len(part)), size[part])
                p = np.exp(score - np.maximum.reduceat(score, low[:-1])[group])
                p /= np.add.reduceat(p, low[:-1])[group]
                p[low[:-1] + right[part]] -= 1
                gradient = np.bincount(here.reshape(-1), np.repeat(p, here.shape[1]), 1 << BITS)
                gradient += _L2 * weights * (gradient != 0)
                squares += gradient**2
                weights -= _RATE * gradient / np.sqrt(squares)
            if epoch >= epochs // 2:
                average += weights
                steps += 1
        self.weights = (average / max(1, steps)).astype(np.float16).astype(np.float32)

    def choose(self, many: Sequence[Options]) -> list[np.ndarray]:
        """Return the probabilities of each stem's options."""
        if not many:
            return []
        features = _features([row for one in many for row in one.rows])
        score = self.weights[features].sum(1, dtype=float)
        parts = np.split(score, np.cumsum([len(one.rows) for one in many])[:-1])
        shares = [np.exp(part - part.max()) for part in parts]
        return [share / share.sum() for share in shares]


def _facts(place: Place, view: View, known: Knowledge) -> Iterator[_Fact]:
    for t, low in enumerate(view.sight.words):
        like, company = view.explained(t, place.word)
        sentences = known.translations.word(low)
        rate = (known.matched.get(low, 0) + known.prior) / (sentences + 1)
        lonely = like == 0 and company < 2
        free = lonely and (sentences <= 0 or rate > 0.15)
        yield _Fact(t, low, like, company, sentences, rate, lonely, free)
