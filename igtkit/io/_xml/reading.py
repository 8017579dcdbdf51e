"""The elements of an XML file as they begin and end, and trees of small files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from xml.etree import ElementTree as ET

from igtkit.errors import FileFormatError, InputError
from igtkit.io._encodings import checked_encoding
from igtkit.io._source import Source
from igtkit.io._xml.parser import Event, Parser
from igtkit.io._xml.patterns import Shape

__all__ = ["events", "parse", "require_root", "text_beside", "text_in"]

_PIECE = 1 << 16  # bytes that are parsed at a time
_DECLARED = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.-]+)""")


def events(
    source: Source,
    tags: Collection[str] | None = None,
    *,
    within: Collection[str] = (),
    shapes: Collection[Shape] = (),
) -> Iterator[Event]:
    """Yield elements of a file as they begin and end, as `ElementTree.iterparse` does.

    An element is complete only at its end. To stay in constant memory, ``clear()`` an element that
    is done with, or take it out of its parent; those `within` others are taken out at their end.
    Where `tags` says what to tell of, text after these elements is in their parent's text.

    Args:
        source: The file; the XML declaration names the encoding, unless the caller did.
        tags: Tags of elements to tell of, beside the root; None for all. The others are in the
            tree all the same, and cost little.
        within: Tags of elements whose children are to be told of whole: whatever they are, and
            nothing that is in them.
        shapes: What is to be read as text, which is fast, where it stands as they say. It is not in
            the tree.

    Yields:
        ``("start" | "end", line, element, parent, b"")``, the line counted from 1; no parent for
        the root. ``("text", line, parent, parent, text)`` for what has a shape, in UTF-8.

    Raises:
        FileFormatError: If the file is no well-formed XML, ends too early, defines entities or uses
            one that it does not define, gives attributes default values, nests deeper than 200
            elements, or has a tag or a comment of more than 4 MiB; with its line.
    """
    encoding, codec = _encodings(source)
    parser = Parser(source.name, encoding, tags, within, shapes)
    try:
        for piece in _pieces(source, codec):
            yield from parser.feed(piece)
    except UnicodeError as error:
        raise source.undecodable(error) from error
    yield from parser.finish()


def text_in(element: ET.Element) -> str:
    r"""All text in an element, that of elements within included, with single spaces.

    Example:
        >>> text_in(ET.fromstring("<FORM>ev\n  <b>ler</b></FORM>"))
        'ev ler'
    """
    return " ".join("".join(element.itertext()).split())


def text_beside(element: ET.Element, tags: Collection[str | None]) -> str:
    """What an element says beside its children of these tags.

    Example:
        >>> text_beside(ET.fromstring("<TEXT>a<S>b</S>c<NOTE>d</NOTE></TEXT>"), ["S"])
        'a c d'
    """
    others = [text_in(child) for child in element if child.tag not in tags]
    around = [element.text, *(child.tail for child in element)]
    return " ".join(" ".join([*filter(None, around), *others]).split())


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
    for _, _, element, *_ in events(source, ()):
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
    """The encoding, unless only the parser can say what is wrong with it; what Python decodes.

    The parser gets UTF-8, so that what it tells of bytes is true of every file.
    """
    if source.path is None:
        return "utf-8", None
    head = source.head()  # refuses a binary file
    name = source.encoding
    if _is_utf8(name):
        declared = _DECLARED.match(head)
        name = declared[1] if declared is not None else "utf-8"
        try:
            checked_encoding(name)
        except InputError:
            return None, None
    return "utf-8", None if _is_utf8(name) else name


@lru_cache(maxsize=32)
def _is_utf8(name: str) -> bool:
    return codecs.lookup(name).name in ("utf-8", "utf-8-sig")
