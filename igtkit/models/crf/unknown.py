"""Step 6: glosses for stems never seen.

A new stem's gloss is most often a word of the translation, or what such a word becomes in a gloss
(``brothers`` → ``brother``, ``angry`` → ``be.angry``); sometimes the stem itself (names, loans), a known
gloss that goes with a word of the translation, the gloss of a stem spelled almost alike, or one of the
glosses that rare stems tend to have. A small softmax chooses among these options, or none of them, by
what speaks for each: is the word already explained by another word's gloss, is it a word that ever
turns up in glosses, does it stand at about the same place, does it sound like the stem?
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

import attrs
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from igtkit.models.crf.features import code, mix
from igtkit.models.crf.lexicon import UNKNOWN_GLOSS
from igtkit.models.crf.translation import Sight, Translations, _shared, alike, fold, pieces

__all__ = ["Knowledge", "Options", "Place", "Unknowns", "View"]

_BITS = 16
_RULES_PER_WORD = 3
_RATES = (0.01, 0.05, 0.15, 0.3, 0.5, 0.7, 0.9)
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ӏ": "",
}  # fmt: skip


@lru_cache(maxsize=1 << 16)
def romanize(text: str) -> str:
    """A rough rendering in Latin letters without marks, for comparing names across scripts.

    Example:
        >>> romanize("сержант")
        'serjant'
    """
    return "".join(_LATIN.get(c, c) for c in fold(text) if c.isalnum())


@attrs.frozen
class Place:
    """Where an unknown stem stands.

    Attributes:
        sentence: Index of the sentence.
        word: Index of the word in it.
        chunk: The stem's letters, lower-cased.
        written: The stem's letters as written.
        before: Gloss of the morpheme before it in the word, or "".
        after: Gloss of the morpheme after it, or "".
    """

    sentence: int
    word: int
    chunk: str
    written: str
    before: str
    after: str


SOURCES = ("word", "with", "copy", "low", "near", "rare", "none")
_WORD, _WITH, _COPY, _LOW, _NEAR, _RARE, _NONE = range(len(SOURCES))

COLUMNS = (
    "source", "known", "like", "company", "rate", "unseen", "similar", "shift", "upper", "lonely",
    "free", "length", "previous", "next", "order", "rivals", "rule", "share", "rank", "left", "right", "detail",
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
        "known rate lonely", "previous after", "previous", "next", "order free", "free rivals", "order lonely rivals",
    )
)  # fmt: skip


class Options:
    """The glosses a stem might have, where each comes from, and what is noted of it."""

    def __init__(self) -> None:
        self.glosses: list[str] = []
        self.rows: list[tuple[int, ...]] = []

    def source(self, index: int) -> str:
        return SOURCES[self.rows[index][0]]


def _features(rows: Sequence[tuple[int, ...]]) -> np.ndarray:
    """Hashed features of options, shape ``(options, templates)``."""
    table = (np.array(rows, np.int64) & 0xFFFFFFFF).astype(np.uint32)
    columns = [
        mix(600 + number, table[:, 0], *(table[:, c] for c in template))
        for number, template in enumerate(_TEMPLATES)
    ]
    return (np.stack(columns, 1) >> np.uint32(32 - _BITS)).astype(np.int64)


_code = lru_cache(maxsize=1 << 16)(code)


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
        self.by_likeness: list[dict[int, int]] = [{} for _ in words]
        self.by_company: list[dict[int, float]] = [{} for _ in words]
        self.place_of: dict[int, int] = {}
        for index, gloss in enumerate(known):
            if gloss is None or gloss == UNKNOWN_GLOSS:
                continue
            parts = [part for part in pieces(gloss) if len(part) > 1]
            company = dict(translations.best(gloss))
            for t, word in enumerate(self.sight.words):
                like = max((alike(part, word) for part in parts), default=0)
                if like:
                    self.by_likeness[t][index] = like
                    if like >= 2:
                        self.place_of.setdefault(index, t)
                if word in company:
                    self.by_company[t][index] = company[word]

    def explained(self, t: int, but: int) -> tuple[int, int]:
        """How well words other than `but` explain word `t`: by likeness, by company (0 to 3)."""
        like = max((v for k, v in self.by_likeness[t].items() if k != but), default=0)
        company = max((v for k, v in self.by_company[t].items() if k != but), default=0.0)
        return like, (company > 0.1) + (company > 0.3) + (company > 0.6)


def _log_bucket(n: float) -> int:
    return 0 if n <= 0 else 1 if n <= 1 else 2 if n <= 3 else 3 if n <= 10 else 4 if n <= 50 else 5


@attrs.define
class Knowledge:
    """What a part of the corpus knows of stems and translations.

    Attributes:
        stems: ``(chunk, gloss)`` of its stems with how often they occur.
        matched: For each word of the translations, in how many sentences a gloss looks like it.
        translations: Which glosses go with which words.
        glosses: How often each gloss is a stem's.
        prior: Share of the translations' words that a gloss ever looks like.
        chunks: The stems of four letters or more, to compare new ones with.
    """

    stems: Counter[tuple[str, str]]
    matched: Counter[str]
    translations: Translations
    prior: float
    glosses: Counter[str] = attrs.field(init=False)
    near: dict[str, list[tuple[str, int]]] = attrs.field(factory=dict, init=False)
    by_chunk: dict[str, list[str]] = attrs.field(init=False)
    chunks: list[str] = attrs.field(init=False)
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
            if len(chunk) >= 4:
                self.by_chunk.setdefault(chunk, []).append(gloss)
        self.chunks = sorted(self.by_chunk)
        self.rare = [gloss for gloss, n in rare.most_common(5) if n > 1]

    def add(self, stems: Counter[tuple[str, str]]) -> None:
        """Take in a sentence's stems."""
        for (chunk, gloss), n in stems.items():
            self.stems[chunk, gloss] += n
            self.glosses[gloss] += n
            if len(chunk) >= 4 and gloss not in self.by_chunk.setdefault(chunk, []):
                self.by_chunk[chunk].append(gloss)
        self.chunks = list(self.by_chunk)
        self.near = {}

    def like(self, chunk: str) -> list[tuple[str, int]]:
        """Known stems spelled almost like a chunk, with their edit distance."""
        if len(chunk) < 4 or not self.chunks:
            return []
        if chunk not in self.near:
            found = process.extract(
                chunk,
                self.chunks,
                scorer=Levenshtein.distance,
                score_cutoff=1 + (len(chunk) > 6),
                limit=3,
            )
            self.near[chunk] = [(near, int(distance)) for near, distance, _ in found]
        return self.near[chunk]


