"""Morphotactics: which classes of morphemes a word has, in which order, and with which stems.

Counted over distinct words, not over occurrences, so that a frequent word says no more than a rare
one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import repeat

import numpy as np

from igtkit.models.crf.arrays import distinct
from igtkit.models.crf.candidates.lexicon import Lexicon

__all__ = ["TACTICS", "Morphotactics"]

TACTICS = ("pattern", "order", "classes", "least class", "stem")
"""The columns of `Morphotactics.scores`."""

_BEGIN, _END, _NONE = 0, 1, -1
_SIZE = 1 << 19  # the number of the class "so many morphemes" begins here
_SHIFT, _KINDS = np.int64(1 << 20), np.int64(16)
# By hand: how many words the shorter context, and the classes of all words, are worth.
_BACK_OFF, _BELIEF = 1.0, 2.0
_FEW = 0.1  # words that any class is worth


class Morphotactics:
    """Counts of the classes and stems of distinct words.

    Args:
        lexicon: The morphemes.
        items: Numbers of the items that are counted.
        whole: Counts that these are taken away from.
    """

    def __init__(
        self, lexicon: Lexicon, items: Sequence[int], whole: Morphotactics | None = None
    ) -> None:
        self.lexicon = lexicon
        self._whole = whole
        self._counts: Counter[int] = Counter()
        self.add(items)

    def add(self, items: Sequence[int]) -> None:
        """Count more items."""
        if not len(items):
            return
        width = max(len(self.lexicon.item_entries[i]) for i in items)
        entry = np.full((len(items), width), _NONE)
        for row, item in enumerate(items):
            own = self.lexicon.item_entries[item]
            entry[row, : len(own)] = own
        keys = self._keys(entry, entry >= 0)
        for table in (*keys.values(), *_shorter(keys["three"]).values()):
            self._counts.update(table[table != 0].tolist())
        self._counts[0] += len(items)

    def _of(self, keys: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """How often each key of some tables was counted; all are looked up at once."""
        together = np.concatenate([table.ravel() for table in keys.values()])
        every, back = distinct(together)
        found = self.count(every.tolist())[back]
        parts = np.split(found, np.cumsum([table.size for table in keys.values()])[:-1])
        return {
            name: part.reshape(table.shape)
            for (name, table), part in zip(keys.items(), parts, strict=True)
        }

    def count(self, keys: Sequence[int]) -> np.ndarray:
        """How often each of some keys was counted."""
        own = np.array([*map(self._counts.get, keys, repeat(0))], float)
        return own if self._whole is None else self._whole.count(keys) - own

    def _keys(self, entry: np.ndarray, used: np.ndarray) -> dict[str, np.ndarray]:
        """The keys of words in rows: tables of numbers, 0 for none; of each kind another range."""
        lexicon = self.lexicon
        known = np.maximum(entry, 0)
        cls = np.where(entry >= 0, lexicon.cls[known], lexicon.stem)
        cls = np.where(used, cls, _NONE)
        size = used.sum(1)
        rows = np.arange(len(entry))
        line = np.full((len(entry), entry.shape[1] + 3), _NONE)
        line[:, :2] = _BEGIN
        line[:, 2:-1] = cls
        line[rows, size + 2] = _END
        live = line[:, 2:] != _NONE
        own = np.where(live, line[:, 2:], 0).astype(np.int64)
        before = np.where(live, line[:, 1:-1], 0).astype(np.int64)
        two = np.where(live, line[:, :-2], 0).astype(np.int64)
        pattern = np.zeros(len(entry), np.int64)
        for column in range(entry.shape[1]):
            more = (pattern * 1_000_003 + cls[:, column] + 7) & ((1 << 56) - 1)
            pattern = np.where(used[:, column], more, pattern)
        is_stem = used & (entry >= 0) & (cls == lexicon.stem)
        stem = np.where(is_stem.any(1), lexicon.morph[known[rows, is_stem.argmax(1)]] + 1, 0)
        others = np.where(used & (cls != lexicon.stem), cls, 0)
        classes = np.concatenate([others, (size + _SIZE)[:, None]], 1).astype(np.int64)
        classes = np.where(_repeated(classes), 0, classes)

        with_stem = (classes > 0) & (stem > 0)[:, None]
        return {
            "pattern": _tagged(1, size > 0, pattern),
            "three": _tagged(2, live, (two * _SHIFT + before) * _SHIFT + own),
            "class": _tagged(8, classes > 0, classes),
            "stem": _tagged(9, stem > 0, stem),
            "both": _tagged(10, with_stem, stem[:, None] * _SHIFT + classes),
        }

    def scores(self, entry: np.ndarray, used: np.ndarray) -> np.ndarray:
        """Return what is known of each candidate's classes.

        Args:
            entry: Shape ``(candidates, morphemes)``: the entries, -1 for an unknown stem.
            used: Which of them there are.

        Returns:
            Shape ``(candidates, len(TACTICS))``: log-counts of its pattern and of its stem, the
            log-probability of its classes in this order, and how much oftener than by chance the
            stem stands with its classes (in all, and with the least likely).
        """
        keys = self._keys(entry, used)
        three, back = distinct(keys.pop("three"))
        count = self._of(keys)
        words = float(self.count([0])[0])
        share = (count["class"] + 0.2) / (max(words, 1.0) + 0.4)
        both = (count["both"] + _BELIEF * share) / (count["stem"][:, None] + _BELIEF)
        lift = np.where(keys["both"] != 0, np.log(both / share), 0.0)
        return np.stack(
            [
                np.log(count["pattern"] + 0.3) / 4,
                self._order(three)[back].sum(1) / 4,
                lift.sum(1) / 4,
                lift.min(1) / 4,
                np.where(keys["stem"] != 0, np.log1p(count["stem"]), 0.0) / 4,
            ],
            1,
        )

    def _order(self, three: np.ndarray) -> np.ndarray:
        """The log-probability of classes after the two before, given as keys of all three."""
        count = self._of({"three": three, **_shorter(three)})
        kinds = len(self.lexicon.classes)
        one = (count["one"] + _FEW) / (count["all"] + _FEW * kinds)
        two = (count["two"] + _BACK_OFF * one) / (count["two before"] + _BACK_OFF)
        share = (count["three"] + _BACK_OFF * two) / (count["three before"] + _BACK_OFF)
        return np.where(three != 0, np.log(share), 0.0)


def _tagged(kind: int, live: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Keys of a kind, 0 where there is none."""
    return np.where(live, keys * _KINDS + kind, 0)


def _shorter(three: np.ndarray) -> dict[str, np.ndarray]:
    """The keys of one and two classes that follow from the key of three."""
    live, before = three != 0, three // (_KINDS * _SHIFT)
    own = three // _KINDS % _SHIFT
    two = before % _SHIFT * _SHIFT + own
    return {
        "three before": _tagged(3, live, before),
        "two": _tagged(4, live, two),
        "two before": _tagged(5, live, two // _SHIFT),
        "one": _tagged(6, live, own),
        "all": _tagged(7, live, np.ones_like(own)),
    }


def _repeated(classes: np.ndarray) -> np.ndarray:
    """Which classes stand in their row before."""
    result = np.zeros(classes.shape, bool)
    for column in range(1, classes.shape[1]):
        result[:, column] = (classes[:, :column] == classes[:, column : column + 1]).any(1)
    return result
