"""A progress bar where there is a terminal to draw it on."""

from __future__ import annotations

import sys
from typing import Any, Self

from igtkit._optional import require
from igtkit.errors import MissingExtraError

__all__ = ["Progress"]


class Progress:
    """A counter of texts on standard error; silent without a terminal, or without tqdm.

    Args:
        total: Number of texts; None if it is not known.
        shown: False: silent. True or None: shown where standard error is a terminal.
    """

    def __init__(self, total: int | None, shown: bool | None = None) -> None:
        self._bar: Any = None
        if shown is False or sys.stderr is None or not sys.stderr.isatty():
            return
        try:
            self._bar = require("tqdm", "progress").tqdm(total=total, unit="texts")
        except MissingExtraError:
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, count: int) -> None:
        """Count some texts as done."""
        if self._bar is not None:
            self._bar.update(count)
