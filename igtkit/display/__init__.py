"""Showing texts to people."""

from __future__ import annotations

from igtkit.display.html import to_html
from igtkit.display.text import compare_text, to_text

__all__ = ["compare_text", "to_html", "to_text"]
