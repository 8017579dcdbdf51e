"""How likely the letters of a stem never seen are, by those of the stems that were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import add

import numpy as np

__all__ = ["StemLetters"]

# By hand; see *Numbers set by hand* in benchmarks/crf_log.md.
_LETTER = 0.5  # pseudo-count that keeps the probability of a letter above 0
_UNSEEN = 10  # letters of the alphabet beside those that were seen


class StemLetters:
    """Letter bigrams of stems.

    Args:
        stems: The stems, each once.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        pairs: Counter[str] = Counter()
        single: Counter[str] = Counter()
        for stem in stems:
            text = f"\2{stem}\3"
            pairs.update(text[i : i + 2] for i in range(len(text) - 1))
            single.update(text[:-1])
        self._logs = _Bigrams(pairs, single)

    def scores(self, word: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Log-probabilities of the letters of a word: running sums, of beginning, and of ending."""
        log = self._logs.__getitem__
        running = np.array([0.0, *map(log, map(add, word, word[1:])), 0.0])
        begin = np.array([log("\2" + letter) for letter in word])
        end = np.array([log(letter + "\3") for letter in word])
        return running.cumsum(), begin, end


class _Bigrams(dict[str, float]):
    """The log-probability of a letter after another, by both; found when it is asked for.

    Args:
        pairs: How often each two letters stood side by side.
        single: How often each letter had one after it.
    """

    def __init__(self, pairs: Counter[str], single: Counter[str]) -> None:
        super().__init__()
        self._pairs, self._single = pairs, single
        self._alphabet = len(single) + _UNSEEN

    def __missing__(self, two: str) -> float:
        share = self._pairs.get(two, 0) + _LETTER
        share /= self._single.get(two[0], 0) + _LETTER * self._alphabet
        found = self[two] = float(np.log(share))
        return found
