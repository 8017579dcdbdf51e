"""The evidence of the translation for or against a candidate.

Two kinds of evidence. A gloss may *look like* a word of the translation (``brother`` in
``brothers``), or it may *go with* one: in the training data, sentences with the gloss tend to have
the word. A candidate whose gloss goes with a word that is there gains; one whose gloss nearly
always goes with a word that is not there loses. A training sentence is left out of its own counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

__all__ = ["Sight", "Translations", "alike", "fold", "pieces", "shared_start"]

# By hand, as the letters that `alike` asks for; *Numbers set by hand* in benchmarks/crf_log.md.
_COMPANY = 8  # words kept for each gloss, and glosses for each word
_LIFT = 3.0  # how much oftener than by chance they stand together
_NOTHING: Mapping[str, int] = {}


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


class Translations:
    """The glosses that go with each word of translations, and the other way round, by sentence.

    Args:
        sentences: For each training sentence its glosses and the words of its translation;
            sentences without a translation are passed over.
        whole: Counts these sentences are taken away from: what is left are the other sentences.
    """

    def __init__(
        self,
        sentences: Iterable[tuple[Sequence[str], Sequence[str]]],
        whole: Translations | None = None,
    ) -> None:
        self._whole = whole
        self._count = 0
        self._gloss: Counter[str] = Counter()
        self._word: Counter[str] = Counter()
        self._by_gloss: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._by_word: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._best: dict[str, list[tuple[str, float]]] = {}
        self._company: dict[str, list[tuple[str, int, float]]] = {}
        for glosses, words in sentences:
            self.add(glosses, words)

    def add(self, glosses: Sequence[str], words: Sequence[str]) -> None:
        """Count one more sentence."""
        if not words:
            return
        there, seen = set(glosses), {fold(word) for word in words}
        self._count += 1
        self._gloss.update(there)
        self._word.update(seen)
        for gloss in there:
            self._by_gloss[gloss].update(seen)
        for word in seen:
            self._by_word[word].update(there)
        self._best, self._company = {}, {}

    @property
    def count(self) -> int:
        """Number of sentences."""
        return self._whole.count - self._count if self._whole else self._count

    def gloss(self, gloss: str) -> int:
        """Number of sentences with a gloss."""
        n = self._gloss.get(gloss, 0)
        return self._whole.gloss(gloss) - n if self._whole else n

    def word(self, word: str) -> int:
        """Number of sentences whose translation has a word."""
        n = self._word.get(word, 0)
        return self._whole.word(word) - n if self._whole else n

    def both(self, gloss: str, words: Sequence[str]) -> list[int]:
        """For each of some words, the number of sentences with a gloss and the word."""
        own = self._by_gloss.get(gloss, _NOTHING)
        found = [own.get(word, 0) for word in words]
        if self._whole is None:
            return found
        return [n - mine for n, mine in zip(self._whole.both(gloss, words), found, strict=True)]

    def _lifted(self, table: str, key: str, singles: str, total: int) -> list[tuple[str, int, int]]:
        """What goes with a gloss or a word more often than by chance.

        Args:
            table: Name of the table of pairs.
            key: The gloss or word.
            singles: Name of the counts of what goes with it.
            total: Number of sentences with the key.

        Returns:
            ``(other, number of sentences with both, number of sentences with the other)``.
        """
        count, least = self.count, _LIFT * total
        if count < least:  # what is in so many sentences is nowhere so much oftener
            return []
        own: Counter[str] = getattr(self, table).get(key, Counter())
        mine: Counter[str] = getattr(self, singles)
        if self._whole is None:
            return [(o, n, mine[o]) for o, n in own.items() if n * count >= least * mine[o]]
        every: Counter[str] = getattr(self._whole, singles)
        found = []
        for other, pairs in getattr(self._whole, table).get(key, Counter()).items():
            n = pairs - own.get(other, 0)
            if n > 0:
                sentences = every[other] - mine.get(other, 0)
                if n * count >= least * sentences:
                    found.append((other, n, sentences))
        return found

    def best(self, gloss: str) -> list[tuple[str, float]]:
        """The words that go with a gloss best, with P(word | gloss)."""
        found = self._best.get(gloss)
        if found is None:
            total = self.gloss(gloss)
            rows = sorted(
                (-(n - 0.5) / (total + 1), word)
                for word, n, _ in self._lifted("_by_gloss", gloss, "_word", total)
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
                for gloss, n, sentences in self._lifted("_by_word", word, "_gloss", self.word(word))
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
