"""The paragraphs and tables of an example, as WordprocessingML (ECMA-376, part 1).

The prefix ``w`` stands for its namespace.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from html import escape

from igtkit._labels import split_labels
from igtkit.boundaries import join_words
from igtkit.io._printing import Example, Row
from igtkit.io.docx.styles import FONT_SIZE, INDENT, style_id

__all__ = ["abbreviation", "blocks_of", "heading", "join_lines", "text_points"]

_NARROW = frozenset("ijlt.,;:'|!()[]{}fIrɪ-’‘ ˈˌ·ı")
_WIDE = frozenset("mwMW@—…œæŒÆ")
_GAP = 160  # twips between two words


def blocks_of(example: Example, labels: Collection[str], width: int) -> Iterator[str]:
    """Yield the tables and paragraphs of an example, in order.

    Args:
        example: The example.
        labels: The labels that the glosses have in lower case.
        width: Width of the page's text, in twips.
    """
    number = _paragraph("number", "")
    lines = [("heading", example.heading), ("transcription", example.above)]
    translation = example.translation
    if not example.rows and not any(text for _, text in lines):
        lines.append(("blank", translation))
        translation = ""
    above = "".join(_paragraph(use, _run(text)) for use, text in lines if text)
    if above:
        yield _table([INDENT, width - INDENT], [[number, above]])
        number = ""
    for first, last, widths in _lines_that_fit(example.rows, labels, width - INDENT):
        if not number:
            yield _paragraph("gap", "")
        step = -1 if example.is_from_right else 1
        rows = [
            [
                _paragraph("number" if number and not at else "blank", ""),
                *[_cell(row.line, cell, labels) for cell in row.cells[first:last]][::step],
            ]
            for at, row in enumerate(example.rows)
        ]
        yield _table([INDENT, *widths[::step]], rows)
        number = ""
    if translation:
        yield _paragraph("translation", _run(translation))
    for note in example.notes:
        yield _paragraph("note", _run(note))
    yield _paragraph("end", "")


def abbreviation(label: str, meaning: str) -> str:
    """A paragraph of the list of abbreviations."""
    runs = f"{_run(label, is_label=True)}<w:r><w:tab/></w:r>{_run(meaning)}"
    return _paragraph("abbreviation", runs)


def heading(text: str) -> str:
    """A heading between examples."""
    return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{_run(text)}</w:p>'


def _lines_that_fit(
    rows: Sequence[Row], labels: Collection[str], width: int
) -> Iterator[tuple[int, int, list[int]]]:
    """Part words into lines of a width: the first and last of each, and the widths of its words."""
    count = max((len(row.cells) for row in rows), default=0)
    widths = [
        int(max(_points(row.line, row.cells[at], labels) for row in rows) * 20) + _GAP
        for at in range(count)
    ]
    first = used = 0
    for at, one in enumerate(widths):
        if at > first and used + one > width:
            yield first, at, widths[first:at]
            first, used = at, 0
        used += one
    if count:
        yield first, count, [min(one, width) for one in widths[first:]]


def _points(line: str, cell: str, labels: Collection[str]) -> float:
    if line != "glosses":
        return text_points(cell)
    pieces = split_labels(cell, labels)
    return sum(
        1.15 * text_points(text.lower()) if is_label else text_points(text)
        for text, is_label in pieces
    )


def text_points(text: str) -> float:
    """The width of a text in points, somewhat too large rather than too small.

    No font is asked: which one the reader has, nobody knows. Word fits the columns again.
    """
    return sum(map(_em, text)) * FONT_SIZE


def _em(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if character in _NARROW:
        return 0.36
    if character in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.05
    return 0.7 if character.isupper() else 0.57


def _cell(line: str, text: str, labels: Collection[str]) -> str:
    if line != "glosses":
        return _paragraph(line, _run(text))
    pieces = split_labels(text, labels)
    return _paragraph(line, "".join(_run(piece, is_label=is_label) for piece, is_label in pieces))


def _run(text: str, *, is_label: bool = False) -> str:
    if not text:
        return ""
    shown = text.lower() if is_label else text
    properties = '<w:rPr><w:rStyle w:val="IGTLabel"/></w:rPr>' if is_label else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(join_lines(shown))}</w:t></w:r>'


def join_lines(text: str) -> str:
    """The text on one line."""
    return join_words(text.splitlines()) if "\n" in text or "\r" in text else text


def _paragraph(use: str, runs: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{style_id(use)}"/></w:pPr>'
    return f"<w:p>{style}{runs}</w:p>"


def _table(widths: Sequence[int], rows: Sequence[Sequence[str]]) -> str:
    """A table without borders.

    Args:
        widths: Widths of its columns, in twips.
        rows: The paragraphs of each cell.
    """
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:noWrap/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
    )
