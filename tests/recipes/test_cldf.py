"""A CLDF data set checked and completed: of its tables nothing changes but the cells meant."""

from __future__ import annotations

import csv
import io
import json
import logging
import shutil
from collections import Counter

import pytest

import igtkit
from igtkit.errors import InputError
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


@pytest.mark.parametrize(
    "dataset",
    ["lgr", "lapollaqiang", "palula", pytest.param("uratyp", marks=pytest.mark.slow)],
    indirect=True,
)
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
