"""Changing some tokens of a line of a block, where the others stay in their columns."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from igtkit.io.toolbox.rows import Row

__all__ = ["edit_line"]


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
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, old, old_end, new, new_end in matcher.get_opcodes():
        for at in range(new_end - new):
            there = old + at if old + at < old_end else None
            token = row.texts[old + at] if tag == "equal" else after[new + at]
            placed.append((token, None if there is None else row.starts[there]))
    return placed
