"""Positional accuracy, and stems and grams apart, of gloss sequences (PolyGloss, section 3.1)."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from igtkit._labels import names_category
from igtkit.metrics._codes import SEPARATOR_CODE, UNKNOWN_CODE, Codes, Flat, flatten
from igtkit.metrics.presets import Preset

__all__ = ["CLASSES", "precision_recall_f1", "sentence_accuracy", "sentence_classes"]

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

CLASSES = ("stem", "gram")
"""The two kinds of glosses: lexical, and grammatical by `igtkit.conventions.is_grammatical`."""


def sentence_accuracy(codes: Codes, preset: Preset) -> tuple[Floats, Floats]:
    """Return how many tokens of each sentence are right, and how many are counted.

    A token is right if the prediction has the same one at the same place of the sequence, in which
    ``[SEP]`` stands between words; ``[SEP]`` itself is never counted.

    Returns:
        Right tokens and counted tokens of each sentence.
    """
    predicted, gold = flatten(codes.predicted), flatten(codes.gold)
    right = _matches(predicted, gold)
    if preset.unknown_is_wrong:
        right &= gold.values != ord(UNKNOWN_CODE)
    counted = _count(gold, gold.values != ord(SEPARATOR_CODE))
    if preset.surplus_is_error:
        counted = np.maximum(counted, _count(predicted, predicted.values != ord(SEPARATOR_CODE)))
    return _count(gold, right), counted


def sentence_classes(
    codes: Codes, labels: Collection[str] = ()
) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Return how many stems and grams of each sentence are right, predicted and in the gold.

    The class of a gloss is read off the gloss itself, in gold and prediction alike; ``[SEP]``
    belongs to neither.

    Args:
        codes: The glosses.
        labels: The labels that are in lower case.

    Returns:
        For each of `CLASSES` the numbers of right, predicted and gold tokens of each sentence.
    """
    predicted, gold = flatten(codes.predicted), flatten(codes.gold)
    right = _matches(predicted, gold)
    kinds = (names_category(token, labels) for token in codes.tokens)
    gram = np.fromiter(kinds, dtype=bool, count=len(codes.tokens))
    stem = ~gram
    gram[ord(SEPARATOR_CODE)] = stem[ord(SEPARATOR_CODE)] = False
    return {
        name: (
            _count(gold, right & members[gold.values]),
            _count(predicted, members[predicted.values]),
            _count(gold, members[gold.values]),
        )
        for name, members in zip(CLASSES, (stem, gram), strict=True)
    }


def precision_recall_f1(right: float, predicted: float, gold: float) -> dict[str, float | None]:
    """Precision, recall and F1 from counts.

    Returns:
        Each between 0 and 1; all None where there is neither a predicted nor a gold token.

    Example:
        >>> precision_recall_f1(1, 2, 4)["recall"]
        0.25
    """
    if not predicted + gold:
        return {"precision": None, "recall": None, "f1": None}
    return {
        "precision": right / predicted if predicted else 0.0,
        "recall": right / gold if gold else 0.0,
        "f1": 2 * right / (predicted + gold),
    }


def _matches(predicted: Flat, gold: Flat) -> Mask:
    """For each gold token whether the prediction has it at the same place; ``[SEP]`` never."""
    sentences = gold.sentences
    places = np.arange(len(gold.values)) - gold.starts[sentences]
    here = places < predicted.lengths[sentences]
    found = np.full(len(gold.values), -1, dtype=np.int64)
    found[here] = predicted.values[(predicted.starts[sentences] + places)[here]]
    right: Mask = (found == gold.values) & (gold.values != ord(SEPARATOR_CODE))
    return right


def _count(flat: Flat, mask: Mask) -> Floats:
    return np.bincount(flat.sentences[mask], minlength=len(flat.lengths)).astype(np.float64)
