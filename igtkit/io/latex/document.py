r"""A paper without its comments, and the macros it defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from igtkit._json import read_object
from igtkit.errors import InputError
from igtkit.io._tex.definitions import Definition, definition_of, expand, part, take_definitions

__all__ = ["HINT", "Document", "prepare"]

_NONE: Mapping[str, str] = MappingProxyType({})
HINT = "%!igt "
r"""Begins a comment that holds, as JSON, what the example itself does not say."""

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_VERB = re.compile(r"\\(?:verb|lstinline)\*?([^\sA-Za-z*{]).*?\1|\\lstinline\{[^{}]*\}")
_LEFT_OUT = re.compile(
    r"\\begin\{(verbatim\*?|Verbatim|lstlisting|comment|minted)\}.*?\\end\{\1\}"
    r"|\\iffalse(?![A-Za-z]).*?\\fi(?![A-Za-z])"
    r"|\\end\{document\}.*",
    re.DOTALL,
)


@attrs.frozen
class Document:
    """A paper's text, with as many lines as the file.

    Attributes:
        text: The text; a ``%`` at the end of a line stands for the comment that was there.
        defined: What its own macros stand for, by name.
        hints: What comments of this library's own say, by line number.
    """

    text: str
    defined: Mapping[str, Definition] = attrs.field(factory=dict)
    hints: Mapping[int, Mapping[str, Any]] = attrs.field(factory=dict)


def prepare(lines: Iterable[tuple[int, str]], macros: Mapping[str, str] = _NONE) -> Document:
    """Take comments, verbatim text, definitions and what follows the end out of a paper.

    Args:
        lines: The lines with their numbers.
        macros: What macros of another file stand for, by name.

    Raises:
        InputError: If macros expand without end.
    """
    kept: list[str] = []
    hints: dict[int, Mapping[str, Any]] = {}
    for number, line in lines:
        if line.lstrip().startswith(HINT) and (hint := _hint(line.lstrip())) is not None:
            hints[number] = hint
        kept.append(_COMMENT.sub(r"\1%", line))
    text = _VERB.sub("", "\n".join(kept))
    text = _LEFT_OUT.sub(_blank, text)
    text, found = take_definitions(text)
    given = {name.lstrip("\\"): definition_of(body) for name, body in macros.items()}
    defined, making = part({**found, **given})
    return Document(expand(text, making, defined), defined, hints)


def _hint(line: str) -> Mapping[str, Any] | None:
    try:
        return read_object(line.removeprefix(HINT))
    except InputError:
        return None  # a comment like any other


def _blank(match: re.Match[str]) -> str:
    return "%\n" * match[0].count("\n")
