"""Scoring glosses and segmentations: every metric of section 3 of the PolyGloss paper.

`evaluate` gives all figures at once in a `Report`; each is also a plain function on strings.
"""

from __future__ import annotations

from igtkit.metrics.analysis import (
    Confusion,
    Novelty,
    SentenceDifference,
    confusions,
    most_different,
    seen_and_unseen,
)
from igtkit.metrics.custom import SentenceMetric
from igtkit.metrics.functions import (
    accuracy,
    alignment,
    bleu,
    error_rate,
    segmentation_scores,
    stem_gram_scores,
)
from igtkit.metrics.inputs import Glossed
from igtkit.metrics.presets import PRESETS, Preset
from igtkit.metrics.report import Report, evaluate
from igtkit.metrics.significance import Comparison, Interval, compare, confidence_intervals

__all__ = [
    "PRESETS",
    "Comparison",
    "Confusion",
    "Glossed",
    "Interval",
    "Novelty",
    "Preset",
    "Report",
    "SentenceDifference",
    "SentenceMetric",
    "accuracy",
    "alignment",
    "bleu",
    "compare",
    "confidence_intervals",
    "confusions",
    "error_rate",
    "evaluate",
    "most_different",
    "seen_and_unseen",
    "segmentation_scores",
    "stem_gram_scores",
]
