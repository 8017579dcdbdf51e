"""Words that are wrong only to a program: nobody sees that they differ from the gold."""

from __future__ import annotations

from collections.abc import Iterable

from igtkit._characters import put_in_form
from igtkit._lookalikes import without_lookalikes
from igtkit.boundaries import split_words

__all__ = ["count_lookalikes"]


def count_lookalikes(pairs: Iterable[tuple[str | None, str | None]]) -> int:
    """Return how many predicted words look like the gold ones and are not equal to them.

    They differ in look-alikes of boundary marks, in characters without width, or in whether
    characters are composed (NFC).

    Args:
        pairs: Predicted and gold lines; their words are paired by position.

    Example:
        >>> count_lookalikes([("ev\u2011de gel", "ev-de git"), ("house\u200b", "house")])
        2
    """
    return sum(
        one != other and _as_seen(one) == _as_seen(other)
        for line, gold in pairs
        if line and gold and line != gold and not (line.isascii() and gold.isascii())
        for one, other in zip(split_words(line), split_words(gold), strict=False)
    )


def _as_seen(word: str) -> str:
    return put_in_form(without_lookalikes(word), "NFC")
