"""LaTeX markup as text: what the formats ``latex`` and ``linggym`` share."""

from __future__ import annotations

__all__: list[str] = []
