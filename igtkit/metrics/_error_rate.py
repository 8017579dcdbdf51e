"""Error rate: edit distance over gold length, sentence by sentence (PolyGloss, section 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from igtkit.metrics._codes import SEPARATOR_CODE, Codes
from igtkit.metrics.presets import Preset

__all__ = ["edit_distances", "sentence_error_rates"]

_FEW = 32
"""Edits that are looked for first: time is in proportion to length where lines are that alike."""
Floats = NDArray[np.float64]


def edit_distances(first: Sequence[str], second: Sequence[str]) -> Floats:
    """Levenshtein distance of each pair, with unit costs (Levenshtein 1966).

    Example:
        >>> edit_distances(["abc"], ["ac"]).tolist()
        [1.0]
    """
    pairs = zip(first, second, strict=True)
    found = (Levenshtein.distance(one, other, score_hint=_FEW) for one, other in pairs)
    return np.fromiter(found, dtype=np.float64, count=len(first))


def sentence_error_rates(codes: Codes, preset: Preset, *, tokens: bool = True) -> Floats:
    """Edit distance over gold length, for each sentence.

    Args:
        codes: What to compare; no gold code may be empty.
        preset: Whether ``[SEP]`` counts, whether a sentence ends at 1, what an empty prediction
            costs.
        tokens: False where the codes are plain text, in which nothing stands for ``[SEP]``.
    """
    predicted, gold = codes.predicted, codes.gold
    if tokens and not preset.separators:
        predicted = [code.replace(SEPARATOR_CODE, "") for code in predicted]
        gold = [code.replace(SEPARATOR_CODE, "") for code in gold]
    lengths = np.fromiter(map(len, gold), dtype=np.float64, count=len(gold))
    rates = edit_distances(predicted, gold) / lengths
    if preset.clamp:
        rates = np.minimum(rates, 1.0)
    if preset.empty_costs_length:
        empty = np.fromiter((not code for code in predicted), dtype=bool, count=len(predicted))
        rates = np.where(empty, lengths, rates)
    return rates
