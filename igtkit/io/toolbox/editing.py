"""Changing some tokens of a line of a block, where the others stay in their columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from igtkit.io.toolbox.rows import Row

__all__ = ["edit_line"]

_NEAR = 32  # tokens that are looked through for one that has not changed


def edit_line(text: str, before: Sequence[str], after: Sequence[str], encoding: str) -> str | None:
    """Return a line with other tokens; those that stay keep their columns as far as there is room.

    Args:
        text: The line as it stands.
        before: Its tokens, which may be written otherwise there.
        after: The tokens that it should have.
        encoding: The encoding whose bytes the columns count.

    Returns:
        The line; None if it has another number of tokens than `before`.

    Example:
        >>> edit_line("evde,   kedi", ["evde,", "kedi"], ["evde", ",", "kedi"], "utf-8")
        'evde ,  kedi'
    """
    row = Row(text, encoding)
    if len(row.texts) != len(before):
        return None
    line, length = "", 0
    for token, start in _placed(row, before, after):
        gap = max((start or 0) - length, 1 if line else 0)
        line += " " * gap + token
        length += gap + len(token.encode(encoding, errors="replace"))
    return line


def _placed(row: Row, before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int | None]]:
    """The tokens of the new line, each with its column if it has one already."""
    placed: list[tuple[str, int | None]] = []
    old = new = 0
    while new < len(after):
        if old < len(before) and before[old] == after[new]:
            gone = added = 1
            tokens: Sequence[str] = row.texts[old : old + 1]
        else:
            gone, added = _changed(before[old : old + _NEAR], after[new : new + _NEAR])
            tokens = after[new : new + added]
        starts = row.starts[old : old + min(gone, added)]
        placed += zip_longest(tokens, starts)
        old, new = old + gone, new + added
    return placed


def _changed(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many tokens of each come before the nearest one that both have; all if there is none."""
    first = {token: at for at, token in reversed([*enumerate(after)])}
    alike = ((at, first[token]) for at, token in enumerate(before) if token in first)
    return min(alike, key=sum, default=(len(before), len(after)))
