"""Automata over bytes and the end of the output, as tables."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np
from numpy.typing import NDArray

from igtkit.models.constraints.characters import character_machine

__all__ = ["COLUMNS", "DEAD", "END_COLUMN", "FAR", "OVER", "Automaton", "Builder", "distances"]

END_COLUMN = 256
"""The column of the token that ends an output, after those of the 256 bytes."""

COLUMNS = 257

FAR = 1 << 24
"""A distance that no limit reaches."""

DEAD, OVER = 0, 1
"""The states after a token that cannot stand, and after the end of the output. Rows in them are not
looked at any more, but must have something to choose: the end token."""


@attrs.frozen(eq=False)
class Automaton:
    """States, and what leads from one to the next.

    Attributes:
        step: The next state, shape ``(states, 257)``; `DEAD` where a token cannot stand.
        names: The states that have a name.
    """

    step: NDArray[np.int64]
    names: dict[str, int]


class Builder:
    """Puts an automaton together from named states."""

    def __init__(self) -> None:
        self._rows: list[NDArray[np.int64]] = []
        self._names: dict[str, int] = {}
        for name in ("dead", "over"):
            self._names[name] = self._add()
        self.connect("dead", [END_COLUMN], "over")
        self.connect("over", [END_COLUMN], "over")

    def __getitem__(self, name: str) -> int:
        """The number of a state, made where it is not there yet."""
        if name not in self._names:
            self._names[name] = self._add()
        return self._names[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the states made so far."""
        return tuple(self._names)

    def _add(self) -> int:
        self._rows.append(np.zeros(COLUMNS, dtype=np.int64))
        return len(self._rows) - 1

    def connect(self, source: str, columns: str | Iterable[int], target: str) -> None:
        """Lead from one state to another by ASCII characters, or by columns of the table."""
        for column in map(ord, columns) if isinstance(columns, str) else columns:
            self._rows[self[source]][column] = self[target]

    def copy(self, source: str, target: str) -> None:
        """Let a state lead where another leads."""
        self._rows[self[target]][:] = self._rows[self[source]]

    def read_character(self, source: str, outcomes: dict[int, str]) -> None:
        """Lead from a state over any one character to the state that its class has.

        Args:
            source: The state.
            outcomes: The next state for each class of characters; a class that is not there is
                refused.
        """
        targets = sorted(set(outcomes.values()))
        table = character_machine(
            {character: targets.index(name) + 1 for character, name in outcomes.items()}
        )
        numbers = [self[source], *(self._add() for _ in table[1:])]
        into = [DEAD, *(self[name] for name in targets)]
        for number, row in zip(numbers, table, strict=True):
            self._rows[number][:256] = [
                numbers[entry] if entry > 0 else into[-entry] for entry in row.tolist()
            ]

    def build(self) -> Automaton:
        """The automaton of all states."""
        return Automaton(np.stack(self._rows), dict(self._names))


def distances(step: NDArray[np.int64], goals: Iterable[int]) -> NDArray[np.int64]:
    """The least number of tokens from each state to one of the goals; `FAR` if there is no way."""
    found = np.full(len(step), FAR, dtype=np.int64)
    found[list(goals)] = 0
    while True:
        through = np.where(step == DEAD, FAR, found[step]).min(axis=1) + 1
        shorter = np.minimum(found, through)
        if (shorter == found).all():
            return found
        found = shorter
