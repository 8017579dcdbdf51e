"""Where analyses and morphemes stand in the sentences that were learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from igtkit.models.crf.sentences import Analysis

__all__ = ["Occurrences", "Where"]

Where = tuple[int, int]
"""Number of a sentence, and of a word in it."""


class Occurrences:
    """The places of every item and morpheme, in the order of the sentences.

    Args:
        sentences: For each sentence the numbers of its words' items; -1 for a word without one.
        analyses: The analyses of their items, by number.

    Attributes:
        items: The places of each item.
        morphs: The places of each ``(form, gloss)``.
        glosses: For each form, in lower case, how often it has which gloss.
    """

    def __init__(
        self, sentences: Iterable[Sequence[int]], analyses: Mapping[int, Analysis]
    ) -> None:
        self.items: dict[int, list[Where]] = {}
        self.morphs: dict[tuple[str, str], list[Where]] = {}
        self.glosses: dict[str, Counter[str]] = {}
        self._sentences = 0
        for items in sentences:
            self.add(items, analyses)

    def add(self, items: Sequence[int], analyses: Mapping[int, Analysis]) -> None:
        """Take in the next sentence."""
        for word, item in enumerate(items):
            if item < 0:
                continue
            where = (self._sentences, word)
            self.items.setdefault(item, []).append(where)
            for form, gloss, _ in analyses[item]:
                self.morphs.setdefault((form, gloss), []).append(where)
                self.glosses.setdefault(form.lower(), Counter())[gloss] += 1
        self._sentences += 1
