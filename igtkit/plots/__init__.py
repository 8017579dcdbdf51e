"""Pictures of how glossers do.

Each function draws on the axes it is given, or on new ones, and returns them; several calls on the
same axes put curves beside each other. Colors are those of Okabe and Ito, which color-blind people
tell apart, and every curve has its own marker and dashes, so that they are told apart in grey
print, too; bars have their names beside them. Drawing needs matplotlib (extra ``plots``); the
numbers behind the pictures do not.
"""

from __future__ import annotations

from igtkit.plots.calibration import (
    Bin,
    Point,
    calibration_error,
    coverage,
    coverage_curve,
    reliability,
    reliability_bins,
)
from igtkit.plots.curves import learning_curve, perplexity
from igtkit.plots.systems import Scores, bars, changes, read_scores, report_scores

__all__ = [
    "Bin",
    "Point",
    "Scores",
    "bars",
    "calibration_error",
    "changes",
    "coverage",
    "coverage_curve",
    "learning_curve",
    "perplexity",
    "read_scores",
    "reliability",
    "reliability_bins",
    "report_scores",
]
