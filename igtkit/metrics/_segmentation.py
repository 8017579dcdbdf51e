"""Segmentation scores: overlap of morphemes word by word (PolyGloss, section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import eq

import numpy as np
from numpy.typing import NDArray

from igtkit.boundaries import split_words
from igtkit.metrics._codes import morphemes
from igtkit.metrics._error_rate import edit_distances

__all__ = [
    "SEGMENTATION_FIGURES",
    "SEGMENTATION_STATISTICS",
    "segmentation_figures",
    "sentence_segmentation",
]

Floats = NDArray[np.float64]

SEGMENTATION_STATISTICS = (
    "f1",
    "precision",
    "recall",
    "edit_distance",
    "exact_match",
    "words_right",
    "words",
)
"""Columns of `sentence_segmentation`."""

SEGMENTATION_FIGURES = (
    "f1",
    "precision",
    "recall",
    "edit_distance",
    "exact_match",
    "word_accuracy",
)
"""What `segmentation_figures` computes."""


def sentence_segmentation(predicted: Sequence[str], gold: Sequence[str]) -> Floats:
    """Return what of each sentence's segmentation is right, counted.

    All tokens count, punctuation too; they are paired by position. The morphemes of a pair match
    as multisets: order within a word does not matter. Precision is over all predicted morphemes,
    recall over all gold ones; either is 0 where there are none.

    Args:
        predicted: One line per sentence.
        gold: One line per sentence, none of them blank.

    Returns:
        One row per sentence, one column for each of `SEGMENTATION_STATISTICS`.
    """
    parts = _Morphemes()
    overlaps = _Overlaps(parts)
    predicted_tokens = [split_words(line) for line in predicted]
    gold_tokens = [split_words(line) for line in gold]
    rows = [
        (
            sum(map(overlaps.__getitem__, zip(mine, other, strict=False))),
            sum(map(len, map(parts.__getitem__, mine))),
            sum(map(len, map(parts.__getitem__, other))),
            mine == other,
            sum(map(eq, mine, other)),
            len(other),
        )
        for mine, other in zip(predicted_tokens, gold_tokens, strict=True)
    ]
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 6)
    matched, made, wanted, exact, right, words = table.T
    distances = edit_distances(
        [" ".join(tokens) for tokens in predicted_tokens],
        [" ".join(tokens) for tokens in gold_tokens],
    )
    precision = matched / np.maximum(made, 1)
    recall = matched / np.maximum(wanted, 1)
    f1 = 2 * matched / np.maximum(made + wanted, 1)
    return np.column_stack([f1, precision, recall, distances, exact, right, words])


def segmentation_figures(sums: Mapping[str, float], count: int) -> dict[str, float]:
    """The figures from summed statistics.

    Args:
        sums: One number for each of `SEGMENTATION_STATISTICS`.
        count: How many sentences were summed, at least one.

    Returns:
        Averages over sentences, and ``word_accuracy`` over gold tokens.
    """
    *means, share = SEGMENTATION_FIGURES
    figures = {name: sums[name] / count for name in means}
    figures[share] = sums["words_right"] / sums["words"]
    return figures


class _Morphemes(dict[str, list[str]]):
    """The morphemes of a token."""

    def __missing__(self, token: str) -> list[str]:
        parts = self[token] = morphemes(token)
        return parts


class _Overlaps(dict[tuple[str, str], int]):
    """How many morphemes two tokens share, each counted as often as both have it."""

    def __init__(self, parts: _Morphemes) -> None:
        super().__init__()
        self.parts = parts

    def __missing__(self, pair: tuple[str, str]) -> int:
        first, second = self.parts[pair[0]], self.parts[pair[1]]
        count = len(first) if first == second else 0
        if not count and (len(first) > 1 or len(second) > 1):
            there: dict[str, int] = {}
            for part in second:
                there[part] = there.get(part, 0) + 1
            for part in first:
                if left := there.get(part):
                    there[part] = left - 1
                    count += 1
        self[pair] = count
        return count
