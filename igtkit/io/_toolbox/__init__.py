"""Toolbox's standard format: its records, and the columns of its interlinear blocks."""

from __future__ import annotations

__all__: list[str] = []
