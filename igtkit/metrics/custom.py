"""Metrics of a user's own, counted sentence by sentence beside igtkit's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from igtkit.errors import InputError

__all__ = ["SentenceMetric", "custom_columns"]

SentenceMetric = Callable[[Any, Any], float | None]
"""A metric of your own: it takes the prediction and the reference of one sentence and gives a
number, or None where the sentence has nothing to count."""


def custom_columns(
    predictions: Sequence[Any], references: Sequence[Any], extra: Mapping[str, SentenceMetric]
) -> dict[str, NDArray[np.float64]]:
    """Return the values of a user's own metrics on every sentence.

    Args:
        predictions: The predictions.
        references: As many references.
        extra: The metrics by name.

    Returns:
        For each metric the columns ``extra.NAME.n``, 1 for each sentence that has a value, and
        ``extra.NAME.sum``, the values.

    Raises:
        InputError: If `extra` is no mapping from names to functions, or a value is no finite
            number; the message names metric and sentence.
    """
    if not isinstance(extra, Mapping):
        raise InputError(f"extra must be a dict of functions by name, not {extra!r:.80}")
    columns = {}
    for name, metric in extra.items():
        if not isinstance(name, str) or not name.strip() or not callable(metric):
            raise InputError(
                f"extra must be a dict of functions by name, not {{{name!r}: {metric!r}}}"
            )
        values = [
            _checked(metric(*pair), name, index)
            for index, pair in enumerate(zip(predictions, references, strict=True))
        ]
        columns[f"extra.{name}.n"] = np.array([value is not None for value in values], dtype=float)
        columns[f"extra.{name}.sum"] = np.array([value or 0.0 for value in values])
    return columns


def _checked(value: Any, name: str, index: int) -> float | None:
    if value is None:
        return None
    if not isinstance(value, Real) or not math.isfinite(value):
        raise InputError(
            f"the metric {name!r} gave {value!r} for predictions[{index}]: it must give a finite "
            "number, or None where there is nothing to count"
        )
    return float(value)
