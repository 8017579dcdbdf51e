"""Annotations and time slots as ELAN writes them, read as text: in less time than a tree takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple
from xml.etree import ElementTree as ET

from igtkit.io._xml.patterns import Shape, held

__all__ = ["ALIGNABLE", "SHAPES", "Raw", "read_annotations", "read_slots"]

ALIGNABLE = "ALIGNABLE"
"""The kind of an annotation that has times of its own."""

_SPACE = rb"[ \t\n]*+" + held(rb"\r\n[ \t\n]*+", rb"*")
_TEXT = rb'[^"<>&\x00-\x1f]++'
_PLAIN = rb"[^<>&\x00-\x08\x0b-\x1f]*+"
_VALUE = _PLAIN + held(rb"&(?:amp|lt|gt);" + _PLAIN, rb"*")
# In the order of the alphabet, as ELAN and pympi write them.
_ATTRIBUTES = b"".join(
    held(rb' %b="(%b)"' % (name, _TEXT), rb"?")
    for name in (
        *(b"ANNOTATION_ID", b"ANNOTATION_REF", b"CVE_REF", b"PREVIOUS_ANNOTATION"),
        *(b"TIME_SLOT_REF1", b"TIME_SLOT_REF2"),
    )
)


def _annotation(kind: bytes) -> bytes:
    """The pattern of an annotation of a kind."""
    return (
        rb"<ANNOTATION>%b<(%b)_ANNOTATION%b>%b"
        rb"<ANNOTATION_VALUE(?: ?/>|>(%b)</ANNOTATION_VALUE>)%b"
        rb"</(?:%b)_ANNOTATION>%b</ANNOTATION>"
    ) % (_SPACE, kind, _ATTRIBUTES, _SPACE, _VALUE, _SPACE, kind, _SPACE)


_TIME = held(rb' TIME_VALUE="(%b)"' % _TEXT, rb"?")
_SLOT = rb'<TIME_SLOT TIME_SLOT_ID="(%b)"%b ?/>' % (_TEXT, _TIME)


def _run_of(*elements: bytes) -> re.Pattern[bytes]:
    """The pattern of one element of these after the other."""
    one = rb"(?:%b)" % re.sub(rb"\((?!\?)", rb"(?:", b"|".join(elements))  # none is to be kept
    return re.compile(one + held(_SPACE + one, rb"*"))


SHAPES = (
    Shape(
        "TIER",
        re.compile(rb"<ANNOTATION>"),
        _run_of(_annotation(b"ALIGNABLE"), _annotation(b"REF")),
        is_sure=True,
    ),
    Shape("TIME_ORDER", re.compile(rb"<TIME_SLOT "), _run_of(_SLOT), is_sure=True),
)
"""Annotations of a tier, and time slots, one after the other."""


class Raw(NamedTuple):
    """An annotation as it stands; what is not said of it is empty.

    Attributes:
        kind: `ALIGNABLE`, or ``"REF"``.
        id: Its identifier.
        above: The identifier of the annotation that it depends on.
        entry: That of the entry of a controlled vocabulary that it is.
        previous: That of the annotation that it follows under the same one.
        begin: The time slot where it begins.
        end: The time slot where it ends.
        text: Its text.
        run_line: The line where it begins, or the run of annotations that it was read with.
        run: That run, as it stands in the file.
        place: Its place in the run, from 0.
    """

    kind: str
    id: str
    above: str
    entry: str
    previous: str
    begin: str
    end: str
    text: str
    run_line: int
    run: bytes = b""
    place: int = 0

    @classmethod
    def of(cls, element: ET.Element, line: int) -> Raw:
        """An annotation as an element has it, which begins in a line."""
        get = element.attrib.get
        return cls(
            element.tag.removesuffix("_ANNOTATION"),
            get("ANNOTATION_ID", ""),
            get("ANNOTATION_REF", ""),
            get("CVE_REF", ""),
            get("PREVIOUS_ANNOTATION", ""),
            get("TIME_SLOT_REF1", ""),
            get("TIME_SLOT_REF2", ""),
            _text_of(element),
            line,
        )

    @property
    def line(self) -> int:
        """Its line in the file."""
        if not self.run:
            return self.run_line
        found = next(islice(_BEGIN.finditer(self.run), self.place, None))
        return self.run_line + self.run.count(b"\n", 0, found.start())


def _text_of(annotation: ET.Element) -> str:
    """The value of an annotation, with what else is said in it where nothing else should be."""
    value = annotation.find("ANNOTATION_VALUE")
    text = (value.text if value is not None else None) or ""
    texts = [each.strip() for each in annotation.itertext() if not each.isspace()]
    return " ".join(texts) if texts not in ([], [text.strip()]) else text


def read_annotations(xml: bytes, line: int) -> list[Raw]:
    """Return the annotations of a tier that were read as text.

    Args:
        xml: What has the first of the `SHAPES`.
        line: The line where it begins.

    Example:
        >>> xml = b'''<ANNOTATION>
        ... <REF_ANNOTATION ANNOTATION_ID="a2" ANNOTATION_REF="a1">
        ... <ANNOTATION_VALUE>ev &amp; bark</ANNOTATION_VALUE>
        ... </REF_ANNOTATION></ANNOTATION>'''
        >>> [(raw.line, raw.id, raw.above, raw.text) for raw in read_annotations(xml, 7)]
        [(8, 'a2', 'a1', 'ev & bark')]
    """
    rows = _EACH.findall(xml.decode())
    if b"&" in xml:
        rows = [(*row[:-1], _unescaped(row[-1])) for row in rows]
    return [_make((*row, line, xml, place)) for place, row in enumerate(rows)]


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_slots(xml: bytes, line: int) -> Iterator[tuple[int, str, str | None]]:
    """Yield the line, the name and the time of slots that were read as text.

    Args:
        xml: What has the second of the `SHAPES`.
        line: The line where it begins.

    Example:
        >>> xml = b'<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="140"/>'
        >>> list(read_slots(xml, 7))
        [(7, 'ts1', '140')]
    """
    at = 0
    for found in _EACH_SLOT.finditer(xml):
        line += xml.count(b"\n", at, found.start())
        at = found.start()
        name, value = found.groups()
        yield line, name.decode(), None if value is None else value.decode()


_make = partial(tuple.__new__, Raw)  # in half of the time that its own constructor takes
_EACH = re.compile(_annotation(b"ALIGNABLE|REF").decode())
_EACH_SLOT = re.compile(_SLOT)
_BEGIN = re.compile(rb"<(?:ALIGNABLE|REF)_ANNOTATION[ >]")
