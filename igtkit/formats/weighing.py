"""The weight of counts against a model, learned where the right choice is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import attrs
import numpy as np

__all__ = ["COUNTS_ALONE", "Choice", "cost_weight", "cost_weights"]

COUNTS_ALONE = 1e6
"""The weight under which the model decides only among what costs the same."""

_LEAST = 20
_MODEL = (0.0, *(2.0**power for power in range(-4, 2)))
_COUNTS = (0.0, *(2.0**power for power in range(-4, 3)))


@attrs.frozen
class Choice:
    """Analyses of a word, of which one is right.

    Attributes:
        log_probabilities: Of each analysis, to a model, in nats.
        costs: Of each analysis, by the counts alone, in nats.
        right: The index of the right one.
    """

    log_probabilities: Sequence[float]
    costs: Sequence[float]
    right: int


def cost_weight(choices: Sequence[Choice]) -> float:
    """Return how much costs weigh against log-probabilities when choices are to come out right.

    An analysis is taken to be as likely as ``exp(a * log_probability - b * cost)``; of a grid of
    pairs the one is taken that makes the right analyses most likely together, and of pairs that do
    so alike the one with the least of the model. What counts then is b / a.

    Args:
        choices: Choices of words that the model has not been trained on, at least one.

    Returns:
        The weight; `COUNTS_ALONE` if the model is of no use.

    Example:
        >>> cost_weight([Choice([-1.0, -3.0], [0.7, 0.7], right=0)] * 9)
        0.0
        >>> cost_weight([Choice([-1.0, -3.0], [2.0, 0.1], right=1)] * 9) == COUNTS_ALONE
        True
    """
    best = -math.inf
    weight = COUNTS_ALONE
    for model in _MODEL:
        for counts in _COUNTS:
            found = sum(_log_likelihood(choice, model, counts) for choice in choices)
            if found > best + 1e-9:
                best = found
                weight = counts / model if model else COUNTS_ALONE
    return weight


def cost_weights(groups: Mapping[str, Sequence[Choice]]) -> dict[str, float]:
    """Return the weight of each group of choices; of one with fewer than 20, that of all together.

    Returns:
        A weight for each group; none at all if all groups are empty.
    """
    every = [choice for group in groups.values() for choice in group]
    if not every:
        return {}
    common = cost_weight(every)
    return {
        name: cost_weight(group) if len(group) >= _LEAST else common
        for name, group in groups.items()
    }


def _log_likelihood(choice: Choice, model: float, counts: float) -> float:
    rated = model * np.asarray(choice.log_probabilities) - counts * np.asarray(choice.costs)
    return float(rated[choice.right] - np.logaddexp.reduce(rated))
