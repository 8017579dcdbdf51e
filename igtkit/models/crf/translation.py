"""The evidence of the translation for or against a candidate.

Two kinds of evidence. A gloss may *look like* a word of the translation (``brother`` in
``brothers``; `likeness`), or it may *go with* one: in the training data, sentences with the gloss
tend to have the word. A candidate whose gloss goes with a word that is there gains; one whose gloss
nearly always goes with a word that is not there loses. A training sentence is left out of its own
counts.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Self

import attrs
import numpy as np

from igtkit.models.crf.arrays import ranges
from igtkit.models.crf.likeness import Sight, fold
from igtkit.models.crf.pairs import Pairs, pair_keys

__all__ = ["Translations"]

# By hand; *Numbers set by hand* in benchmarks/crf_log.md.
_COMPANY = 8  # words kept for each gloss, and glosses for each word
_LIFT = 3.0  # how much oftener than by chance they stand together
_AT_ONCE = 1 << 20  # pairs that are counted at once, which bounds the memory
_NAMES = 256  # glosses or words that are looked up at once, which bounds it, too
_NONE = 1 << 30  # the number of what was never seen


class _Side:
    """The glosses of sentences, or the words of their translations, as numbers.

    Arrays of `array` can grow, and numpy reads them where they lie.

    Attributes:
        number: The number of each name.
        names: The names, by number.
        often: For each name the number of its sentences.
    """

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.names: list[str] = []
        self.often = array("q")
        self._flat = array("i")  # the names of the first sentence, of the second, ...
        self._start = array("q", [0])

    def add(self, names: Iterable[str]) -> None:
        """Take in the distinct names of the next sentence."""
        for name in names:
            number = self.number.get(name)
            if number is None:
                number = self.number[name] = len(self.names)
                self.names.append(name)
                self.often.append(0)
            self.often[number] += 1
            self._flat.append(number)
        self._start.append(len(self._flat))

    def count(self, name: str) -> int:
        """In how many sentences a name is."""
        number = self.number.get(name)
        return 0 if number is None else self.often[number]

    def __len__(self) -> int:
        """Number of sentences."""
        return len(self._start) - 1

    def sizes(self) -> np.ndarray:
        """How many names each sentence has."""
        return np.diff(np.asarray(self._start))

    def of(self, sentences: np.ndarray) -> np.ndarray:
        """The numbers of the names of some sentences, one sentence after another."""
        start = np.asarray(self._start)
        low = start[sentences]
        return np.asarray(np.asarray(self._flat)[ranges(low, start[sentences + 1] - low)])

    def pairs(self, other: _Side, sentences: np.ndarray) -> Pairs:
        """In how many of some sentences each of these names is together with each of others."""
        sizes, beside = self.sizes()[sentences], other.sizes()[sentences]
        ends = np.cumsum(sizes * beside)
        found = []
        for part in np.split(sentences, np.flatnonzero(np.diff(ends // _AT_ONCE)) + 1):
            names, here = self.of(part), np.repeat(part, self.sizes()[part])
            first = np.repeat(names, other.sizes()[here])
            found.append(Pairs.of(pair_keys(first, other.of(here))))
        return found[0] if len(found) == 1 else Pairs.total(found)

    def without(self, sentences: np.ndarray) -> _Side:
        """The same, but for how often each name is in the other sentences."""
        left = copy(self)
        gone = np.bincount(self.of(sentences), minlength=len(self.names))
        left.often = array("q", (np.asarray(self.often) - gone).tobytes())
        return left


@attrs.frozen
class _Together:
    """The pairs of the first sentences.

    Attributes:
        sentences: How many sentences these are.
        words: For each gloss the words that it stands with.
        glosses: For each word the glosses.
    """

    sentences: int = 0
    words: Pairs = attrs.field(factory=lambda: Pairs.total([]))
    glosses: Pairs = attrs.field(factory=lambda: Pairs.total([]))

    def plus(self, more: Pairs, sentences: int, times: int = 1) -> _Together:
        """The same with the pairs of other sentences, or without those of some of these."""
        words = self.words.plus(more, times)
        return _Together(sentences, words, self.glosses.plus(more.turned(), times))


@attrs.define
class Translations:
    """The glosses that go with each word of translations, and the other way round, by sentence.

    Attributes:
        count: Number of sentences; those without a translation are not counted.
    """

    count: int = 0
    _glosses: _Side = attrs.field(factory=_Side)
    _words: _Side = attrs.field(factory=_Side)
    _counted: _Together = attrs.field(factory=_Together)
    _best: dict[str, list[tuple[str, float]]] = attrs.field(factory=dict, init=False)
    _company: dict[str, list[tuple[str, int, float]]] = attrs.field(factory=dict, init=False)

    @classmethod
    def of(cls, sentences: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Self:
        """Return what training sentences say: of each its glosses, and its translation's words."""
        found = cls()
        for glosses, words in sentences:
            found.add(glosses, words)
        return found

    def add(self, glosses: Sequence[str], words: Sequence[str]) -> None:
        """Count one more sentence."""
        self._glosses.add(set(glosses) if words else ())
        self._words.add({fold(word) for word in words})
        self.count += bool(words)
        self._best, self._company = {}, {}

    @property
    def _together(self) -> _Together:
        """The pairs of all sentences; those added since they were asked for are counted now."""
        found, every = self._counted, len(self._words)
        if found.sentences < every:
            new = np.arange(found.sentences, every)
            found = found.plus(self._glosses.pairs(self._words, new), every)
            self._counted = found  # whole only, as another thread may look
        return found

    def without(self, sentences: Sequence[int]) -> Self:
        """Return the counts of the other sentences; none can be added to these.

        Args:
            sentences: Numbers of the sentences that are left out, in the order they were added in.
        """
        numbers = np.array(sentences, np.int64)
        every = self._together
        gone = self._glosses.pairs(self._words, numbers)
        return attrs.evolve(
            self,
            count=self.count - int((self._words.sizes()[numbers] > 0).sum()),
            glosses=self._glosses.without(numbers),
            words=self._words.without(numbers),
            counted=every.plus(gone, every.sentences, -1),
        )

    def gloss(self, gloss: str) -> int:
        """Number of sentences with a gloss."""
        return self._glosses.count(gloss)

    def word(self, word: str) -> int:
        """Number of sentences whose translation has a word."""
        return self._words.count(word)

    def together(self, glosses: Sequence[str], words: Sequence[str]) -> np.ndarray:
        """Return the number of sentences with each gloss and word, ``(glosses, words)``."""
        first = [self._glosses.number.get(gloss, _NONE) for gloss in glosses]
        second = [self._words.number.get(word, _NONE) for word in words]
        rows, columns = np.array(first, np.int64)[:, None], np.array(second, np.int64)
        return self._together.words.count(pair_keys(rows, columns))

    def look_up(self, glosses: Iterable[str] = (), words: Iterable[str] = ()) -> None:
        """Find what `best` says of glosses and `company` of words; each apart takes longer."""
        for part in _new(glosses, self._best):
            owner, other, both, _ = self._lifted(self._glosses, self._words, part)
            often = np.array([self.gloss(gloss) for gloss in part])
            share = (both - 0.5) / (often[owner] + 1)
            rows = _most(len(part), owner, share, other, both, self._words.names)
            best = [[(word, value) for value, word, _ in row] for row in rows]
            self._best.update(zip(part, best, strict=True))
        for part in _new(words, self._company):
            owner, other, both, often = self._lifted(self._words, self._glosses, part)
            rows = _most(len(part), owner, both / often, other, both, self._glosses.names)
            company = [[(gloss, n, value) for value, gloss, n in row] for row in rows]
            self._company.update(zip(part, company, strict=True))

    def _lifted(
        self, own: _Side, other: _Side, keys: Sequence[str]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """What goes with glosses or words oftener than by chance.

        Returns:
            For each pair the place of its gloss or word in `keys`, the number of the other, the
            number of sentences with both, and that with the other.
        """
        together = self._together
        pairs = together.words if own is self._glosses else together.glosses
        least = _LIFT * np.array([own.count(key) for key in keys])
        # what is in so many sentences is nowhere so much oftener
        number = np.array([own.number.get(key, _NONE) for key in keys], np.int64)
        owner, found, both = pairs.rows(np.where(self.count >= least, number, _NONE))
        both = both.astype(np.int64)  # whose products are large
        often = np.asarray(other.often)[found]
        kept = (both > 0) & (both * self.count >= least[owner] * often)
        return owner[kept], found[kept], both[kept], often[kept]

    def best(self, gloss: str) -> list[tuple[str, float]]:
        """The words that go with a gloss best, with P(word | gloss)."""
        if gloss not in self._best:
            self.look_up(glosses=[gloss])
        return self._best[gloss]

    def company(self, word: str) -> list[tuple[str, int, float]]:
        """The glosses that go with a word best.

        Returns:
            ``(gloss, number of sentences with both, P(word | gloss))``, best first.
        """
        if word not in self._company:
            self.look_up(words=[word])
        return self._company[word]

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


def _new(names: Iterable[str], known: Mapping[str, object]) -> Iterator[list[str]]:
    """The names that are not known yet, a few at a time."""
    new = [name for name in dict.fromkeys(names) if name not in known]
    yield from (new[low : low + _NAMES] for low in range(0, len(new), _NAMES))


def _most(  # noqa: PLR0917
    many: int,
    owner: np.ndarray,
    share: np.ndarray,
    other: np.ndarray,
    both: np.ndarray,
    names: Sequence[str],
) -> list[list[tuple[float, str, int]]]:
    """The few of each owner with most, and their names; of equal ones those that come first."""
    found: list[list[tuple[float, str, int]]] = [[] for _ in range(many)]
    if not len(owner):
        return found
    start = np.searchsorted(owner, np.arange(many))
    size = np.diff(start, append=len(owner))
    place = 2 * owner - share  # in the order of owners, of each the largest shares first
    most = np.sort(place)[start + np.minimum(size, _COMPANY) - 1]
    kept = np.flatnonzero(place <= np.repeat(most, size))
    columns = (column[kept].tolist() for column in (owner, -share, other, both))
    rows = [(at, value, names[one], n) for at, value, one, n in zip(*columns, strict=True)]
    for at, value, name, n in sorted(rows):
        if len(found[at]) < _COMPANY:
            found[at].append((-value, name, n))
    return found
