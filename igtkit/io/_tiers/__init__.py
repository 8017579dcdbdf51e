"""What ELAN files and TextGrids share: tiers of annotations, and which tier is which line."""

from __future__ import annotations

from igtkit.io._tiers.map import TierMap

__all__ = ["TierMap"]
