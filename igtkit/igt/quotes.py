"""The quotes that a translation stands in."""

from __future__ import annotations

import re

__all__ = ["bare_translation"]

_IN_QUOTES = re.compile(r"\s*['‘‚`´](?P<inside>.+)['’‘´]\s*", re.DOTALL)
_CLOSED = re.compile(r"['’‘´](?!\w)")


def bare_translation(text: str) -> str:
    """A translation without the single quotes around all of it, to be set in quotes for a reader.

    Double quotes stay: they say that somebody speaks.

    Example:
        >>> bare_translation("'It’s a house.'"), bare_translation("‘one’ or ‘two’")
        ('It’s a house.', '‘one’ or ‘two’')
    """
    found = _IN_QUOTES.fullmatch(text)
    if found is None or _CLOSED.search(found["inside"]):
        return text
    return found["inside"].strip() or text
