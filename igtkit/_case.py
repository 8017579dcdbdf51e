"""Comparing words without regard to case."""

from __future__ import annotations

__all__ = ["fold_case"]


def fold_case(text: str) -> str:
    """Case-fold a text, with the dotted capital İ as plain i.

    Unicode's folding leaves a combining dot behind, so that ``İki`` would not match ``iki``.

    Example:
        >>> fold_case("İKİ Straße")
        'iki strasse'
    """
    return text.replace("İ", "i").casefold()