class Unknowns:
    """The options for unknown stems, and the softmax that chooses.

    Args:
        sentences: For each training sentence its stem glosses and its translation as written.
        stems: ``(chunk, gloss)`` of the known stems with how often they occur.
        translations: Which glosses go with which words.
    """

    def __init__(
        self,
        sentences: Sequence[tuple[Sequence[str], Sequence[str]]],
        stems: Counter[tuple[str, str]],
        translations: Translations,
    ) -> None:
        self.rules: Counter[tuple[str, str, str]] = Counter()
        self.rule_total: Counter[str] = Counter()
        self.found = [self._learn_rules(glosses, words) for glosses, words in sentences]
        self.by_cut: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for rule, n in self.rules.items():
            if n >= 2 or rule[1:] == ("", ""):
                self.by_cut[rule[2]].append(rule)
        matched: Counter[str] = Counter()
        for found in self.found:
            matched.update(found)
        words = len({fold(word) for _, line in sentences for word in line})
        self.knowledge = Knowledge(stems, matched, translations, (len(matched) + 1) / (words + 2))
        self.weights = np.zeros(1 << _BITS, np.float32)
        self._applied: dict[str, list[tuple[str, str, float]]] = {}

    def without(
        self, part: Iterable[int], stems: Counter[tuple[str, str]], translations: Translations
    ) -> Knowledge:
        """What is known without some sentences.

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
        """Take in one more sentence: its stem glosses, its translation, and its stems."""
        self.found.append(self._learn_rules(glosses, words))
        self.knowledge.matched.update(self.found[-1])
        self.knowledge.add(stems)

    def _learn_rules(self, glosses: Sequence[str], words: Sequence[str]) -> set[str]:
        """Count the rules one sentence shows; returns the words of the translation they explain."""
        found: set[str] = set()
        folded = [fold(word) for word in words]
        for gloss in set(glosses):
            parts = pieces(gloss)
            best: tuple[int, str, str] | None = None
            for word, low in zip(words, folded, strict=True):
                for part in parts:
                    shared = _shared(part, low)
                    if shared >= 3 or (shared == len(part) == len(low)):
                        if alike(part, low):
                            found.add(low)
                        if best is None or shared > best[0]:
                            best = (shared, word, low)
            if best is not None:
                rule = self._rule(gloss, best[1])
                if rule is not None:
                    self.rules[rule] += 1
                    for length in range(min(5, len(best[2])) + 1):
                        self.rule_total[best[2][len(best[2]) - length :]] += 1
        return found

    @staticmethod
    def _rule(gloss: str, word: str) -> tuple[str, str, str] | None:
        """``(put before, put after, cut off)`` that makes the gloss from the word, if one does."""
        low = word.lower()
        lowered = gloss.lower()
        if gloss == word and low != word:
            return ("\1", "", "")  # as written, with its capital
        best: tuple[int, tuple[str, str, str]] | None = None
        for start in range(len(lowered)):
            if start and lowered[start - 1].isalnum():
                continue
            shared = _shared(lowered[start:], low)
            if shared >= min(3, len(low)) and (best is None or shared > best[0]):
                rule = (gloss[:start], gloss[start + shared :], low[shared:])
                if len(rule[1]) <= 6 and len(rule[2]) <= 5 and len(rule[0]) <= 6:
                    best = (shared, rule)
        return best[1] if best else None

    # --- options ---------------------------------------------------------------------------

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
        made = Options()
        taken: set[str] = set()
        size = min(len(place.chunk), 8)
        shape = 2 * place.chunk.isalpha() + any(c.isdigit() for c in place.chunk)
        where = (
            int(place.written[:1].isupper()),
            int(place.word == 0),
            _code(place.after),
            _code(place.before),
            size,
            shape,
            int(view is not None),
        )
        counts = known.glosses

        def offer(gloss: str, source: int, noted: tuple[int, ...]) -> None:
            if gloss in taken or (not gloss and source != _NONE):
                return
            taken.add(gloss)
            made.glosses.append(gloss)
            made.rows.append((source, _log_bucket(counts.get(gloss, 0)), *noted, *where))

        if view is not None:
            self._from_words(place, view, known, offer)
        nothing = (0,) * 19
        offer(place.written, _COPY, (*nothing, 0))
        offer(place.chunk, _LOW, (*nothing, 0))
        for chunk, distance in known.like(place.chunk):
            for gloss in known.by_chunk[chunk][:2]:
                offer(gloss, _NEAR, (*nothing, distance))
        for gloss in known.rare:
            offer(gloss, _RARE, (*nothing, _code(gloss)))
        offer("", _NONE, (*nothing, 0))
        return made

    def _from_words(self, place, view, known, offer):  # type: ignore[no-untyped-def]
        count = len(view.written)
        translations = known.translations
        sound = romanize(place.chunk)
        before = view.place_of.get(place.word - 1)
        after = view.place_of.get(place.word + 1)
        facts = []
        free = 0
        for t, low in enumerate(view.sight.words):
            like, company = view.explained(t, place.word)
            n = translations.word(low)
            rate = (known.matched.get(low, 0) + known.prior) / (n + 1)
            lonely = like == 0 and company < 2
            is_free = lonely and (n <= 0 or rate > 0.15)
            free += is_free
            facts.append((t, low, like, company, n, rate, lonely, is_free))
        free = min(free, 5)
        words = view.sight.words
        turns = 0
        mine = sum(word < place.word for word in view.unknown)
        rivals = min(len(view.unknown), 4)
        for t, low, like, company, n, rate, lonely, is_free in facts:
            turn = turns
            turns += is_free
            if n > 20 and rate < 0.02:
                continue
            word = view.written[t]
            similar = JaroWinkler.similarity(sound, romanize(low)) if sound else 0.0
            shift = (t + 0.5) / count - (place.word + 0.5) / view.size
            noted = (
                like,
                company,
                bisect(_RATES, rate),
                _log_bucket(n),
                int(similar * 8),
                max(-4, min(4, round(shift * 5))),
                int(word[:1].isupper() and t > 0),
                int(lonely),
                2 * free + is_free,
                min(len(low), 9),
                _code(words[t - 1]) if t else 0,
                _code(words[t + 1]) if t + 1 < count else 0,
                max(-3, min(3, turn - mine)),
                rivals,
            )
            gaps = (
                9 if before is None else max(-3, min(3, t - before)),
                9 if after is None else max(-3, min(3, t - after)),
            )
            for rank, (gloss, name, share) in enumerate(self._apply(word, known)):
                offer(gloss, _WORD, (*noted, _code(name), int(share * 5), rank, *gaps, 0))
            for gloss, pairs, strength in translations.company(low)[:4]:
                if gloss in known.glosses and not alike((pieces(gloss) or ("",))[0], low):
                    detail = 8 * _log_bucket(pairs) + int(strength * 4)
                    offer(gloss, _WITH, (*noted, 0, 0, 0, *gaps, detail))

    def _apply(self, word: str, known: Knowledge) -> list[tuple[str, str, float]]:
        """What the rules make of a word of the translation: ``(gloss, rule, share)``, best first."""
        made = self._applied.get(word)
        if made is None:
            best: dict[str, tuple[float, str]] = {}
            lowered = word.lower()
            for length in range(min(5, len(lowered) - 1) + 1):
                cut = lowered[len(lowered) - length :]
                total = self.rule_total.get(fold(cut), 0) + 1
                for rule in self.by_cut.get(cut, ()):
                    before, after, _ = rule
                    if before == "\1" and word == lowered:
                        continue
                    gloss = word if before == "\1" else before + lowered[: len(lowered) - length] + after
                    share = self.rules[rule] / total
                    if gloss not in best or share > best[gloss][0]:
                        best[gloss] = (share, f"{before}|{after}|{cut}")
            best.setdefault(lowered, (0.01, "||"))
            made = self._applied[word] = [(g, name, min(1.0, s)) for g, (s, name) in best.items()]
        glosses = known.glosses
        ranked = sorted(made, key=lambda row: (-row[2] * (4 if row[0] in glosses else 1), row[0]))
        return ranked[:_RULES_PER_WORD]

    # --- choice ----------------------------------------------------------------------------

    def train(
        self, examples: Sequence[tuple[Options, str]], seed: int = 0, epochs: int = 8
    ) -> None:
        """Learn to choose, from the options of stems whose gloss is known."""
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
        weights, average = np.zeros(1 << _BITS), np.zeros(1 << _BITS)
        squares = np.full(1 << _BITS, 1e-2)
        steps = 0
        for epoch in range(epochs):
            order = rng.permutation(len(examples))
            for first in range(0, len(order), 16):
                part = order[first : first + 16]
                low = np.r_[0, np.cumsum(size[part])]
                rows = np.repeat(start[part] - low[:-1], size[part]) + np.arange(low[-1])
                here = features[rows]
                score = weights[here].sum(1)
                group = np.repeat(np.arange(len(part)), size[part])
                p = np.exp(score - np.maximum.reduceat(score, low[:-1])[group])
                p /= np.add.reduceat(p, low[:-1])[group]
                p[low[:-1] + right[part]] -= 1
                gradient = np.bincount(here.reshape(-1), np.repeat(p, here.shape[1]), 1 << _BITS)
                gradient += 1e-2 * weights * (gradient != 0)
                squares += gradient**2
                weights -= 0.1 * gradient / np.sqrt(squares)
            if epoch >= epochs // 2:
                average += weights
                steps += 1
        self.weights = (average / max(1, steps)).astype(np.float16).astype(np.float32)

    def choose(self, options: Options) -> np.ndarray:
        """Probability of each option."""
        score = self.weights[_features(options.rows)].sum(1, dtype=float)
        score = np.exp(score - score.max())
        return np.asarray(score / score.sum())
