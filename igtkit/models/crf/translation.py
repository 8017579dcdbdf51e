"""The evidence of the translation for or against a candidate.

Two kinds of evidence. A gloss may *look like* a word of the translation (``brother`` in
``brothers``), or it may *go with* one: in the training data, sentences with the gloss tend to have
the word. A candidate whose gloss goes with a word that is there gains; one whose gloss nearly
always goes with a word that is not there loses. A training sentence is left out of its own counts.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from itertools import repeat
from typing import Self

import attrs
import numpy as np

from igtkit.models.crf.arrays import ranges

__all__ = ["Sight", "Translations", "alike", "fold", "pieces", "shared_start"]

# By hand, as the letters that `alike` asks for; *Numbers set by hand* in benchmarks/crf_log.md.
_COMPANY = 8  # words kept for each gloss, and glosses for each word
_LIFT = 3.0  # how much oftener than by chance they stand together
_FEW = 32  # sentences; in more than these numpy counts faster


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word lower-cased and without marks, for comparison.

    Example:
        >>> fold("Galán")
        'galan'
    """
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in decomposed if unicodedata.category(c)[0] != "M")


@lru_cache(maxsize=1 << 16)
def pieces(gloss: str) -> tuple[str, ...]:
    """The words a gloss consists of, folded.

    Example:
        >>> pieces("be.angry"), pieces("come_with")
        (('be', 'angry'), ('come', 'with'))
    """
    return tuple(fold(part) for part in re.split(r"[^\w]+|_", gloss.replace("'", "")) if part)


def shared_start(a: str, b: str) -> int:
    """Number of letters two words begin with alike."""
    count = 0
    for x, y in zip(a, b):  # noqa: B905 - the shorter one ends the comparison
        if x != y:
            break
        count += 1
    return count


