"""The styles of a Word document, by which its user changes how all examples look at once."""

from __future__ import annotations

from typing import Any

import attrs

from igtkit._optional import require

__all__ = [
    "FONT_SIZE",
    "INDENT",
    "STYLES",
    "Style",
    "add_numbering",
    "add_styles",
    "style_id",
    "text_width",
]

FONT_SIZE = 11.0
"""Points."""
INDENT = 720
"""Twips (twentieths of a point) from the number of an example to its words: half an inch."""

_NUMBERING = 7301  # a number for the list of examples that no template has


@attrs.frozen
class Style:
    """What a paragraph style adds to the one that it is based on.

    Attributes:
        name: Its name, as Word shows it.
        paragraph: Elements of ``w:pPr``.
        run: Elements of ``w:rPr``.
    """

    name: str
    paragraph: str = ""
    run: str = ""


_CLOSE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
_FOREIGN = "<w:noProof/>"  # no red lines under words of another language
STYLES = {
    "base": Style("IGT", _CLOSE, f'<w:sz w:val="{int(2 * FONT_SIZE)}"/>'),
    "number": Style(
        "IGT Number",
        f'<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{_NUMBERING}"/></w:numPr>',
    ),
    "blank": Style("IGT Blank", "<w:keepNext/>"),
    "heading": Style("IGT Heading", "<w:keepNext/>"),
    "transcription": Style("IGT Text", "<w:keepNext/>", f"<w:i/>{_FOREIGN}"),
    "segmentation": Style("IGT Morphemes", "<w:keepNext/>", _FOREIGN),
    "glosses": Style("IGT Gloss", "<w:keepNext/>", _FOREIGN),
    "gap": Style(
        "IGT Gap",
        '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/>',
        '<w:sz w:val="4"/>',
    ),
    "translation": Style("IGT Translation", f'<w:keepNext/><w:ind w:left="{INDENT}"/>'),
    "note": Style("IGT Note", f'<w:keepNext/><w:ind w:left="{INDENT}"/>', '<w:sz w:val="20"/>'),
    "end": Style(
        "IGT End", '<w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/>'
    ),
    "abbreviation": Style(
        "IGT Abbreviation", '<w:tabs><w:tab w:val="left" w:pos="1440"/></w:tabs>'
    ),
}
"""The paragraph styles, by what they are for."""


def style_id(use: str) -> str:
    """The identifier of a style in the file."""
    return STYLES[use].name.replace(" ", "")


def add_styles(document: Any) -> None:
    """Add the paragraph styles, and the character style ``IGT Label`` of small capitals."""
    parse, spaces = _xml()
    styles = document.styles.element
    for use, style in STYLES.items():
        based_on = "Normal" if use == "base" else style_id("base")
        styles.append(
            parse(
                f'<w:style {spaces} w:type="paragraph" w:customStyle="1" '
                f'w:styleId="{style_id(use)}">'
                f'<w:name w:val="{style.name}"/><w:basedOn w:val="{based_on}"/><w:qFormat/>'
                f"<w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.run}</w:rPr></w:style>"
            )
        )
    styles.append(
        parse(
            f'<w:style {spaces} w:type="character" w:customStyle="1" w:styleId="IGTLabel">'
            '<w:name w:val="IGT Label"/><w:qFormat/><w:rPr><w:smallCaps/></w:rPr></w:style>'
        )
    )


def add_numbering(document: Any) -> None:
    """Add the list whose numbers are those of the examples: ``(1)``, ``(2)``."""
    parse, spaces = _xml()
    numbering = document.part.numbering_part.element
    kind = parse(
        f'<w:abstractNum {spaces} w:abstractNumId="{_NUMBERING}">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="decimal"/><w:pStyle w:val="{style_id("number")}"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="(%1)"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, kind)  # these stand before the lists that are made of them
    numbering.append(
        parse(
            f'<w:num {spaces} w:numId="{_NUMBERING}">'
            f'<w:abstractNumId w:val="{_NUMBERING}"/></w:num>'
        )
    )


def text_width(document: Any) -> int:
    """The width of the text between the margins, in twips."""
    section = document.sections[0]
    margins = section.left_margin + section.right_margin
    return int((section.page_width - margins) / 635)  # from English Metric Units


def _xml() -> tuple[Any, str]:
    return require("docx.oxml", "office").parse_xml, require("docx.oxml.ns", "office").nsdecls("w")
