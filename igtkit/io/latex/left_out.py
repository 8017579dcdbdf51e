r"""What of a paper is not typeset: verbatim text, ``comment``, ``\iffalse … \fi``, its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

__all__ = ["blank_out"]

_TOKEN = re.compile(
    r"\\begin\{(?P<hiding>verbatim\*?|Verbatim\*?|lstlisting|comment|minted|filecontents\*?)\}"
    r"|\\if(?P<truth>false|true)(?![A-Za-z@])|\\if\s?(?P<zero>0)(?!\d)"
    r"|\\(?P<what>if[A-Za-z@]*|else|fi)(?![A-Za-z@])"
    r"|\\(?P<end>end)\{document\}"
)
_NO_CONDITION = frozenset(
    ["iff", "ifthenelse", "iftoggle", "ifboolexpr", "ifdefstring", "ifstrequal"]
)
r"""Macros named like a condition that no ``\fi`` ends."""
_NAMED_ONLY = re.compile(r"\\(?:newif|let(?:\s*\\[A-Za-z@]+)?\s*=?)\s*\Z")
_BEFORE = 60
"""Characters in which a definition of a condition stands before it."""


@attrs.define
class _Condition:
    """A condition that has begun: where, where its text begins, whether it is known to hold."""

    start: int
    after: int
    holds: bool | None
    other: tuple[int, int] | None = None


def blank_out(text: str) -> str:
    """Return the text without what is not typeset; it keeps its lines."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(_hidden(text)):
        if end <= at:
            continue
        parts += [text[at : max(start, at)], "%\n" * text.count("\n", max(start, at), end)]
        at = end
    return "".join([*parts, text[at:]])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield where what is not typeset begins and ends."""
    opened: list[_Condition] = []
    endless: set[str] = set()  # environments of which no further end follows
    at = 0
    for match in _TOKEN.finditer(text):
        if match.start() < at:
            continue
        name, what = match["hiding"], match["what"]
        if name is not None:
            found = -1 if name in endless else text.find(f"\\end{{{name}}}", match.end())
            if found < 0:
                endless.add(name)
                continue
            at = found + len(f"\\end{{{name}}}")
            yield match.start(), at
        elif match["end"]:
            if not any(each.holds is False and each.other is None for each in opened):
                yield match.start(), len(text)
                return
        elif what == "fi":
            if opened:
                yield from _of_condition(opened.pop(), match.start(), match.end())
        elif what == "else":
            if opened and opened[-1].other is None:
                opened[-1].other = match.span()
        elif what not in _NO_CONDITION and not _only_named(text, match.start()):
            holds = match["truth"] == "true" if match["truth"] else False if match["zero"] else None
            opened.append(_Condition(match.start(), match.end(), holds))


def _only_named(text: str, at: int) -> bool:
    """Whether a condition is only given a name here, as by ``newif``."""
    return _NAMED_ONLY.search(text, max(0, at - _BEFORE), at) is not None


def _of_condition(condition: _Condition, fi: int, end: int) -> Iterable[tuple[int, int]]:
    """What is not typeset of a condition; nothing, if it is not known whether it holds."""
    if condition.holds is None:
        return
    first, second = condition.other or (fi, fi)
    if condition.holds:
        yield condition.start, condition.after
        yield first, end
    else:
        yield condition.start, second if condition.other else end
        yield fi, end
