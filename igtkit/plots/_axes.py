"""Axes, and a look for each thing on them that holds in grey print and for color-blind people."""

from __future__ import annotations

from typing import Any

from igtkit._optional import require

__all__ = ["COLORS", "finish", "prepare"]

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
