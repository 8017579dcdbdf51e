"""Error rates against something that grows: sentences, or perplexity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from igtkit.errors import InputError
from igtkit.models.performance import PerformanceEstimator
from igtkit.plots._axes import finish, name_points, prepare, start_at_zero

__all__ = ["learning_curve", "perplexity"]


def learning_curve(
    sizes: Sequence[float],
    errors: Sequence[float],
    *,
    spread: Sequence[float] | None = None,
    label: str | None = None,
    ax: Any = None,
) -> Any:
    """Draw error rates against the number of sentences.

    Args:
        sizes: Numbers of sentences.
        errors: Error rate at each.
        spread: How far to either side of each the shade reaches, say a standard deviation.
        label: Name of the curve.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        InputError: If the lengths differ.
        MissingExtraError: If matplotlib is not installed.
    """
    if len(sizes) != len(errors) or (spread is not None and len(spread) != len(errors)):
        raise InputError("sizes, errors and spread must be of one length")
    ax, style = prepare(ax, "sentences", "morpheme error rate")
    every = max(1, len(sizes) // 10)
    ax.plot(
        sizes,
        errors,
        color=style["color"],
        linestyle=style["linestyle"],
        marker=style["marker"],
        markevery=every,
        label=label,
    )
    if spread is not None:
        low = [error - by for error, by in zip(errors, spread, strict=True)]
        high = [error + by for error, by in zip(errors, spread, strict=True)]
        ax.fill_between(sizes, low, high, color=style["color"], alpha=0.2, linewidth=0)
    start_at_zero(ax)
    return finish(ax, label)


def perplexity(
    estimator: PerformanceEstimator, *, names: bool = True, label: str | None = None, ax: Any = None
) -> Any:
    """Draw morpheme error rates against perplexities, with the line and its prediction interval.

    Figure 2 of PolyGloss.

    Args:
        estimator: A fitted one.
        names: Whether to write the glottocodes beside the points.
        label: Name of the model.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        NotFittedError: If the estimator is not fitted.
        MissingExtraError: If matplotlib is not installed.
    """
    languages = sorted(estimator.error_rates.keys() & estimator.perplexities.keys())
    xs = [estimator.perplexities[name] for name in languages]
    ys = [estimator.error_rates[name] for name in languages]
    ends = (min(xs), max(xs)) if xs else (1.0, 1.0)
    line = np.linspace(*ends, 50)
    found = [estimator.estimate(perplexity=float(x)) for x in line]
    ax, style = prepare(ax, "perplexity on dev", "morpheme error rate")
    ax.scatter(xs, ys, color=style["color"], marker=style["marker"], zorder=3)
    low, high = ([getattr(each, end) for each in found] for end in ("low", "high"))
    ax.fill_between(line, low, high, color=style["color"], alpha=0.12, linewidth=0)
    fit = f"r² = {estimator.r_squared:.2f}"
    ax.plot(
        line,
        [each.error_rate for each in found],
        color=style["color"],
        linestyle=style["linestyle"],
        label=f"{label} ({fit})" if label else fit,
    )
    ax.margins(x=0.1)
    start_at_zero(ax)
    finish(ax, fit)
    if names:
        name_points(ax, xs, ys, languages)
    return ax
