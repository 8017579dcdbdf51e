"""Alignment: the stretch of the surface word that each morpheme accounts for.

``cats`` is analyzed as ``cat-s``: there the surface is the morphemes in a row. ``cities`` is
analyzed as ``city-s``: the underlying forms differ from the surface. A dynamic programme cuts the
surface word into one chunk for each morpheme (a chunk may be empty), at least cost: ``citie`` and
``s``. The cost starts as edit distance; after each round it is re-estimated from how often a
morpheme was found as that chunk elsewhere (hard expectation-maximization).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from igtkit.models.crf.sentences import LONGEST_WORD, Analysis

__all__ = ["align"]

# By hand; see *Numbers set by hand* in benchmarks/crf_log.md.
_SLACK = 4  # a chunk is at most this much longer than its morpheme
_STRENGTH = 2.0  # how many counts the edit distance is worth
_DECAY = 1.5  # nats that an edit costs, before there are counts
_MOST_EDITS = 400  # of more, the same is counted, as so small a chance is 0 to the machine
_EMPTY = 0.5  # edits that a chunk without letters costs, at first

_Key = tuple[str, str, str]
_ANY_CHUNK = "\0"


@lru_cache(maxsize=1 << 18)
def _distance(chunk: str, form: str) -> int:
    return Levenshtein.distance(chunk, form)


def align(items: Sequence[tuple[str, Analysis, int]], rounds: int = 2) -> list[tuple[str, ...]]:
    """Return surface words cut into one chunk for each morpheme of their analyses.

    Args:
        items: ``(surface word, analysis, how often)``; the surface lower-cased, without edge
            punctuation.
        rounds: Rounds of re-estimation after the first alignment by edit distance.

    Returns:
        For each item its chunks; they join to the surface word.

    Example:
        >>> cut = (("pala", "run", ""), ("si", "3SG", "-"))
        >>> align([("palsi", cut, 1), ("palasi", cut, 1)])
        [('pal', 'si'), ('pala', 'si')]
    """
    forms = [tuple(form.lower() for form, _, _ in analysis) for _, analysis, _ in items]
    glosses = [tuple(gloss for _, gloss, _ in analysis) for _, analysis, _ in items]
    hard = [i for i, (word, _, _) in enumerate(items) if "".join(forms[i]) != word]
    chunks = list(forms)
    for i in hard:
        if max(len(items[i][0]), *map(len, forms[i])) > LONGEST_WORD:
            chunks[i] = _cut_by_length(items[i][0], forms[i])
    hard = [i for i in hard if chunks[i] is forms[i]]
    for i in hard:
        chunks[i] = _cut(items[i][0], forms[i], glosses[i], _Costs())
    for _ in range(rounds if hard else 0):
        counts: Counter[_Key] = Counter()
        for i, (_, _, times) in enumerate(items):
            for key in _keys(chunks[i], forms[i], glosses[i]):
                counts[key] += times
        for i in hard:
            own = Counter(_keys(chunks[i], forms[i], glosses[i]))
            left = {key: counts[key] - items[i][2] * number for key, number in own.items()}
            chunks[i] = _cut(items[i][0], forms[i], glosses[i], _Costs(counts, left))
    return chunks


def _keys(chunks: Sequence[str], forms: Sequence[str], glosses: Sequence[str]) -> Iterator[_Key]:
    """The keys that an aligned word adds to the counts."""
    for chunk, form, gloss in zip(chunks, forms, glosses, strict=True):
        yield chunk, form, gloss
        yield _ANY_CHUNK, form, gloss


class _Costs:
    """The cost of a chunk for a morpheme, in nats; at first in edits.

    Args:
        counts: How often ``(chunk, form, gloss)`` was found, and `_ANY_CHUNK` in its place at all;
            None for edit distance.
        left: The same for the word's own morphemes, without itself.
    """

    def __init__(
        self, counts: Mapping[_Key, int] | None = None, left: Mapping[_Key, int] | None = None
    ) -> None:
        self.counts = counts
        self.left = left or {}

    def _count(self, key: _Key) -> int:
        assert self.counts is not None
        return self.left[key] if key in self.left else self.counts.get(key, 0)

    def of(self, form: str, gloss: str) -> Callable[[str], float]:
        """Return the costs of a morpheme, by its chunk; each is found once."""
        if self.counts is None:
            return cache(lambda c: float(_distance(c, form)) + (_EMPTY if form and not c else 0.0))
        total = self._count((_ANY_CHUNK, form, gloss)) + _STRENGTH

        def cost(chunk: str) -> float:
            edits = min(_distance(chunk, form), _MOST_EDITS)
            prior = _STRENGTH * math.exp(-_DECAY * float(edits))
            return -math.log((self._count((chunk, form, gloss)) + prior) / total)

        return cache(cost)


def _cut_by_length(word: str, forms: Sequence[str]) -> tuple[str, ...]:
    """A word cut where its morphemes would end in a row; the last one gets the rest."""
    places = [0, *accumulate(map(len, forms[:-1])), len(word)]
    return tuple(word[begin:end] for begin, end in pairwise(places))


def _cut(word: str, forms: Sequence[str], glosses: Sequence[str], costs: _Costs) -> tuple[str, ...]:
    """The cheapest way to cut a word into one chunk for each morpheme."""
    length = len(word)
    rest = [sum(map(len, forms[k:])) for k in range(len(forms) + 1)]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for k, (form, gloss) in enumerate(zip(forms, glosses, strict=True)):
        row: dict[int, tuple[float, int]] = {}
        last = k == len(forms) - 1
        cost_of = costs.of(form, gloss)
        for start, (cost, _) in best[k].items():
            ends = (length,) if last else range(start, min(length, start + len(form) + _SLACK) + 1)
            for end in ends:
                # ties go to the cut that keeps pace with the underlying forms
                behind = 1e-3 * abs((length - end) - rest[k + 1])
                total = cost + cost_of(word[start:end]) + behind
                if end not in row or total < row[end][0]:
                    row[end] = (total, start)
        best.append(row)
    pieces: list[str] = []
    end = length
    for k in range(len(forms), 0, -1):
        start = best[k][end][1]
        pieces.append(word[start:end])
        end = start
    return tuple(reversed(pieces))
