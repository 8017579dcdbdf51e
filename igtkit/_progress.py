"""A progress bar where there is a terminal to draw it on."""

from __future__ import annotations

import sys
from typing import Any, ClassVar, Self

from igtkit._optional import require
from igtkit.errors import MissingExtraError

__all__ = ["Progress"]


class Progress:
    """A counter of texts on standard error; silent without a terminal, or without tqdm.

    There is one bar at a time: work that is a part of other work shows none of its own.

    Args:
        total: Number of texts; None if it is not known.
        shown: False: silent. True or None: shown where standard error is a terminal.
        what: What is done with the texts, in a word.
    """

    _drawn: ClassVar[int] = 0

    def __init__(self, total: int | None, shown: bool | None = None, what: str = "") -> None:
        self._bar: Any = None
        if shown is False or Progress._drawn or sys.stderr is None or not sys.stderr.isatty():
            return
        try:
            tqdm = require("tqdm", "progress").tqdm
        except MissingExtraError:
            return
        self._bar = tqdm(total=total, unit="texts", desc=what or None)

    def __enter__(self) -> Self:
        if self._bar is not None:
            Progress._drawn += 1
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            Progress._drawn -= 1
            self._bar.close()

    def advance(self, count: int) -> None:
        """Count some texts as done."""
        if self._bar is not None:
            self._bar.update(count)
