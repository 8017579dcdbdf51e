"""The analyses that a word can have: paths through what fits in it, the best ones first.

A word is cut in every way into stretches that the lexicon knows; one may be a stem never seen, and
one morpheme may have no surface at all. The score of an analysis is a generative one: each class
given the class before, each morpheme given its class, each chunk given its morpheme. The best few
analyses of many words are found at once, by a beam over the letters held in arrays.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from igtkit.models.crf.arrays import changes
from igtkit.models.crf.candidates.classes import END
from igtkit.models.crf.candidates.lexicon import Kind, Lexicon, Weights
from igtkit.models.crf.candidates.spans import Spans
from igtkit.models.crf.hashing import SPREAD

__all__ = ["Paths", "best_paths", "identity"]

# By hand; see *Numbers set by hand* in benchmarks/crf_log.md.
_BEAM = 16  # states at a letter; a few more than the 14 candidates of a word
_PRUNE = 14.0  # nats below a position's best; more than the 9 of `CrfSettings.gap`
_CROWDED = 400  # stretches of a word, on average, from which those without hope are left out
_MANY = 16  # stretches that end at a letter, on average, of which hopeless ones are left out first
_EMPTIES = 6  # morphemes without surface that are tried


@attrs.frozen
class Paths:
    """Analyses found for a batch of words, best first within each word.

    Attributes:
        word: Index of the word in the batch.
        score: Log-probability of the analysis.
        entry: Shape ``(paths, morphemes)``: the lexicon's entry, -1 for an unknown stem and beyond
            the end.
        begin: The first letter each morpheme accounts for; 0 beyond the end.
        end: The letter after it; 0 beyond the end.
        kind: A `Kind`, but not REWRITE; -1 beyond the end.
    """

    word: np.ndarray
    score: np.ndarray
    entry: np.ndarray
    begin: np.ndarray
    end: np.ndarray
    kind: np.ndarray


def best_paths(
    lexicon: Lexicon,
    weights: Weights,
    spans: Sequence[Spans],
    keep: int = 10,
    *,
    many: bool = False,
) -> Paths:
    """Return the best analyses of each word of a batch.

    Args:
        lexicon: The entries.
        weights: Their weights.
        spans: For each word what `find_spans` found.
        keep: How many analyses a word gets at most.
        many: Whether a word may have more than one unknown stem, and none of its morphemes is
            without surface: for words whose segmentation is given.
    """
    beam = _Beam(lexicon, weights, spans, many=many)
    for position in range(beam.width):
        if position:
            beam.advance(position)
        beam.add_empties(position)
    return beam.read([one.length for one in spans], keep)


class _Beam:
    """The best few states at each letter of each word, for many words at once.

    A state is a place in the arrays, numbered ``(word * width + position) * _BEAM + rank``.
    """

    letters: int
    cls: np.ndarray

    def __init__(
        self, lexicon: Lexicon, weights: Weights, spans: Sequence[Spans], *, many: bool
    ) -> None:
        self.many = many
        self.words = len(spans)
        self.width = max(one.length for one in spans) + 1
        self._take_arcs(lexicon, weights, spans)
        self._take_empties(lexicon, weights)
        self.bigram, self.cls = weights.order.among(self.cls)
        self.bounds = np.searchsorted(self.end[: self.letters], np.arange(self.width + 1))
        self.home = (self.word * self.width + self.begin[: self.letters]) * _BEAM
        self.new = self.kind == Kind.UNKNOWN
        self.ranks = np.arange(_BEAM)
        size = self.words * self.width * _BEAM
        self.score = np.full(size, -np.inf)
        self.last = np.zeros(size, np.int64)  # class of the last morpheme; 0 is the word's begin
        self.unknown = np.zeros(size, bool)
        self.emptied = np.zeros(size, bool)
        self.key = np.zeros(size, np.uint64)
        self.back = np.full(size, -1, np.int64)
        self.arc = np.full(size, -1, np.int64)
        self.score[np.arange(self.words) * self.width * _BEAM] = 0.0

    def _take_arcs(self, lexicon: Lexicon, weights: Weights, spans: Sequence[Spans]) -> None:
        """The stretches of all words that have some probability, by their end."""
        word = np.repeat(np.arange(len(spans)), [len(one.begin) for one in spans])
        begin, end, entry, kind, cost = (
            np.concatenate([getattr(one, name) for one in spans])
            for name in ("begin", "end", "entry", "kind", "cost")
        )
        cost = cost + np.where(entry >= 0, weights.entry[entry], weights.unknown)
        known = entry >= 0
        cls = np.where(known, lexicon.cls[entry], lexicon.stem)
        worth = np.isfinite(cost)
        if len(cost) > _CROWDED * len(spans):
            place = ((word * self.width + begin) * self.width + end) * len(lexicon.classes) + cls
            seen = np.flatnonzero(worth & (kind == Kind.EXACT))
            worth[seen] = _hopeful(place[seen], cost[seen])
        order = np.flatnonzero(worth)
        order = order[np.lexsort((word[order], end[order]))]
        self.word, self.cost = word[order], cost[order]
        self.begin, self.end, self.entry, self.kind = (
            column[order].astype(np.int64) for column in (begin, end, entry, kind)
        )
        self.cls, known = cls[order], known[order]
        # an analysis is identified by its morphemes, unknown stems by where they stand
        place = len(lexicon.morphs) + self.begin * 512 + self.end
        self.morph = np.where(known, lexicon.morph[self.entry], place).astype(np.uint64)
        self.letters = len(order)

    def _take_empties(self, lexicon: Lexicon, weights: Weights) -> None:
        """The morphemes without surface, as arcs after all others."""
        empty = np.array([] if self.many else lexicon.span.get("", []), np.int64)
        empty = empty[np.isfinite(weights.entry[empty]) & (weights.entries[empty] > 0)]
        empty = empty[np.argsort(-weights.entries[empty], kind="stable")][:_EMPTIES]
        none = np.zeros(len(empty), np.int64)
        for name, values in (
            ("begin", none),
            ("end", none),
            ("entry", empty),
            ("kind", none + Kind.EXACT),
            ("cost", weights.entry[empty]),
            ("cls", lexicon.cls[empty]),
            ("morph", lexicon.morph[empty].astype(np.uint64)),
        ):
            setattr(self, name, np.concatenate([getattr(self, name), values]))

    def advance(self, position: int) -> None:
        """Fill in the best states at a position, from the stretches that end there."""
        low, high = self.bounds[position : position + 2].tolist()
        if low == high:
            return
        source = self.home[low:high, None] + self.ranks
        value = self.score[source]
        value += self.cost[low:high, None]
        value += self.bigram[self.last[source], self.cls[low:high, None]]
        if not self.many:
            value[self.new[low:high, None] & self.unknown[source]] = -np.inf
        of = self.word[low:high]
        best = np.full(self.words, -np.inf)
        np.maximum.at(best, of, value.max(1))
        least = best - _PRUNE
        if high - low > _MANY * self.words:
            least = np.maximum(least, np.nextafter(self._enough(value, source, low), -np.inf))
        row, rank = np.nonzero(value > least[of][:, None])
        state, arc, score = source[row, rank], row + low, value[row, rank]
        word, key = of[row], _extend(self.key[state], self.morph[arc])
        rows = _distinct(word, key, score)
        chosen, place = _top(word[rows], score[rows], _BEAM)
        chosen = rows[chosen]
        at = (word[chosen] * self.width + position) * _BEAM + place
        state, arc = state[chosen], arc[chosen]
        self.score[at], self.key[at] = score[chosen], key[chosen]
        self.last[at], self.emptied[at] = self.cls[arc], self.emptied[state]
        self.unknown[at] = self.unknown[state] | self.new[arc]
        self.back[at], self.arc[at] = state, arc

    def _enough(self, value: np.ndarray, source: np.ndarray, low: int) -> np.ndarray:
        """For each word a score that as many analyses have as the beam takes, or -inf."""
        every, rank = np.arange(len(value)), value.argmax(1)
        top, word = value[every, rank], self.word[low + every]
        key = _extend(self.key[source[every, rank]], self.morph[low + every])
        rows = _distinct(word, key, top)
        chosen, place = _top(word[rows], top[rows], _BEAM)
        last = rows[chosen[place == _BEAM - 1]]
        enough = np.full(self.words, -np.inf)
        enough[word[last]] = top[last]
        return enough

    def add_empties(self, position: int) -> None:
        """Let the states at a position take a morpheme without surface, too, once in a word.

        Other states point to these by place, so the new ones only take the beam's last places.
        """
        arcs = np.arange(self.letters, len(self.cost))
        if not len(arcs):
            return
        new = _BEAM // 4
        first = (np.arange(self.words) * self.width + position) * _BEAM
        states = first[:, None] + self.ranks[: _BEAM - new]
        word, rank = np.nonzero((self.score[states] > -np.inf) & ~self.emptied[states])
        source = first[word] + rank
        value = self.score[source][:, None] + self.cost[arcs]
        value += self.bigram[self.last[source][:, None], self.cls[arcs]]
        row, arc = np.nonzero(value >= (self.score[first] - _PRUNE)[word][:, None])
        gain, word = value[row, arc], word[row]
        chosen, place = _top(word, gain, new)
        at = first[word[chosen]] + _BEAM - 1 - place
        better = gain[chosen] > self.score[at]
        at, chosen = at[better], chosen[better]
        source, arc = source[row[chosen]], arcs[arc[chosen]]
        self.score[at], self.last[at] = gain[chosen], self.cls[arc]
        self.unknown[at], self.emptied[at] = self.unknown[source], True
        self.key[at] = _extend(self.key[source], self.morph[arc])
        self.back[at], self.arc[at] = source, arc

    def read(self, lengths: Sequence[int], keep: int) -> Paths:
        """Return the best paths, followed back from the final states."""
        final = (np.arange(self.words) * self.width + np.array(lengths)) * _BEAM
        states = final[:, None] + self.ranks
        total = self.score[states] + self.bigram[self.last[states], END]
        word, rank = np.nonzero(np.isfinite(total))
        score = total[word, rank]
        chosen, _ = _top(word, score, keep)
        cursor = states[word[chosen], rank[chosen]]
        columns: list[np.ndarray] = []
        while True:
            step = np.where(cursor >= 0, self.arc[cursor], -1)
            if (step < 0).all():
                break
            columns.append(step)
            cursor = np.where(step >= 0, self.back[cursor], -1)
        arcs = np.stack(columns[::-1], 1)
        arcs = np.take_along_axis(arcs, np.argsort(arcs < 0, axis=1, kind="stable"), 1)
        used = arcs >= 0
        return Paths(
            word[chosen],
            score[chosen],
            np.where(used, self.entry[arcs], -1),
            np.where(used, self.begin[arcs], 0),
            np.where(used, self.end[arcs], 0),
            np.where(used, self.kind[arcs], -1),
        )


def _hopeful(place: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """Which stretches have less than a beam of better ones in their place, of the same class.

    Whatever comes before, the better ones take the whole beam. That holds of different morphemes,
    as those are that were seen as the same letters.
    """
    order = np.lexsort((-cost, place))
    start = np.flatnonzero(changes(place[order])) if len(order) else order
    size = np.diff(start, append=len(order))
    last = cost[order][start + np.minimum(size, _BEAM) - 1]  # ties with it stay
    found = np.empty(len(cost), bool)
    found[order] = cost[order] >= np.repeat(last, size)
    return found


def _extend(key: np.ndarray, morph: np.ndarray) -> np.ndarray:
    """The identity of an analysis with one more morpheme."""
    new = (key + morph + np.uint64(1)) * SPREAD
    mixed: np.ndarray = new ^ (new >> np.uint64(29))
    return mixed


def _top(word: np.ndarray, score: np.ndarray, keep: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows of each word that score best: sorted by word, best first; and their ranks."""
    order = np.lexsort((-score, word))
    grouped = word[order]
    here, every = changes(grouped), np.arange(len(grouped))
    rank = every - np.maximum.accumulate(np.where(here, every, 0))
    chosen = rank < keep
    return order[chosen], rank[chosen]


def _distinct(word: np.ndarray, key: np.ndarray, score: np.ndarray) -> np.ndarray:
    """The best-scored row of each (word, key)."""
    order = np.lexsort((-score, key, word))
    return np.asarray(order[changes(word[order], key[order])])


def identity(
    lexicon: Lexicon, entry: np.ndarray, begin: np.ndarray, end: np.ndarray, kind: np.ndarray
) -> np.ndarray:
    """The identities of analyses in rows as `Paths` has them."""
    key = np.zeros(len(entry), np.uint64)
    place = len(lexicon.morphs) + begin * 512 + end
    morph = np.where(entry >= 0, lexicon.morph[entry], place).astype(np.uint64)
    for column in range(entry.shape[1]):
        key = np.where(kind[:, column] >= 0, _extend(key, morph[:, column]), key)
    return key
