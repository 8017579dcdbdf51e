"""The cells of an Excel sheet before the library reads them, which passes over some.

It gives nothing for a row or a cell that does not come after the one before it, for a formula that
no program has worked out, and for a second value of a cell.
"""

from __future__ import annotations

from functools import lru_cache
from typing import IO
from xml.parsers import expat

from igtkit.errors import FileFormatError

__all__ = ["require_readable"]

_PIECE = 1 << 16
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET, _ROW, _CELL, _FORMULA, _VALUE, _TEXT = (
    f"{_MAIN}}}{tag}" for tag in ("worksheet", "row", "c", "f", "v", "is")
)
_USUAL: tuple[list[str], ...] = ([_VALUE], [])
_STAND_IN = "0"  # what XlsxWriter writes for the value of a formula
_WORKED_OUT = "a text; or save the file in a spreadsheet, which works the formula out"
_ORDER = "rows and cells in their order, each once: save it anew in a spreadsheet"


def require_readable(name: str, sheet: IO[bytes], *, is_worked_out: bool = True) -> None:
    """Refuse a sheet of which the library would pass over a cell.

    Args:
        name: What error messages call the file.
        sheet: The part of it that has the cells.
        is_worked_out: Whether a spreadsheet has saved the file, which knows what formulas are.

    Raises:
        FileFormatError: At the first such cell, with its row.
    """
    cells = _Cells(name, parser := expat.ParserCreate(namespace_separator="}"), is_worked_out)
    parser.StartElementHandler, parser.EndElementHandler = cells.begin, cells.end
    while piece := sheet.read(_PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


class _Cells:
    """Looks at rows and cells as they begin, and at what is in a cell as it ends."""

    def __init__(self, name: str, parser: expat.XMLParserType, is_worked_out: bool) -> None:
        self._name = name
        self._parser = parser
        self._is_worked_out = is_worked_out
        self._value = ""  # of a formula, as far as it matters
        self._row = self._column = self._depth = 0
        self._cell: dict[str, str] = {}
        self._inside: list[str] = []

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        depth = self._depth
        self._depth = depth + 1
        if depth == 4:
            self._inside.append(tag)
            if tag == _FORMULA:
                self._value, self._parser.CharacterDataHandler = "", self._add
        elif tag == _CELL:
            self._begin_cell(depth, attributes)
        elif tag == _ROW:
            number = int(float(attributes.get("r", self._row + 1)))
            if depth != 2 or number <= self._row:
                raise self._error(f"row {number} stands after or in row {self._row}", _ORDER)
            self._row, self._column = number, 0
        elif depth == 0 and tag != _SHEET:
            raise self._error(f"the sheet is <{tag}>", f"<{_SHEET}>")

    def _begin_cell(self, depth: int, attributes: dict[str, str]) -> None:
        self._cell = attributes
        place = attributes.get("r")
        column = _column(place.rstrip("0123456789")) if place else self._column + 1
        if depth != 3 or column <= self._column:
            raise self._error(f"{self._named()} stands in no row, or after a later one", _ORDER)
        self._column = column

    def _add(self, text: str) -> None:
        if self._inside[-1:] == [_VALUE]:
            self._value = (self._value + text)[:2]

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag == _CELL:
            inside = self._inside
            if inside not in _USUAL or self._cell.get("t") == "inlineStr":
                self._require_value(inside)
            inside.clear()

    def _require_value(self, inside: list[str]) -> None:
        value, other = _VALUE, _TEXT
        if self._cell.get("t") == "inlineStr":
            value, other = other, value
        if other in inside or inside.count(value) > 1:
            raise self._error(f"{self._named()} has another value than its type says", "one value")
        if _FORMULA in inside:
            self._parser.CharacterDataHandler = None
            unknown = ("",) if self._is_worked_out else ("", _STAND_IN)
            if self._value in unknown and self._cell.get("t") != "str":
                what = f"{self._named()} is a formula whose value is not in the file"
                raise self._error(what, _WORKED_OUT)

    def _named(self) -> str:
        return f"cell {self._cell.get('r', '')}".strip()

    def _error(self, message: str, expected: str) -> FileFormatError:
        return FileFormatError(message, path=self._name, line=self._row or None, expected=expected)


@lru_cache(maxsize=1 << 14)
def _column(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
