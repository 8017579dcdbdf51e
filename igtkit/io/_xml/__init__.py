"""XML from outside, read without trust, and XML written whole: what the formats of XML share."""

from __future__ import annotations

__all__: list[str] = []
