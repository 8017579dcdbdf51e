"""CLDF datasets: read by their metadata, repaired aloud, written so that they validate."""

from __future__ import annotations

import csv
import re

import pytest

from igtkit.io import read

pytest.importorskip("pycldf", reason="reading CLDF needs the extra cldf")

DATASETS = ["lgr", "uratyp", "lapollaqiang", "palula"]


def examples(shared, name):
    return shared / "data" / "cldf" / name / "examples.csv"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", DATASETS)
def test_every_row_of_a_dataset_is_an_entry(shared, name):
    path = examples(shared, name)
    [metadata] = path.parent.glob("*metadata.json")
    rows = rows_of(path)
    corpus = read(metadata)
    assert [igt.id for igt in corpus] == [row["ID"] for row in rows]
    assert [igt.transcription for igt in corpus] == [row["Primary_Text"] for row in rows]
    assert [igt.translation or "" for igt in corpus] == [row["Translated_Text"] for row in rows]
    assert read(path, "cldf") == corpus
    assert read(path.parent, "cldf") == corpus


@pytest.mark.parametrize("name", DATASETS)
def test_no_letter_of_a_word_cell_is_lost(shared, name):
    path = examples(shared, name)
    for igt, row in zip(read(path, "cldf"), rows_of(path), strict=True):
        for line, column in ((igt.segmentation, "Analyzed_Word"), (igt.glosses, "Gloss")):
            cells = [cell for cell in re.split(r"\t|\\t", row[column]) if cell]
            given = re.sub(r"[-=]", "", "".join(cells).replace(" ", ""))
            assert re.sub(r"[-=\s]", "", line or "") == given
