"""Several glosses in one cell, or in one gloss of a dictionary."""

from __future__ import annotations

from igtkit.errors import InputError

__all__ = ["checked_separator", "split_glosses"]


def checked_separator(separator: str | None) -> str | None:
    """Return what stands between glosses, once it is known to say something.

    Raises:
        InputError: If it is empty, or no string.
    """
    given: object = separator
    if given is not None and (not isinstance(given, str) or not given.strip()):
        raise InputError(f"gloss_separator must be a mark, such as ';', not {separator!r}")
    return separator


def split_glosses(text: str, separator: str | None) -> list[str]:
    """Return the glosses in a text; the text itself where nothing separates them.

    Example:
        >>> split_glosses("pig; swine ;", ";"), split_glosses("pig; swine", None)
        (['pig', 'swine'], ['pig; swine'])
    """
    if separator is None:
        return [text]
    return [part.strip() for part in text.split(separator) if part.strip()]
