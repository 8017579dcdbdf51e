"""Whether probabilities mean what they say: reliability, and precision against coverage."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import attrs

from igtkit.errors import InputError
from igtkit.plots._axes import finish, prepare

__all__ = [
    "Bin",
    "Point",
    "calibration_error",
    "coverage",
    "coverage_curve",
    "reliability",
    "reliability_bins",
]


@attrs.frozen
class Bin:
    """The words whose probability falls into one interval.

    Attributes:
        probability: Their mean probability, 0 to 1.
        right: The share of them that is right, 0 to 1.
        count: How many they are.
    """

    probability: float
    right: float
    count: int


@attrs.frozen
class Point:
    """What is gained by leaving the least sure words open.

    Attributes:
        coverage: Share of the words that are glossed, 0 to 1.
        precision: Share of the glossed words that are right, 0 to 1.
        threshold: Least probability of a glossed word.
    """

    coverage: float
    precision: float
    threshold: float


def reliability_bins(
    probabilities: Sequence[float], right: Sequence[bool], bins: int = 10
) -> list[Bin]:
    """Return words in bins of equal width by their probability.

    Args:
        probabilities: Of each word, 0 to 1.
        right: Whether each word is right.
        bins: Number of bins.

    Returns:
        The bins that hold a word, lowest first.

    Raises:
        InputError: If there are no words, the lengths differ, or a probability is none.

    Example:
        >>> reliability_bins([0.25, 0.75, 0.75], [False, True, False], bins=2)
        [Bin(probability=0.25, right=0.0, count=1), Bin(probability=0.75, right=0.5, count=2)]
    """
    if bins < 1:
        raise InputError(f"bins must be at least 1, not {bins}")
    members: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for chance, hit in _pairs(probabilities, right):
        members[min(int(chance * bins), bins - 1)].append((chance, hit))
    return [
        Bin(sum(c for c, _ in part) / len(part), sum(h for _, h in part) / len(part), len(part))
        for part in members
        if part
    ]


def calibration_error(
    probabilities: Sequence[float], right: Sequence[bool], bins: int = 10
) -> float:
    """Expected calibration error: how far probabilities are from the share that is right.

    The mean over the words of the distance between the two in the word's bin (Naeini, Cooper and
    Hauskrecht 2015); 0 is best.

    Args:
        probabilities: Of each word, 0 to 1.
        right: Whether each word is right.
        bins: Number of bins of equal width.

    Raises:
        InputError: As for `reliability_bins`.

    Example:
        >>> calibration_error([0.25, 0.75, 0.75], [False, True, False], bins=2)
        0.25
    """
    found = reliability_bins(probabilities, right, bins)
    return sum(abs(b.probability - b.right) * b.count for b in found) / sum(b.count for b in found)


def coverage_curve(probabilities: Sequence[float], right: Sequence[bool]) -> list[Point]:
    """The share of glossed words that are right, for every threshold that makes a difference.

    Args:
        probabilities: Of each word, 0 to 1.
        right: Whether each word is right.

    Returns:
        One point for each distinct probability, surest words first.

    Raises:
        InputError: As for `reliability_bins`.

    Example:
        >>> coverage_curve([0.5, 1.0], [False, True])[0]
        Point(coverage=0.5, precision=1.0, threshold=1.0)
    """
    ranked = sorted(_pairs(probabilities, right), key=lambda pair: -pair[0])
    points, hits = [], 0
    for index, (chance, hit) in enumerate(ranked, 1):
        hits += hit
        if index == len(ranked) or ranked[index][0] < chance:
            points.append(Point(index / len(ranked), hits / index, chance))
    return points


def reliability(
    probabilities: Sequence[float],
    right: Sequence[bool],
    *,
    bins: int = 10,
    label: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw a reliability diagram: on the diagonal, probabilities mean what they say.

    The area of a marker grows with the number of words in its bin.

    Args:
        probabilities: Of each word, 0 to 1.
        right: Whether each word is right.
        bins: Number of bins of equal width.
        label: Name of the curve.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        InputError: As for `reliability_bins`.
        MissingExtraError: If matplotlib is not installed.
    """
    found = reliability_bins(probabilities, right, bins)
    ax, style = prepare(ax, "probability given", "share of words that are right")
    if not style["number"]:
        ax.axline((0, 0), slope=1, color="0.6", linewidth=1, linestyle=":")
        ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), aspect="equal")
    x, y = [b.probability for b in found], [b.right for b in found]
    largest = max(b.count for b in found)
    ax.plot(x, y, color=style["color"], linestyle=style["linestyle"], linewidth=1.2, label=label)
    areas = [12 + 90 * b.count / largest for b in found]
    ax.scatter(x, y, s=areas, color=style["color"], marker=style["marker"], alpha=0.8, zorder=3)
    return finish(ax, label)


def coverage(
    probabilities: Sequence[float],
    right: Sequence[bool],
    *,
    label: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw precision against coverage: what is gained by leaving the least sure words open.

    Args:
        probabilities: Of each word, 0 to 1.
        right: Whether each word is right.
        label: Name of the curve.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        InputError: As for `reliability_bins`.
        MissingExtraError: If matplotlib is not installed.
    """
    points = [p for p in coverage_curve(probabilities, right) if p.coverage >= 0.05]
    ax, style = prepare(ax, "share of words glossed (coverage)", "share of them right (precision)")
    marks = [
        min(range(len(points)), key=lambda i, at=at: abs(points[i].coverage - at))  # type: ignore[misc]
        for at in (0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    ax.plot(
        [p.coverage for p in points],
        [p.precision for p in points],
        color=style["color"],
        linestyle=style["linestyle"],
        marker=style["marker"],
        markevery=sorted(set(marks)),
        label=label,
    )
    ax.set_xlim(0, 1.02)
    return finish(ax, label)


def _pairs(probabilities: Sequence[float], right: Sequence[bool]) -> list[tuple[float, bool]]:
    if len(probabilities) != len(right):
        raise InputError(f"{len(probabilities)} probabilities for {len(right)} words")
    if not probabilities:
        raise InputError("there are no words")
    for index, chance in enumerate(probabilities):
        if not 0 <= chance <= 1 or math.isnan(chance):
            raise InputError(f"probability {index} is {chance!r}, not between 0 and 1")
    return [(float(chance), bool(hit)) for chance, hit in zip(probabilities, right, strict=True)]
