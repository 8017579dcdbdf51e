r"""The macros a paper defines: those that stand for text, and those that make examples.

A macro that makes an example, or a part of one, ``\newcommand{\myex}[2]{\ea\gll #1\\ #2\\ \z}``,
has to be expanded before examples can be looked for; one for text waits until its text is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

import attrs

from igtkit.errors import InputError
from igtkit.io._tex.scan import COMMENT, arguments, closing_brace, optional_argument

__all__ = ["Definition", "definition_of", "expand", "part", "take_definitions"]

_LISTS = r"exe|xlist[a-zA-Z]*|(?:sub)?examples?|cov(?:sub)?examples"
_NAMES = (
    r"ea|ea[ls]|eal?noraggedright|ex[irp]?|sn|exi?g|pex|xe|z[ls]?|x?gl{2,8}|digloss|trigloss|begingl|endgl|gl[a-f]"
    r"|glft|glt|glend|glpreamble|trans|lb[a-z]?|enumsentence"
)
_COMMAND = re.compile(
    r"\\(?:(?:re|provide)?newcommand|DeclareRobustCommand|providecommand|renewcommand)\*?\s*"
    r"(?:\{\s*\\([A-Za-z@]+)\s*\}|\\([A-Za-z@]+))\s*(?:\[(?P<count>\d)\])?\s*"
    r"(?:\[(?P<default>[^][]*)\])?\s*(?=\{)"
    r"|\\(?:long\s*)?[gex]?def\s*\\([A-Za-z@]+)\s*(?P<marks>(?:#\d)*)\s*(?=\{)"
    r"|\\(?:New|Renew|Declare|Provide)(?:Expandable)?DocumentCommand\s*\{?\s*\\([A-Za-z@]+)\s*\}?\s*"
    r"\{(?P<kinds>(?:[^{}]|\{[^{}]*\})*)\}\s*(?=\{)"
)
_ENVIRONMENT = re.compile(
    r"\\(?:re)?newenvironment\*?\s*\{(?P<name>[^{}]*)\}\s*(?:\[(?P<count>\d)\])?\s*"
    r"(?:\[(?P<default>[^][]*)\])?\s*(?=\{)"
)
_LET = re.compile(r"\\let\s*\\(?P<new>[A-Za-z@]+)\s*=?\s*\\(?P<old>[A-Za-z@]+)")
_LEIPZIG = re.compile(r"\\(?:re)?newleipzig\{([A-Za-z]+)\}\{([^{}]*)\}\{[^{}]*\}")
_KIND = re.compile(r"(?P<kind>[mos])|O\s*\{(?P<default>[^{}]*)\}")
_PARAMETER = re.compile(r"(?<!\\)((?:\\\\)*)#(\d)")
_NAME_BEFORE = re.compile(r"(?<!\\)(?:\\\\)*\\[A-Za-z@]+\Z")
_EXAMPLE = re.compile(
    r"\\gl{2,8}(?![A-Za-z]).*\\\\.*\\\\|\\begingl.*\\endgl"
    r"|\\(?:di|tri)gloss(?![A-Za-z]).*\}\s*\{.*\}\s*\{",
    re.DOTALL,
)
"""An example that has a name, as scripts write them, and not what makes examples."""
_NAME = re.compile(_NAMES)
_CALLED = re.compile(r"\\((?:begin|end)\{[^{}]*\}|[A-Za-z@]+)")
_STRUCTURE = re.compile(rf"\\(?:{_NAMES})(?![A-Za-z])|\\(?:begin|end)\{{(?:{_LISTS})\}}")
_HOLDS_EXAMPLE = re.compile(r"\\(?:gl{2,8}|digloss|trigloss|begingl|shortex(?:nt)?)(?![A-Za-z])")
_PROGRAM = re.compile(r"\\(?:if[A-Za-z@]*|expandafter|csname|futurelet|catcode|@[A-Za-z@]+)|@")
_LONGEST = 20
"""How many times as long a paper may get by its macros: more is a loop, or meant to do harm."""
_SLACK = 100_000
"""Characters beyond that: a short paper may well call a long macro."""
_NEAR = 10
"""Characters within which the second part of an environment follows its first: spaces, ``%``."""


@attrs.frozen
class Definition:
    """What a macro stands for.

    Attributes:
        body: The text, with ``#1`` and so on for the arguments.
        parameters: Of each argument: None if it stands in braces, its default if it is optional,
            ``"*"`` for a star.
    """

    body: str
    parameters: tuple[str | None, ...] = ()

    def apply(self, tex: str, at: int) -> tuple[str, int]:
        """The body with the arguments that stand at `at`, and where these end."""
        given: list[str] = []
        for default in self.parameters:
            if default == "*":
                given.append("*" if tex.startswith("*", at) else "")
                at += len(given[-1])
            elif default is not None:
                found, end = optional_argument(tex, at)
                given.append(found if end > at else default)
                at = end
            else:
                [*argument], at = arguments(tex, at, 1)
                given += argument or [""]

        def argument_of(match: re.Match[str]) -> str:
            number = int(match[2]) - 1
            text = given[number] if 0 <= number < len(given) else ""
            joins = text[:1].isalpha() and _NAME_BEFORE.search(self.body, 0, match.start())
            return match[1] + (" " if joins else "") + text

        return _PARAMETER.sub(argument_of, self.body), at


def definition_of(body: str) -> Definition:
    """Return a macro of which only the body is known: each argument stands in braces."""
    numbers = [int(match[2]) for match in _PARAMETER.finditer(body)]
    return Definition(body, _plain(max(numbers, default=0)))


def _plain(count: int) -> tuple[str | None, ...]:
    return (None,) * count


_BUILT_IN: Mapping[str, Definition] = MappingProxyType(
    {
        **{
            f"lb{letter}": definition_of(r"\ex\label{#1} #2\xe ")
            for letter in ("", *"abcdefghijkz")
        },
        "enumsentence": definition_of(r"\ex #1\xe "),
        "eenumsentence": definition_of(r"\begin{examples}#1\end{examples}"),
        "shortex": definition_of(r"\gll #2\\ #3\\ \glt #4 "),
        "shortexnt": definition_of(r"\gll #2\\ #3\\ "),
    }
)
"""Macros of philex and of lingmacros, by those of the other packages."""


# --- taking them out -----------------------------------------------------------------------------


def take_definitions(text: str) -> tuple[str, dict[str, Definition]]:
    """Take the definitions out of a paper, which keeps its lines.

    Returns:
        The text, and what is defined; an environment as ``begin{name}`` and ``end{name}``.
    """
    found: dict[str, Definition] = {}
    parts: list[str] = []
    at = 0
    for match in _COMMAND.finditer(text):
        if match.start() < at:
            continue  # inside another
        end = closing_brace(text, match.end())
        body = text[match.end() + 1 : end]
        name = next(filter(None, (match[1], match[2], match[5], match[7])))
        parts.append(text[at : match.start()])
        if not _PARAMETER.search(body) and _EXAMPLE.search(body):
            parts += ["%\n" * text.count("\n", match.start(), match.end()), body]
        else:
            found[name] = Definition(body, _parameters(match))
            parts.append("%\n" * text.count("\n", match.start(), end))
        at = end + 1
    text = _take_environments("".join([*parts, text[at:]]), found)
    for match in _LET.finditer(text):
        new, old = match["new"], match["old"]
        is_own = new in found or old in found or new == old or "@" in old
        if _NAME.fullmatch(old) or not is_own:
            found[new] = Definition(f"\\{old} ")
    text = _LET.sub("", text)
    for match in _LEIPZIG.finditer(text):
        found.setdefault(match[1].capitalize(), Definition(rf"\textsc{{{match[2]}}}"))
    return text, found


def part(found: Mapping[str, Definition]) -> tuple[dict[str, Definition], dict[str, Definition]]:
    """The macros that stand for text, and those that make examples, themselves or by others.

    Programs are neither, nor is what changes a macro that the reader knows itself.
    """
    defined = {
        name: each
        for name, each in found.items()
        if not _PROGRAM.search(each.body)
        and not (_NAME.fullmatch(name) and _STRUCTURE.search(each.body))
    }
    callers: dict[str, list[str]] = {}
    for name, each in defined.items():
        for called in set(_CALLED.findall(each.body)):
            callers.setdefault(called, []).append(name)
    making: dict[str, Definition] = {}
    waiting = [
        name for name, each in defined.items() if "{" in name or _STRUCTURE.search(each.body)
    ]
    while waiting:
        name = waiting.pop()
        if (made := defined.pop(name, None)) is not None:
            making[name] = attrs.evolve(made, body=_one_line(made.body))
            waiting += callers.get(name, ())
    return defined, making


def _parameters(match: re.Match[str]) -> tuple[str | None, ...]:
    groups = match.groupdict()
    if groups.get("kinds") is not None:
        found = [(each["kind"], each["default"]) for each in _KIND.finditer(match["kinds"])]
        return tuple(
            None if kind == "m" else "*" if kind == "s" else default or ""
            for kind, default in found
        )
    if groups.get("marks"):
        return _plain(match["marks"].count("#"))
    parameters = list(_plain(int(match["count"] or 0)))
    if match["default"] is not None and parameters:
        parameters[0] = match["default"]
    return tuple(parameters)


def _take_environments(text: str, found: dict[str, Definition]) -> str:
    parts: list[str] = []
    at = 0
    for match in _ENVIRONMENT.finditer(text):
        if match.start() < at:
            continue
        end = first_end = closing_brace(text, match.end())
        second = text.find("{", end)
        beginning, ending = text[match.end() + 1 : end], ""
        if 0 <= second < end + _NEAR:
            end = closing_brace(text, second)
            ending = text[second + 1 : end]
        if _STRUCTURE.search(beginning) and not re.fullmatch(_LISTS, match["name"]):
            parameters = _parameters(match)
            found[f"begin{{{match['name']}}}"] = Definition(beginning, parameters)
            found[f"end{{{match['name']}}}"] = Definition(ending)
        parts += [text[at : match.start()], "%\n" * text.count("\n", match.start(), end)]
        at = (end if end < len(text) else first_end) + 1
    return "".join([*parts, text[at:]])


def _one_line(body: str) -> str:
    return " ".join(COMMENT.sub("", body).split("\n"))


# --- expanding them ------------------------------------------------------------------------------


def expand(text: str, making: Mapping[str, Definition], defined: Collection[str] = ()) -> str:
    """The paper with the macros that make examples expanded, each line still where it was.

    Args:
        text: The paper.
        making: The macros.
        defined: Names of macros of the paper that do something else.

    Raises:
        InputError: If they expand without end.
    """
    built_in = {name: each for name, each in _BUILT_IN.items() if name not in defined}
    known = {**built_in, **making}
    longest = len(text) * _LONGEST + _SLACK
    for _ in range(_LONGEST):
        parts: list[str] = []
        length = at = 0
        for match in _CALLED.finditer(text):
            if match[1] not in known or match.start() < at:
                continue  # another one, or an argument of the one before: that is for next time
            expanded, end = known[match[1]].apply(text, match.end())
            if match[1] not in making and not _HOLDS_EXAMPLE.search(text, match.start(), end):
                continue  # another macro of that name
            parts += [text[at : match.start()], *_on_lines(expanded, text[match.start() : end])]
            length += len(expanded)
            if length > longest:
                break
            at = end
        if not parts:
            return text
        text = "".join([*parts, text[at:]])
        if len(text) > longest:
            break
    raise InputError("the macros that make examples expand without end")


def _on_lines(expanded: str, source: str) -> Iterator[str]:
    """The expansion with as many line ends as its source."""
    surplus = expanded.count("\n") - source.count("\n")
    if surplus > 0:  # an argument that is used twice
        expanded = _one_line(expanded)
        surplus = -source.count("\n")
    yield expanded
    yield "%\n" * -surplus
