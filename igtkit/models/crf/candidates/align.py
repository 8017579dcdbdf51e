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
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.sentences import Analysis

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
        word, edits = items[i][0], [_Edits(form) for form in forms[i]]
        chunks[i] = _cut(word, forms[i], edits, _cut_by_length(word, forms[i]))
    for _ in range(rounds if hard else 0):
        counts: Counter[_Key] = Counter()
        for i, (_, _, times) in enumerate(items):
            for key in _keys(chunks[i], forms[i], glosses[i]):
                counts[key] += times
        for i in hard:
            own = Counter(_keys(chunks[i], forms[i], glosses[i]))
            left = {key: counts[key] - items[i][2] * number for key, number in own.items()}
            pairs = zip(forms[i], glosses[i], strict=True)
            costs = [_Costs(form, gloss, counts, left) for form, gloss in pairs]
            chunks[i] = _cut(items[i][0], forms[i], costs, chunks[i])
    return chunks


def _keys(chunks: Sequence[str], forms: Sequence[str], glosses: Sequence[str]) -> Iterator[_Key]:
    """The keys that an aligned word adds to the counts."""
    for chunk, form, gloss in zip(chunks, forms, glosses, strict=True):
        yield chunk, form, gloss
        yield _ANY_CHUNK, form, gloss


class _Edits(dict[str, float]):
    """The costs of a morpheme by its chunk, as long as there are no counts: in edits.

    Args:
        form: The morpheme.
    """

    def __init__(self, form: str) -> None:
        self.form = form

    def __missing__(self, chunk: str) -> float:
        empty = _EMPTY if self.form and not chunk else 0.0
        cost = self[chunk] = float(_distance(chunk, self.form)) + empty
        return cost


class _Costs(dict[str, float]):
    """The costs of a morpheme by its chunk, in nats.

    Args:
        form: The morpheme.
        gloss: Its gloss.
        counts: How often ``(chunk, form, gloss)`` was found, and `_ANY_CHUNK` in its place at all.
        left: The same for the word's own morphemes, without itself.
    """

    def __init__(
        self, form: str, gloss: str, counts: Mapping[_Key, int], left: Mapping[_Key, int]
    ) -> None:
        self.form = form
        self.gloss = gloss
        self.counts = counts
        self.left = left
        self.total = self._count(_ANY_CHUNK) + _STRENGTH
        self.unseen: dict[int, float] = {}  # by the number of edits, as most chunks were not found

    def _count(self, chunk: str) -> int:
        key = (chunk, self.form, self.gloss)
        found = self.left.get(key)
        return self.counts.get(key, 0) if found is None else found

    def __missing__(self, chunk: str) -> float:
        edits, count = _distance(chunk, self.form), self._count(chunk)
        found = None if count else self.unseen.get(edits)
        if found is None:
            prior = _STRENGTH * math.exp(-_DECAY * float(min(edits, _MOST_EDITS)))
            found = -math.log((count + prior) / self.total)
            if not count:
                self.unseen[edits] = found
        self[chunk] = found
        return found


def _cut_by_length(word: str, forms: Sequence[str]) -> tuple[str, ...]:
    """A word cut where its morphemes would end in a row; the last one gets the rest."""
    places = [0, *accumulate(map(len, forms[:-1])), len(word)]
    return tuple(word[begin:end] for begin, end in pairwise(places))


def _cut(
    word: str, forms: Sequence[str], costs: Sequence[Mapping[str, float]], known: Sequence[str]
) -> tuple[str, ...]:
    """The cheapest way to cut a word into one chunk for each morpheme.

    Args:
        word: The word.
        forms: Its morphemes.
        costs: For each of them the costs of its chunks, none below 0.
        known: One way to cut it; what costs more already is not gone on with.
    """
    length, last = len(word), len(forms) - 1
    rests = list(accumulate(map(len, reversed(forms)), initial=0))[-2::-1]
    # ties go to the cut that keeps pace with the underlying forms
    behind = [[1e-3 * abs(length - end - rest) for end in range(length + 1)] for rest in rests]
    most, end = 0.0, 0
    for chunk, cost, late in zip(known, costs, behind, strict=True):
        end += len(chunk)
        most = most + cost[chunk] + late[end]
    least = [0.0] + [math.inf] * length  # up to each letter
    starts: list[list[int]] = []  # of each morpheme's chunk, by its end
    for k, (form, cost, late) in enumerate(zip(forms, costs, behind, strict=True)):
        before, least, own = least, [math.inf] * (length + 1), [0] * (length + 1)
        for start, so_far in enumerate(before):
            if so_far > most:
                continue
            longest = min(length, start + len(form) + _SLACK)
            for end in (length,) if k == last else range(start, longest + 1):
                total = so_far + cost[word[start:end]] + late[end]
                if total < least[end]:
                    least[end], own[end] = total, start
        starts.append(own)
    pieces: list[str] = []
    end = length
    for own in reversed(starts):
        pieces.append(word[own[end] : end])
        end = own[end]
    return tuple(reversed(pieces))
