"""LaTeX as linguists write it: its markup, its examples, and how to write them."""

from __future__ import annotations

__all__: list[str] = []
