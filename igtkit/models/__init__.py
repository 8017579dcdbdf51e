"""Glossers: everything that segments and glosses texts."""

from __future__ import annotations

from igtkit.models.base import Glosser
from igtkit.models.crf import CrfGlosser
from igtkit.models.fallback import FallbackGlosser, expected_error
from igtkit.models.lookup import LookupGlosser

__all__ = ["CrfGlosser", "FallbackGlosser", "Glosser", "LookupGlosser", "expected_error"]
