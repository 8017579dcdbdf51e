"""Honest probabilities: how often words of such a probability were right in rehearsal.

A model that learns from few sentences is too sure of itself. So each run of its training is spared
some sentences and tried on them, with what the others teach; and a curve of two numbers is found
that makes of the probabilities there the share of words that were right. It changes no choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import attrs
import numpy as np

from igtkit.models.crf.hypothesis import Hypothesis, least_risk

__all__ = ["AS_IS", "Calibration", "judge"]

# By hand: how many words the belief that probabilities are right as they are is worth, least slope.
_BELIEF, _FLATTEST = 5.0, 0.2
_EDGE = 1e-6  # probabilities nearer to 0 and 1 are taken for this
_STEPS = 30  # of Newton's method, which needs some five


@attrs.frozen
class Calibration:
    """A curve from probabilities to the share that is right (Platt 1999), on a log-odds scale.

    Attributes:
        slope: Below 1 if the model is too sure: one divided by the temperature.
        shift: Below 0 if it is too sure in all.

    Example:
        >>> round(Calibration(0.5, 0.0).of(0.9), 2), AS_IS.of(0.9)
        (0.75, 0.9)
    """

    slope: float = 1.0
    shift: float = 0.0

    def of(self, probability: float) -> float:
        """Return the share that is right of words with a probability."""
        if self == AS_IS:
            return probability
        p = min(max(probability, _EDGE), 1 - _EDGE)
        return 1 / (1 + math.exp(-self.slope * math.log(p / (1 - p)) - self.shift))

    @classmethod
    def learn(cls, judged: Sequence[tuple[float, bool]]) -> Calibration:
        """Return the curve under which what was right is likeliest.

        Args:
            judged: Probabilities, and whether the word was right.
        """
        if not judged:
            return cls()
        p = np.clip(np.array([one for one, _ in judged]), _EDGE, 1 - _EDGE)
        right = np.array([float(one) for _, one in judged])
        inputs = np.stack([np.log(p / (1 - p)), np.ones(len(p))], 1)
        start = curve = np.array([1.0, 0.0])
        for _ in range(_STEPS):
            share = 1 / (1 + np.exp(-np.clip(inputs @ curve, -30, 30)))
            gradient = inputs.T @ (share - right) + _BELIEF * (curve - start)
            bend = (inputs * (share * (1 - share))[:, None]).T @ inputs + _BELIEF * np.eye(2)
            curve = curve - np.linalg.solve(bend, gradient)
            curve[0] = max(curve[0], _FLATTEST)
        return cls(float(curve[0]), float(curve[1]))


AS_IS = Calibration()
"""Probabilities as they are."""


def judge(
    words: Iterable[tuple[Sequence[Hypothesis], Sequence[tuple[str, str, str]] | None]],
) -> list[tuple[float, bool]]:
    """Return the probability of the analysis chosen for each word, and whether it is right.

    Args:
        words: The hypotheses of each word, and its analysis; without one it is passed over.
    """
    result = []
    for hypotheses, analysis in words:
        if analysis is None:
            continue
        best, _ = least_risk(hypotheses)
        chosen = (best.forms, best.glosses)
        p = sum(one.probability for one in hypotheses if (one.forms, one.glosses) == chosen)
        forms, glosses, _ = zip(*analysis, strict=True)
        result.append((p, chosen == (forms, glosses)))
    return result