@lru_cache(maxsize=1 << 18)
def alike(piece: str, word: str) -> int:
    """Return how much a piece of a gloss looks like a word, from 0 to 3.

    Returns:
        3 if they are equal, 2 if one begins the other, 1 if they begin alike, else 0.
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


class _Side:
    """The glosses of sentences, or the words of their translations, as numbers.

    Arrays of `array` can grow, and numpy reads them where they lie.

    Attributes:
        number: The number of each name.
        names: The names, by number.
        often: For each name the number of its sentences.
        sentences: For each name its sentences.
    """

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.names: list[str] = []
        self.often = array("q")
        self.sentences: list[array[int]] = []
        self._flat = array("i")  # the names of the first sentence, of the second, ...
        self._start = array("q", [0])

    def add(self, names: Iterable[str]) -> None:
        """Take in the distinct names of the next sentence."""
        sentence = len(self._start) - 1
        for name in names:
            number = self.number.get(name)
            if number is None:
                number = self.number[name] = len(self.names)
                self.names.append(name)
                self.often.append(0)
                self.sentences.append(array("i"))
            self.often[number] += 1
            self.sentences[number].append(sentence)
            self._flat.append(number)
        self._start.append(len(self._flat))

    def count(self, name: str) -> int:
        """In how many sentences a name is."""
        number = self.number.get(name)
        return 0 if number is None else self.often[number]

    def sizes(self) -> np.ndarray:
        """How many names each sentence has."""
        return np.diff(np.asarray(self._start))

    def of(self, sentences: np.ndarray) -> np.ndarray:
        """The numbers of the names of some sentences, one sentence after another."""
        start = np.asarray(self._start)
        low = start[sentences]
        return np.asarray(np.asarray(self._flat)[ranges(low, start[sentences + 1] - low)])

    def among(self, sentences: array[int]) -> np.ndarray:
        """In how many of some sentences each name is."""
        return np.bincount(self.of(np.asarray(sentences)), minlength=len(self.names))

    def counted(self, sentences: array[int]) -> dict[int, int]:
        """The numbers of the names that are in some sentences, and in how many."""
        if len(sentences) > _FEW:
            often = self.among(sentences)
            found = np.flatnonzero(often > 0)
            return dict(zip(found.tolist(), often[found].tolist(), strict=True))
        counts: Counter[int] = Counter()
        flat, start = self._flat, self._start
        for sentence in sentences:
            counts.update(flat[start[sentence] : start[sentence + 1]])
        return counts

    def without(self, sentences: np.ndarray) -> _Side:
        """The same, but for how often each name is in the other sentences."""
        left = copy(self)
        gone = np.bincount(self.of(sentences), minlength=len(self.names))
        left.often = array("q", (np.asarray(self.often) - gone).tobytes())
        return left


@attrs.define
class Translations:
    """The glosses that go with each word of translations, and the other way round, by sentence.

    Attributes:
        count: Number of sentences; those without a translation are not counted.
    """

    count: int = 0
    _glosses: _Side = attrs.field(factory=_Side)
    _words: _Side = attrs.field(factory=_Side)
    _left_out: bytearray | None = None  # for each sentence whether it is
    _best: dict[str, list[tuple[str, float]]] = attrs.field(factory=dict, init=False)
    _company: dict[str, list[tuple[str, int, float]]] = attrs.field(factory=dict, init=False)
    _pairs: dict[str, dict[int, int]] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, sentences: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Self:
        """Return what training sentences say: of each its glosses, and its translation's words."""
        found = cls()
        for glosses, words in sentences:
            found.add(glosses, words)
        return found

    def add(self, glosses: Sequence[str], words: Sequence[str]) -> None:
        """Count one more sentence."""
        there, seen = set(glosses) if words else set(), {fold(word) for word in words}
        self._glosses.add(there)
        self._words.add(seen)
        self.count += bool(words)
        self._best, self._company = {}, {}
        numbers = [self._words.number[word] for word in seen]
        for gloss in there & self._pairs.keys():
            pairs = self._pairs[gloss]
            for number in numbers:
                pairs[number] = pairs.get(number, 0) + 1

    def forget_pairs(self) -> None:
        """Forget what `together` found out, which takes memory."""
        self._pairs = {}

    def without(self, sentences: Sequence[int]) -> Self:
        """Return the counts of the other sentences; none can be added to these.

        Args:
            sentences: Numbers of the sentences that are left out, in the order they were added in.
        """
        numbers = np.array(sentences, np.int64)
        sizes = self._words.sizes()
        left_out = np.zeros(len(sizes), bool)
        left_out[numbers] = True
        return attrs.evolve(
            self,
            count=self.count - int((sizes[numbers] > 0).sum()),
            glosses=self._glosses.without(numbers),
            words=self._words.without(numbers),
            left_out=bytearray(left_out.tobytes()),
        )

    def gloss(self, gloss: str) -> int:
        """Number of sentences with a gloss."""
        return self._glosses.count(gloss)

    def word(self, word: str) -> int:
        """Number of sentences whose translation has a word."""
        return self._words.count(word)

    def together(self, glosses: Sequence[str], words: Sequence[str]) -> np.ndarray:
        """Return the number of sentences with each gloss and word, ``(glosses, words)``."""
        numbers = [self._words.number.get(word, -1) for word in words]
        rows = [[*map(self._pairs_of(gloss).get, numbers, repeat(0))] for gloss in glosses]
        return np.array(rows, np.int64).reshape(len(glosses), len(words))

    def _pairs_of(self, gloss: str) -> dict[int, int]:
        """For each word of the sentences with a gloss, in how many of them it is."""
        found = self._pairs.get(gloss)
        if found is None:
            sentences = self._sentences(self._glosses, gloss)
            found = self._pairs[gloss] = self._words.counted(sentences)
        return found

    def _sentences(self, side: _Side, name: str) -> array[int]:
        """The sentences with a gloss or a word."""
        number = side.number.get(name)
        if number is None:
            return array("i")
        found, left_out = side.sentences[number], self._left_out
        if left_out is None:
            return found
        return array("i", [one for one in found if not left_out[one]])

    def _lifted(self, own: _Side, other: _Side, key: str) -> list[tuple[str, int, int]]:
        """What goes with a gloss or a word oftener than by chance.

        Returns:
            ``(other, number of sentences with both, number of sentences with the other)``.
        """
        count, least = self.count, _LIFT * own.count(key)
        if count < least:  # what is in so many sentences is nowhere so much oftener
            return []
        sentences, names, often = self._sentences(own, key), other.names, other.often
        if len(sentences) <= _FEW:
            return [
                (names[one], n, often[one])
                for one, n in other.counted(sentences).items()
                if n * count >= least * often[one]
            ]
        both, every = other.among(sentences), np.asarray(often)
        found = np.flatnonzero((both > 0) & (both * count >= least * every))
        columns = (found.tolist(), both[found].tolist(), every[found].tolist())
        return [(names[one], n, total) for one, n, total in zip(*columns, strict=True)]

    def best(self, gloss: str) -> list[tuple[str, float]]:
        """The words that go with a gloss best, with P(word | gloss)."""
        found = self._best.get(gloss)
        if found is None:
            total = self.gloss(gloss)
            rows = sorted(
                (-(n - 0.5) / (total + 1), word)
                for word, n, _ in self._lifted(self._glosses, self._words, gloss)
            )
            found = self._best[gloss] = [(word, -share) for share, word in rows[:_COMPANY]]
        return found

    def company(self, word: str) -> list[tuple[str, int, float]]:
        """The glosses that go with a word best.

        Returns:
            ``(gloss, number of sentences with both, P(word | gloss))``, best first.
        """
        found = self._company.get(word)
        if found is None:
            rows = sorted(
                (-n / sentences, gloss, n)
                for gloss, n, sentences in self._lifted(self._words, self._glosses, word)
            )
            found = self._company[word] = [(g, n, -share) for share, g, n in rows[:_COMPANY]]
        return found

    def evidence(self, gloss: str, sight: Sight) -> tuple[float, float, int]:
        """Return how strongly a translation speaks for a gloss.

        Returns:
            P(word | gloss) of the best associated word that is there, of the best that is not, and
            the likeness.
        """
        there = missing = 0.0
        for word, share in self.best(gloss):
            if word in sight.set:
                there = max(there, share)
            else:
                missing = max(missing, share)
        return there, missing, sight.likeness(gloss)
