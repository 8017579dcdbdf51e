"""The candidates of each word, as arrays.

A word's candidates are the analyses it had in the training data (its *memory*) and the best of the
lattice, about ten together. They are built for many words at once and kept as one table of
candidates with one column for each morpheme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import attrs
import numpy as np

from igtkit.models.crf.arrays import bounds, changes
from igtkit.models.crf.candidates.classes import BEGIN, END
from igtkit.models.crf.candidates.lattice import best_paths, identity
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon, Weights
from igtkit.models.crf.candidates.spans import Spans, find_forms, find_spans

__all__ = ["Candidates", "Key", "Lookups", "Memory", "build", "join"]

Key = str | tuple[str, ...]
"""A word, or the morphemes of a word whose segmentation is given."""

_BATCH = 256  # words at a time, which bounds the memory
_MOST = 4_000_000  # arcs that are kept for the next time: 100 MB; by hand
_FIRST = 3  # candidates that are kept however far below the best; by hand, crf_log.md


class Memory:
    """The analyses each surface word had: numbers of the lexicon's items, by word."""

    def __init__(self) -> None:
        self.items: defaultdict[Key, list[int]] = defaultdict(list)

    def add(self, number: int, word: str, forms: Sequence[str]) -> None:
        """Remember an item by its word, and by its morphemes."""
        self.items[word].append(number)
        self.items[tuple(form.lower() for form in forms)].append(number)


@attrs.define
class Lookups:
    """What fits in each word, kept for the next time until it is too much.

    Where thousands of entries are short, as in a corpus of many languages, a word has thousands.

    Attributes:
        most: After how many arcs all that is kept is forgotten.
    """

    most: int = _MOST
    _found: dict[Key, Spans] = attrs.field(factory=dict, init=False)
    _arcs: int = attrs.field(default=0, init=False)

    def of(self, lexicon: Lexicon, word: Key, variants: bool = True) -> Spans:
        """Return the entries that fit in a word, or of the morphemes of a given segmentation."""
        found = self._found.get(word)
        if found is None:
            if self._arcs >= self.most:
                self._found, self._arcs = {}, 0
            if isinstance(word, str):
                found = find_spans(lexicon, word, variants)
            else:
                found = find_forms(lexicon, word)
            self._found[word] = found
            self._arcs += len(found.begin)
        return found


@attrs.define
class Candidates:
    """Candidates of a list of words; rows ``start[i]:start[i + 1]`` belong to word ``i``.

    Attributes:
        start: Shape ``(words + 1,)``.
        words: The words.
        entry: Shape ``(candidates, morphemes)``: the lexicon's entry; -1 for an unknown stem and
            beyond the end.
        begin, end: The stretch of the word each morpheme accounts for (0, 0 beyond the end).
        kind: A `Kind`, but not REWRITE; -1 beyond the end.
        size: Number of morphemes of each candidate.
        score: Lattice score.
        count: How often the word had this analysis in the training data.
        identity: A number that is equal where the analyses are.
    """

    start: np.ndarray
    words: list[Key]
    entry: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    size: np.ndarray
    score: np.ndarray
    count: np.ndarray
    identity: np.ndarray

    def text(self, word: int, begin: int = 0, end: int | None = None) -> str:
        """The letters of a stretch of a word."""
        return "".join(self.words[word][begin:end])

    @cached_property
    def word(self) -> np.ndarray:
        """The index of the word of each candidate."""
        return np.repeat(np.arange(len(self.words)), np.diff(self.start))

    @cached_property
    def unknown(self) -> np.ndarray:
        """Whether each candidate has a stem never seen."""
        found: np.ndarray = (self.kind == Kind.UNKNOWN).any(1)
        return found


def join(parts: Sequence[tuple[Candidates, int, int]]) -> Candidates:
    """Return the candidates of some words of each of several tables as one table.

    Args:
        parts: Tables, each with the first of its words and the one after the last.
    """
    rows = [(one, *one.start[[first, last]].tolist()) for one, first, last in parts]
    flat = {
        name: np.concatenate([getattr(one, name)[low:high] for one, low, high in rows])
        for name in ("size", "score", "count", "identity")
    }
    width = int(flat["size"].max(initial=1))
    wide = {
        name: np.concatenate(
            [_widen(getattr(one, name)[low:high, :width], width, fill) for one, low, high in rows]
        )
        for name, fill in (("entry", -1), ("begin", 0), ("end", 0), ("kind", -1))
    }
    sizes = [np.diff(one.start[first : last + 1]) for one, first, last in parts]
    words = [word for one, first, last in parts for word in one.words[first:last]]
    return Candidates(start=bounds(np.concatenate(sizes)), words=words, **wide, **flat)


