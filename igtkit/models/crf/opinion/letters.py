"""How the letters of a word go with the morphemes it is cut into.

A boundary between morphemes is read as one more letter, and letters given the three before are
counted over the training words: where *-ler* was cut off before, it is likely to be cut off from a
stem never seen. The same again with the class of each morpheme in place of the boundary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from igtkit.alignment.pairing import LONGEST_WORD
from igtkit.models.crf.candidates.lexicon import Lexicon
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.hashing import SPREAD

__all__ = ["LETTERS", "Letters"]

LETTERS = ("cuts", "classes of cuts")
"""The columns of `Letters.clues`."""

# Chosen on held-out languages (benchmarks/crf_log.md, *Letters and cuts*), the last three by hand.
_ORDER = 4  # letters and boundaries that are counted together
_BELIEF = 0.5  # how many letters the shorter context is worth
_ANY = 1 / 40  # probability of a letter of which nothing is known
_BITS = 21  # counts are a table of 2 ** 21; some letters share a number
_AT_ONCE = 1024  # rows at a time, which bounds the memory

# What is read beside letters of Unicode: edges of a word, boundaries, and classes from there on.
_BEGIN, _END, _BOUNDARY, _CLASS = range(0x110000, 0x110004)
_HALF = np.uint64(32)


class Letters:
    """Counts of the letters and boundaries of distinct words.

    Attributes:
        lexicon: The morphemes.
        counts: How often each few letters stand together, in a hashed table.
        many: How many letters and boundaries were counted.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.counts = np.zeros(1 << _BITS, np.int32)
        self.many = 0

    @contextmanager
    def without(self, items: Sequence[int]) -> Iterator[None]:
        """Leave out some items as long as this lasts; to copy the counts would take longer."""
        self.add(items, -1)
        try:
            yield
        finally:
            self.add(items)

    def add(self, items: Sequence[int], times: int = 1) -> None:
        """Count the words of some of the lexicon's items; with -1 times, take them away."""
        lexicon = self.lexicon
        for low in range(0, len(items), _AT_ONCE):
            every = [lexicon.item_entries[i] for i in items[low : low + _AT_ONCE]]
            rows = [row for row in every if lexicon.length[row].sum() <= LONGEST_WORD]
            if not rows:
                continue
            size = np.array([len(row) for row in rows])
            used = np.arange(size.max()) < size[:, None]
            entry = np.full(used.shape, -1)
            entry[used] = np.concatenate(rows)
            words = ["".join(lexicon.chunks[e] for e in row.tolist()) for row in rows]
            ends = np.cumsum(np.where(used, lexicon.length[entry], 0), 1)
            texts, live = self._texts(words, entry, ends, size)
            live[:, _ORDER - 1] = True  # a context, too
            for places in _places(texts):
                np.add.at(self.counts, places[:, live], times)
            self.many += times * int(live.sum())

    def _texts(
        self, words: Sequence[str], entry: np.ndarray, ends: np.ndarray, size: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Words with their boundaries and with their classes, as rows of numbers.

        Args:
            words: The words.
            entry: Shape ``(words, morphemes)``: the lexicon's entries, -1 for an unknown stem.
            ends: The letter after each morpheme; 0 if it has no letters.
            size: How many morphemes each word has.

        Returns:
            Shape ``(len(LETTERS), words, places)``, and which places of each word are to be read.
        """
        length = np.array([len(word) for word in words]) + size
        texts = np.zeros((len(LETTERS), len(words), _ORDER + int(length.max()) + 1), np.int64)
        column, slot = np.arange(texts.shape[2]), np.arange(ends.shape[1])
        live = (column >= _ORDER) & (column <= _ORDER + length[:, None])
        texts[:, :, :_ORDER] = _BEGIN
        texts[:, np.arange(len(words)), _ORDER + length] = _END
        row, morpheme = np.nonzero(slot < size[:, None])
        begins = _shifted(np.maximum.accumulate(ends, 1))[row, morpheme]
        cls = np.where(entry >= 0, self.lexicon.cls[entry], self.lexicon.stem)[row, morpheme]
        texts[:, row, _ORDER + morpheme + begins] = np.full_like(cls, _BOUNDARY), _CLASS + cls
        letters = "".join(words).encode("utf-32-le", "surrogatepass")
        texts[:, live & (texts[0] == 0)] = np.frombuffer(letters, np.uint32)
        return texts, live

    def clues(self, candidates: Candidates) -> np.ndarray:
        """Return how likely the cuts of each candidate are among those of its word.

        Returns:
            Shape ``(candidates, len(LETTERS))``: the log-probability of the letters and boundaries
            less that of the word's best, in fours of nats; the same with classes in place of
            boundaries. 0 where the segmentation is given, or the word is too long.
        """
        owner, words = candidates.word, candidates.words
        table = np.zeros((len(owner), len(LETTERS)))
        read = np.array([isinstance(w, str) and len(w) <= LONGEST_WORD for w in words], bool)
        every = np.flatnonzero(read[owner])
        for low in range(0, len(every), _AT_ONCE):
            rows = every[low : low + _AT_ONCE]
            own = ["".join(words[number]) for number in owner[rows].tolist()]
            part = candidates.entry[rows], candidates.end[rows], candidates.size[rows]
            texts, live = self._texts(own, *part)
            table[rows] = np.where(live, np.log(self._shares(texts)), 0.0).sum(2).T / 4
        table -= np.maximum.reduceat(table, candidates.start[:-1])[owner]
        return table

    def _shares(self, texts: np.ndarray) -> np.ndarray:
        """P(letter | letters before) at each place of texts, backed off to shorter contexts."""
        found = before = np.full(texts.shape, self.many)
        share = np.full(texts.shape, _ANY)
        for places in _places(texts):
            # not more than what they contain: so a number that others share is seldom believed
            found = np.minimum(self.counts[places], np.minimum(found, before))
            share = (found + _BELIEF * share) / (before + _BELIEF)
            before = _shifted(found)
        return share


def _places(texts: np.ndarray) -> Iterator[np.ndarray]:
    """Yield, for each number of letters, where those that end at each letter are counted."""
    letters = texts.astype(np.uint64) * SPREAD
    letters ^= letters >> _HALF
    mixed = np.zeros_like(letters)
    mixed[1] = 1  # words with classes are counted apart
    for _ in range(_ORDER):
        mixed = (_shifted(mixed) + letters) * SPREAD
        mixed ^= mixed >> _HALF
        yield (mixed >> np.uint64(64 - _BITS)).astype(np.int64)


def _shifted(table: np.ndarray) -> np.ndarray:
    """Each row moved by one to the right."""
    moved = np.zeros_like(table)
    moved[..., 1:] = table[..., :-1]
    return moved
