"""Signs that only keep the place of a form or gloss that nobody has written yet."""

from __future__ import annotations

import re

from igtkit.boundaries import UNKNOWN

__all__ = ["mark_unknown"]

_PLACEHOLDER = re.compile(r"(?<![^\s\-=~<>.])(?:\?{2,}|\*{3,})(?![^\s\-=~<>.])")


def mark_unknown(line: str | None) -> str:
    """Return a line, or a word of it, with ``???`` for each placeholder; a missing line is empty.

    Placeholders are two question marks or more, as linguists type them, and three asterisks or
    more, as FLEx and Toolbox have them.

    Example:
        >>> mark_unknown("cat-?? *** go-PST.**** what?? **")
        'cat-??? ??? go-PST.??? what?? **'
    """
    if not line:
        return ""
    return _PLACEHOLDER.sub(UNKNOWN, line) if "??" in line or "***" in line else line
