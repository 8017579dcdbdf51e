"""ELAN's annotation format: its tiers, and writing them anew or into a file that is there."""

from __future__ import annotations

__all__: list[str] = []
