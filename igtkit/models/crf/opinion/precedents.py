"""How a word was analyzed before, in sentences like this one.

Each earlier occurrence of a word votes for the analysis that it has: for the same word before it,
for the same word after it, and with a weight that grows with all of these and with the words that
the two translations share.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from igtkit.models.crf.arrays import changes, distinct, ranges
from igtkit.models.crf.hashing import SPREAD, code
from igtkit.models.crf.likeness import fold

__all__ = ["VOTES", "Precedents"]

VOTES = ("votes before", "votes after", "votes alike", "most alike")
"""The columns of `Precedents.votes`."""

# By hand, from the prototype of benchmarks/crf_log.md, *A second opinion*.
_MOST = 100  # occurrences of a word that vote; of more, every second, third, ...
_BESIDE, _SHARED = 2.0, 3.0  # nats that an equal neighbor and an equal translation are worth
_BELIEF = 1.0  # how many votes the shares of the word itself are worth
_UNKNOWN = 5.0  # what a word of a translation weighs that was never seen
_CHUNK = 64  # sentences at a time, which bounds the memory


class Precedents:
    """The occurrences of every word in the training sentences.

    Example:
        >>> found = Precedents()
        >>> found.add(["the", "can"], [0, 1], ["a", "tin"])
        >>> found.add(["we", "can"], [2, 3], ["we", "may"])
        >>> found.sentences
        2
    """

    def __init__(self) -> None:
        self.sentences = 0
        self._places: defaultdict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
        self._arrays: dict[str, np.ndarray] = {}
        self._number: dict[str, int] = {}
        self._often: list[int] = []
        self._words = array("i")  # those of the first translation, of the second, ...
        self._start = array("q", [0])
        self._weight = np.zeros(0)
        self._weighed = 0

    def add(self, cores: Sequence[str], items: Sequence[int], line: Sequence[str]) -> None:
        """Take in a sentence.

        Args:
            cores: Its words, lower-cased, without edge punctuation.
            items: For each word the number of its analysis; -1 where there is none.
            line: The words of its translation.
        """
        beside = _beside(cores)
        for index, (core, item) in enumerate(zip(cores, items, strict=True)):
            if item >= 0:
                row = (self.sentences, beside[index], beside[index + 2], item)
                self._places[core].append(row)
                self._arrays.pop(core, None)
        words = {fold(word) for word in line}
        for word in sorted(words - self._number.keys()):
            self._number[word] = len(self._often)
            self._often.append(0)
        numbers = sorted(self._number[word] for word in words)
        for number in numbers:
            self._often[number] += 1
        self._words.extend(numbers)
        self._start.append(len(self._words))
        self.sentences += 1

    def _array(self, core: str) -> np.ndarray:
        found = self._arrays.get(core)
        if found is None:
            rows = self._places.get(core, [])
            rows = rows[:: -(-len(rows) // _MOST)] if rows else rows
            found = self._arrays[core] = np.array(rows, np.int64).reshape(-1, 4)
        return found

    def votes(  # noqa: PLR0917
        self,
        cores: Sequence[Sequence[str]],
        lines: Sequence[Sequence[str]],
        first: np.ndarray,
        identity: np.ndarray,
        of_item: np.ndarray,
        without: np.ndarray | None = None,
    ) -> np.ndarray:
        """Return what the occurrences say of each candidate of each word.

        Args:
            cores: The words of each sentence.
            lines: The words of its translation.
            first: Each word's first row, and the end of the last.
            identity: For each row a number that is equal where the analyses are.
            of_item: The same for each item.
            without: For each training sentence whether it is left out.

        Returns:
            Shape ``(rows, len(VOTES))``: how much more the votes of each kind speak for a row than
            the word's own shares do, in nats, and whether it has most of the weighted votes. All 0
            where the occurrences agree.
        """
        result = np.zeros((len(identity), len(VOTES)))
        if first[-1] == 0:
            return result
        if self._weighed != self.sentences:
            often = np.array(self._often, float)
            self._weight = np.log(self.sentences / often)
            self._weighed = self.sentences
        word = 0
        for begin in range(0, len(cores), _CHUNK):
            part = slice(begin, begin + _CHUNK)
            words = sum(map(len, cores[part]))
            low, high = first[word], first[word + words]
            result[low:high] = self._chunk(
                cores[part],
                lines[part],
                first[word : word + words + 1] - low,
                identity[low:high],
                of_item,
                without,
            )
            word += words
        return result

    def _chunk(  # noqa: PLR0917
        self,
        cores: Sequence[Sequence[str]],
        lines: Sequence[Sequence[str]],
        first: np.ndarray,
        identity: np.ndarray,
        of_item: np.ndarray,
        without: np.ndarray | None,
    ) -> np.ndarray:
        result = np.zeros((len(identity), len(VOTES)))
        arrays = [self._array(core) for row in cores for core in row]
        if not arrays:
            return result
        beside = [
            pair for row in cores for pair in zip(_beside(row)[:-2], _beside(row)[2:], strict=True)
        ]
        of = np.repeat(np.arange(len(cores)), [len(row) for row in cores])
        votes = np.concatenate(arrays)
        token = np.repeat(np.arange(len(arrays)), [len(one) for one in arrays])
        if without is not None:
            kept = ~without[votes[:, 0]]
            votes, token = votes[kept], token[kept]
        if not len(votes):
            return result
        # where all occurrences agree they have nothing to say
        start = np.flatnonzero(changes(token))
        least = np.minimum.reduceat(votes[:, 3], start)
        disputed = np.zeros(len(arrays), bool)
        disputed[token[start]] = least != np.maximum.reduceat(votes[:, 3], start)
        kept = disputed[token]
        votes, token = votes[kept], token[kept]
        if not len(votes):
            return result
        asked = np.array(beside, np.int64)[token]
        same = (votes[:, 1:3] == asked).astype(float)
        alike = self._alike(of[token], votes[:, 0], lines)
        strong = np.exp(_BESIDE * same.sum(1) + _SHARED * alike)
        row = _rows(token, of_item[votes[:, 3]], first, identity)
        word = np.repeat(np.arange(len(arrays)), np.diff(first))
        counts = np.bincount(token, minlength=len(arrays))[word]
        there = row >= 0

        def share(weight: np.ndarray, belief: float, before: np.ndarray | float) -> np.ndarray:
            total = np.bincount(token, weight, len(arrays))[word]
            mine = np.bincount(row[there], weight[there], len(identity))
            return np.asarray((mine + belief * before) / (total + belief))

        own = share(np.ones(len(token)), 0.1, 0.2)
        columns = [np.log(share(weight, _BELIEF, own) / own) for weight in (*same.T, strong)]
        weighed = np.bincount(row[there], strong[there], len(identity))
        most = np.maximum.reduceat(weighed, first[:-1])[word]
        columns.append(((weighed >= most) & (most > 0)).astype(float))
        rows = disputed[word] & (counts > 0)
        result[rows] = np.stack(columns, 1)[rows]
        return result

    def _alike(
        self, of: np.ndarray, sentence: np.ndarray, lines: Sequence[Sequence[str]]
    ) -> np.ndarray:
        """The share of words that the translations of pairs of sentences have in common."""
        marks = np.zeros((len(lines), len(self._weight)))
        total = np.zeros(len(lines))
        for number, line in enumerate(lines):
            folded = {fold(word) for word in line}
            known = [self._number[word] for word in folded if word in self._number]
            marks[number, known] = self._weight[known]
            total[number] = marks[number].sum() + _UNKNOWN * (len(folded) - len(known))
        pairs, back = distinct(of * self.sentences + sentence)
        asked, other = pairs // self.sentences, pairs % self.sentences
        start = np.asarray(self._start)
        sizes = start[other + 1] - start[other]
        words = np.asarray(self._words)[ranges(start[other], sizes)]
        pair = np.repeat(np.arange(len(pairs)), sizes)
        shared = np.bincount(pair, marks[asked[pair], words], len(pairs))
        every = total[asked] + np.bincount(pair, self._weight[words], len(pairs)) - shared
        return np.asarray((shared / np.maximum(every, 1e-9))[back])


def _beside(cores: Sequence[str]) -> list[int]:
    """The numbers of the words, with those of the sentence's begin and end."""
    return [code("\2"), *map(code, cores), code("\3")]


def _rows(
    token: np.ndarray, analysis: np.ndarray, first: np.ndarray, identity: np.ndarray
) -> np.ndarray:
    """The row of each token's analysis among its candidates; -1 where it is not among them."""
    word = np.repeat(np.arange(len(first) - 1), np.diff(first)).astype(np.uint64)
    keys = identity ^ (word * SPREAD)
    order = np.argsort(keys, kind="stable")
    wanted = analysis ^ (token.astype(np.uint64) * SPREAD)
    at = np.minimum(np.searchsorted(keys[order], wanted), len(order) - 1)
    return np.where(keys[order][at] == wanted, order[at], -1)
