"""Which class of morphemes follows which: log P(class | class before)."""

from __future__ import annotations

import numpy as np

__all__ = ["BEGIN", "END", "ClassOrder"]

BEGIN, END = 0, 1
"""The classes that stand for a word's begin and its end."""

_BELIEF = 0.01  # what each class is worth beside its counts, so that none has no chance; by hand
_MANY = 1000  # classes; of more, 8 MB and above, no table is made of them all; by hand


class ClassOrder:
    """The log-probabilities of classes after another, under counts.

    Of few classes there is one table. A corpus of many languages has thousands of labels, most of
    which no word at hand can have: there a table is made of those that are asked for.

    Args:
        before: For each pair that was seen the first class; a pair may stand there twice.
        here: The second class.
        times: How often it was seen.
        size: Number of classes.
    """

    def __init__(self, before: np.ndarray, here: np.ndarray, times: np.ndarray, size: int) -> None:
        alone = np.bincount(here, times, size)
        self._alone = (alone + _BELIEF) / (alone.sum() + _BELIEF * size)
        self._total = np.bincount(before, times, size) + 1.0
        self._whole: np.ndarray | None = None
        if size <= _MANY:
            counts = np.bincount(before * size + here, times, size * size)
            self._whole = self._logs(counts.reshape(size, size), np.arange(size))
            return
        self._before, self._here, self._times = before, here, times

    def _logs(self, counts: np.ndarray, classes: np.ndarray) -> np.ndarray:
        """The log-probabilities, written over the counts."""
        counts += self._alone[classes]
        counts /= self._total[classes][:, None]
        return np.asarray(np.log(counts, out=counts))

    def among(self, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return a table of the log-probabilities of some classes, and where these stand in it.

        Args:
            classes: The classes, of any shape.

        Returns:
            The table by class before and class, `BEGIN` and `END` first, and for each of `classes`
            its row and column.
        """
        if self._whole is not None:
            return self._whole, classes
        used = np.union1d([BEGIN, END], classes)
        place = np.full(len(self._alone), -1)
        place[used] = np.arange(len(used))
        row, column = place[self._before], place[self._here]
        there = (row >= 0) & (column >= 0)
        counts = np.zeros((len(used), len(used)))
        np.add.at(counts, (row[there], column[there]), self._times[there])
        return self._logs(counts, used), place[classes]
