"""What is known of words without their sentences, kept for the next sentence that has them.

In a text the same words come again and again: their candidates, the features of these and the
clues for the second opinion are found once, until a correction changes the tables they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import numpy as np

from igtkit.models.crf.candidates.table import Candidates, Key, join
from igtkit.models.crf.ranking.features import CandidateFeatures
from igtkit.models.crf.ranking.problem import join_features

__all__ = ["Met", "Words"]

_MOST = 1 << 15  # candidates that are kept, some 30 MB; by hand


@attrs.frozen
class Words:
    """What is known of some words.

    Attributes:
        candidates: Their candidates.
        features: The features of these.
        stems: Their main glosses, from `main_gloss`.
        clues: What `Experience.of_words` says of them; no columns without a second opinion.
    """

    candidates: Candidates
    features: CandidateFeatures
    stems: np.ndarray
    clues: np.ndarray

    @classmethod
    def join(cls, places: Sequence[tuple[Words, int]]) -> Words:
        """Return what is known of words, each given by a table and its place there."""
        parts: list[tuple[Words, int, int]] = []
        for one, at in places:
            if parts and parts[-1][0] is one and parts[-1][2] == at:  # the next of the same table
                parts[-1] = (one, parts[-1][1], at + 1)
            else:
                parts.append((one, at, at + 1))
        rows = [(one, *one.candidates.start[[first, last]].tolist()) for one, first, last in parts]
        return cls(
            join([(one.candidates, first, last) for one, first, last in parts]),
            join_features([one.features.part(low, high) for one, low, high in rows]),
            np.concatenate([one.stems[low:high] for one, low, high in rows]),
            np.concatenate([one.clues[low:high] for one, low, high in rows]),
        )


class Met:
    """What is known of words that were asked for.

    Args:
        most: After how many candidates all that is kept is forgotten.
    """

    def __init__(self, most: int = _MOST) -> None:
        self.most = most
        self._tables: tuple[object, ...] = ()
        self._found: dict[Key, tuple[Words, int]] = {}
        self._rows = 0

    def __reduce__(self) -> tuple[type[Met], tuple[int]]:
        """Another process is given nothing of what is kept."""
        return Met, (self.most,)

    def of(
        self,
        words: Sequence[Key],
        tables: tuple[object, ...],
        look_up: Callable[[Sequence[Key]], Words],
    ) -> Words:
        """Return what is known of distinct words, in their order.

        Args:
            words: The words.
            tables: What it comes from; if these are others than the last time, it is found anew.
            look_up: Finds it for words that were not asked for.
        """
        same = len(tables) == len(self._tables)
        same = same and all(a is b for a, b in zip(tables, self._tables, strict=True))
        if not same or self._rows >= self.most:
            self._found, self._rows, self._tables = {}, 0, tables
        found = self._found  # this one to the end, as another thread may put another in its place
        new = [word for word in words if word not in found]
        if new:
            made = look_up(new)
            found.update((word, (made, at)) for at, word in enumerate(new))
            self._rows += len(made.stems)
            if len(new) == len(words):
                return made
        return Words.join([found[word] for word in words])
