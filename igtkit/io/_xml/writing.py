"""XML as text: elements as `ElementTree` writes them, and whole files."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from igtkit.io._losses import CONTROL_CHARACTERS
from igtkit.io._sink import Sink, Tally

__all__ = ["attribute", "escape", "legal", "save", "to_text", "without_controls"]

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
        head += _attribute(name, value) if len(value) < _LONG else attribute(name, value)
    text, tail = element.text, element.tail
    if text or len(element):
        parts.append(head + ">")
        if text:
            parts.append(text if text.isalnum() else escape(text))
        for child in element:
            if not _write_plain(child, parts):
                return False
        parts.append(f"</{tag}>")
    else:
        parts.append(head + " />")
    if tail:
        parts.append(escape(tail))
    return True


def escape(text: str) -> str:
    """Return a text as it stands between tags: `xml.sax.saxutils.escape` without loading `urllib`.

    Example:
        >>> escape("ev & <bark>")
        'ev &amp; &lt;bark&gt;'
    """
    return _IN_TEXT.sub(_reference, text)


def attribute(name: str, value: str) -> str:
    """Return an attribute as it stands in a tag, with the space before it.

    Example:
        >>> attribute("item", 'a "word"')
        ' item="a &quot;word&quot;"'
    """
    return f' {name}="{_IN_ATTRIBUTE.sub(_reference, value)}"'


_LONG = 80  # characters of a value that is not worth to be remembered
_attribute = lru_cache(maxsize=1 << 13)(attribute)
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
