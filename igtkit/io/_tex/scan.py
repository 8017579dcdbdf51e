r"""Finding one's way in LaTeX: braces, arguments, line ends, and the cells of a glossed line.

Comments have been taken out before; a ``%`` at the end of a line says that the line end is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = [
    "BREAK",
    "COMMENT",
    "COMMENTED_OUT",
    "KEEPS_SPACE",
    "MACRO",
    "arguments",
    "closing_brace",
    "optional_argument",
    "outside_braces",
    "split_breaks",
    "split_cells",
]

MACRO = re.compile(r"\\([A-Za-z@]+\*?|.|$)", re.DOTALL)
"""A macro: its name, or the one character of a control symbol."""

COMMENTED_OUT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
"""A comment as it is written, to the end of its line, behind backslashes that do not escape it."""

COMMENT = re.compile(r"%[^\n]*(?:\n[ \t]*)?")
"""What is left of a comment, with the line end that it hides."""

BREAK = re.compile(r"\\\\\*?(?:\s*\[-?[\d.]+ *[\\a-z]+\])?|\\(?:newline|linebreak)(?![A-Za-z])")
r"""The end of a line: ``\\`` and its kin."""

KEEPS_SPACE = frozenset(["ldots", "dots", "textellipsis", "slash", "ob", "cb", "db"])
"""Macros after whose name a space is meant as one, though TeX takes it."""


def closing_brace(tex: str, start: int) -> int:
    """Return where the brace that opens at `start` is closed, or else the end of the text."""
    depth, at = 0, start
    while at < len(tex):
        character = tex[at]
        if character == "\\":
            at += 1
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    return len(tex)


def arguments(tex: str, at: int, count: int) -> tuple[list[str], int]:
    """The next `count` arguments, in braces or of one character, and where they end."""
    found = []
    for _ in range(count):
        while at < len(tex) and tex[at].isspace():
            at += 1
        if at >= len(tex) or tex[at] == "}":
            break
        if tex[at] == "{":
            end = closing_brace(tex, at)
            found.append(tex[at + 1 : end])
            at = end + 1
        elif tex[at] == "\\" and (macro := MACRO.match(tex, at)) is not None:
            found.append(macro[0])
            at = macro.end()
        else:
            end = at + 1
            while end < len(tex) and unicodedata.combining(tex[end]):
                end += 1
            found.append(tex[at:end])
            at = end
    return found, at


def optional_argument(tex: str, at: int) -> tuple[str, int]:
    """Return the text in brackets that stands next, if any does, and where it ends."""
    start = at
    while start < len(tex) and tex[start].isspace():
        start += 1
    if tex[start : start + 1] != "[":
        return "", at
    end = start + 1
    while end < len(tex) and tex[end] != "]":
        if tex[end] == "{":
            end = closing_brace(tex, end)
        end += 2 if tex[end : end + 1] == "\\" else 1
    return tex[start + 1 : end], end + 1


def outside_braces(tex: str) -> Iterator[tuple[int, str]]:
    """Yield each position outside braces, with the character or the whole macro there."""
    at = 0
    while at < len(tex):
        if tex[at] == "{":
            end = closing_brace(tex, at) + 1
            yield at, tex[at:end]
        elif tex[at] == "\\":
            match = BREAK.match(tex, at) or MACRO.match(tex, at)
            end = match.end() if match else at + 1
            yield at, tex[at:end]
        elif tex[at] == "%":
            match = COMMENT.match(tex, at)
            end = match.end() if match else at + 1
        else:
            end = at + 1
            yield at, tex[at]
        at = end


def split_breaks(tex: str) -> list[str]:
    r"""Split at every ``\\`` outside braces."""
    parts, last = [], 0
    for at, what in outside_braces(tex):
        if BREAK.fullmatch(what):
            parts.append(tex[last:at])
            last = at + len(what)
    return [*parts, tex[last:]]


def split_cells(tex: str) -> list[str]:
    """Split a line of words at the spaces outside braces, as the glossing macros do.

    A space after a macro's name belongs to the macro, save after one that stands for a mark by
    itself; a space before its argument in braces, too.
    """
    cells: list[str] = []
    parts: list[str] = []
    macro = False  # whether the last thing was a macro's name, which takes the space after it
    for _, what in outside_braces(tex):
        if what.isspace() or what == "&":  # the cells of lingmacros' \shortex
            if not macro:
                cells.append("".join(parts))
                parts.clear()
            elif parts and not parts[-1].isspace():
                parts.append(" ")
            continue
        parts.append(what)
        name = what[1:]
        macro = what[0] == "\\" and name[:1].isalpha() and name not in KEEPS_SPACE
    cells.append("".join(parts))
    return [cell for cell in (cell.strip() for cell in cells) if cell]
