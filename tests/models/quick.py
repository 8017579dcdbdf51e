"""The laptop glosser as it learns in a moment, where a test does not ask how well it learns."""

from __future__ import annotations

from typing import Any

from igtkit.models import CrfGlosser
from igtkit.models.crf import CrfSettings, RankerSettings

__all__ = ["QUICK", "quick_glosser"]

QUICK = CrfSettings(ranker=RankerSettings(bits=16, epochs=3, averaged=2, runs=1))


def quick_glosser(**options: Any) -> CrfGlosser:
    """One that has not learned yet; the options are those of the class."""
    return CrfGlosser(QUICK, **options)
