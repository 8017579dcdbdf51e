"""Small files that ask for much time or memory, by format; each is refused or read in little.

python tests/fuzz/bombs.py [NAME ...]    # what each takes, in a process of its own
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import igtkit
from igtkit.errors import IGTError

SECONDS = 2.0
MIB = 300
SIZE = 160_000
"""Bytes of a file, about."""

Files = dict[str, bytes]
"""The files of a folder by name; the first is what is read."""


def _xigt(*tiers: str) -> Files:
    return {"a.xigt": f"<xigt-corpus><igt id='i'>{''.join(tiers)}</igt></xigt-corpus>".encode()}


def _tier(kind: str, items: list[str]) -> str:
    return f"<tier id='{kind[0]}' type='{kind}'>{''.join(items)}</tier>"


def xigt_doubling() -> Files:
    items = [f"<item id='p{n}' content='p{n + 1}+p{n + 1}'/>" for n in range(40)]
    return _xigt(_tier("phrases", [*items, "<item id='p40'>abc</item>"]))


def xigt_circle() -> Files:
    return _xigt(_tier("phrases", ["<item id='a' content='b,b'/><item id='b' content='a,a'/>"]))


def xigt_long_circle() -> Files:
    count = SIZE // 40
    items = [f"<item id='p{n}' content='p{(n + 1) % count},p0'/>" for n in range(count)]
    return _xigt(_tier("phrases", items))


def xigt_chain() -> Files:
    count = SIZE // 40
    items = [f"<item id='p{n}' content='p{n + 1}'/>" for n in range(count)]
    return _xigt(_tier("phrases", [*items, f"<item id='p{count}'>abc</item>"]))


def xigt_one_text_often() -> Files:
    long = f"<item id='p0'>{'a' * (SIZE // 2)}</item>"
    items = [f"<item id='w{n}' content='p0[1:{SIZE}]'/>" for n in range(SIZE // 80)]
    return _xigt(_tier("phrases", [long]), _tier("words", items))


def xigt_long_name() -> Files:
    missing = ",".join(f"x{n}" for n in range(SIZE // 12))
    return _xigt(_tier("phrases", [f"<item id='{'i' * (SIZE // 2)}' content='{missing}'/>"]))


def xigt_gaps() -> Files:
    half = SIZE // 2
    items = [
        f"<item id='m{n}' segmentation='p0[{n % 2 and half}:{n % 2 and half}]'/>"
        for n in range(SIZE // 80)
    ]
    phrase = f"<item id='p0'>{'a' * half}</item>"
    return _xigt(_tier("phrases", [phrase]), _tier("morphemes", items))


_PHRASE = (
    b"<interlinear-text><paragraphs><paragraph><phrases><phrase><words><word>"
    b"<item type='txt' lang='x'>%s</item></word></words></phrase></phrases></paragraph>"
    b"</paragraphs></interlinear-text>"
)


def _flextext(inside: bytes, before: bytes = b"", attributes: bytes = b"") -> Files:
    return {"a.flextext": before + b"<document" + attributes + b">" + inside + b"</document>"}


def attributes_by_default() -> Files:
    text = b"x" * (SIZE // 2)
    doctype = b"<!DOCTYPE document [<!ATTLIST item note CDATA '" + text + b"'>]>"
    words = b"</item><item lang='x'>".join([b"a"] * (SIZE // 50))
    return _flextext(_PHRASE % words, doctype)


def attributes_declared() -> Files:
    declared = b"".join(b"<!ATTLIST item a%d CDATA #IMPLIED>" % n for n in range(SIZE // 64))
    words = b"</item><item>".join([b"a"] * (SIZE // 26))
    return _flextext(_PHRASE % words, b"<!DOCTYPE document [" + declared + b"]>")


def long_namespace() -> Files:
    items = b"".join(b"<a%d/>" % n for n in range(SIZE // 16))
    inside = b"<x xmlns='" + b"n" * (SIZE // 2) + b"'>" + items + b"</x>"
    return _flextext(inside + _PHRASE % b"a")


def namespaces_within() -> Files:
    name = b"n" * 250
    inside = b"<x xmlns='" + name + b"'>" + b"".join(b"<a%d/>" % n for n in range(20_000)) + b"</x>"
    return _flextext(inside + _PHRASE % b"a")


def entities() -> Files:
    doctype = b"<!DOCTYPE a [<!ENTITY a0 'lol'>" + b"".join(
        b"<!ENTITY a%d '&a%d;&a%d;'>" % (n + 1, n, n) for n in range(40)
    )
    return _flextext(_PHRASE % b"&a40;", doctype + b"]>")


def long_attribute() -> Files:
    return _flextext(
        _PHRASE % b"a", attributes=b" version='" + b"\xf0\x9f\x98\x80" * 12_000_000 + b"'"
    )


def long_comment() -> Files:
    return _flextext(_PHRASE % b"a" + b"<!-- " + b"x" * 50_000_000 + b" -->")


def long_instruction() -> Files:
    return _flextext(_PHRASE % b"a" + b"<?x " + b"x" * 50_000_000 + b"?>")


def comment_without_end() -> Files:
    return _flextext(_PHRASE % b"a" + b"<!-- " + b"x" * 50_000_000)


def many_attributes_many_texts() -> Files:
    attributes = b"".join(b" a%d=''" % n for n in range(SIZE // 20))
    return _flextext((_PHRASE % b"a") * (SIZE // 2 // len(_PHRASE)), attributes=attributes)


def rubbish_among_paragraphs() -> Files:
    inside = b"<interlinear-text><paragraphs>" + b"<x/>" * (SIZE // 4)
    inside += b"<paragraph/>" * (SIZE // 4) + b"</paragraphs></interlinear-text>"
    return _flextext(inside)


def deep() -> Files:
    return _flextext(b"<a>" * SIZE)


def tiers_refused() -> Files:
    tiers = b"".join(
        b"<TIER TIER_ID='t%d' LINGUISTIC_TYPE_REF='x' PARENT_REF='none'/>" % n
        for n in range(SIZE // 50)
    )
    return {"a.eaf": b"<ANNOTATION_DOCUMENT>" + tiers + b"</ANNOTATION_DOCUMENT>"}


def vocabulary_of_one_long_entry() -> Files:
    entry = b"<CV_ENTRY_ML CVE_ID='c'><CVE_VALUE>" + b"ev-ler  " * (SIZE // 16)
    head = b"<TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER>"
    head += b"<CONTROLLED_VOCABULARY>" + entry + b"</CVE_VALUE></CV_ENTRY_ML>"
    rows = b"".join(
        b"<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a%d' CVE_REF='c' TIME_SLOT_REF1='s' "
        b"TIME_SLOT_REF2='s'><ANNOTATION_VALUE/></ALIGNABLE_ANNOTATION></ANNOTATION>" % n
        for n in range(SIZE // 150)
    )
    tier = b"<TIER TIER_ID='mb' LINGUISTIC_TYPE_REF='d'>" + rows + b"</TIER>"
    root = b"<ANNOTATION_DOCUMENT>%b</CONTROLLED_VOCABULARY>%b</ANNOTATION_DOCUMENT>"
    return {"a.eaf": root % (head, tier)}


def infixes() -> Files:
    stem = b"<morph type='stem'><item type='txt' lang='x'>%b</item></morph>" % (b"ab" * 30)
    infix = b"<morph type='infix'><item type='txt' lang='x'>um</item></morph>"
    word = b"a</item><morphemes>" + stem + infix * 40 + b"</morphemes><item type='gls' lang='x'>b"
    return _flextext(_PHRASE % word)


def many_morphs() -> Files:
    morph = b"<morph><item type='txt' lang='x'>-a-</item></morph>"
    word = b"a</item><morphemes>" + morph * (10 * SIZE // 50) + b"</morphemes><item>"
    return _flextext(_PHRASE % word)


def fields_above_many_records() -> Files:
    above, records = SIZE // 2 // 5, SIZE // 2 // 11
    return {"a.txt": b"\\_sh v3.0\n\\id a\n" + b"\\x a\n" * above + b"\\ref\n\\tx a\n" * records}


def recordings_of_many_records() -> Files:
    recordings = b"\\ELANMediaURL a\n" * (SIZE // 2 // 16)
    return {"a.txt": b"\\ref\n\\tx a\n" * (SIZE // 2 // 11) + recordings}


def recording_with_spaces() -> Files:
    return {"a.txt": b"\\ref\n\\tx a\n\\mb a\n\\ELANMediaURL a" + b" " * SIZE + b"b\n"}


def header_of_many_utterances() -> Files:
    above = b"".join(b"k%d: a\n" % n for n in range(SIZE // 20))
    head = b"---\ntitle: a\n" + above + b"---\n\n"
    return {"a.txt": head + b"\\txn a\n\\gl b\n\n" * (SIZE // 30)}


def long_macro() -> Files:
    defined = b"\\newcommand{\\x}{" + b"a" * (SIZE // 2) + b"}\n"
    return {"a.tex": defined + b"\\ex\\gll \\x\\\\\nb\\\\\n\n" * (SIZE // 2 // 20)}


def much_above_many_examples() -> Files:
    above = b"\\begin{exe}\\ex " + b"a " * (SIZE // 4) + b"\n\\begin{xlist}"
    examples = b"\\ex\\gll a\\\\\nb\\\\\n\n" * (SIZE // 40)
    return {"a.tex": above + examples + b"\\end{xlist}\\end{exe}"}


def empty_lines() -> Files:
    return {"a": b"\n" * 60_000 + b"a"}


def json_depth() -> Files:
    return {"a.jsonl": b'{"metadata":{"k":' + b"[" * SIZE + b"]" * SIZE + b"}}"}


def json_number() -> Files:
    return {"a.jsonl": b'{"metadata":{"k":' + b"9" * SIZE + b"}}\n"}


def textgrid_count() -> Files:
    head = b'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 1\n'
    head += b"tiers? <exists>\nsize = 999999999\nitem []:\n    item [1]:\n"
    head += b'        class = "IntervalTier"\n        name = "a"\n        xmin = 0\n'
    return {"a.TextGrid": head + b"        xmax = 1\n        intervals: size = 999999999\n"}


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


def parquet_many_rows() -> Files:
    return _parquet("ev", batches=100, rows=100_000)


def parquet_one_text_often() -> Files:
    return _parquet("ev " * 200_000, batches=1, rows=1_000)


def parquet_one_long_text() -> Files:
    return _parquet("ev " * 30_000_000, batches=1, rows=1)


BOMBS: dict[str, Callable[[], Files]] = {
    bomb.__name__: bomb
    for bomb in (
        *(xigt_doubling, xigt_circle, xigt_long_circle, xigt_chain, xigt_one_text_often),
        *(xigt_long_name, xigt_gaps, attributes_by_default, attributes_declared),
        *(long_namespace, namespaces_within, entities, long_attribute, long_comment),
        *(long_instruction, comment_without_end, many_attributes_many_texts),
        *(rubbish_among_paragraphs, deep, tiers_refused, json_depth, json_number),
        *(textgrid_count, cldf_zipped, vocabulary_of_one_long_entry, infixes, many_morphs),
        *(fields_above_many_records, recordings_of_many_records, recording_with_spaces),
        *(header_of_many_utterances, long_macro, much_above_many_examples),
        *(empty_lines, cldf_form_of_an_address, xlsx_far_row, xlsx_empty_rows, xlsx_styles),
        *(xlsx_attributes_by_default, xlsx_parts_upon_each_other),
        *(parquet_many_rows, parquet_one_text_often, parquet_one_long_text),
    )
}


def taken(files: Files) -> dict[str, float | str]:
    """What reading takes in a process of its own: seconds of the processor, MiB, and what came."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        command = [sys.executable, __file__, "--read", str(Path(folder, next(iter(files))))]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _read(path: Path) -> dict[str, float | str]:
    igtkit.io.formats()  # which loads them
    start = time.process_time()
    format_ = "cldf" if path.suffix == ".json" else None
    try:
        corpus = igtkit.read(path, format_, errors="skip")
        found = f"{len(corpus)} entries, {len(corpus.skipped)} refused"
    except IGTError as error:
        found = f"{type(error).__name__}: {error!s:.100}"
    seconds = time.process_time() - start
    return {"seconds": seconds, "MiB": _peak(), "found": found}


def _peak() -> float:
    """The most memory that this process had, in MiB; Linux tells it."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    (kib,) = re.findall(r"VmHWM:\s*(\d+) kB", told)
    return int(kib) / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        print(json.dumps(_read(Path(sys.argv[2]))))
    else:
        for name in sys.argv[1:] or BOMBS:
            print(name, taken(BOMBS[name]()), flush=True)
