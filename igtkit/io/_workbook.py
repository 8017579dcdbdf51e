"""An Excel file before it is opened: no more of it than its cells need, and no bomb.

The library that opens workbooks makes an object of each tag, at some 10 µs for what is no cell.
Files in use collect thousands of styles, names and formulas, which say nothing of a text. Where a
part has many, the library gets a copy of the file in which that part holds the least.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.etree import ElementTree as ET

import attrs

from igtkit.errors import FileFormatError
from igtkit.io._source import Source
from igtkit.io._xml.writing import attribute, escape

__all__ = ["slim", "unpacked_size"]

_ALWAYS_UNPACKED = 1 << 20  # bytes; what is larger must not be packed more than so many times
_MOST_PACKED = 30
_COST_OF_A_DEAR_TAG = 6  # as many tags of cells, at some 4 µs with all that follows
_ALWAYS_READ = 250_000  # tags of cells
_READ_OF_A_BYTE, _READ_LESS = 3, 40_000  # cells that say the same are packed to 2.8 tags a byte
_FEW = 5_000  # dear tags, with which a part is left as it is
_WHOLE = re.compile(r"xl/worksheets/|.*\.rels$|\[content_types\]|docprops/(?:core|custom)")
"""The names of parts that stay as they are."""
_PIECE = 1 << 16
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
_CELL = re.compile(rb"<(?:\w+:)?(?:row|c|v|f|is|si|t)[\s/>]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@attrs.frozen
class _Tags:
    """How many tags a part has.

    Attributes:
        cells: Those of cells and their texts, and all that end an element.
        dear: Those that begin any other element.
    """

    cells: int
    dear: int


def unpacked_size(source: Source, archive: zipfile.ZipFile, packed: int) -> int:
    """Return the size of a workbook in bytes, unpacked.

    Args:
        source: The file.
        archive: The same, to be unpacked.
        packed: Its size in bytes; what the parts say of theirs may be the same bytes many times.

    Raises:
        FileFormatError: If a small file is large unpacked.
    """
    size = sum(part.file_size for part in archive.infolist())
    if size > max(_ALWAYS_UNPACKED, _MOST_PACKED * packed):
        raise FileFormatError(
            f"the file is {size:,} bytes, packed to {packed:,}",
            path=source.name,
            expected=f"a workbook at most {_MOST_PACKED} times as large as it is packed",
        )
    return size


def slim(source: Source, archive: zipfile.ZipFile, stream: IO[bytes]) -> IO[bytes]:
    """Return a workbook that the library opens in little time: the same, or a copy.

    Args:
        source: The file.
        archive: The same, to be unpacked.
        stream: The same, as bytes.

    Raises:
        FileFormatError: If the tables have little but tags, or a part defines entities.
    """
    packed = stream.seek(0, os.SEEK_END)
    most = max(_ALWAYS_READ, _READ_OF_A_BYTE * packed - _READ_LESS)
    cost, lighter = 0, {}
    for part in archive.infolist():
        with archive.open(part) as opened:
            tags = _count_tags(source, part.filename, opened)
        if tags.dear > _FEW and not _WHOLE.match(part.filename.lower()):
            if tags.cells + tags.dear > most:
                raise _bomb(source, part)
            content = lighter[part.filename] = _lightened(archive, part)
            tags = _count_tags(source, part.filename, io.BytesIO(content))
        cost += tags.cells + _COST_OF_A_DEAR_TAG * tags.dear
        if cost > most:
            raise _bomb(source, part)
    stream.seek(0)
    if not lighter:
        return stream
    copy = io.BytesIO(stream.read())
    with zipfile.ZipFile(copy, "a", zipfile.ZIP_DEFLATED) as added:
        for name, content in lighter.items():
            del added.NameToInfo[name]  # the later one counts; without that there is a warning
            added.writestr(name, content)
    copy.seek(0)
    return copy


def _bomb(source: Source, part: zipfile.ZipInfo) -> FileFormatError:
    return FileFormatError(
        f"{part.filename} has very many tags with little in them",
        path=source.name,
        expected="cells and styles with something in them",
    )


def _lightened(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The least of a part that the cells need: nothing, where the library passes over the part."""
    name = part.filename.lower()
    write = next((found for end, found in _LIGHTER.items() if name.endswith(end)), None)
    if write is None:
        return b""
    with archive.open(part) as opened:
        return "".join(write(_elements(opened))).encode()


def _elements(opened: IO[bytes]) -> Iterator[ET.Element]:
    """The elements below the root, whole, each forgotten after it was looked at."""
    events = ET.iterparse(opened, ("start", "end"))  # noqa: S314 -- it defines no entities
    _, root = next(events)
    depth = 0
    for event, element in events:
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 0:
            yield element
            root.clear()


def _lighter_styles(elements: Iterator[ET.Element]) -> Iterator[str]:
    """How numbers are shown, which says what is a date, and nothing of fonts and colors."""
    yield f'<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts>'
    yield "<fills><fill><patternFill/></fill></fills>"
    yield "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    for element in elements:
        if element.tag == f"{{{_MAIN}}}numFmts":
            yield "<numFmts>"
            for shown in element:
                number, code = shown.get("numFmtId", "0"), shown.get("formatCode", "General")
                yield f"<numFmt{attribute('numFmtId', number)}{attribute('formatCode', code)}/>"
            yield "</numFmts>"
        elif element.tag == f"{{{_MAIN}}}cellXfs":
            yield "<cellXfs>"
            for shown in element:
                yield f"<xf{attribute('numFmtId', shown.get('numFmtId', '0'))}/>"
            yield "</cellXfs>"
    yield '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'


def _lighter_book(elements: Iterator[ET.Element]) -> Iterator[str]:
    """The sheets, and when days are counted from; no names of cells."""
    yield f'<workbook xmlns="{_MAIN}">'
    for element in elements:
        if element.tag in (f"{{{_MAIN}}}workbookPr", f"{{{_MAIN}}}sheets"):
            yield ET.tostring(element, "unicode")
    yield "</workbook>"


def _lighter_strings(elements: Iterator[ET.Element]) -> Iterator[str]:
    """The texts of cells without their fonts, and without how they are read aloud."""
    yield f'<sst xmlns="{_MAIN}">'
    for element in elements:
        own = element.findall(f"{{{_MAIN}}}t") + element.findall(f"{{{_MAIN}}}r/{{{_MAIN}}}t")
        text = escape("".join(part.text or "" for part in own)).replace("\r", "&#13;")
        yield f'<si><t xml:space="preserve">{text}</t></si>'
    yield "</sst>"


_LIGHTER: dict[str, Callable[[Iterator[ET.Element]], Iterator[str]]] = {
    "xl/styles.xml": _lighter_styles,
    "xl/workbook.xml": _lighter_book,
    "sharedstrings.xml": _lighter_strings,
}


def _count_tags(source: Source, name: str, stream: IO[bytes]) -> _Tags:
    """Count the tags of a part; refuse one that defines a document type, wherever it does."""
    tags = ends = cells = 0
    before = b""
    while piece := stream.read(_PIECE):
        if any(doctype in before + piece for doctype in _DOCTYPES):
            raise FileFormatError(f"{name} defines a document type", path=source.name)
        tags += piece.count(b"<")
        ends += piece.count(b"</")
        cells += sum(1 for _ in _CELL.finditer(piece))
        before = piece[-max(map(len, _DOCTYPES)) :]
    return _Tags(ends + cells, tags - ends - cells)
