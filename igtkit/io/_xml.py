"""XML from outside: read without trust, in constant memory; written whole.

No entity of the file's own is expanded, nothing outside the file is looked up, and nothing of it
may be much larger in memory than it is in the file: what asks for more is refused with its line.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any, Literal
from xml.etree import ElementTree as ET
from xml.parsers import expat

from igtkit.errors import FileFormatError
from igtkit.io._losses import CONTROL_CHARACTERS
from igtkit.io._sink import Sink, Tally
from igtkit.io._source import Source

__all__ = [
    "Event",
    "events",
    "legal",
    "parse",
    "require_root",
    "save",
    "to_text",
    "without_controls",
]

Event = tuple[Literal["start", "end"], int, ET.Element, ET.Element | None]
"""What began or ended, its line in the file, the element, and the one that it is in."""

_PIECE = 1 << 16  # bytes that are parsed at a time
_PIECE_WITH_ENTITY = 1 << 10  # where the text of each tag is looked at again

# Chosen far above what the formats read here have, far below what takes much time or memory.
_DEEPEST = 200  # elements in elements
_LONGEST = (
    1 << 22
)  # bytes of a tag or comment: the parser holds it, and reads it anew in each piece
_LONGEST_NAMESPACE = 256  # characters: it is in the name of every element
_MOST_DECLARED = 100  # attributes: the parser looks at each of them at every element

_A_DOCUMENT = "a document, not a bomb"

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|apos|quot);)([A-Za-z_:\x80-\xff][^;\s<>&\"']{0,80});")
_TAG = re.compile(rb"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")


def events(
    source: Source, tags: Collection[str] | None = None, *, within: Collection[str] = ()
) -> Iterator[Event]:
    """Yield elements of a file as they begin and end, as `ElementTree.iterparse` does.

    An element is complete only at its end. To stay in constant memory, ``clear()`` an element that
    is done with, or take it out of its parent.

    Args:
        source: The file; the XML declaration names the encoding, unless the caller did.
        tags: Tags of elements to tell of, beside the root; None for all. The others are in the
            tree all the same, and cost little.
        within: Tags of elements whose children are to be told of, whatever they are.

    Yields:
        ``("start" | "end", line, element, parent)``, the line counted from 1; no parent for the
        root.

    Raises:
        FileFormatError: If the file is no well-formed XML, ends too early, defines entities or uses
            one that it does not define, gives attributes default values, nests deeper than 200
            elements, or has a tag or a comment of more than 4 MiB; with its line.
    """
    reader = _Reader(source)
    reader.listen(tags, within)
    try:
        for piece in _pieces(source, reader.codec):
            reader.feed(piece)
            yield from reader.take()
    except UnicodeError as error:  # of an open text file
        raise source.undecodable(error) from error
    reader.finish()
    yield from reader.take()


def require_root(
    root: ET.Element, tags: Collection[str], source: Source, line: int, expected: str
) -> None:
    """Look whether a document is of a format.

    Args:
        root: Its root.
        tags: The tags that the root of such a document may have.
        source: Where it stands.
        line: The line of the root.
        expected: What the format is, for the message.

    Raises:
        FileFormatError: If it is another.
    """
    if root.tag not in tags:
        raise FileFormatError(
            f"the root is <{root.tag}>", path=source.name, line=line, expected=expected
        )


def parse(source: Source) -> ET.Element:
    """The root of a file that is small enough to be held.

    Raises:
        FileFormatError: As for `events`.
    """
    root: ET.Element | None = None
    for _, _, element, _ in events(source, ()):
        root = element
    if root is None:  # `events` has raised: a file without an element is not well-formed
        raise FileFormatError("no element", path=source.name)
    return root


def _pieces(source: Source, codec: str | None) -> Iterator[bytes]:
    if source.path is None:
        stream = source.text()
        while text := stream.read(_PIECE):
            yield text.encode("utf-8", "surrogatepass")  # which the parser refuses in its place
        return
    binary = source.binary()
    decoder = codecs.getincrementaldecoder(codec)() if codec is not None else None
    while piece := binary.read(_PIECE):
        yield piece if decoder is None else decoder.decode(piece).encode("utf-8", "surrogatepass")
    if decoder is not None:
        decoder.decode(b"", final=True)


def _encodings(source: Source) -> tuple[str | None, str | None]:
    """The encoding, where it is not for the file to say; and what Python must decode before.

    The parser knows UTF-8, and by Python's help every encoding in which a byte is a character.
    """
    if source.path is None:
        return "utf-8", None
    head = source.head()  # refuses a binary file
    name = source.encoding.lower().replace("_", "-")
    if name in ("utf-8-sig", "utf-8", "utf8"):
        declared = _DECLARED.match(head)
        wide = declared is not None and _is_wide(declared[1])
        return ("utf-8", declared[1]) if declared is not None and wide else (None, None)
    return ("utf-8", source.encoding) if _is_wide(name) else (source.encoding, None)


_DECLARED = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.-]+)""")


