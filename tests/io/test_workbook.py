"""Excel files in use: thousands of styles, names and formulas beside a table are no bomb."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest

from igtkit import read
from igtkit.errors import FileFormatError
from igtkit.io import _workbook

openpyxl = pytest.importorskip("openpyxl", reason="Excel workbooks need openpyxl")

pytestmark = pytest.mark.filterwarnings("error")

MANY = 20_000
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture
def path(tmp_path):
    """A table with a date, a truth value, numbers and spaces, and a second sheet."""
    book = openpyxl.Workbook()
    book.active.append(["transcription", "glosses", "seen", "taken", "count", "at"])
    book.active.append([" ev  ler ", "house-PL", dt.date(2021, 3, 4), True, 12, dt.time(10, 30)])
    book.active.append(["ev", "house", dt.date(2022, 1, 2), False, 0.5, None])
    book.create_sheet("More").append(["transcription"])
    book["More"].append(["at"])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def content(path):
    """All that is read, and all of what each entry says beside its lines."""
    found = [read(path), read(path, sheet="More")]
    return [[(igt, dict(igt.metadata)) for igt in corpus] for corpus in found]


def change(path, name, make):
    """Put what is made of a part into its place."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = make(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)


def before(end, many):
    """A change that puts so many tags before the end of an element."""

    def make(part):
        assert end in part
        return part.replace(end, b"".join(map(many, range(MANY))) + end)

    return make


def test_a_file_without_what_its_cells_do_not_need_says_the_same(path, monkeypatch):
    whole = content(path)
    assert whole[0][0][1]["seen"] == "2021-03-04T00:00:00"
    monkeypatch.setattr(_workbook, "_FEW", 0)
    assert content(path) == whole


def fill(number):
    return (
        b'<fill><patternFill patternType="solid"><fgColor rgb="00%06x"/></patternFill></fill>'
        % (number * 811 % (1 << 24))
    )


def cell_format(number):
    return b'<xf numFmtId="%d" fontId="%d" applyFill="1"/>' % (number % 11, number % 7 * number)


@pytest.mark.parametrize(
    ("name", "end", "many"),
    [
        ("xl/styles.xml", b"</fills>", fill),
        ("xl/styles.xml", b"</cellXfs>", cell_format),
        (
            "xl/styles.xml",
            b"</cellStyles>",
            lambda n: b'<cellStyle name="Normal %d" xfId="0"/>' % (n * n),
        ),
        (
            "xl/workbook.xml",
            b"<sheets>",
            lambda n: (
                b'<definedNames><definedName name="n%d">#REF!</definedName></definedNames>' % n
            ),
        ),
        (
            "docProps/app.xml",
            b"</Properties>",
            lambda n: b"<HeadingPairs>%d</HeadingPairs>" % n,
        ),
    ],
    ids=["fills", "formats", "named styles", "names", "properties"],
)
def test_what_books_collect_is_passed_over(path, name, end, many):
    whole = content(path)
    change(path, name, before(end, many))
    assert content(path) == whole


def test_the_order_of_formulas_is_passed_over(path):
    whole = content(path)
    cells = b"".join(b'<c r="A%d" i="1"/>' % n for n in range(MANY))
    change(path, "xl/calcChain.xml", lambda _: b'<calcChain xmlns="%s">%s</calcChain>' % (
        MAIN.encode(), cells
    ))  # fmt: skip
    assert content(path) == whole


def test_texts_in_several_fonts_are_read_without_them(path):
    font = '<rPr><b/><sz val="11"/><color theme="1"/><rFont val="Calibri"/><family val="2"/></rPr>'
    strings = "".join(
        f"<si><r><t>ev{n}</t></r><r>{font}<t> &lt;ler&gt;</t></r><rPh><t>x</t></rPh></si>"
        for n in range(3000)
    )
    head = f'<sst xmlns="{MAIN}"><si><t>transcription</t></si>'
    rows = "".join(f'<row><c t="s"><v>{n}</v></c></row>' for n in range(3001))
    change(path, SHEET, lambda _: (
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    ))  # fmt: skip
    change(path, "xl/sharedStrings.xml", lambda _: f"{head}{strings}</sst>".encode())
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    declared = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    change(path, "[Content_Types].xml", lambda part: (
        part if kind in part else part.replace(b"</Types>", declared)
    ))  # fmt: skip
    found = [igt.transcription for igt in read(path)]
    assert found == [f"ev{n} <ler>" for n in range(3000)]


@pytest.mark.parametrize("columns", [4, 10])
def test_many_rows_that_say_the_same_are_read(path, columns):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    names = ["transcription", "glosses", *map(str, range(columns))][:columns]
    sheet.append(names)
    for _ in range(40_000 // columns):
        sheet.append(["ev ler"] * columns)
    book.save(path)
    assert len(read(path)) == 40_000 // columns


def test_very_many_formats_with_nothing_in_them_are_refused(path):
    def more(part):
        return part.replace(b"</cellXfs>", b"<xf/>" * 70_000 + b"</cellXfs>")

    change(path, "xl/styles.xml", more)
    with pytest.raises(FileFormatError, match=r"xl/styles.xml has very many tags"):
        read(path)


def test_a_table_of_little_but_tags_is_refused(path):
    links = b"</sheetData><hyperlinks>" + b"<hyperlink/>" * 45_000 + b"</hyperlinks>"
    change(path, SHEET, lambda part: part.replace(b"</sheetData>", links))
    with pytest.raises(FileFormatError, match=r"sheet1.xml has very many tags"):
        read(path)


def test_a_part_that_is_needed_and_holds_rubbish_is_refused(path):
    change(path, "[Content_Types].xml", before(b"</Types>", lambda _: b"<Override/>" * 3))
    with pytest.raises(FileFormatError, match=r"Content_Types.* has very many tags"):
        read(path)
