"""What the library that opens workbooks would pass over is refused, with its row."""

from __future__ import annotations

import io

import pytest

from igtkit.errors import FileFormatError
from igtkit.io._worksheet import require_readable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def look(rows, root="worksheet", space=MAIN, **options):
    sheet = f"<x:{root} xmlns:x='{space}'><x:sheetData>{rows}</x:sheetData></x:{root}>"
    for name in ("row", "c", "v", "f", "is", "t"):
        sheet = sheet.replace(f"<{name}", f"<x:{name}").replace(f"</{name}>", f"</x:{name}>")
    require_readable("a.xlsx", io.BytesIO(sheet.encode()), **options)


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "<row/><row r='7'/><row r='9.0'><c/><c r='C9'><v>1</v></c><c r='AA9'/></row><row/>",
        "<row r='1'><c t='inlineStr'><is><t>ev</t></is></c><c><f>1-1</f><v>0</v></c></row>",
        "<row><c t='str'><f>A1</f><v/></c><c t='str'><f>A1</f></c><c t='s'/></row>",
        "<row><c t='s'><v>0</v></c></row><row><c r='A2'><extLst/></c></row>",
    ],
)
def test_rows_and_cells_in_their_order_are_left_to_the_library(rows):
    look(rows)


@pytest.mark.parametrize(
    ("rows", "message", "line"),
    [
        ("<row r='2'/><row r='2'/>", "row 2 stands after or in row 2", 2),
        ("<row r='3'/><row r='2'/>", "row 2 stands after or in row 3", 3),
        ("<row r='1'><row r='2'/></row>", "row 2 stands after or in row 1", 1),
        ("<row/><row><c r='B2'/><c r='A2'/></row>", "cell A2 stands in no row, or after", 2),
        ("<row><c r='AA1'/><c r='AA1'/></row>", "cell AA1 stands in no row, or after", 1),
        ("<c r='A1'><v>1</v></c>", "cell A1 stands in no row", None),
        ("<row><c r='A1'><f>gel-di</f></c></row>", "cell A1 is a formula whose value is not", 1),
        (
            "<row><c r='A1'><f>gel-di</f><v/></c></row>",
            "cell A1 is a formula whose value is not",
            1,
        ),
        ("<row><c><v>1</v><v>2</v></c></row>", "cell has another value", 1),
        ("<row><c><is><t>ev</t></is></c></row>", "cell has another value", 1),
        ("<row><c t='inlineStr'><v>1</v></c></row>", "cell has another value", 1),
    ],
)
def test_what_would_be_passed_over_is_refused(rows, message, line):
    with pytest.raises(FileFormatError, match=message) as raised:
        look(rows)
    assert raised.value.line == line


def test_a_value_that_stands_in_for_one_is_none():
    row = "<row><c><f>2*3</f><v>{}</v></c></row>"
    look(row.format(6), is_worked_out=False)
    look(row.format(10), is_worked_out=False)
    with pytest.raises(FileFormatError, match="cell is a formula whose value is not"):
        look(row.format(0), is_worked_out=False)


def test_a_sheet_in_another_vocabulary_is_refused():
    with pytest.raises(FileFormatError, match="the sheet is <urn:y}worksheet>"):
        look("<row/>", space="urn:y")
    with pytest.raises(FileFormatError, match="chartsheet"):
        look("", root="chartsheet")
