"""Writing a Word document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO, Any

from igtkit._optional import require
from igtkit.igt import IGT
from igtkit.io._printing import explain_labels, print_example
from igtkit.io._sink import Sink
from igtkit.io._small_caps import LabelChoice, choose_labels
from igtkit.io.docx.elements import abbreviation, blocks_of, heading
from igtkit.io.docx.styles import add_numbering, add_styles, text_width

__all__ = ["write_docx"]

_BODY = "word/document.xml"
_NONE: Mapping[str, str] = MappingProxyType({})


def write_docx(
    items: Iterable[IGT],
    sink: Sink,
    *,
    labels: LabelChoice = "guess",
    abbreviations: Mapping[str, str] = _NONE,
) -> None:
    """Write entries as numbered examples of a Word document.

    Args:
        items: The entries; held in memory.
        sink: Where to.
        labels: Which labels in lower case go to small capitals, as those in capitals do.
        abbreviations: What labels mean that are not in the Leipzig list.
    """
    docx = require("docx", "office")
    stream = sink.binary()
    entries, in_lower_case = choose_labels(items, labels, sink, abbreviations)
    held = list(entries)
    document: Any = docx.Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    add_styles(document)
    add_numbering(document)
    width = text_width(document)
    blocks = [
        block for igt in held for block in blocks_of(print_example(igt, sink), in_lower_case, width)
    ]
    explained = explain_labels(held, in_lower_case, abbreviations, sink)
    if explained:
        blocks.append(heading("Abbreviations"))
    blocks += [abbreviation(label, meaning) for label, meaning in explained]
    _save(document, blocks, stream)


def _save(document: Any, blocks: Iterable[str], stream: IO[bytes]) -> None:
    """Save a document with these blocks in its body.

    They are put into the file as text: to put a long paragraph into a tree takes the square of its
    length.
    """
    empty = io.BytesIO()
    document.save(empty)
    with (
        zipfile.ZipFile(empty) as parts,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as filled,
    ):
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == _BODY:
                before, end, after = content.partition(b"<w:sectPr")
                content = b"".join([before, *(block.encode() for block in blocks), end, after])
            filled.writestr(part, content)
