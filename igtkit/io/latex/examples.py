r"""Where the glossed examples of a paper are, and what stands around each.

gb4e (``\ea ... \z``, ``exe`` and ``xlist``), expex (``\ex ... \xe``, ``\pex \a``), linguex
(``\ex.`` up to a blank line) and covington's ``examples`` are told apart by their macros, so that
one paper may use several.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import attrs

__all__ = ["Example", "find_examples"]

_LISTS = "exe|xlist[a-zA-Z]*|examples?|subexamples|covexamples|covsubexamples"
_EVENT = re.compile(
    rf"\\begin\{{(?P<begin>{_LISTS})\}}"
    rf"|\\end\{{(?P<end>{_LISTS})\}}"
    r"|\\(?P<linguex>exi?g?|exgi|aig?|agi|[a-h]g?|z)\."
    r"|\\(?P<gloss>x?gl{2,8}|digloss|trigloss)(?![A-Za-z@])"
    r"|\\(?P<expex>begingl|endgl)(?![A-Za-z@])"
    r"|\\(?P<open>gl)(?=\s+[^\s{]|\s+\{[^{}]*\}\s*\S)"
    r"|\\(?P<macro>ex[irp]?|sn|ea[ls]?|eal?noraggedright|eafirst|pex|xe|z[ls]?|zl?last|a|item)"
    r"(?![A-Za-z@.])"
)
_OPENERS = frozenset(["ea", "eal", "eas", "eanoraggedright", "ealnoraggedright", "eafirst"])
_CLOSERS = frozenset(["z", "zl", "zs", "zlast", "zllast"])
_NAMED = frozenset(["exi", "exr", "exp"])
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_LABEL_BEFORE = re.compile(
    r"\\label\s*\{(?!(?:sec|ssec|subsec|ch|chap|fig|tab|app|fn)[:.])[^{}]*\}\s*\Z"
)
_HEADING_BEFORE = re.compile(r"\}\s*\Z")
_NEAR = 200
"""Characters in which a label stands before its example."""
_DEEPEST = 20
"""Lists within lists beyond which the outermost are forgotten: LaTeX itself takes four."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@attrs.frozen
class Example:
    r"""A glossed example.

    Attributes:
        start: Where its glossing macro stands in the text.
        macro: ``gll``, ``glll`` and so on, covington's ``digloss`` and ``trigloss``, ``begingl``,
            ``gl`` for linguexx's, or ``exg`` for linguex's own.
        head: What stands between the beginning of the example and the glossing macro; it begins
            with the macro that numbers the example if that names it, as ``\exi{c.}`` does.
        heads: The same of the examples that this one is a part of, outermost first.
        head_start: Where the head begins.
        body: What follows the glossing macro.
        tail: What follows ``\endgl``.
        linguex: Whether the example ends at a blank line.
        continues: Whether it stands in one example with the one before it.
    """

    start: int
    macro: str
    head: str
    heads: tuple[str, ...]
    head_start: int
    body: str
    tail: str = ""
    linguex: bool = False
    continues: bool = False


@attrs.define
class _Item:
    head: str = ""
    start: int = 0
    glossed: bool = False


@attrs.define
class _Level:
    kind: str
    item: _Item | None = None
    before: str = ""


class _Event(NamedTuple):
    kind: str
    name: str
    start: int
    end: int


def find_examples(text: str, defined: Collection[str] = ()) -> Iterator[Example]:
    r"""Yield every glossed example, in order.

    Args:
        text: The paper.
        defined: Names of macros that the paper gives a meaning, such as ``\\sn``.
    """
    events = [event for event in _accepted(text) if event.name != "sn" or "sn" not in defined]
    levels: list[_Level] = []
    pending: Example | None = None  # one of expex, whose end is still to come
    for index, event in enumerate(events):
        stop = events[index + 1].start if index + 1 < len(events) else len(text)
        segment = text[event.end : stop]
        before = "" if levels else _label_before(text, event)
        _step(levels, event, segment)
        if before and levels:
            _put_before(levels[-1], before)
        if pending is not None:
            yield attrs.evolve(pending, tail=_paragraph(segment) if event.name == "endgl" else "")
            pending = None
        if not _glosses(event):
            continue
        item = levels[-1].item if levels else None
        outer = levels[-_DEEPEST:-1]
        heads = tuple(level.item.head for level in outer if level.item is not None)
        fresh = item is not None and not item.glossed
        linguex = bool(levels) and levels[-1].kind.startswith("linguex")
        example = Example(
            event.start,
            "exg" if event.kind == "linguex" else event.name.removeprefix("x"),
            item.head if item is not None and fresh and event.kind != "linguex" else "",
            heads,
            item.start if item is not None and fresh else event.start,
            _paragraph(segment) if linguex else segment,
            linguex=linguex,
            continues=item is not None and item.glossed,
        )
        if item is not None:
            item.glossed = True
        if event.name == "begingl" or event.kind == "open":
            pending = example
        else:
            yield example
    if pending is not None:
        yield pending


