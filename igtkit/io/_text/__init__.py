"""What stands around the lines of an example in plain text: numbers, headings, quotes, layout."""

from __future__ import annotations

__all__: list[str] = []
