"""The choice of one analysis for each word, from probabilities.

The likeliest analysis is not always the one that costs least when it is wrong: two candidates may
share most of their glosses. Each word gets the analysis with the least expected number of gloss
edits under the words' probabilities (minimum Bayes risk). An unknown stem counts as each of its
options by their probabilities, and as a gloss that cannot be met by the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from igtkit.models.crf.unknown import OTHER_GLOSS

__all__ = ["Hypothesis", "gloss_distance", "least_risk"]

_MOST = 0.5 + 1e-9  # a little more than half, as sums are rounded
_CONSIDERED = 12  # likeliest glosses that are compared with each other; by hand, for time


@attrs.frozen
class Hypothesis:
    """One analysis a word may have.

    Attributes:
        forms: Its morphemes' forms.
        glosses: Their glosses.
        probability: How likely it is.
        boundaries: What joins each morpheme to the one before.
        source: Where an unknown stem's gloss comes from, or "".
        count: How often the word had this analysis in the training data.
        stem: Place of the unknown stem whose gloss varies, or -1.
        gain: How much likelier the second opinion makes it.
        kin: How many other words of texts without glosses have its unknown stem.
    """

    forms: tuple[str, ...]
    glosses: tuple[str, ...]
    probability: float
    boundaries: tuple[str, ...] = ()
    source: str = ""
    count: float = 0.0
    stem: int = -1
    gain: float = 0.0
    kin: float = 0.0

    def joined(self, parts: Sequence[str]) -> str:
        """Return forms or glosses joined by the boundaries."""
        return "".join(mark + part for mark, part in zip(self.boundaries, parts, strict=True))


def gloss_distance(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the edit distance of two gloss sequences.

    Example:
        >>> gloss_distance(("go", "PST"), ("go", "PFV", "3SG"))
        2
    """
    if a == b:
        return 0
    start, end = 0, min(len(a), len(b))
    while start < end and a[start] == b[start]:
        start += 1
    same = 0  # at the end
    while same < end - start and a[-1 - same] == b[-1 - same]:
        same += 1
    a, b = a[start : len(a) - same], b[start : len(b) - same]
    if len(a) < 2 or len(b) < 2:
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        return len(long) - (len(short) == 1 and short[0] in long)
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + (x != y)))
        previous = row
    return previous[-1]


def least_risk(hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    """The hypothesis with the least expected gloss edits.

    Args:
        hypotheses: At least one. None with `OTHER_GLOSS` is returned unless nothing else is there.
    """
    mass: dict[tuple[str, ...], float] = {}
    for hypothesis in hypotheses:
        mass[hypothesis.glosses] = mass.get(hypothesis.glosses, 0.0) + hypothesis.probability
    likely = sorted(mass.items(), key=lambda item: -item[1])[:_CONSIDERED]
    first, share = likely[0]
    if share > _MOST * sum(p for _, p in likely) and OTHER_GLOSS not in first:
        # with more than half of all, by the triangle inequality, no other is nearer to the rest
        return _likeliest(hypotheses, first)
    risks = dict.fromkeys(mass, 0.0)
    for i, (one, p) in enumerate(likely):
        for other, q in likely[:i]:
            distance = gloss_distance(one, other)
            risks[one] += q * distance
            risks[other] += p * distance
    meetable = [glosses for glosses, _ in likely if OTHER_GLOSS not in glosses]
    return _likeliest(hypotheses, min(meetable or [first], key=risks.__getitem__))


def _likeliest(hypotheses: Sequence[Hypothesis], glosses: tuple[str, ...]) -> Hypothesis:
    """The likeliest hypothesis with some glosses."""
    return max((o for o in hypotheses if o.glosses == glosses), key=lambda one: one.probability)
