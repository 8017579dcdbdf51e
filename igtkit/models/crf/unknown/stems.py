"""The gloss of a stem never seen, chosen among options.

A new stem's gloss is most often a word of the translation, or what such a word becomes in a gloss
(``brothers`` → ``brother``, ``angry`` → ``be.angry``); sometimes the stem itself (names, loans), a
known gloss that goes with a word of the translation, what other languages gloss such a word as, the
gloss of a stem spelled almost alike, or one of the glosses that rare stems tend to have. A small
softmax chooses among these options, or none of them, by what speaks for each: is the word already
explained by another word's gloss, is it a word that ever turns up in glosses, does it stand at
about the same place, does it sound like the stem? Where translations are in English, its weights
begin as many other languages taught them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Self

import attrs
import numpy as np

from igtkit.models.crf.arrays import bounds, ranges
from igtkit.models.crf.hashing import code
from igtkit.models.crf.likeness import fold
from igtkit.models.crf.translation import Translations
from igtkit.models.crf.unknown.field import EDGES, NO_FIELD, Field, load_field
from igtkit.models.crf.unknown.knowledge import Knowledge, Place, View
from igtkit.models.crf.unknown.offers import RATES, Offers
from igtkit.models.crf.unknown.options import (
    BITS,
    COLUMNS,
    COUNTS,
    SOURCES,
    TEMPLATES,
    Options,
    features,
)
from igtkit.models.crf.unknown.rules import GlossRules

__all__ = ["KnownStem", "KnownStems", "NewStems", "Unknowns", "fingerprint"]

_BATCH = 16  # examples in a step, by hand
_AT_ONCE = 256  # stems that are weighed at once, which bounds the memory
_ROWS = 1024  # options that are numbered at once, the same
_L2 = 1e-2  # crf_log.md, *Unknown stems*
# Step, and what the squared gradients begin with: from nothing, and from what others taught
# (crf_log.md, *Unknown stems* and *What other languages teach*).
_FROM_NOTHING, _FROM_OTHERS = (0.1, 1e-2), (0.01, 1.0)


def fingerprint() -> int:
    """Return a number that changes whenever the features of the options do.

    Weights learned for other features are worth nothing: those that come with the library, and
    those that a user has saved.
    """
    return code(repr((SOURCES, COLUMNS, TEMPLATES, BITS, COUNTS, RATES, EDGES)))


@attrs.frozen
class KnownStem:
    """A stem whose gloss is known, and its options.

    Attributes:
        table: What is noted of each option, as `Options.table` gives it.
        right: Which option is right.
    """

    table: np.ndarray
    right: int

    @classmethod
    def of(cls, options: Options, gloss: str) -> Self:
        """Return the example of a stem with a gloss; where no option is right, the last is."""
        glosses = options.glosses
        right = glosses.index(gloss) if gloss in glosses else len(glosses) - 1
        return cls(options.table(), right)


@attrs.frozen
class KnownStems:
    """Examples, in arrays: made once, whichever of them are learned from.

    Attributes:
        numbers: Shape ``(options, templates)``: numbers of their features, from 0.
        used: Which numbers of weights these are.
        first: Each example's first row, and the end of the last.
        right: The right option of each, from 0.
    """

    numbers: np.ndarray
    used: np.ndarray
    first: np.ndarray
    right: np.ndarray

    @classmethod
    def of(cls, examples: Sequence[KnownStem], *, field: bool) -> Self:
        """Return examples in arrays.

        Args:
            examples: The examples.
            field: Whether the table of the field is used.
        """
        none = np.zeros((0, len(COLUMNS)), np.uint32)
        tables = np.concatenate([none, *(one.table for one in examples)])
        numbers = features(tables, field=field)
        used = np.zeros(1 << BITS, bool)
        parts = range(0, len(numbers), _ROWS)  # as numpy makes longer numbers of them
        for low in parts:
            used[numbers[low : low + _ROWS]] = True
        place = np.cumsum(used, dtype=np.uint32) - np.uint32(1)
        for low in parts:  # so that the tables of their weights are small
            numbers[low : low + _ROWS] = place[numbers[low : low + _ROWS]]
        first = bounds(np.array([len(one.table) for one in examples]))
        return cls(numbers, used, first, np.array([one.right for one in examples]))


class Unknowns:
    """The options for unknown stems, and the softmax that chooses.

    Args:
        sentences: For each training sentence its glosses and its translation as written.
        stems: ``(chunk, gloss)`` of the known stems with how often they occur.
        translations: Which glosses go with which words.
        field: What other languages teach; None for what comes with the library.

    Attributes:
        field: The same, or nothing where the translations are not in English.
    """

    def __init__(
        self,
        sentences: Sequence[tuple[Sequence[str], Sequence[str]]],
        stems: Counter[tuple[str, str]],
        translations: Translations,
        field: Field | None = None,
    ) -> None:
        self.rules = GlossRules()
        self.found = [self.rules.learn(glosses, words) for glosses, words in sentences]
        matched: Counter[str] = Counter()
        for found in self.found:
            matched.update(found)
        told = [fold(word) for _, line in sentences for word in line]
        prior = (len(matched) + 1) / (len(set(told)) + 2)
        self.knowledge = Knowledge(stems, matched, translations, prior)
        field = load_field() if field is None else field
        self.field = field if field.english(told) else NO_FIELD
        # rounded as they are saved, so that a loaded glosser is the same
        self.weights = self.field.start.astype(np.float16).astype(np.float32)

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

    def offers(self, view: View, knowledge: Knowledge | None = None) -> Offers:
        """Return what a translation offers to the unknown stems of its sentence.

        Args:
            view: The translation.
            knowledge: In training, what is known without the sentence's part of the corpus.
        """
        return Offers(view, knowledge or self.knowledge, self.rules, self.field)

    def options(
        self, place: Place, offers: Offers | None, knowledge: Knowledge | None = None
    ) -> Options:
        """The glosses a stem might have, and "" for none of these.

        Args:
            place: Where the stem stands.
            offers: What the translation offers, or None.
            knowledge: In training, what is known without the stem's part of the corpus.
        """
        known = knowledge or self.knowledge
        noted_of_place = (
            int(place.written[:1].isupper()),
            int(place.word == 0),
            code(place.after),
            code(place.before),
            min(len(place.chunk), 8),
            2 * place.chunk.isalpha() + any(c.isdigit() for c in place.chunk),
            int(offers is not None),
        )
        sighted = None if offers is None else offers.sighted
        options = Options(
            known.glosses,
            noted_of_place,
            lambda gloss: (self.field.spread(gloss), int(bool(sighted and sighted.has(gloss)))),
            *(() if offers is None else offers.near(place)),
        )
        options.offer(place.written, "copy")
        options.offer(place.chunk, "low")
        for chunk, distance in known.like(place.chunk):
            for gloss in known.by_chunk[chunk][:2]:
                options.offer(gloss, "near", distance)
        for gloss in known.rare:
            options.offer(gloss, "rare", code(gloss))
        options.offer("", "none")
        return options

    def study(self, examples: Sequence[KnownStem]) -> KnownStems:
        """Return stems whose gloss is known as they are learned from."""
        return KnownStems.of(examples, field=self._fielded)

    def train(
        self,
        known: KnownStems,
        chosen: np.ndarray | None = None,
        seed: int = 0,
        epochs: int = 8,
    ) -> None:
        """Learn to choose, from the options of stems whose gloss is known.

        The weights are pulled towards what they begin with. Epochs, step and pull were chosen by
        cross-validation (``benchmarks/crf_log.md``, *Unknown stems*).

        Args:
            known: The stems.
            chosen: Numbers of those that are learned from; None for all.
            seed: Seed of their order.
            epochs: Passes over them.
        """
        if chosen is None:
            chosen = np.arange(len(known.right))
        if not len(chosen):
            return
        size, rng = np.diff(known.first), np.random.default_rng(seed)
        center = self.field.start[known.used].astype(float)
        rate, squared = _FROM_OTHERS if self._fielded else _FROM_NOTHING
        weights, average = center.copy(), np.zeros(len(center))
        squares = np.full(len(center), squared)
        steps = 0
        for epoch in range(epochs):
            order = rng.permutation(chosen)
            for first in range(0, len(order), _BATCH):
                part = order[first : first + _BATCH]
                low = bounds(size[part])
                here = known.numbers[ranges(known.first[part], size[part])].astype(np.int64)
                score = weights.take(here, mode="clip").sum(1)
                group = np.repeat(np.arange(len(part)), size[part])
                p = np.exp(score - np.maximum.reduceat(score, low[:-1])[group])
                p /= np.add.reduceat(p, low[:-1])[group]
                p[low[:-1] + known.right[part]] -= 1
                gradient = np.bincount(here.reshape(-1), np.repeat(p, here.shape[1]), len(center))
                live = np.flatnonzero(gradient != 0)  # of numbers itself it takes ten times as long
                move = gradient[live] + _L2 * (weights[live] - center[live])
                squares[live] += move**2
                weights[live] -= rate * move / np.sqrt(squares[live])
            if epoch >= epochs // 2:
                average += weights
                steps += 1
        weights = self.field.start.astype(float)
        weights[known.used] = average / max(1, steps)
        self.weights = weights.astype(np.float16).astype(np.float32)

    @property
    def _fielded(self) -> bool:
        """Whether the table of the field is used."""
        return bool(self.field.words)

    def choose(self, many: Sequence[Options]) -> list[np.ndarray]:
        """Return the probabilities of each stem's options."""
        result: list[np.ndarray] = []
        for first in range(0, len(many), _AT_ONCE):
            part = many[first : first + _AT_ONCE]
            numbers = features(np.concatenate([one.table() for one in part]), field=self._fielded)
            score = self.weights.take(numbers, mode="clip").sum(1, dtype=float)  # row by row
            rows = np.split(score, np.cumsum([len(one.glosses) for one in part])[:-1])
            shares = [np.exp(row - row.max()) for row in rows]
            result += [share / share.sum() for share in shares]
        return result


class NewStems:
    """The options of the stems of one sentence, each found once, when it is asked for.

    Args:
        unknowns: The softmax that chooses among them.
        words: The sentence's translation.
        known: For each word of the sentence the gloss of its likeliest stem, as `View` has it.
        knowledge: What is known of stems: in training, without the sentence's part of the corpus.
    """

    def __init__(
        self,
        unknowns: Unknowns,
        words: Sequence[str],
        known: Sequence[str | None],
        knowledge: Knowledge,
    ) -> None:
        self.unknowns = unknowns
        self.words = words
        self.known = known
        self.knowledge = knowledge
        self._found: dict[Place, Options] = {}

    def options(self, place: Place) -> Options:
        """Return the glosses that a stem might have."""
        if place not in self._found:
            options = self.unknowns.options(place, self._offers, self.knowledge)
            self._found[place] = options
        return self._found[place]

    @cached_property
    def _offers(self) -> Offers | None:
        if not self.words:
            return None
        view = View(self.words, self.known, self.knowledge.translations)
        return self.unknowns.offers(view, self.knowledge)
