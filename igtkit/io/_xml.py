"""XML from outside: read without trust, in constant memory; written whole.

No entity of the file's own is expanded, nothing outside the file is looked up, and elements nest
only so deep: a file that asks for more is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal
from xml.etree import ElementTree as ET
from xml.parsers import expat

from igtkit.errors import FileFormatError
from igtkit.io._losses import CONTROL_CHARACTERS
from igtkit.io._sink import Sink, Tally
from igtkit.io._source import Source

__all__ = ["Event", "events", "legal", "parse", "save", "without_controls"]

Event = tuple[Literal["start", "end"], int, ET.Element]
"""What began or ended, its line in the file, and the element."""

_PIECE = 1 << 16  # bytes that are parsed at a time
_DEEPEST = 200  # elements in elements: chosen far above the formats read here, far below a crash
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def events(source: Source) -> Iterator[Event]:
    """Yield every element of a file as it begins and ends, as `ElementTree.iterparse` does.

    An element is complete only at its end. To stay in constant memory, ``clear()`` an element that
    is done with, and its parent of it.

    Args:
        source: The file; the XML declaration names the encoding, unless the caller did.

    Yields:
        ``("start" | "end", line, element)``, the line counted from 1.

    Raises:
        FileFormatError: If the file is no well-formed XML, ends too early, defines entities, or
            nests deeper than 200 elements; with its line.
    """
    reader = _Reader(source)
    for piece in _pieces(source):
        reader.feed(piece)
        yield from reader.take()
    reader.finish()
    yield from reader.take()


def parse(source: Source) -> ET.Element:
    """The root of a file that is small enough to be held.

    Raises:
        FileFormatError: As for `events`.
    """
    root: ET.Element | None = None
    for _, _, element in events(source):
        root = element if root is None else root
    if root is None:  # `events` has raised: a file without an element is not well-formed
        raise FileFormatError("no element", path=source.name)
    return root


def _pieces(source: Source) -> Iterator[str | bytes]:
    stream = source.text() if source.path is None else source.binary()
    while piece := stream.read(_PIECE):
        yield piece


class _Reader:
    """A parser that gives events with lines; `ElementTree` has no parser that tells lines."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        if source.path is not None:
            source.head()  # refuses a binary file
        declared = source.encoding.lower().replace("_", "-") in ("utf-8-sig", "utf-8", "utf8")
        self._parser = expat.ParserCreate(None if declared else source.encoding, "}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._refuse_entity
        self._builder = ET.TreeBuilder()
        self._parser.CharacterDataHandler = self._builder.data
        self._depth = 0
        self._found: list[Event] = []

    def feed(self, piece: str | bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(piece, final)
        except (expat.ExpatError, LookupError, ValueError) as error:
            if isinstance(error, FileFormatError):
                raise
            message = (
                expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
            )
            raise self._error(f"no well-formed XML: {message}", "XML, whole") from error

    def finish(self) -> None:
        self.feed(b"", final=True)

    def take(self) -> list[Event]:
        found, self._found = self._found, []
        return found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"elements nest deeper than {_DEEPEST}", "a document, not a bomb")
        named = {_universal(name): value for name, value in attributes.items()}
        element = self._builder.start(_universal(tag), named)
        self._found.append(("start", self._parser.CurrentLineNumber, element))

    def _end(self, tag: str) -> None:
        self._depth -= 1
        element = self._builder.end(_universal(tag))
        self._found.append(("end", self._parser.CurrentLineNumber, element))

    def _refuse_entity(self, name: str, *_: Any) -> None:
        raise self._error(f"the file defines an entity, {name!r}", "a file without entities")

    def _error(self, message: str, expected: str) -> FileFormatError:
        line = self._parser.CurrentLineNumber
        return FileFormatError(message, path=self._name, line=line, expected=expected)


def _universal(name: str) -> str:
    """Return a name as `ElementTree` writes it: ``{namespace}name``."""
    return f"{{{name}" if "}" in name else name


def without_controls(text: str) -> str:
    """Return the text with U+FFFD for the control characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def legal(text: str, tally: Tally) -> str:
    """Return the text with U+FFFD for what XML cannot hold, which is counted as lost."""
    cleaned = without_controls(text)
    if cleaned != text:
        tally.lose(CONTROL_CHARACTERS)
    return cleaned


def save(root: ET.Element, sink: Sink, *, indent: str | None = "  ") -> None:
    """Write a tree, with an XML declaration.

    Args:
        root: The tree.
        sink: Where to.
        indent: Indentation of a level; None leaves white space as it is.
    """
    if indent is not None:
        ET.indent(root, indent)
    if sink.path is None:
        sink.text().write(ET.tostring(root, encoding="unicode") + "\n")
        return
    tree = ET.ElementTree(root)
    tree.write(sink.binary(), encoding=sink.encoding, xml_declaration=True)
    sink.binary().write(b"\n" if sink.encoding.lower().startswith("utf-8") else b"")