def _is_wide(name: str) -> bool:
    """Whether an encoding that Python knows has characters of several bytes, and is not UTF-8."""
    try:
        return (
            codecs.lookup(name).name != "utf-8"
            and len(bytes(range(256)).decode(name, "replace")) != 256
        )
    except (LookupError, UnicodeError):
        return False


class _Reader:
    """A parser that gives events with lines; `ElementTree` has no parser that tells lines.

    ElementTree's own builder makes the tree. What is done for each element beside that is little,
    since it is most of the time that reading takes.
    """

    def __init__(self, source: Source) -> None:
        self._name = source.name
        encoding, self.codec = _encodings(source)
        self._parser = expat.ParserCreate(encoding, "}")
        self._parser.buffer_text = True
        self._parser.EntityDeclHandler = self._refuse_entity
        self._parser.SkippedEntityHandler = self._refuse_skipped
        self._parser.AttlistDeclHandler = self._declare_attribute
        self._parser.StartNamespaceDeclHandler = self._begin_namespace
        self._found: list[Event] = []
        self._names = _Names()
        self._fed = 0
        self._declared = 0
        self._tail = b""  # of the piece before, lest an entity be cut in two
        self._may_have_entity = False

    def listen(self, tags: Collection[str] | None, within: Collection[str]) -> None:
        """Build the tree, and note the elements that are to be told of."""
        parser, found = self._parser, self._found
        builder = ET.TreeBuilder()
        begin, end = builder.start, builder.end
        told, parents, every = frozenset(tags or ()), frozenset(within), tags is None
        path: list[ET.Element] = []

        def start_tag(tag: str, attributes: dict[str, str]) -> None:
            element = begin(tag, attributes)
            parent = path[-1] if path else None
            path.append(element)
            if every or tag in told or parent is None or parent.tag in parents:
                found.append(("start", parser.CurrentLineNumber, element, parent))
            if len(path) > _DEEPEST:
                raise self._error(f"elements nest deeper than {_DEEPEST}", _A_DOCUMENT)

        def start_tag_with_care(tag: str, attributes: dict[str, str]) -> None:
            if self._may_have_entity:
                self._refuse_entity_in_tag()
            names = self._names
            for name in attributes:
                if "}" in name:
                    attributes = {names[name]: value for name, value in attributes.items()}
                    break
            start_tag(names[tag] if "}" in tag else tag, attributes)

        def end_tag(tag: str) -> None:
            element = path.pop()
            end(tag)
            parent = path[-1] if path else None
            if every or parent is None or element.tag in told or parent.tag in parents:
                found.append(("end", parser.CurrentLineNumber, element, parent))

        self._start_tag, self._start_tag_with_care = start_tag, start_tag_with_care
        parser.StartElementHandler = start_tag
        parser.EndElementHandler = end_tag
        parser.CharacterDataHandler = builder.data

    def feed(self, piece: bytes) -> None:
        seen = (self._tail + piece).replace(b"\0", b"")  # b"\0" of UTF-16
        found = _ENTITY.search(seen)
        self._may_have_entity = found is not None
        if b"xml:" in seen:  # a prefix that needs no declaration
            self._parser.StartElementHandler = self._start_tag_with_care
        self._tail = piece[-200:]
        if found is None:
            self._parse(piece)
            return
        self._parser.StartElementHandler = self._start_tag_with_care
        for at in range(0, len(piece), _PIECE_WITH_ENTITY):
            self._parse(piece[at : at + _PIECE_WITH_ENTITY])

    def finish(self) -> None:
        self._parse(b"", final=True)

    def take(self) -> list[Event]:
        found = self._found.copy()
        self._found.clear()
        return found

    def _parse(self, piece: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(piece, final)
        except FileFormatError:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:
            message = (
                expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
            )
            raise self._error(f"no well-formed XML: {message}", "XML, whole") from error
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST:
            raise self._error(f"a tag or comment of more than {_LONGEST >> 20} MiB", _A_DOCUMENT)

    def _begin_namespace(self, _: str | None, name: str | None) -> None:
        if len(name or "") > _LONGEST_NAMESPACE:
            what = f"a namespace of more than {_LONGEST_NAMESPACE} characters"
            raise self._error(what, _A_DOCUMENT)
        self._parser.StartElementHandler = self._start_tag_with_care

    def _declare_attribute(
        self, element: str, name: str, _: str, value: str | None, *__: Any
    ) -> None:
        self._declared += 1
        if value is not None:
            what = f"the file gives the attribute {name!r} of <{element}> a default value"
            raise self._error(what, "a file that says what it means in each place")
        if self._declared > _MOST_DECLARED:
            what = f"the file declares more than {_MOST_DECLARED} attributes"
            raise self._error(what, _A_DOCUMENT)

    def _refuse_entity(self, name: str, *_: Any) -> None:
        raise self._error(f"the file defines an entity, {name!r}", "a file without entities")

    def _refuse_skipped(self, name: str, _: bool) -> None:
        raise self._error(f"undefined entity, {name!r}", "the character itself")

    def _refuse_entity_in_tag(self) -> None:
        """Refuse an undefined entity in an attribute, which the parser would pass over."""
        text = (self._parser.GetInputContext() or b"").replace(b"\0", b"")
        tag = _TAG.match(text)
        found = _ENTITY.search(tag[0]) if tag is not None else None
        if found is not None:
            self._refuse_skipped(found[1].decode("utf-8", "replace"), False)

    def _error(self, message: str, expected: str) -> FileFormatError:
        line = self._parser.CurrentLineNumber
        return FileFormatError(message, path=self._name, line=line, expected=expected)


class _Names(dict[str, str]):
    """Names as `ElementTree` writes them, ``{namespace}name``, each made once."""

    def __missing__(self, name: str) -> str:
        found = self[name] = f"{{{name}" if "}" in name else name
        return found


def to_text(element: ET.Element) -> str:
    """Return an element as `ElementTree.tostring` writes it, in a third of the time.

    Example:
        >>> to_text(ET.fromstring("<a b='1'>x<c/></a>"))
        '<a b="1">x<c /></a>'
    """
    parts: list[str] = []
    if _write_plain(element, parts):
        return "".join(parts)
    return ET.tostring(element, encoding="unicode")


def _write_plain(element: ET.Element, parts: list[str]) -> bool:
    """Write an element; False where a name is in a namespace, which needs a prefix."""
    tag: object = element.tag
    if not isinstance(tag, str) or tag[0] == "{":
        return False
    head = "<" + tag
    for name, value in element.items():
        if name[0] == "{":
            return False
        head += _attribute(name, value) if len(value) < _LONG else _attribute_anew(name, value)
    text, tail = element.text, element.tail
    if text or len(element):
        parts.append(head + ">")
        if text:
            parts.append(text if text.isalnum() else _IN_TEXT.sub(_reference, text))
        for child in element:
            if not _write_plain(child, parts):
                return False
        parts.append(f"</{tag}>")
    else:
        parts.append(head + " />")
    if tail:
        parts.append(_IN_TEXT.sub(_reference, tail))
    return True


def _attribute_anew(name: str, value: str) -> str:
    return f' {name}="{_IN_ATTRIBUTE.sub(_reference, value)}"'


_LONG = 80  # characters of a value that is not worth to be remembered
_attribute = lru_cache(maxsize=1 << 13)(_attribute_anew)
_IN_TEXT = re.compile("[&<>]")
_IN_ATTRIBUTE = re.compile('[&<>"\r\n\t]')
_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#09;",
}


def _reference(found: re.Match[str]) -> str:
    return _REFERENCES[found[0]]


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
