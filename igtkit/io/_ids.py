"""Identifiers that a file wants to be unique."""

from __future__ import annotations

__all__ = ["UniqueIds"]


class UniqueIds:
    """Gives out identifiers, each once.

    Example:
        >>> ids = UniqueIds()
        >>> [ids.take(wanted) for wanted in ("a", "a", "b", "a", "a-2")]
        ['a', 'a-2', 'b', 'a-3', 'a-2-2']
    """

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """The wanted identifier, or with a number after it where that is taken."""
        count = self._taken.get(wanted, 0)
        identifier = wanted
        while identifier in self._taken:
            count += 1
            identifier = f"{wanted}-{count}"
        self._taken[wanted] = max(count, 1)
        self._taken.setdefault(identifier, 1)
        return identifier
