"""A parser of XML that refuses what asks for much, and tells where elements begin and end.

No entity of the file's own is expanded, nothing outside the file is looked up, and nothing of it
may be much larger in memory than it is in the file: what asks for more is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from itertools import chain
from typing import Any, Literal
from xml.etree import ElementTree as ET
from xml.parsers import expat

from igtkit.errors import FileFormatError
from igtkit.io._xml.patterns import Shape, beginning, is_legal

__all__ = ["Event", "Parser"]

Event = tuple[Literal["start", "end", "text"], int, ET.Element, ET.Element | None, bytes]
"""What began or ended, its line in the file, the element, the one that it is in, and no text; or a
text that has a `Shape`, the line where it begins, and twice the element that it is in."""

_PIECE_WITH_ENTITY = 1 << 10  # where the text of each tag is looked at again

# Chosen far above what the formats read here have, far below what takes much time or memory.
_DEEPEST = 200  # elements in elements
_LONGEST = 1 << 22  # bytes of a tag or comment, which the parser reads anew in each piece
_LONGEST_NAMESPACE = 256  # characters: it is in the name of every element
_MOST_DECLARED = 100  # attributes: the parser looks at each of them at every element

# Where there are more, or longer ones, every name is looked at.
_MOST_PREFIXES = 20
_LONGEST_PREFIX = 40
_SEEN_AGAIN = 256  # bytes of a piece: an entity is not longer, nor a prefix
_LONGEST_LEFT = 1 << 17  # bytes: more than that is not looked at for a shape again

_A_DOCUMENT = "a document, not a bomb"

_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|apos|quot);)([A-Za-z_:\x80-\xff][^;\s<>&\"']{0,80});")
_TAG = re.compile(rb"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")


class Parser:
    """A parser that gives events with lines; `ElementTree` has no parser that tells lines.

    ElementTree's own builder makes the tree. What is done in Python for each element is most of the
    time that reading takes, so next to nothing is done for those that nobody is to be told of: what
    is in an element that is told of whole. The tree is most of the rest, so none is made of what
    has a shape; it is looked at for being well-formed, as everything is.

    Args:
        name: The file, for messages.
        encoding: The encoding of the bytes to come; None where they are in UTF-8 or say it.
        tags: Tags of elements to tell of, beside the root; None for all.
        within: Tags of elements whose children are told of whole: whatever they are, and nothing
            that is in them. Each is taken out of the tree at its end.
        shapes: What is read as text. The same may come as elements, where it stands otherwise.
    """

    def __init__(
        self,
        name: str,
        encoding: str | None,
        tags: Collection[str] | None,
        within: Collection[str] = (),
        shapes: Collection[Shape] = (),
    ) -> None:
        self._name = name
        self._tags = None if tags is None else frozenset(tags)
        self._within = frozenset(within)
        self._only_root = tags is not None and not tags and not within
        builder = ET.TreeBuilder()
        self._begin, self._end, self._data = builder.start, builder.end, builder.data
        self._path: list[ET.Element] = []
        self._whole: ET.Element | None = None
        self._ended: ET.Element | None = None  # that the reader was told of, and may let go
        self._tails: dict[int, list[str]] = {}  # what is said after such, by the parent's identity
        self._shapes = {shape.within: shape for shape in shapes}
        self._begins = beginning(tuple(shapes))
        self._left = b""  # of the piece before: what may have a shape once it is complete
        self._in_cdata = False
        self._found: list[Event] = []
        self._names = _Names()
        self._prefixes = {b"xml:"}  # the one that needs no declaration
        self._all_in_namespaces = False
        self._may_have_entity = False
        self._careful = False
        self._declared = 0
        self._fed = 0
        self._tail = b""  # of what was parsed, lest a prefix or an entity be cut in two
        parser = self._parser = expat.ParserCreate(encoding, "}")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._refuse_skipped
        parser.AttlistDeclHandler = self._declare_attribute
        parser.StartNamespaceDeclHandler = self._begin_namespace
        parser.StartCdataSectionHandler = self._begin_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        parser.CharacterDataHandler = self._data
        parser.EndElementHandler = self._end_tag
        self._choose_handler()

    def feed(self, piece: bytes) -> list[Event]:
        """Read on, and tell what has begun and ended.

        Raises:
            FileFormatError: For what is no XML, or is refused; with its line.
        """
        data = self._left + piece
        seen = self._tail + data
        self._look_at(seen)
        done = len(data)
        if self._may_have_entity:
            for at in range(0, len(data), _PIECE_WITH_ENTITY):
                self._parse(data[at : at + _PIECE_WITH_ENTITY])
        elif self._shapes:
            done = self._parse_shapes(data)
        else:
            self._parse(data)
        self._left = data[done:]
        self._tail = seen[: len(seen) - len(self._left)][-_SEEN_AGAIN:]
        return self._take()

    def _look_at(self, seen: bytes) -> None:
        """Find out what must be looked at in each tag."""
        within_tag = self._fed - self._parser.CurrentByteIndex > len(self._tail)
        before = within_tag and self._may_have_entity
        self._may_have_entity = before or _ENTITY.search(seen) is not None
        if not (within_tag and self._careful):
            self._careful = self._may_have_entity or self._may_have_prefix(seen)
        self._choose_handler()

    def _parse_shapes(self, data: bytes) -> int:
        """Parse data, what has a shape as text, and say how much; the rest may have a shape yet."""
        done = at = 0
        while (found := self._begins.search(data, at)) is not None:
            self._parse(data[done : found.start()])
            done, at = found.start(), found.end()
            if self._fed != self._parser.CurrentByteIndex:
                break  # in a comment, say, which would be read anew with every step
            shape = self._shape_here()
            if shape is None:
                continue
            whole = shape.whole.match(data, done)
            if whole is not None:
                done = at = whole.end()
                self._pass(whole[0], is_sure=shape.is_sure)
            elif len(data) - done < _LONGEST_LEFT and self._begins.search(data, at) is None:
                return done
        self._parse(data[done:])
        return len(data)

    def _shape_here(self) -> Shape | None:
        """The shape of what may begin here, where all before is parsed."""
        if self._whole is not None or self._in_cdata or not self._path:
            return None
        return self._shapes.get(self._path[-1].tag)

    def _pass(self, text: bytes, *, is_sure: bool) -> None:
        """Tell of a text, once it is looked at for being well-formed."""
        line, parser, parent = self._parser.CurrentLineNumber, self._parser, self._path[-1]
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        is_sure = is_sure and is_legal(text)
        self._parse(b"\n" * text.count(b"\n") if is_sure else text)  # which counts the lines
        self._found.append(("text", line, parent, parent, text))
        self._choose_handler()
        parser.EndElementHandler = self._end_tag
        parser.CharacterDataHandler = self._data

    def _may_have_prefix(self, seen: bytes) -> bool:
        """Whether a name may be in a namespace."""
        return self._all_in_namespaces or any(prefix in seen for prefix in self._prefixes)

    def finish(self) -> list[Event]:
        """Read to the end, and tell what has ended.

        Raises:
            FileFormatError: If the root has not.
        """
        self._parse(self._left)
        self._parse(b"", final=True)
        return self._take()

    def _take(self) -> list[Event]:
        found, self._found = self._found, []
        return found

    def _choose_handler(self) -> None:
        start: Callable[[str, dict[str, str]], object]
        if self._whole is None:
            start = self._start_tag_with_care if self._careful else self._start_tag
        else:
            start = self._begin_with_care if self._careful else self._begin
        self._parser.StartElementHandler = start

    def _start_tag(self, tag: str, attributes: dict[str, str]) -> None:
        element = self._begin(tag, attributes)
        path = self._path
        parent = path[-1] if path else None
        if self._ended is not None:
            self._keep_tail(parent)
        is_whole = parent.tag in self._within if parent is not None else self._only_root
        if is_whole or parent is None or self._tags is None or tag in self._tags:
            line = self._parser.CurrentLineNumber
            self._found.append(("start", line, element, parent, b""))
        if is_whole:
            self._whole = element
            self._choose_handler()
            return
        path.append(element)
        if len(path) > _DEEPEST:
            raise self._too_deep()

    def _start_tag_with_care(self, tag: str, attributes: dict[str, str]) -> None:
        self._start_tag(*self._named(tag, attributes))

    def _begin_with_care(self, tag: str, attributes: dict[str, str]) -> None:
        self._begin(*self._named(tag, attributes))

    def _named(self, tag: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
        """The names as `ElementTree` has them, once it is known that no attribute lacks text."""
        if self._may_have_entity:
            self._refuse_entity_in_tag()
        names = self._names
        for name in attributes:
            if "}" in name:
                attributes = {names[name]: value for name, value in attributes.items()}
                break
        return names[tag] if "}" in tag else tag, attributes

    def _end_tag(self, tag: str) -> None:
        element = self._end(tag)
        if self._whole is not None:
            if element is self._whole:
                self._end_whole(element)
            return
        path = self._path
        path.pop()
        if self._ended is not None:
            self._keep_tail(element)
        if id(element) in self._tails:
            element.text = "".join([element.text or "", *self._tails.pop(id(element))])
        parent = path[-1] if path else None
        if parent is None or self._tags is None or element.tag in self._tags:
            line = self._parser.CurrentLineNumber
            self._found.append(("end", line, element, parent, b""))
            self._ended = element if self._tags is not None else None

    def _end_whole(self, element: ET.Element) -> None:
        """Tell of an element that is complete, and go back to looking at every one."""
        if _depth(element) > _DEEPEST - len(self._path):
            raise self._too_deep()
        line = self._parser.CurrentLineNumber
        parent = self._path[-1] if self._path else None
        if parent is not None:
            del parent[-1]
        self._found.append(("end", line, element, parent, b""))
        self._whole, self._ended = None, element
        self._choose_handler()

    def _keep_tail(self, parent: ET.Element | None) -> None:
        """Hold text after an element, which the reader may let go, for the text of its parent."""
        element, self._ended = self._ended, None
        if element is not None and parent is not None and (element.tail or "").strip():
            self._tails.setdefault(id(parent), []).append(element.tail or "")
            element.tail = None

    def _parse(self, piece: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(piece, final)
        except FileFormatError:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:
            message = (
                expat.ErrorString(error.code) if isinstance(error, expat.ExpatError) else error
            )
            if final and not piece:
                if not self._fed:
                    raise self._error("the file is empty", "XML, whole") from error
                message = "the file ends too early"
            raise self._error(f"no well-formed XML: {message}", "XML, whole") from error
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST:
            raise self._error(f"a tag or comment of more than {_LONGEST >> 20} MiB", _A_DOCUMENT)
        if self._whole is not None:
            self._refuse_deep(self._whole)

    def _refuse_deep(self, whole: ET.Element) -> None:
        """Refuse an element that is not complete and already nests too deep."""
        deepest, steps = whole, len(self._path)
        while len(deepest):  # the last child of the last child
            deepest, steps = deepest[-1], steps + 1
        if steps >= _DEEPEST:
            raise self._too_deep()

    def _begin_cdata(self) -> None:
        self._in_cdata = True

    def _end_cdata(self) -> None:
        self._in_cdata = False

    def _begin_namespace(self, prefix: str | None, name: str | None) -> None:
        if len(name or "") > _LONGEST_NAMESPACE:
            what = f"a namespace of more than {_LONGEST_NAMESPACE} characters"
            raise self._error(what, _A_DOCUMENT)
        if prefix is None or len(self._prefixes) > _MOST_PREFIXES or len(prefix) > _LONGEST_PREFIX:
            self._all_in_namespaces = True
        else:
            self._prefixes.add(f"{prefix}:".encode())
        self._careful = True
        self._choose_handler()

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

    def _too_deep(self) -> FileFormatError:
        return self._error(f"elements nest deeper than {_DEEPEST}", _A_DOCUMENT)

    def _error(self, message: str, expected: str) -> FileFormatError:
        line = self._parser.CurrentLineNumber
        return FileFormatError(message, path=self._name, line=line, expected=expected)


class _Names(dict[str, str]):
    """Names as `ElementTree` writes them, ``{namespace}name``, each made once."""

    def __missing__(self, name: str) -> str:
        found = self[name] = f"{{{name}" if "}" in name else name
        return found


def _depth(element: ET.Element) -> int:
    """How many elements are in each other, the outermost counted."""
    level: list[ET.Element] = [element]
    depth = 0
    while level:
        level = [*chain.from_iterable(level)]
        depth += 1
    return depth
