"""The tiers of one Xigt example: items, and the expressions by which they refer to each other.

An item has text of its own, or it selects from other items: ``p1`` is all of item ``p1``,
``p1[0:4]`` its first four characters, ``p1[0:2+5:7]`` or ``w1+w2`` two pieces joined, ``w1,w2``
two pieces with a space between (Goodman et al. 2015, *Xigt: extensible interlinear glossed text
for natural language processing*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

import attrs

from igtkit.errors import InputError

__all__ = ["REFERENCES", "Item", "Selection", "Tier", "Tiers", "selections"]

REFERENCES = ("content", "segmentation", "alignment")
"""The attributes by which items refer to others; a value comes from one of the first two."""

_SELECTION = re.compile(r"([A-Za-z][-.\w]*)(?:\[([^\]\[]*)\])?")
_SPANS = re.compile(r"([+,])")
_SPAN = re.compile(r"\s*(-?\d*):(-?\d*)\s*")

# Tiers select each text once, so what all of them select is a small multiple of it. Both numbers
# are chosen far above that, and far below what takes much time or memory.
_MOST_SELECTED = 50  # times the text of an example
_ALWAYS_SELECTED = 1 << 20  # characters, however little text there is
_LONGEST_NAME = 80  # characters of an identifier that are shown
_LONGEST_GAP = 64  # characters between two pieces: far more than a boundary has


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
    done = 0
    for match in _SELECTION.finditer(expression):
        identifier, spans = match.groups()
        delimiter = expression[done : match.start()]
        done = match.end()
        for index, (joiner, start, end) in enumerate(_spans(spans or "")):
            spaced = "," in (joiner if index else delimiter)
            yield Selection(identifier, _number(start), _number(end), spaced)


def _spans(text: str) -> list[tuple[str, str, str]]:
    """What joins each span to the one before it, where it begins, and where it ends."""
    found = []
    joiner, *parts = ["", *_SPANS.split(text)] if text else [""]
    for part in parts:
        if part in ("+", ","):
            joiner = part
        elif (span := _SPAN.fullmatch(part)) is not None:
            found.append((joiner, span[1], span[2]))
    return found or [("", "", "")]


def _number(text: str) -> int | None:
    """A place in a text; no text is longer than what 18 digits say."""
    return int(text[:18]) if text not in ("", "-") else None


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
                    self.problems.append(f"two items have the id {_named(item.id)}")
                self._items.setdefault(item.id, item)
        self._missing: set[str] = set()
        self._values: dict[Item, str] = {}
        own = sum(len(item.text or "") for item in self._items.values())
        self._left = max(_ALWAYS_SELECTED, _MOST_SELECTED * own)

    def of_type(self, *types: str) -> list[Tier]:
        """The tiers of some types, in order."""
        return [tier for tier in self.all if tier.type in types]

    def item(self, identifier: str, seen_from: str = "") -> Item | None:
        """Return an item by its identifier; one that is not there is a problem, told once."""
        found = self._items.get(identifier)
        if found is None and identifier not in self._missing:
            self._missing.add(identifier)
            self.problems.append(
                f"{_short(seen_from) or 'an item'} refers to {_named(identifier)}: no such item"
            )
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

    def value(self, item: Item) -> str:
        """The text of an item, its own or selected from others.

        Raises:
            InputError: If the items of the example select far more text than there is in it.
        """
        waiting = [item]
        open_: set[Item] = set()
        while waiting:
            one = waiting[-1]
            if one in self._values:
                waiting.pop()
                continue
            pieces = self._pieces(one)
            first = one not in open_
            open_.add(one)
            unknown = [
                target
                for target, _ in pieces
                if first and target not in self._values and target not in open_
            ]
            if unknown:
                waiting += unknown
            else:
                self._values[one] = self._join(one, pieces)
        return self._values[item]

    def _pieces(self, item: Item) -> list[tuple[Item, Selection]]:
        """What an item selects, and from which items; nothing where it has text of its own."""
        name = next((name for name in REFERENCES[:2] if name in item.attributes), None)
        if item.text is not None or name is None:
            return []
        pieces = selections(item.attributes[name])
        found = [(self.item(piece.id, item.id), piece) for piece in pieces]
        return [(target, piece) for target, piece in found if target is not None]

    def _join(self, item: Item, pieces: Sequence[tuple[Item, Selection]]) -> str:
        if item.text is not None:
            return item.text
        texts = []
        for target, piece in pieces:
            whole = self._values.get(target)
            if whole is None:
                self.problems.append(f"the references of {_named(item.id)} lead back to it")
                continue
            text = whole[piece.start : piece.end]
            self._left -= len(text) + 1
            if self._left < 0:
                raise InputError(f"the items select far more text than there is: {_named(item.id)}")
            texts.append(" " + text if piece.spaced else text)
        return "".join(texts)

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
        if whole is None:
            return None
        text = self.value(whole)
        start, stop, _ = slice(pieces[0].end, pieces[1].start).indices(len(text))
        return text[start : min(stop, start + _LONGEST_GAP)]


def _named(identifier: str) -> str:
    return repr(_short(identifier))


def _short(identifier: str) -> str:
    return identifier if len(identifier) <= _LONGEST_NAME else identifier[:_LONGEST_NAME] + "…"


def _item(element: ET.Element) -> Item:
    text = "".join(element.itertext()) if len(element) else element.text  # markup in it is text
    return Item(element.get("id", ""), element.attrib, text)


def _tier(element: ET.Element) -> Tier:
    return Tier(
        element.get("id", ""),
        element.get("type", ""),
        element.attrib,
        element,
        tuple(map(_item, element.iter("item"))),
    )
