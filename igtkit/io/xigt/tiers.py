"""The tiers of one Xigt example: items, and the expressions by which they refer to each other.

An item has text of its own, or it selects from other items: ``p1`` is all of item ``p1``,
``p1[0:4]`` its first four characters, ``p1[0:2+5:7]`` or ``w1+w2`` two pieces joined, ``w1,w2``
two pieces with a space between (Goodman et al. 2015, *Xigt: extensible interlinear glossed text
for natural language processing*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import attrs

__all__ = ["REFERENCES", "Item", "Selection", "Tier", "Tiers", "selections"]

REFERENCES = ("content", "segmentation", "alignment")
"""The attributes by which items refer to others; a value comes from one of the first two."""

_SELECTION = re.compile(r"([+,\s]*)([A-Za-z][-.\w]*)(?:\[([^\]]*)\])?")
_SPAN = re.compile(r"([+,]?)\s*(-?\d*):(-?\d*)")
_DEEPEST = 50  # references to references: chosen far above any file's; more lead back to themselves


@attrs.frozen
class Selection:
    """A piece of an item that an expression selects.

    Attributes:
        id: Identifier of the item.
        start: Where the piece begins; None for the beginning.
        end: Where it ends; None for the end.
        spaced: Whether a space stands before it.
    """

    id: str
    start: int | None = None
    end: int | None = None
    spaced: bool = False


def selections(expression: str) -> Iterator[Selection]:
    """The pieces that an expression selects, in order.

    Example:
        >>> [(piece.id, piece.start, piece.end) for piece in selections("w1[0:3+5:7],w2")]
        [('w1', 0, 3), ('w1', 5, 7), ('w2', None, None)]
    """
    for delimiter, identifier, spans in _SELECTION.findall(expression):
        found = _SPAN.findall(spans) or [("", "", "")]
        for index, (joiner, start, end) in enumerate(found):
            yield Selection(
                identifier,
                int(start) if start not in ("", "-") else None,
                int(end) if end not in ("", "-") else None,
                spaced="," in (joiner if index else delimiter),
            )


@attrs.frozen(eq=False)
class Item:
    """An item: its identifier, attributes and own text."""

    id: str
    attributes: Mapping[str, str]
    text: str | None


@attrs.frozen(eq=False)
class Tier:
    """A tier: its identifier, type, attributes and items."""

    id: str
    type: str
    attributes: Mapping[str, str]
    element: ET.Element
    items: tuple[Item, ...]


class Tiers:
    """The tiers of one example.

    Args:
        igt: The ``<igt>`` element.

    Attributes:
        all: The tiers, in order.
        problems: What is wrong with them, in words; grows while values are looked up.
    """

    def __init__(self, igt: ET.Element) -> None:
        self.problems: list[str] = []
        self.all = [_tier(element) for element in igt.iter("tier")]
        self._items: dict[str, Item] = {}
        for tier in self.all:
            for item in tier.items:
                if item.id in self._items:
                    self.problems.append(f"two items have the id {item.id!r}")
                self._items.setdefault(item.id, item)
        self._missing: set[str] = set()

    def of_type(self, *types: str) -> list[Tier]:
        """The tiers of some types, in order."""
        return [tier for tier in self.all if tier.type in types]

    def item(self, identifier: str, seen_from: str = "") -> Item | None:
        """Return an item by its identifier; one that is not there is a problem, told once."""
        found = self._items.get(identifier)
        if found is None and identifier not in self._missing:
            self._missing.add(identifier)
            self.problems.append(f"{seen_from or 'an item'} refers to {identifier!r}: no such item")
        return found

    def targets(self, item: Item) -> list[Item]:
        """The items that an item stands for or is aligned with, those of each attribute in turn."""
        found = []
        for name in ("alignment", "segmentation", "content"):
            for piece in selections(item.attributes.get(name, "")):
                target = self.item(piece.id, item.id)
                if target is not None:
                    found.append(target)
        return found

    def value(self, item: Item, depth: int = 0) -> str:
        """The text of an item, its own or selected from others."""
        if item.text is not None:
            return item.text
        if depth > _DEEPEST:
            self.problems.append(f"the references of {item.id!r} lead back to it")
            return ""
        for name in REFERENCES[:2]:
            if name in item.attributes:
                return self._resolve(item, item.attributes[name], depth + 1)
        return ""

    def _resolve(self, item: Item, expression: str, depth: int) -> str:
        text = ""
        for piece in selections(expression):
            target = self.item(piece.id, item.id)
            if target is not None:
                text += " " * piece.spaced + self.value(target, depth)[piece.start : piece.end]
        return text

    def between(self, left: Item, right: Item) -> str | None:
        """Return the text between two pieces of an item, in that item; None if not known."""
        pieces = []
        for item in (left, right):
            for name in ("segmentation", "content"):
                found = list(selections(item.attributes.get(name, "")))
                if len(found) == 1 and found[0].start is not None and found[0].end is not None:
                    pieces.append(found[0])
                    break
        if len(pieces) < 2 or pieces[0].id != pieces[1].id:
            return None
        whole = self._items.get(pieces[0].id)
        return None if whole is None else self.value(whole)[pieces[0].end : pieces[1].start]


def _tier(element: ET.Element) -> Tier:
    return Tier(
        element.get("id", ""),
        element.get("type", ""),
        element.attrib,
        element,
        tuple(Item(item.get("id", ""), item.attrib, item.text) for item in element.iter("item")),
    )
