"""Names by which a paper refers to its examples."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["LabelNames"]


class LabelNames:
    """Names for examples, each of them new, of the characters that a format takes.

    Args:
        allowed: These characters, as in a class of a regular expression.

    Example:
        >>> names = LabelNames("A-Za-z0-9-")
        >>> [names.new(name) for name in ("text 1", "text 1", "éé", None)]
        ['text-1', 'text-1-2', None, None]
    """

    def __init__(self, allowed: str) -> None:
        self._others = re.compile(f"[^{allowed}]+")
        self._used: set[str] = set()
        self._counts: Counter[str] = Counter()

    def new(self, name: str | None) -> str | None:
        """Return a name like this one that the format takes and that was not given before."""
        base = self._others.sub("-", name or "").strip("-")
        if not base:
            return None
        label = base
        while label in self._used:
            self._counts[base] += 1
            label = f"{base}-{self._counts[base] + 1}"
        self._used.add(label)
        return label
