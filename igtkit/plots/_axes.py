"""Axes, and a look for each thing on them that holds in grey print and for color-blind people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from igtkit._optional import require

__all__ = ["COLORS", "finish", "name_points", "prepare", "start_at_zero"]

COLORS = ("#0072B2", "#D55E00", "#009E73", "#000000", "#CC79A7", "#E69F00", "#56B4E9")
"""The colors of Okabe and Ito (2008), which color-blind people tell apart."""
_MARKERS = "osD^vPX"
_DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))


def prepare(ax: Any, xlabel: str, ylabel: str, *, height: float = 4) -> tuple[Any, dict[str, Any]]:
    """Axes, new ones (so many inches high) if there are none, and the look of the next curve."""
    if ax is None:
        pyplot = require("matplotlib.pyplot", "plots")
        _, ax = pyplot.subplots(figsize=(6, height), layout="constrained")
    number = sum(line.get_gid() == "igtkit" for line in ax.lines)
    if not number:
        ax.set(xlabel=xlabel, ylabel=ylabel)
        ax.grid(visible=True, color="0.9", linewidth=0.8)
        ax.set_axisbelow(True)
        ax.spines[["top", "right"]].set_visible(False)
    style = {"color": COLORS, "marker": _MARKERS, "linestyle": _DASHES}
    look = {name: values[number % len(values)] for name, values in style.items()}
    return ax, {"number": number, **look}


def finish(ax: Any, label: str | None) -> Any:
    """Count the curve that was drawn last, and name it."""
    ax.lines[-1].set_gid("igtkit")
    if label is not None:
        ax.legend(frameon=False)
    return ax


def start_at_zero(ax: Any) -> None:
    """Let the vertical axis go from 0 to a little above all that is drawn."""
    ax.set_ylim(0, 1.06 * ax.dataLim.y1)


def name_points(ax: Any, xs: Sequence[float], ys: Sequence[float], names: Sequence[str]) -> None:
    """Write a name at one of the four corners of each point, where it covers least.

    Other names, points and the edge of the axes are in the way, and lines, but less. Call it when
    all else is drawn and the limits are set.
    """
    ax.figure.draw_without_rendering()  # from here on it is known where things are
    points = ax.transData.transform(list(zip(xs, ys, strict=True)))
    lines = [dot for line in ax.lines for dot in ax.transData.transform(line.get_xydata())]
    taken: list[Any] = []
    for name, x, y in zip(names, xs, ys, strict=True):
        corners = []
        for right, above in ((True, True), (False, True), (True, False), (False, False)):
            text = ax.annotate(
                name, (x, y), xytext=(5 if right else -5, 3 if above else -3),
                textcoords="offset points", fontsize=8,
                ha="left" if right else "right", va="bottom" if above else "top",
            )  # fmt: skip
            box = text.get_window_extent()
            inside = ax.bbox.contains(*box.min) and ax.bbox.contains(*box.max)
            worst = box.count_overlaps(taken) + sum(box.contains(*dot) for dot in points)
            bad = sum(box.contains(*dot) for dot in lines)
            corners.append((9 * (worst + (not inside)) + bad, text, box))
        best = min(range(4), key=lambda corner: corners[corner][0])
        taken.append(corners[best][2])
        for corner, (_, text, _) in enumerate(corners):
            if corner != best:
                text.remove()