def _label_before(text: str, event: _Event) -> str:
    """The label right before an example, if it is that of nothing else."""
    if event.kind not in ("begin", "macro", "linguex"):
        return ""
    near = max(0, event.start - _NEAR)
    found = _LABEL_BEFORE.search(text, near, event.start)
    if found is None or "\n\n" in found[0] or _HEADING_BEFORE.search(text, near, found.start()):
        return ""
    return found[0].strip()


def _put_before(level: _Level, label: str) -> None:
    if level.item is None:
        level.before = level.before or label
    elif not _LABEL.search(level.item.head):
        level.item.head = f"{level.item.head}{label}"


def _glosses(event: _Event) -> bool:
    """Whether the lines of a gloss follow."""
    if event.kind == "linguex":
        return event.name.endswith(("g", "gi"))
    return event.kind in ("gloss", "open") or event.name == "begingl"


def _paragraph(text: str) -> str:
    return _BLANK_LINE.split(text, maxsplit=1)[0]


def _accepted(text: str) -> Iterator[_Event]:
    """The macros that mean something where they stand."""
    linguex = pex = covington = 0
    searched = 0
    found = list(_EVENT.finditer(text))
    closed = _closed(found)
    for number, match in enumerate(found):
        kind = match.lastgroup or ""
        name = match[kind]
        if linguex and _BLANK_LINE.search(text, searched, match.start()):
            linguex = 0
        searched = match.start()
        if kind == "linguex":
            if not name.startswith("ex") and not linguex:
                continue
            linguex += name.startswith("ex")
        elif kind == "open":
            if number not in closed:
                continue  # a label in small capitals
        elif name == "sn" and not text[match.start() - 1 : match.start()].isspace():
            continue  # a label of the paper's own: 3\\sn
        elif name in ("a", "item"):
            if not (pex if name == "a" else covington):
                continue
        elif kind in ("begin", "end") and "examples" in name:
            covington += 1 if kind == "begin" else -1
        elif name == "pex":
            pex += 1
        elif name == "xe":
            pex = 0
        searched = match.end()
        yield _Event(kind, name, match.start(), match.end())


def _closed(found: Sequence[re.Match[str]]) -> set[int]:
    r"""The places of every ``\gl`` that an ``\endgl`` ends before another gloss begins."""
    ended = False
    closed = set()
    for number in range(len(found) - 1, -1, -1):
        kind, name = found[number].lastgroup, found[number][found[number].lastgroup or 0]
        if kind == "open" and ended:
            closed.add(number)
        ended = name == "endgl" or (ended and kind not in ("open", "gloss") and name != "begingl")
    return closed


def _step(levels: list[_Level], event: _Event, segment: str) -> None:
    """Open and close what the macro opens and closes."""
    named = event.name in _NAMED and event.kind == "macro"
    item = _Item(f"\\{event.name}{segment}" if named else segment, event.end)
    top = levels[-1] if levels else None
    name = event.name
    if top is not None and top.before and event.kind in ("linguex", "macro", "gloss", "expex"):
        item.head = top.before + item.head
        top.before = ""
    if event.kind == "linguex":
        item.head = _paragraph(segment)
        if name.startswith("ex"):
            levels[:] = [_Level("linguex", item)]
        elif name == "z":
            _close(levels, {"linguex sub"})
        elif name.startswith("a") or top is None or top.kind != "linguex sub":
            levels.append(_Level("linguex sub", item))
        else:
            top.item = item
    elif event.kind == "begin":
        if name == "exe" and levels and levels[0].kind == "ex":
            levels.clear()
        labels = "" if name == "example" else "".join(_LABEL.findall(segment))
        levels.append(_Level(name, item if name == "example" else None, labels))
    elif event.kind == "end":
        _close(levels, {name})
    elif event.kind == "macro":
        _step_macro(levels, name, item)
    if event.kind in ("begin", "macro") and levels and levels[0].kind == "linguex":
        levels[:] = [level for level in levels if not level.kind.startswith("linguex")]


def _step_macro(levels: list[_Level], name: str, item: _Item) -> None:
    top = levels[-1] if levels else None
    if (name in _OPENERS or name == "pex") and levels and levels[0].kind == "ex":
        levels.clear()  # one of expex, or outside any list: neither holds another
        top = None
    if name in _OPENERS:
        if top is not None and top.kind == "ea" and top.item is not None and top.item.glossed:
            levels.pop()  # the end of the last example is missing
        levels.append(_Level("ea", item))
        if name.startswith("eal"):
            levels.append(_Level("eal"))  # a list within the list, whose examples follow
    elif name == "pex":
        levels += [_Level("ex", item), _Level("pex")]
    elif name in _CLOSERS:
        _close(levels, {"ea"})
    elif name == "xe":
        _close(levels, {"ex"})
    elif top is None or (top.kind == "pex" and name != "a"):
        levels[:] = [_Level("ex", item)]
    else:
        top.item = item


def _close(levels: list[_Level], kinds: set[str]) -> None:
    for index in range(len(levels) - 1, -1, -1):
        if levels[index].kind in kinds:
            del levels[index:]
            return
