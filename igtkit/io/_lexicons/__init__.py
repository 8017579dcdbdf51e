"""Lexicons from files: tables, and LIFT."""

from __future__ import annotations

from igtkit.io._lexicons.lift import read_lift
from igtkit.io._lexicons.table import read_lexicon

__all__ = ["read_lexicon", "read_lift"]
