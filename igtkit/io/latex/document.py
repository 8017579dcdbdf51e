r"""A paper without its comments, and the macros it defines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from igtkit._json import read_object
from igtkit.errors import InputError
from igtkit.io._tex.definitions import Definition, definition_of, expand, part, take_definitions
from igtkit.io._tex.scan import COMMENTED_OUT
from igtkit.io._tex.shorthands import shorthands_of
from igtkit.io.latex.left_out import blank_out

__all__ = ["HINT", "Document", "prepare"]

_NONE: Mapping[str, str] = MappingProxyType({})
_DEFINED: Mapping[str, Definition] = MappingProxyType({})
HINT = "%!igt "
r"""Begins a comment that holds, as JSON, what the example itself does not say."""

_GB4E = re.compile(r"\\usepackage\s*(?:\[[^][]*\])?\s*\{[^{}]*\bgb4e\b(?<!langsci-gb4e)[^{}]*\}")
_VERB = re.compile(r"\\(?:verb|lstinline)\*?([^\sA-Za-z*{]).*?\1|\\lstinline\{[^{}]*\}")


@attrs.frozen
class Document:
    """A paper's text, with as many lines as the file.

    Attributes:
        text: The text; a ``%`` at the end of a line stands for the comment that was there.
        defined: What its own macros stand for, by name.
        hints: What comments of this library's own say, by line number.
        shorthands: What babel's short forms stand for in its language.
        automath: Whether gb4e is loaded, by which ``_`` and ``^`` need no dollar signs.
    """

    text: str
    defined: Mapping[str, Definition] = attrs.field(factory=dict)
    hints: Mapping[int, Mapping[str, Any]] = attrs.field(factory=dict)
    shorthands: Mapping[str, str] = attrs.field(factory=dict)
    automath: bool = False


def prepare(
    lines: Iterable[tuple[int, str]],
    macros: Mapping[str, str] = _NONE,
    given: Mapping[str, Definition] = _DEFINED,
    follow: Callable[[str], Mapping[str, Definition]] | None = None,
) -> Document:
    """Take comments, verbatim text, definitions and what follows the end out of a paper.

    Args:
        lines: The lines with their numbers.
        macros: What macros of another file stand for, by name.
        given: Macros of files that the user named.
        follow: Returns what the files define that a text loads; the text's own goes before that.

    Raises:
        InputError: If macros expand without end.
    """
    kept: list[str] = []
    hints: dict[int, Mapping[str, Any]] = {}
    for number, line in lines:
        if line.lstrip().startswith(HINT) and (hint := _hint(line.lstrip())) is not None:
            hints[number] = hint
        kept.append(COMMENTED_OUT.sub(r"\1%", line))
    text = blank_out(_VERB.sub("", "\n".join(kept)))
    _, shorthands = shorthands_of(text)
    beside = follow(text) if follow is not None else _DEFINED
    text, found = take_definitions(text)
    own = {name.lstrip("\\"): definition_of(body) for name, body in macros.items()}
    defined, making = part({**beside, **found, **given, **own})
    automath = _GB4E.search(text) is not None and "\\noautomath" not in text
    return Document(expand(text, making, defined), defined, hints, shorthands, automath)


def _hint(line: str) -> Mapping[str, Any] | None:
    try:
        return read_object(line.removeprefix(HINT))
    except InputError:
        return None  # a comment like any other
