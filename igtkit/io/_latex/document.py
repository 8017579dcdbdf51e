r"""A paper without its comments, and the macros it defines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from igtkit.io._latex.scan import closing_brace

__all__ = ["HINT", "Document", "prepare"]

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
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|DeclareRobustCommand|providecommand|renewcommand)\*?\s*"
    r"(?:\{\s*\\([A-Za-z@]+)\s*\}|\\([A-Za-z@]+))\s*(?:\[\d\])?\s*(?:\[[^][]*\])?\s*(?=\{)"
    r"|\\(?:long\s*)?[gex]?def\s*\\([A-Za-z@]+)\s*(?:#\d)*\s*(?=\{)"
    r"|\\(?:New|Renew|Declare|Provide)DocumentCommand\s*\{?\s*\\([A-Za-z@]+)\s*\}?\s*\{[^{}]*\}\s*(?=\{)"
)
_LEIPZIG = re.compile(r"\\(?:re)?newleipzig\{([A-Za-z]+)\}\{([^{}]*)\}\{[^{}]*\}")
_ENVIRONMENT = re.compile(
    r"\\(?:re)?newenvironment\*?\s*\{[^{}]*\}\s*(?:\[\d\])?\s*(?:\[[^][]*\])?\s*(?=\{)"
)
_PARAMETER = re.compile(r"(?<!\\)#")
_EXAMPLE = re.compile(
    r"\\gl{2,5}(?![A-Za-z]).*\\\\.*\\\\|\\begingl.*\\endgl"
    r"|\\(?:di|tri)gloss(?![A-Za-z]).*\}\s*\{.*\}\s*\{",
    re.DOTALL,
)
"""An example that has a name, as scripts write them, and not what makes examples."""
_STRUCTURE = re.compile(
    r"\\(?:gl{2,5}|digloss|trigloss|begingl|gl[a-f]|ea|ex|begin|end|glt|if[a-z]*|expandafter|csname)(?![A-Za-z])"
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
    defined: Mapping[str, str] = attrs.field(factory=dict)
    hints: Mapping[int, Mapping[str, Any]] = attrs.field(factory=dict)


def prepare(lines: Iterable[tuple[int, str]]) -> Document:
    """Take comments, verbatim text, definitions and what follows the end out of a paper."""
    kept: list[str] = []
    hints: dict[int, Mapping[str, Any]] = {}
    for number, line in lines:
        if line.lstrip().startswith(HINT) and (hint := _hint(line.lstrip())) is not None:
            hints[number] = hint
        kept.append(_COMMENT.sub(r"\1%", line))
    text = _VERB.sub("", "\n".join(kept))
    text = _LEFT_OUT.sub(_blank, text)
    text, defined = _take_definitions(text)
    return Document(text, defined, hints)


def _hint(line: str) -> Mapping[str, Any] | None:
    try:
        hint = json.loads(line.removeprefix(HINT))
    except ValueError:
        return None  # a comment like any other
    return hint if isinstance(hint, dict) else None


def _blank(match: re.Match[str]) -> str:
    return "%\n" * match[0].count("\n")


def _take_definitions(text: str) -> tuple[str, dict[str, str]]:
    defined: dict[str, str] = {}
    parts: list[str] = []
    at = 0
    for match in _DEFINITION.finditer(text):
        if match.start() < at:
            continue  # inside another
        end = closing_brace(text, match.end())
        body = text[match.end() + 1 : end]
        name = next(filter(None, match.groups()))
        if not _STRUCTURE.search(body):
            defined[name] = body
        parts.append(text[at : match.start()])
        if not _PARAMETER.search(body) and _EXAMPLE.search(body):
            parts += ["%\n" * text.count("\n", match.start(), match.end()), body]
        else:
            parts.append("%\n" * text.count("\n", match.start(), end))
        at = end + 1
    text = "".join([*parts, text[at:]])
    for match in _LEIPZIG.finditer(text):
        defined.setdefault(match[1].capitalize(), rf"\textsc{{{match[2]}}}")
    parts, at = [], 0
    for match in _ENVIRONMENT.finditer(text):
        end = closing_brace(text, match.end())
        second = text.find("{", end)
        end = closing_brace(text, second) if 0 <= second < end + 10 else end
        parts += [text[at : match.start()], "%\n" * text.count("\n", match.start(), end)]
        at = end + 1
    return "".join([*parts, text[at:]]), defined
