"""What was found for the sentences that were glossed last: who corrects one has just seen it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.sentences import Sentence

__all__ = ["Suggested"]

_MOST = 32  # sentences, some megabytes; by hand

Analyses = list[list[Hypothesis]]


class Suggested:
    """The analyses of some sentences, as long as nothing is learned."""

    def __init__(self) -> None:
        self._kept: tuple[int, dict[object, Analyses]] = (0, {})

    def __reduce__(self) -> tuple[type[Suggested], tuple[()]]:
        """Another process is given nothing of what is kept."""
        return Suggested, ()

    def keep(self, state: int, read: Iterable[tuple[Sentence, Analyses]]) -> None:
        """Keep the analyses of the first of some sentences; the oldest make room for them.

        Args:
            state: How many sentences were learned before they were found.
            read: The sentences, of which nothing was done, with their analyses.
        """
        known, before = self._kept
        found = dict(before) if known == state else {}
        found.update((_key(one), analyses) for one, analyses in islice(read, _MOST))
        self._kept = state, dict(islice(found.items(), max(0, len(found) - _MOST), None))

    def of(self, state: int, sentence: Sentence) -> Analyses | None:
        """Return the analyses of a sentence, or None where they are not kept, or changed.

        Args:
            state: How many sentences are learned now.
            sentence: The sentence; its own analyses are not looked at.
        """
        known, kept = self._kept
        return kept.get(_key(sentence)) if known == state else None


def _key(sentence: Sentence) -> object:
    return sentence.words, sentence.gaps, sentence.translation
