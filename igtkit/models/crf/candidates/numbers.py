"""Numbers for things, and arrays that grow as more are numbered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["Numbers", "grown"]


class Numbers:
    """Numbers for strings (or tuples), in order of first sight.

    Attributes:
        of: The number of each thing.
        all: The things, by number.

    Example:
        >>> numbers = Numbers()
        >>> numbers("ev"), numbers("de"), numbers("ev"), numbers.all
        (0, 1, 0, ['ev', 'de'])
    """

    def __init__(self) -> None:
        self.of: dict[Any, int] = {}
        self.all: list[Any] = []

    def __call__(self, thing: Any) -> int:
        """The number of a thing, a new one for a new thing."""
        number = self.of.get(thing)
        if number is None:
            number = self.of[thing] = len(self.all)
            self.all.append(thing)
        return number

    def __len__(self) -> int:
        return len(self.all)


def grown(known: np.ndarray, rows: Sequence[Sequence[int]]) -> np.ndarray:
    """An array of rows, the first of which are in an array already.

    Example:
        >>> grown(np.array([[1, 2]]), [(1, 2), (3, 4)]).tolist()
        [[1, 2], [3, 4]]
    """
    new = np.array(rows[len(known) :], np.int64).reshape(-1, known.shape[1])
    return np.concatenate([known, new])
