"""A CLDF data set checked and completed: of its tables nothing changes but the cells meant."""

from __future__ import annotations

import csv
import io
import json
import logging
import shutil
import zipfile
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import igtkit
from igtkit import IGT, Prediction
from igtkit.errors import InputError
from igtkit.io.cldf.cells import divide
from igtkit.models import LookupGlosser

pycldf = pytest.importorskip("pycldf", reason="reading CLDF needs the extra cldf")

DATASETS = {"lgr": 35, "uratyp": 5421, "lapollaqiang": 1276, "palula": 1919}


@pytest.fixture(params=sorted(DATASETS))
def dataset(request, shared, tmp_path):
    """A copy of a real data set."""
    copy = tmp_path / request.param
    shutil.copytree(shared / "data" / "cldf" / request.param, copy)
    copy.chmod(0o755)
    for path in copy.iterdir():
        path.chmod(0o644)
    return copy


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def complaints(folder, caplog):
    """What ``cldf validate`` complains of, where all tables are there."""
    [metadata] = folder.glob("*metadata.json")
    tables = json.loads(metadata.read_text(encoding="utf-8"))["tables"]
    if not all((folder / table["url"]).exists() for table in tables):
        return None
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        pycldf.Dataset.from_metadata(metadata).validate(logging.getLogger("cldf"))
    return Counter(record.getMessage() for record in caplog.records)


def without_cell(text, column, rows):
    """The table with some cells of a column left empty, all other bytes as they are."""
    out = io.StringIO(newline="")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    lines = text.split("\n")
    assert len(lines) == len(rows_in(text)) + 2, "no cell has a line end in it"
    writer = csv.writer(out, lineterminator="\n")
    for number, row in enumerate(reader):
        if number in rows:
            writer.writerow(["" if name == column else cell for name, cell in row.items()])
        else:
            out.write(lines[number + 1] + "\n")
    return lines[0] + "\n" + out.getvalue()


