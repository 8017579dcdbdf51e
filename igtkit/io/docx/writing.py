"""Writing a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from igtkit._optional import require
from igtkit.igt import IGT
from igtkit.io._printing import explain_labels, print_example
from igtkit.io._sink import Sink
from igtkit.io._small_caps import LabelChoice, choose_labels
from igtkit.io.docx.elements import abbreviation, blocks_of
from igtkit.io.docx.styles import add_numbering, add_styles, text_width

__all__ = ["write_docx"]

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
    body = document.element.body
    end = body.sectPr
    width = text_width(document)
    for igt in held:
        for element in blocks_of(print_example(igt, sink), in_lower_case, width):
            end.addprevious(docx.oxml.parse_xml(element))
    explained = explain_labels(held, in_lower_case, abbreviations)
    if explained:
        document.add_heading("Abbreviations", 1)
    for label, meaning in explained:
        end.addprevious(docx.oxml.parse_xml(abbreviation(label, meaning)))
    document.save(stream)
