"""Where a stem never seen begins and ends: what the other words of the texts say.

If *kirpiler* and *kirpide* are in the texts, several letters follow *kirpi* there and one follows
*kirp*: a stem is likelier to end where the words that begin alike go apart (Harris 1955).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.candidates.lexicon import Kind
from igtkit.models.crf.candidates.table import Candidates

__all__ = ["NEW", "Vocabulary"]

NEW = ("length", "part", "first", "last", "kin", "parting", "kin behind", "parting behind")
"""The columns of `Vocabulary.clues`."""


class Vocabulary:
    """The distinct words of texts, and how they begin and end.

    Example:
        >>> words = Vocabulary()
        >>> words.add(["cats", "catnip", "cows"])
        >>> words.kin("cat"), words.parting("cat"), words.parting("c")
        (2, 2, 2)
    """

    def __init__(self) -> None:
        self.words: set[str] = set()
        self._begin: Counter[str] = Counter()
        self._end: Counter[str] = Counter()
        self._next: Counter[str] = Counter()
        self._previous: Counter[str] = Counter()

    def add(self, words: Iterable[str]) -> None:
        """Take in words."""
        for word in words:
            if word in self.words:
                continue
            self.words.add(word)
            for part in range(1, min(len(word), LONGEST_WORD) + 1):
                for whole, shorter, count, fork in (
                    (word[:part], word[: part - 1], self._begin, self._next),
                    (word[-part:], word[len(word) - part + 1 :], self._end, self._previous),
                ):
                    count[whole] += 1
                    if count[whole] == 1:
                        fork[shorter] += 1

    def kin(self, start: str) -> int:
        """How many words begin so."""
        return self._begin[start]

    def parting(self, start: str) -> int:
        """How many letters follow it in them."""
        return self._next[start]

    def clues(self, candidates: Candidates) -> np.ndarray:
        """Return what is said of the stem never seen of each candidate; 0 where it has none.

        Returns:
            Shape ``(candidates, len(NEW))``: its letters, the share of the word's letters, whether
            it begins and ends the word, and, where it does not, how many other words begin (end) as
            the word does up to there, and how many letters follow (come before) in these.
        """
        result = np.zeros((len(candidates.size), len(NEW)))
        rows, slots = np.nonzero(candidates.kind == Kind.UNKNOWN)
        first = np.diff(rows, prepend=-1) != 0
        rows, slots = rows[first], slots[first]
        owner = candidates.word[rows].tolist()
        begins, ends = candidates.begin[rows, slots].tolist(), candidates.end[rows, slots].tolist()
        found = []
        for number, begin, end in zip(owner, begins, ends, strict=True):
            key = candidates.words[number]
            if not isinstance(key, str):
                found.append((0,) * len(NEW))
                continue
            size, own = len(key), key in self.words
            kin = parting = behind = parting_behind = 0
            if end < size:
                start = key[:end]
                kin = self._begin[start] - own
                parting = self._next[start] - (own and self._begin[key[: end + 1]] == 1)
            if begin:
                tail = key[begin:]
                behind = self._end[tail] - own
                parting_behind = self._previous[tail] - (own and self._end[key[begin - 1 :]] == 1)
            length = end - begin
            found.append(
                (length / 8, length / size, begin == 0, end == size,
                 kin, parting, behind, parting_behind)
            )  # fmt: skip
        if found:
            table = np.array(found, float)
            table[:, 4:] = np.log1p(table[:, 4:])
            result[rows] = table
        return result
