"""Bombs in CLDF, Excel and Parquet."""

from __future__ import annotations

import copy
import io
import json
import random
import tempfile
import zipfile

from fuzz.bomb import SIZE, Files

__all__ = ["BOMBS"]

_METADATA = {
    "@context": "http://www.w3.org/ns/csvw",
    "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
    "tables": [
        {
            "url": "examples.csv",
            "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#ExampleTable",
            "tableSchema": {
                "columns": [
                    {"name": "ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#id"},
                    {
                        "name": "Primary_Text",
                        "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#primaryText",
                    },
                ]
            },
        }
    ],
}


def cldf_zipped() -> Files:
    with tempfile.TemporaryFile() as stream:
        with (
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open("examples.csv", "w") as table,
        ):
            table.write(b"ID,Primary_Text\n1,")
            for _ in range(400):
                table.write(b"a" * 1_000_000)
            table.write(b"\n")
        stream.seek(0)
        packed = stream.read()
    return {"cldf-metadata.json": json.dumps(_METADATA).encode(), "examples.csv.zip": packed}


def cldf_form_of_an_address() -> Files:
    metadata = json.loads(json.dumps(_METADATA))
    metadata["tables"][0]["tableSchema"]["aboutUrl"] = "{" * 50_000
    table = b"ID,Primary_Text\n1,a\n"
    return {"cldf-metadata.json": json.dumps(metadata).encode(), "examples.csv": table}


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _xlsx(sheet: str = "", **parts: str) -> Files:
    """A workbook with these rows, and with these parts in the place of its own."""
    sheet_type = f"{_RELATIONS}/worksheet"
    package = "http://schemas.openxmlformats.org/package/2006"
    book_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    content = {
        "[Content_Types].xml": f"<Types xmlns='{package}/content-types'>"
        f"<Override PartName='/xl/workbook.xml' ContentType='{book_type}'/></Types>",
        "xl/workbook.xml": f"<workbook xmlns='{_SHEET}' xmlns:r='{_RELATIONS}'><sheets>"
        "<sheet name='a' sheetId='1' r:id='r1'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"<Relationships xmlns='{package}/relationships'>"
        f"<Relationship Id='r1' Type='{sheet_type}' Target='worksheets/sheet1.xml'/>"
        "</Relationships>",
        "xl/styles.xml": f"<styleSheet xmlns='{_SHEET}'>{parts.get('styles', '')}</styleSheet>",
        "xl/worksheets/sheet1.xml": f"{parts.get('before', '')}<worksheet xmlns='{_SHEET}'>"
        "<sheetData><row><c t='inlineStr'><is><t>transcription</t></is></c></row>"
        f"{sheet}</sheetData></worksheet>",
        "noise": random.Random(1).randbytes(SIZE),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    return {"a.xlsx": stream.getvalue()}


def xlsx_far_row() -> Files:
    return _xlsx("<row r='999999999'><c><v>1</v></c></row>")


def xlsx_empty_rows() -> Files:
    return _xlsx("<row/>" * 800_000)


def xlsx_styles() -> Files:
    return _xlsx(styles="<cellXfs>" + "<xf/>" * 900_000 + "</cellXfs>")


def xlsx_formats() -> Files:
    return _xlsx(styles="<cellXfs>" + "<xf numFmtId='14'/>" * 60_000 + "</cellXfs>")


def xlsx_links() -> Files:
    return _xlsx(
        "</sheetData><hyperlinks>" + "<hyperlink ref='A1'/>" * 60_000 + "</hyperlinks><sheetData>"
    )


def xlsx_attributes_by_default() -> Files:
    comment = f"<!--{'x' * (1 << 17)}-->"
    doctype = f"<!DOCTYPE worksheet [<!ATTLIST c x CDATA '{'y' * 60_000}'>]>"
    return _xlsx("<row>" + "<c/>" * 50_000 + "</row>", before=comment + doctype)


def xlsx_parts_upon_each_other() -> Files:
    (packed,) = _xlsx(sheet="<c></c>" * 700_000).values()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        about = archive.getinfo("xl/worksheets/sheet1.xml")
    stream = io.BytesIO(packed)
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(1000):
            twin = copy.copy(about)
            twin.filename = f"{number:0{len(about.filename)}}"
            archive.filelist.append(twin)
        archive._didModify = True  # so that the list is written
    return {"a.xlsx": stream.getvalue()}


def _parquet(text: str, *, batches: int, rows: int) -> Files:
    """A table of one column that says the same in each row, so many rows at a time."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    names = pa.DictionaryArray.from_arrays([0] * rows, [text]).cast(pa.string())
    table = pa.table({"transcription": names})
    stream = io.BytesIO()
    with ParquetWriter(stream, table.schema, compression="zstd") as writer:
        for _ in range(batches):
            writer.write_table(table)
    return {"a.parquet": stream.getvalue()}


def _parquet_of(**columns: object) -> Files:
    import pyarrow as pa
    from pyarrow import parquet

    stream = io.BytesIO()
    parquet.write_table(pa.table(columns), stream, compression="zstd")
    return {"a.parquet": stream.getvalue()}


def parquet_empty_columns() -> Files:
    import pyarrow as pa

    empty = {f"c{n}": pa.nulls(100_000, pa.string()) for n in range(300)}
    return _parquet_of(transcription=pa.array(["ev"] * 100_000), **empty)


def parquet_long_list() -> Files:
    import pyarrow as pa

    length = 50_000_000
    nothing = pa.ListArray.from_arrays(pa.array([0, length], pa.int32()), pa.nulls(length))
    return _parquet_of(transcription=pa.array(["ev"]), nothing=nothing)


def parquet_many_rows() -> Files:
    return _parquet("ev", batches=100, rows=100_000)


def parquet_one_text_often() -> Files:
    return _parquet("ev " * 200_000, batches=1, rows=1_000)


def parquet_one_long_text() -> Files:
    return _parquet("ev " * 30_000_000, batches=1, rows=1)


BOMBS = (
    *(cldf_zipped, cldf_form_of_an_address, xlsx_far_row, xlsx_empty_rows, xlsx_styles),
    *(xlsx_formats, xlsx_links, xlsx_attributes_by_default, xlsx_parts_upon_each_other),
    *(parquet_empty_columns, parquet_long_list),
    *(parquet_many_rows, parquet_one_text_often, parquet_one_long_text),
)
