r"""Where the glossed examples of a paper are, and what stands around each.

gb4e (``\ea ... \z``, ``exe`` and ``xlist``), expex (``\ex ... \xe``, ``\pex \a``), linguex
(``\ex.`` up to a blank line) and covington's ``examples`` are told apart by their macros, so that
one paper may use several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import attrs

__all__ = ["Example", "find_examples"]

_LISTS = "exe|xlist[a-zA-Z]*|examples?|subexamples|covexamples|covsubexamples"
_EVENT = re.compile(
    rf"\\begin\{{(?P<begin>{_LISTS})\}}"
    rf"|\\end\{{(?P<end>{_LISTS})\}}"
    r"|\\(?P<linguex>exi?g?|[a-h]g?|z)\."
    r"|\\(?P<gloss>gl{2,5}|digloss|trigloss)(?![A-Za-z@])"
    r"|\\(?P<expex>begingl|endgl)(?![A-Za-z@])"
    r"|\\(?P<macro>ex[irp]?|eal?|eanoraggedright|pex|xe|zl?|a|item)(?![A-Za-z@.])"
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@attrs.frozen
class Example:
    r"""A glossed example.

    Attributes:
        start: Where its glossing macro stands in the text.
        macro: ``gll``, ``glll`` and so on, covington's ``digloss`` and ``trigloss``, ``begingl``,
            or ``exg`` for linguex's own.
        head: What stands between the beginning of the example and the glossing macro.
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


class _Event(NamedTuple):
    kind: str
    name: str
    start: int
    end: int


def find_examples(text: str) -> Iterator[Example]:
    """Yield every glossed example, in order."""
    events = list(_accepted(text))
    levels: list[_Level] = []
    pending: Example | None = None  # one of expex, whose end is still to come
    for index, event in enumerate(events):
        stop = events[index + 1].start if index + 1 < len(events) else len(text)
        segment = text[event.end : stop]
        _step(levels, event, segment)
        if pending is not None:
            yield attrs.evolve(pending, tail=_paragraph(segment) if event.name == "endgl" else "")
            pending = None
        glosses = event.kind == "gloss" or (event.kind == "linguex" and event.name.endswith("g"))
        if not glosses and event.name != "begingl":
            continue
        item = levels[-1].item if levels else None
        heads = tuple(level.item.head for level in levels[:-1] if level.item is not None)
        fresh = item is not None and not item.glossed
        linguex = bool(levels) and levels[-1].kind.startswith("linguex")
        example = Example(
            event.start,
            "exg" if event.kind == "linguex" else event.name,
            item.head if item is not None and fresh and event.kind != "linguex" else "",
            heads,
            item.start if item is not None and fresh else event.start,
            _paragraph(segment) if linguex else segment,
            linguex=linguex,
            continues=item is not None and item.glossed,
        )
        if item is not None:
            item.glossed = True
        if event.name == "begingl":
            pending = example
        else:
            yield example
    if pending is not None:
        yield pending


def _paragraph(text: str) -> str:
    return _BLANK_LINE.split(text, maxsplit=1)[0]


def _accepted(text: str) -> Iterator[_Event]:
    """The macros that mean something where they stand."""
    linguex = pex = covington = 0
    last = 0
    for match in _EVENT.finditer(text):
        kind = match.lastgroup or ""
        name = match[kind]
        if linguex and _BLANK_LINE.search(text, last, match.start()):
            linguex = 0
        if kind == "linguex":
            if not name.startswith("ex") and not linguex:
                continue
            linguex += name in ("ex", "exg", "exi", "exig")
        elif name in ("a", "item"):
            if not (pex if name == "a" else covington):
                continue
        elif kind in ("begin", "end") and "examples" in name:
            covington += 1 if kind == "begin" else -1
        elif name == "pex":
            pex += 1
        elif name == "xe":
            pex = 0
        last = match.end()
        yield _Event(kind, name, match.start(), match.end())


def _step(levels: list[_Level], event: _Event, segment: str) -> None:
    """Open and close what the macro opens and closes."""
    item = _Item(segment, event.end)
    top = levels[-1] if levels else None
    name = event.name
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
        levels.append(_Level(name, item if name == "example" else None))
    elif event.kind == "end":
        _close(levels, {name})
    elif event.kind == "macro":
        _step_macro(levels, name, item)
    if event.kind in ("begin", "macro") and levels and levels[0].kind == "linguex":
        levels[:] = [level for level in levels if not level.kind.startswith("linguex")]


def _step_macro(levels: list[_Level], name: str, item: _Item) -> None:
    top = levels[-1] if levels else None
    if name in ("ea", "eal", "eanoraggedright", "pex") and levels and levels[0].kind == "ex":
        levels.clear()  # one of expex, or outside any list: neither holds another
        top = None
    if name in ("ea", "eal", "eanoraggedright"):
        if top is not None and top.kind == "ea" and top.item is not None and top.item.glossed:
            levels.pop()  # the end of the last example is missing
        levels.append(_Level("ea", item))
    elif name == "pex":
        levels += [_Level("ex", item), _Level("pex")]
    elif name in ("z", "zl"):
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