def build(
    lexicon: Lexicon,
    weights: Weights,
    memory: Memory,
    counts: np.ndarray,
    words: Sequence[Key],
    *,
    lookups: Lookups,
    keep: int = 10,
    gap: float = 9.0,
    variants: bool = True,
) -> Candidates:
    """Return the table of the candidates of words.

    Args:
        lexicon: The entries.
        weights: Their weights under `counts`.
        memory: Which items belong to which word.
        counts: For each item how often it occurs in the part of the corpus to learn from.
        words: Distinct words; either all words or all given segmentations.
        lookups: What was looked up before; more is added.
        keep: Most candidates of a word.
        gap: Candidates that score lower than a word's best by more nats are left out, unless they
            are remembered or among the first three.
        variants: Whether to try spelling variants.
    """
    parts: list[tuple[np.ndarray, ...]] = []
    for first in range(0, len(words), _BATCH):
        batch = words[first : first + _BATCH]
        spans = [lookups.of(lexicon, word, variants) for word in batch]
        many = not isinstance(batch[0], str)
        paths = best_paths(lexicon, weights, spans, keep, many=many)
        none = np.zeros(len(paths.score))
        end = paths.end * np.array([one.step for one in spans])[paths.word, None]
        parts.append(
            (paths.word + first, paths.score, none, paths.entry, paths.begin, end, paths.kind)
        )
    parts.append(_remembered(lexicon, weights, memory, counts, words))
    width = max(part[3].shape[1] for part in parts)
    owner, score, count = (np.concatenate([part[i] for part in parts]) for i in range(3))
    entry, begin, end, kind = (
        np.concatenate([_widen(part[i], width, fill) for part in parts])
        for i, fill in ((3, -1), (4, 0), (5, 0), (6, -1))
    )
    key = identity(lexicon, entry, begin, end, kind)
    # one row for each analysis: the remembered one, which has the count
    order = np.lexsort((-score, -count, key, owner))
    order = order[changes(owner[order], key[order])]
    order = order[np.lexsort((-score[order], -count[order], owner[order]))]
    order = order[_worth_keeping(owner[order], score[order], count[order], keep=keep, gap=gap)]
    return Candidates(
        np.searchsorted(owner[order], np.arange(len(words) + 1)),
        list(words),
        entry[order].astype(np.int32),
        begin[order].astype(np.int32),
        end[order].astype(np.int32),
        kind[order].astype(np.int8),
        (kind[order] >= 0).sum(1),
        score[order],
        count[order],
        key[order],
    )


def _worth_keeping(
    owner: np.ndarray, score: np.ndarray, count: np.ndarray, *, keep: int, gap: float
) -> np.ndarray:
    """The rows, sorted by word, that are among a word's first and not far below its best."""
    starts = np.searchsorted(owner, np.arange(owner[-1] + 1))
    rank = np.arange(len(owner)) - starts[owner]
    best = np.maximum.reduceat(score, starts)[owner]
    near = (score > best - gap) | (count > 0) | (rank < _FIRST)
    worth: np.ndarray = near & (rank < keep)
    return worth


def _widen(array: np.ndarray, width: int, fill: int) -> np.ndarray:
    if array.shape[1] == width:
        return array
    wide = np.full((len(array), width), fill, array.dtype)
    wide[:, : array.shape[1]] = array
    return wide


def _remembered(
    lexicon: Lexicon, weights: Weights, memory: Memory, counts: np.ndarray, words: Sequence[Key]
) -> tuple[np.ndarray, ...]:
    """The remembered analyses of each word, with their counts and lattice scores."""
    rows = [
        (index, item)
        for index, word in enumerate(words)
        for item in memory.items.get(word, ())
        if counts[item] > 0
    ]
    width = max((len(lexicon.item_entries[item]) for _, item in rows), default=1)
    entry = np.full((len(rows), width), -1)
    for row, (_, item) in enumerate(rows):
        own = lexicon.item_entries[item]
        entry[row, : len(own)] = own
    used = entry >= 0
    length = np.where(used, lexicon.length[entry], 0)
    end = np.cumsum(length, axis=1)
    begin = np.where(used, end - length, 0)
    end = np.where(used, end, 0)
    own = np.where(used, weights.entry[entry], 0.0)
    bigram, cls = weights.order.among(lexicon.cls[entry])
    score, before = np.zeros(len(rows)), np.full(len(rows), BEGIN)
    for column in range(width):  # one after another, so that padding changes no sum
        score += own[:, column]
    for column in range(width):
        here = used[:, column]
        score += np.where(here, bigram[before, cls[:, column]], 0.0)
        before = np.where(here, cls[:, column], before)
    score += bigram[before, END]
    kind = np.where(used, Kind.EXACT, -1)
    word = np.array([index for index, _ in rows], np.int64)
    count = np.array([counts[item] for _, item in rows], float)
    possible = np.isfinite(score)  # a label that is not allowed has no probability
    columns = (word, score, count, entry, begin, end, kind)
    return tuple(column[possible] for column in columns)
