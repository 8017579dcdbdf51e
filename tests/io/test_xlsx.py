"""Excel workbooks: every cell is a text, and comes back as it was."""

from __future__ import annotations

import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import igtkit
from igtkit import IGT, Prediction, load_sample, read, write
from igtkit.errors import FileFormatError, InputError, MissingExtraError
from igtkit.igt import Language

openpyxl = pytest.importorskip("openpyxl", reason="Excel workbooks need openpyxl")

CATS = IGT("cats run", "cat-s run", "cat-PL run", "Cats run.", id="007", metadata={"page": 7})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "a.xlsx"


def book(path, *rows, title="Texts"):
    """A workbook as a person makes it."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_every_attribute_comes_back(path):
    full = IGT(
        "=a", "-b", "+c", "@d", id="3-4", source="1E5", split="dev", pos="N",
        language=Language("dido1241", "Tsez", "ddo"), metalanguage="English",
        metadata={"prediction": {"system": "x", "probabilities": [0.5]}, "n": [1]},
    )  # fmt: skip
    items = [CATS, full, *load_sample()[:20]]
    assert not write(items, path).lost
    back = read(path)
    assert list(back) == items
    assert [igt.metadata for igt in back] == [igt.metadata for igt in items]


def test_cells_are_texts_that_excel_leaves_alone(path):
    write([CATS.replace(glosses="=COP")], path)
    sheet = openpyxl.load_workbook(path).active
    cells = {header.value: cell for header, cell in zip(*sheet.iter_rows(), strict=True)}
    assert (cells["id"].value, cells["id"].data_type) == ("007", "s")
    assert (cells["glosses"].value, cells["glosses"].data_type) == ("=COP", "s")
    assert {cell.number_format for cell in cells.values()} == {"@"}
    assert sheet.freeze_panes == "A2"


TEXTS = st.none() | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r") | st.sampled_from("='-\n _x"),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.builds(IGT, TEXTS, TEXTS, TEXTS, id=TEXTS), max_size=3))
def test_what_does_not_come_back_is_reported(path, items):
    lost = write(items, path).lost
    assert lost or list(read(path)) == items


def test_what_a_sheet_cannot_hold_is_reported(path):
    items = [
        IGT("x" * 40_000, "a"),
        IGT("", "a"),
        IGT(None),
        IGT("a\x02"),
        IGT("b", metadata={"o": object()}),
    ]
    lost = write(items, path).lost
    assert lost == {
        "control characters": 1,
        "empty transcription": 1,
        "entries without words": 1,
        "metadata: o": 1,
        "transcription": 1,
    }
    assert [igt.segmentation for igt in read(path)] == ["a", "a", None, None]


def test_a_table_of_ones_own(path):
    made = book(
        path, ["Text", "Gloss", None, "Page"], [], ["ev", "house", None, 7], ["su", 3.0, "x"]
    )
    texts = read(made, columns={"transcription": "Text", "glosses": "Gloss"})
    assert [(igt.transcription, igt.glosses) for igt in texts] == [("ev", "house"), ("su", "3")]
    assert texts[0].metadata == {"Page": "7"}
    assert texts[1].metadata == {"column 3": "x", "Page": None}


def test_numbers_dates_and_truths_are_texts(path):
    import datetime as dt

    row = ["a", 1.5, dt.date(2020, 1, 2), True]
    [igt] = read(book(path, ["transcription", "x", "y", "z"], row))
    assert igt.metadata == {"x": "1.5", "y": "2020-01-02T00:00:00", "z": "TRUE"}


def test_a_sheet_by_its_name(path, caplog):
    made = openpyxl.Workbook()
    made.active.append(["transcription"])
    made.create_sheet("B").append(["glosses"])
    made["B"].append(["PL"])
    made.create_sheet("empty")
    made.save(path)
    assert list(read(path)) == []
    assert [one.message for one in caplog.records] == [
        f"{path}: only the first sheet is read; left out: 'B' (sheet= reads one)"
    ]
    with igtkit.stream(path) as reader:
        assert list(reader) == []
    assert [(one.name, one.rule) for one in reader.parts if one.kind == "sheet"] == [
        ("B", "sheet-left-out")
    ]
    caplog.clear()
    assert read(path, sheet="B")[0].glosses == "PL"
    assert not caplog.records
    with pytest.raises(InputError, match="no sheet 'C'; there are: Sheet, B"):
        read(path, sheet="C")


def test_a_review_table_has_the_rows_of_the_csv_one(tmp_path):
    suggested = Prediction("=gel-di", "come-PST", system="crf").to_igt(IGT("geldi"))
    texts = [CATS, suggested, IGT(None, None, None)]
    for name in ("a.csv", "a.xlsx"):
        write(texts, tmp_path / name, layout="review")
    by_csv, by_excel = read(tmp_path / "a.csv"), read(tmp_path / "a.xlsx")
    assert by_csv == by_excel
    assert [igt.metadata for igt in by_csv] == [igt.metadata for igt in by_excel]
    book_ = openpyxl.load_workbook(tmp_path / "a.xlsx")
    header, row = ([cell.value for cell in cells] for cells in book_.active.iter_rows())
    assert row[header.index("segmentation")] == "=gel-di"
    book_.active.cell(2, header.index("segmentation") + 1).value = "'gel-di"
    book_.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[0].segmentation == "'gel-di"


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["a", "a"]], "two columns are named 'a'"),
        ([["a", "b"]], "no column of an interlinear text among: a, b"),
        ([["transcription"], ["a", "b"]], "2 cells under 1 columns"),
        ([["transcription"], ["#NAME?"]], "cell A2 is an error, #NAME"),
    ],
)
def test_what_makes_no_sense_is_refused(path, rows, message):
    made = book(path, *rows)
    with pytest.raises(FileFormatError, match=message):
        read(made)


def test_a_gloss_that_a_script_wrote_as_a_formula_is_refused(path):
    with pytest.raises(FileFormatError, match="cell A2 is a formula whose value is not"):
        read(book(path, ["transcription"], ["=gel-di"]), errors="skip")


def test_a_row_that_comes_again_is_refused(path):
    made = book(path, ["glosses"], ["PL"], ["SG"])
    with zipfile.ZipFile(made) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    repacked(made, "xl/worksheets/sheet1.xml", sheet.replace(b'<row r="3"', b'<row r="2"'))
    with pytest.raises(FileFormatError, match="row 2 stands after or in row 2"):
        read(made)


def test_an_empty_sheet_has_no_texts(path):
    assert list(read(book(path))) == []


def test_what_is_no_workbook_is_refused(path):
    path.write_bytes(b"transcription,glosses\n")
    with pytest.raises(FileFormatError, match="no Excel workbook"):
        read(path)
    write([CATS], path)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(FileFormatError, match="no Excel workbook"):
        read(path)


def repacked(path, name, content):
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
    return path


def test_bombs_are_refused(path):
    write([CATS], path)
    with pytest.raises(FileFormatError, match="packed to"):
        read(repacked(path, "xl/worksheets/sheet1.xml", b" " * (70 << 20)))
    many = b"<row><c><v>1</v></c></row>" * 200_000
    with pytest.raises(FileFormatError, match="packed to"):
        read(repacked(path, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + many))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(2, 200))
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>glosses</t></is></c></row>'
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, head + far)
    with pytest.raises(FileFormatError, match="so far to the right"):
        read(repacked(path, "xl/worksheets/sheet1.xml", sheet), errors="skip")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    with pytest.raises(FileFormatError, match="defines a document type"):
        read(repacked(path, "xl/worksheets/sheet1.xml", bomb))


def test_only_to_and_from_a_path(tmp_path):
    with (tmp_path / "a").open("w") as stream, pytest.raises(InputError, match="open as text"):
        write([CATS], stream, "xlsx")


def test_without_openpyxl_the_extra_is_named(path, monkeypatch):
    write([CATS], path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for call in (lambda: read(path), lambda: write([CATS], path)):
        with pytest.raises(MissingExtraError, match=r"igtkit\[office\]"):
            call()
