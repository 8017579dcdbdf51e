"""Honest probabilities: how often words of such a probability were right.

A model that learns from few sentences is too sure of itself. So each run of its training is spared
some sentences and tried on them, with what the others teach; and a curve is found that makes of the
probabilities there the share of words that were right. Where a sentence says again what another one
has said, more is right than elsewhere: it has a number of its own.

What is glossed later may be easier or harder than that. Only corrections can tell: a second curve
is found from the words that were corrected last. Neither changes a choice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs
import numpy as np

from igtkit.models.crf.hypothesis import Hypothesis, least_risk

__all__ = ["AS_IS", "Calibration", "Judged", "Verdicts", "judge"]

# How many words the belief is worth that probabilities are right as they are, for each number: by
# hand; of the last one benchmarks/crf_log.md, *Sentences said again*. And the least slope, by hand.
_START, _BELIEF, _FLATTEST = (1.0, 0.0, 0.0), (5.0, 5.0, 1.0), 0.2
# The same where corrections tell, and how many words tell: benchmarks/crf_log.md, *What corrections
# tell*.
_BELIEF_THEN, _LAST = (50.0, 10.0, 1.0), 1000
_EDGE = 1e-6  # probabilities nearer to 0 and 1 are taken for this
_STEPS, _STILL = 30, 1e-12  # of Newton's method, which needs some five; and what counts as no step


@attrs.frozen
class Judged:
    """A word that was tried.

    Attributes:
        probability: Of the analysis that was chosen.
        right: Whether it is right.
        again: Whether the other sentences, which it was glossed by, have one of the same words.
    """

    probability: float
    right: bool
    again: bool = False


@attrs.frozen
class Calibration:
    """A curve from probabilities to the share that is right (Platt 1999), on a log-odds scale.

    Attributes:
        slope: Below 1 if the model is too sure: one divided by the temperature.
        shift: Below 0 if it is too sure in all.
        again: What the shift is more in a sentence that it has learned.

    Example:
        >>> round(Calibration(0.5, 0.0).of(0.9), 2), AS_IS.of(0.9)
        (0.75, 0.9)
    """

    slope: float = 1.0
    shift: float = 0.0
    again: float = 0.0

    def of(self, probability: float, *, again: bool = False) -> float:
        """Return the share that is right of words with a probability.

        Args:
            probability: The probability.
            again: Whether the words stand in a sentence that was learned.
        """
        if self == AS_IS:
            return probability
        p = min(max(probability, _EDGE), 1 - _EDGE)
        shift = self.shift + self.again if again else self.shift
        return 1 / (1 + math.exp(-self.slope * math.log(p / (1 - p)) - shift))

    @classmethod
    def learn(cls, judged: Sequence[Judged], belief: Sequence[float] = _BELIEF) -> Calibration:
        """Return the curve under which what was right is likeliest.

        Args:
            judged: Words that were tried.
            belief: How many words each number's start is worth.
        """
        if not judged:
            return cls()
        p = np.clip(np.array([one.probability for one in judged]), _EDGE, 1 - _EDGE)
        right = np.array([float(one.right) for one in judged])
        again = np.array([float(one.again) for one in judged])
        inputs = np.stack([np.log(p / (1 - p)), np.ones(len(p)), again], 1)
        start, worth = np.array(_START), np.array(belief)
        curve = start
        for _ in range(_STEPS):
            share = 1 / (1 + np.exp(-np.clip(inputs @ curve, -30, 30)))
            gradient = inputs.T @ (share - right) + worth * (curve - start)
            bend = (inputs * (share * (1 - share))[:, None]).T @ inputs
            bend += np.diag(worth)
            before, curve = curve, curve - np.linalg.solve(bend, gradient)
            curve[0] = max(curve[0], _FLATTEST)
            if np.abs(curve - before).max() < _STILL:
                break
        return cls(*curve.tolist())


AS_IS = Calibration()
"""Probabilities as they are."""


@attrs.frozen
class Verdicts:
    """What corrections said of suggestions.

    Attributes:
        words: The words that were corrected last, each with the probability that was said.

    Example:
        >>> Verdicts().and_of([Judged(0.8, False)] * 50).curve.of(0.8) < 0.5
        True
    """

    words: tuple[Judged, ...] = ()

    @cached_property
    def curve(self) -> Calibration:
        """What makes of the probabilities that were said the share that was right."""
        return Calibration.learn(self.words, _BELIEF_THEN)

    def and_of(self, judged: Iterable[Judged]) -> Verdicts:
        """Return these and those of further words; the oldest are forgotten."""
        return Verdicts((*self.words, *judged)[-_LAST:])


def judge(
    words: Iterable[tuple[Sequence[Hypothesis], Sequence[tuple[str, str, str]] | None]],
    *,
    again: bool = False,
) -> list[Judged]:
    """Return the probability of the analysis chosen for each word, and whether it is right.

    Args:
        words: The hypotheses of each word, and its analysis; without one it is passed over.
        again: Whether they stand in a sentence that was learned.
    """
    result = []
    for hypotheses, analysis in words:
        if analysis is None:
            continue
        best = least_risk(hypotheses)
        chosen = (best.forms, best.glosses)
        p = sum(one.probability for one in hypotheses if (one.forms, one.glosses) == chosen)
        forms, glosses, _ = zip(*analysis, strict=True)
        result.append(Judged(p, chosen == (forms, glosses), again))
    return result
