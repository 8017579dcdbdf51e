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
from igtkit.metrics import Report
from igtkit.metrics.statistics import flatten_figures
from igtkit.plots._axes import COLORS, prepare

__all__ = ["Scores", "bars", "changes", "read_scores", "report_scores"]

Scores = Mapping[str, Mapping[str, float]]
"""For each system, its figure on each language."""


def bars(scores: Scores, *, xlabel: str = "morpheme error rate", ax: Any = None) -> Any:
    """Draw the average of each system over languages, with the standard error of that average.

    Figures 3, 4, 5 and 8 of PolyGloss. The bars lie, first system on top, so that long names fit.

    Args:
        scores: For each system, its figure on each language; from `report_scores` or `read_scores`.
        xlabel: What the figure is.
        ax: Axes to draw on.

    Returns:
        The axes.

    Raises:
        InputError: If there is no system, or one without figures.
        MissingExtraError: If matplotlib is not installed.
    """
    if not scores or not all(scores.values()):
        raise InputError("every system needs at least one language")
    ax, _ = prepare(ax, xlabel, "", height=1 + 0.45 * len(scores))
    for place, figures in enumerate(scores.values()):
        values = list(figures.values())
        mean = fmean(values)
        error = stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0
        ax.barh(place, mean, xerr=error, height=0.65, color=COLORS[6], ecolor="0.2", capsize=4)
        ax.annotate(f"{mean:.3f}", (mean + error, place), xytext=(6, 0),
                    textcoords="offset points", va="center", fontsize=9)  # fmt: skip
    ax.set_yticks(range(len(scores)), list(scores))
    ax.invert_yaxis()
    ax.grid(visible=False, axis="y")
    ax.margins(x=0.12)
    ax.set_xlim(left=0)
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
    ax, _ = prepare(ax, xlabel, "", height=1 + 0.3 * len(before))
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


def report_scores(reports: Mapping[str, Report], metric: str) -> dict[str, dict[str, float]]:
    """Return the figures of systems from their reports, group by group.

    Args:
        reports: For each system, its report, made with ``by="language"`` or ``"glottocode"``.
        metric: Path of the figure, such as ``"segmentation.f1"``.

    Returns:
        For each system, its figure on each group that has it.

    Raises:
        InputError: If a report has no groups, or none of them has that figure.

    Example:
        >>> from igtkit import IGT, Prediction
        >>> from igtkit.metrics import evaluate
        >>> gold = [IGT("cats", "cat-s", "cat-PL", language="English")]
        >>> report = evaluate(
        ...     predictions=[Prediction("cat-s", "cat-SG")], references=gold, by="language"
        ... )
        >>> report_scores({"mine": report}, "glossing.morpheme.error_rate")
        {'mine': {'English': 0.5}}
    """
    scores: dict[str, dict[str, float]] = {}
    for system, report in reports.items():
        flat = {group: flatten_figures(figures) for group, figures in report.groups.items()}
        scores[system] = {
            group: figures[metric]
            for group, figures in flat.items()
            if figures.get(metric) is not None
        }
        if not scores[system]:
            raise InputError(
                f"the report of {system!r} has no {metric!r} of any group; "
                "make it with by='language', and look at its to_dict() for the names"
            )
    return scores


def read_scores(
    path: str | os.PathLike[str], metric: str, *, table: str | None = None
) -> dict[str, dict[str, float]]:
    """Return the figures of systems from a table with one row for each.

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
