"""`Memory`: what the word format has learned about one language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self, get_args

import attrs

from igtkit.boundaries import list_words, split_words
from igtkit.formats.analyses import Analyses, rows_of
from igtkit.formats.lines import Punctuation
from igtkit.igt import IGT

__all__ = ["COST_WEIGHT", "Memory"]

COST_WEIGHT = 4.0
"""How much what an analysis costs by the counts alone weighs against its probability to a model."""


@attrs.frozen
class Memory:
    """What training texts of one language tell.

    Attributes:
        analyses: Their words with forms and glosses.
        punctuation: Which lines of most texts have the punctuation of the transcription.
        known_weight: How much what an analysis costs by the counts alone weighs against its
            probability to a model, for a word that the texts have; 4 until it is learned.
        split_weight: The same for a word that is split into known morphemes.

    Example:
        >>> memory = Memory.learn([IGT("Evde kim ?", "ev-de kim", "house-LOC who")])
        >>> memory.punctuation, len(memory.analyses.texts)
        ('none', 1)
    """

    analyses: Analyses = attrs.field(factory=Analyses)
    punctuation: Punctuation = "both"
    known_weight: float = COST_WEIGHT
    split_weight: float = COST_WEIGHT

    @classmethod
    def learn(cls, texts: Iterable[IGT]) -> Self:
        """Return what texts tell."""
        texts = list(texts)
        return cls(Analyses.learn(texts), _punctuation_of(texts))

    def to_json(self) -> dict[str, Any]:
        """The memory, as JSON can hold it."""
        return {
            "punctuation": self.punctuation,
            "weights": [self.known_weight, self.split_weight],
            "texts": self.analyses.to_json(),
        }

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Return the memory that `to_json` gave.

        Raises:
            ValueError: If it is none.
        """
        if not isinstance(value, dict) or value.keys() != {"punctuation", "weights", "texts"}:
            raise ValueError(f"expected punctuation, weights and texts, found {value!r:.80}")
        punctuation, weights = value["punctuation"], value["weights"]
        if punctuation not in get_args(Punctuation):
            raise ValueError(f"expected where punctuation goes, found {punctuation!r:.80}")
        if (
            not isinstance(weights, list)
            or len(weights) != 2
            or not all(type(weight) in (int, float) and weight >= 0 for weight in weights)
        ):
            raise ValueError(f"expected two weights, found {weights!r:.80}")
        return cls(Analyses.from_json(value["texts"]), punctuation, *map(float, weights))


def _punctuation_of(texts: Sequence[IGT]) -> Punctuation:
    """Which lines of most texts have marks, of those whose transcription has some."""
    marked = [
        [
            set(split_words(line)) - set(list_words(line))
            for line in (text.segmentation, text.glosses)
        ]
        for text in texts
        if len(list_words(text.transcription)) < len(split_words(text.transcription))
        and rows_of(text)
    ]
    segmentation, glosses = (
        not marked or 2 * sum(bool(text[at]) for text in marked) >= len(marked) for at in (0, 1)
    )
    if not segmentation:
        return "none"
    return "both" if glosses else "segmentation"
