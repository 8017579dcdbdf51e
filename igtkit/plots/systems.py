"""Systems beside each other, over languages."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from igtkit.errors import FileFormatError, InputError
from igtkit.plots._axes import COLORS, HATCHES, prepare

__all__ = ["Scores", "bars", "changes", "read_scores"]

Scores = Mapping[str, Mapping[str, float]]
"""For each system, its figure on each language."""


def bars(scores: Scores, *, ylabel: str = "morpheme error rate", ax: Any = None) -> Any:
    """Draw the average of each system over languages, with the standard error of that average.

    Figures 3, 4, 5 and 8 of PolyGloss.

    Args:
        scores: For each system, its figure on each language; from `read_scores`, or from the groups
            of reports.
        ylabel: What the figure is.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        InputError: If there is no system, or one without figures.
        MissingExtraError: If matplotlib is not installed.
    """
    if not scores or not all(scores.values()):
        raise InputError("every system needs at least one language")
    ax, _ = prepare(ax, "", ylabel)
    colors = [color for color in COLORS if color != "#000000"]  # on which no error bar shows
    for place, figures in enumerate(scores.values()):
        values = list(figures.values())
        error = stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0
        ax.bar(
            place,
            fmean(values),
            yerr=error,
            capsize=4,
            width=0.7,
            color=colors[place % len(colors)],
            hatch=HATCHES[place % len(HATCHES)],
            edgecolor="white",
            ecolor="0.3",
        )
        ax.annotate(f"{fmean(values):.3f}", (place, fmean(values) + error), xytext=(0, 3),
                    textcoords="offset points", ha="center", fontsize=8)  # fmt: skip
    ax.set_xticks(range(len(scores)), [name.replace(" (", "\n(") for name in scores], fontsize=8)
    ax.grid(visible=False, axis="x")
    ax.margins(y=0.12)
    ax.set_ylim(bottom=0)
    return ax


def changes(
    before: Mapping[str, float],
    after: Mapping[str, float],
    *,
    names: tuple[str, str] = ("before", "after"),
    xlabel: str = "morpheme error rate",
    ax: Any = None,
) -> Any:
    """Draw how a figure changed, language by language, as arrows.

    Figure 7 of PolyGloss.

    Args:
        before: The figure of each language.
        after: The same languages afterwards.
        names: What the two ends of an arrow are.
        xlabel: What the figure is.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        InputError: If the languages differ, or there is none.
        MissingExtraError: If matplotlib is not installed.
    """
    if not before or before.keys() != after.keys():
        raise InputError("before and after must have the same languages, at least one")
    ax, _ = prepare(ax, xlabel, "")
    for place, language in enumerate(before):
        ends = before[language], after[language]
        arrow = {"arrowstyle": "->", "color": "0.5", "shrinkA": 4, "shrinkB": 4}
        ax.annotate("", (ends[1], place), (ends[0], place), arrowprops=arrow)
    places = range(len(before))
    ax.scatter(before.values(), places, color=COLORS[1], marker="s", label=names[0], zorder=3)
    ordered = [after[language] for language in before]
    ax.scatter(ordered, places, color=COLORS[0], marker="o", label=names[1], zorder=3)
    ax.set_yticks(places, list(before))
    ax.invert_yaxis()
    ax.set_xlim(left=0)
    ax.legend(frameon=False)
    return ax


def read_scores(
    path: str | os.PathLike[str], metric: str, *, table: str | None = None
) -> dict[str, dict[str, float]]:
    """Read the figures of systems from a table with one row for each.

    Args:
        path: A CSV file with the columns ``metric``, ``system``, one for each language and, not
            needed, ``table`` and ``avg``.
        metric: Which rows.
        table: Only those of this table.

    Returns:
        For each system, its figure on each language that it has one of.

    Raises:
        FileFormatError: If a column is missing, or a figure no number.
        InputError: If no row is of that metric.
    """
    scores: dict[str, dict[str, float]] = {}
    metrics = set()
    with Path(path).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for row in reader:
            if not {"metric", "system"} <= row.keys():
                raise FileFormatError(
                    "no table of scores", path=os.fspath(path), line=1,
                    expected="the columns metric and system, and one for each language",
                )  # fmt: skip
            metrics.add(row["metric"])
            if row["metric"] != metric or table not in (None, row.get("table")):
                continue
            figures = {
                k: v for k, v in row.items() if k not in ("table", "metric", "system", "avg")
            }
            try:
                numbers = {name: float(value) for name, value in figures.items() if value}
            except (TypeError, ValueError) as error:
                raise FileFormatError(
                    str(error), path=os.fspath(path), line=reader.line_num
                ) from error
            scores[row["system"]] = numbers
    if not scores:
        raise InputError(
            f"no row has the metric {metric!r}; there are: {', '.join(sorted(metrics))}"
        )
    return scores