def rows_in(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_nothing_to_change_changes_no_byte(dataset, tmp_path):
    corpus = igtkit.read(dataset, "cldf")
    assert len(corpus) == DATASETS[dataset.name]
    table = dataset / "examples.csv"
    report = igtkit.write(corpus, tmp_path / "again.csv", "cldf", template=dataset)
    assert (report.entries, dict(report.lost)) == (len(corpus), {})
    assert (tmp_path / "again.csv").read_bytes() == table.read_bytes()


def test_glosses_that_were_missing_are_filled_in_and_no_other_cell_changes(
    dataset, caplog, tmp_path
):
    table = dataset / "examples.csv"
    text = table.read_text(encoding="utf-8")
    whole = igtkit.read(dataset, "cldf")
    glossed = [n for n, igt in enumerate(whole) if igt.segmentation and not igtkit.check(igt)]
    blank = set(glossed[:: max(2, len(glossed) // 20)])
    table.write_text(without_cell(text, "Gloss", blank), encoding="utf-8", newline="")
    before = {path.name: path.read_bytes() for path in dataset.iterdir()}
    said = complaints(dataset, caplog)
    corpus = igtkit.read(dataset, "cldf")
    todo = corpus.filter(lambda igt: igt.segmentation is not None and igt.glosses is None)
    assert {igt.id for igt in todo} >= {whole[n].id for n in blank}
    glosser = LookupGlosser().fit(igt for igt in corpus if igt.glosses is not None)
    found = glosser.predict(todo, given="segmentation")
    suggested = [one.to_igt(igt) for one, igt in zip(found, todo, strict=True)]
    with pytest.raises(InputError, match="a suggestion that nobody has confirmed"):
        igtkit.write(suggested, table, "cldf", template=dataset)
    assert {path.name: path.read_bytes() for path in dataset.iterdir()} == before
    done = [
        igt.replace(metadata={**igt.metadata, "prediction": {"confirmed": True}})
        for igt in suggested
    ]
    report = igtkit.write(done, table, "cldf", template=dataset)
    assert dict(report.lost) == {}
    ids = {igt.id for igt in todo}
    after = {path.name: path.read_bytes() for path in dataset.iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"examples.csv"}
    old_lines = before["examples.csv"].split(b"\n")
    new_lines = after["examples.csv"].split(b"\n")
    assert len(old_lines) == len(new_lines)
    rows = rows_in(before["examples.csv"].decode())
    for row, line, now in zip(rows, old_lines[1:], new_lines[1:], strict=False):
        assert (line == now) == (row["ID"] not in ids)
    for row, now in zip(rows, rows_of(table), strict=True):
        differs = {name for name in row if row[name] != now[name]}
        allowed = {"Gloss", "LGR_Conformance"} if row["ID"] in ids else set()
        assert differs <= allowed
    assert said is None or complaints(dataset, caplog) <= said
    again = {igt.id: igt for igt in igtkit.read(dataset, "cldf")}
    for igt in done:
        back = again[igt.id]
        assert (back.segmentation, back.glosses) == (igt.segmentation, igt.glosses)


HEADER = "ID,Language_ID,Primary_Text,Analyzed_Word,Gloss,Translated_Text,Note"
METADATA = """{
  "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
  "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#Generic",
  "tables": [{
    "url": "examples.csv",
    "dc:conformsTo": "http://cldf.clld.org/v1.0/terms.rdf#ExampleTable",
    "tableSchema": {"columns": [
      {"name": "ID", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#id"},
      {"name": "Language_ID"},
      {"name": "Primary_Text", "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#primaryText"},
      {"name": "Analyzed_Word", "separator": "\\t",
       "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#analyzedWord"},
      {"name": "Gloss", "separator": "\\t",
       "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#gloss"},
      {"name": "Translated_Text",
       "propertyUrl": "http://cldf.clld.org/v1.0/terms.rdf#translatedText"},
      {"name": "Note"}
    ]}
  }]%s
}
"""


def make(folder, table, more=""):
    folder.mkdir(exist_ok=True)
    (folder / "Generic-metadata.json").write_text(METADATA % more, encoding="utf-8")
    (folder / "examples.csv").write_bytes(table.encode())
    return folder / "Generic-metadata.json"


def change(metadata, items):
    report = igtkit.write(items, metadata.parent / "examples.csv", "cldf", template=metadata)
    return (metadata.parent / "examples.csv").read_bytes().decode(), dict(report.lost)


def test_only_the_cell_is_written_with_quotes_and_line_ends_as_they_were(tmp_path):
    table = (
        f'\ufeff{HEADER}\r\n"1",x,"ev, ""ev""","ev\tev","house\thouse",,"a\r\nb"\r\n'
        "\r\n2,x,kim,kim,,,  c\n"
    )
    metadata = make(tmp_path, table)
    first, second = igtkit.read(metadata)
    text, lost = change(metadata, [second.replace(glosses="who")])
    assert (text, lost) == (table.replace("kim,kim,,", "kim,kim,who,"), {})
    text, lost = change(metadata, [first.replace(translation='A "house", no'), second])
    assert text.startswith(table[:57].split(",,", 1)[0])
    assert '"house\thouse","A ""house"", no","a\r\nb"\r\n\r\n2,x,' in text
    assert igtkit.read(metadata)[0].translation == 'A "house", no'
    assert lost == {}


APART = f"{HEADER}\n1,x,hínu wíi,hin\\t-u\\twíi,be\\t-MSG\\twater,,\n"


def test_cells_that_reading_joins_stay_apart(tmp_path):
    metadata = make(tmp_path, APART)
    [igt] = igtkit.read(metadata)
    assert (igt.segmentation, igt.glosses) == ("hin-u wíi", "be-MSG water")
    text, _ = change(metadata, [igt.replace(glosses="be-M.SG water")])
    assert text == APART.replace("-MSG", "-M.SG")
    [igt] = igtkit.read(metadata)
    text, _ = change(metadata, [igt.replace(segmentation="hín-u wii")])
    assert text == APART.replace("-MSG", "-M.SG").replace("hin\\t-u\\twíi", "hín\\t-u\\twii")


def test_cells_that_cannot_stay_apart_are_written_whole(tmp_path):
    metadata = make(tmp_path, APART)
    [igt] = igtkit.read(metadata)
    text, _ = change(metadata, [igt.replace(glosses="be water")])
    assert text == f"{HEADER}\n1,x,hínu wíi,hin-u\\twíi,be\\twater,,\n"


@pytest.mark.parametrize(
    ("kept", "line", "other", "cells"),
    [
        (["hin", "-u", "wíi"], "hin-u wíi", "be-MSG water", ["be", "-MSG", "water"]),
        (["a-", "nii"], "a-nii", "3SG-laugh", ["3SG-", "laugh"]),
        (["a-nii -láay"], "a-nii-láay", "3SG-laugh-FUT", ["3SG-laugh-FUT"]),
        (["a", "=b-c"], "a=b-c", "A=B-C", ["A", "=B-C"]),
        (["a", "-b"], "a-b", "A", None),
        (["a", "b"], "a b", "A", None),
        (["a"], "b", "B", None),
    ],
)
def test_a_line_is_divided_as_the_other_is(kept, line, other, cells):
    assert divide(kept, line, other) == cells


def test_what_is_not_written_is_reported(tmp_path):
    table = f"{HEADER}\n1,x,ev,ev,house,,\n2,x,kim,kim,who,,\n2,x,ne,ne,what,,"
    metadata = make(tmp_path, table)
    first, second, _ = igtkit.read(metadata)
    items = [first.replace(transcription="EV", pos="N"), second, IGT("x", id="9")]
    text, lost = change(metadata, items)
    assert text == table
    assert lost == {
        "changes of pos": 1,
        "changes of transcription": 1,
        "entries not in the template": 1,
        "ids that the template repeats": 1,
    }
    with pytest.raises(InputError, match="none of the entries is an example"):
        change(metadata, [IGT("x", id="9")])
    with pytest.raises(InputError, match="example 1: a suggestion that nobody has confirmed"):
        change(metadata, [Prediction("ev", "home", system="x").to_igt(first)])
    assert (tmp_path / "examples.csv").read_text() == table


@pytest.mark.parametrize("dialect", ['{"quoteChar": "\'"}', '{"skipRows": 1}'])
def test_tables_that_cannot_be_written_as_they_were(tmp_path, dialect):
    first = "about\n" if "skip" in dialect else ""
    table = f"{first}{HEADER}\n1,x,ev,ev,house,,\n"
    metadata = make(tmp_path, table, f',"dialect": {dialect}')
    items = igtkit.read(metadata)
    with pytest.raises(InputError, match="this form of CSV"):
        change(metadata, items)
    assert (tmp_path / "examples.csv").read_bytes() == table.encode()


def test_a_zipped_table_is_refused(tmp_path):
    metadata = make(tmp_path, f"{HEADER}\n1,x,ev,ev,house,,\n")
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.write(tmp_path / "examples.csv", "examples.csv")
    (tmp_path / "examples.csv").unlink()
    items = igtkit.read(metadata)
    with pytest.raises(InputError, match="unpack it"):
        change(metadata, items)


CELL = st.text("ab,\"\n\r\t'#;é ", max_size=6)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_any_table_keeps_every_other_cell(tmp_path, rows, end, data):
    out = io.StringIO(newline="")
    kinds = [csv.QUOTE_ALL, csv.QUOTE_MINIMAL][: 1 + (end == "\r\n")]  # a lone CR needs quotes
    quoting = data.draw(st.sampled_from(kinds))
    writer = csv.writer(out, lineterminator=end, quoting=quoting)
    writer.writerow(HEADER.split(","))
    cells = [
        [f"i{n}", language, f"w{text}", "a-b", "x-y", "t", note]
        for n, (language, text, note) in enumerate(rows)
    ]
    writer.writerows(cells)
    metadata = make(tmp_path, out.getvalue())
    items = igtkit.read(metadata)
    text, lost = change(metadata, [items[-1].replace(glosses="x-NEW", translation=None)])
    cells[-1][4:6] = ["x-NEW", ""]
    assert lost == {}
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == cells
    at = out.getvalue().rindex("i" + str(len(rows) - 1))
    assert text[:at] == out.getvalue()[:at]
