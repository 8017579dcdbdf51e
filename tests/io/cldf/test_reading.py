"""The examples of real and of small datasets."""

from __future__ import annotations

import zipfile

import pytest
from documents.cldf import DATASETS, dataset, examples, rows_of

from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT, Language
from igtkit.io import read, stream


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


def test_languages_come_from_the_table(shared):
    corpus = read(examples(shared, "uratyp"), "cldf")
    languages = {row["ID"]: row for row in rows_of(shared / "data/cldf/uratyp/languages.csv")}
    for igt, row in zip(corpus, rows_of(examples(shared, "uratyp")), strict=True):
        expected = languages[row["Language_ID"]]
        assert igt.language == Language(
            expected["Glottocode"] or None,
            expected["Name"] or None,
            expected["ISO639P3code"] or None,
        )
    [english] = {igt.metalanguage for igt in read(examples(shared, "lgr"), "cldf")}
    assert english == Language("stan1293", "English")


def test_the_paper_takes_the_transcription_from_the_analysis(shared):
    plain = read(examples(shared, "uratyp"), "cldf")
    corpus = read(examples(shared, "uratyp"), "cldf", transcription="analyzed")
    for igt, other, row in zip(corpus, plain, rows_of(examples(shared, "uratyp")), strict=True):
        words = row["Analyzed_Word"]
        if not words:
            assert igt == other
            continue
        bare = [cell if cell == "-" else cell.replace("-", "") for cell in words.split("\t")]
        assert igt.transcription.split() == bare
        assert (igt.segmentation is not None) == ("\t".join(bare) != words)
        assert igt.glosses == other.glosses
    with pytest.raises(InputError, match="'primary' or 'analyzed'"):
        read(examples(shared, "uratyp"), "cldf", transcription="both")


def test_columns_are_known_by_their_terms_not_their_names(tmp_path):
    [igt] = read(dataset(tmp_path))
    assert igt == IGT("a b", "A B", language=Language("dido1241"), id="1")


def test_a_repository_with_its_dataset_in_a_folder_can_be_given(tmp_path):
    (tmp_path / "cldf").mkdir()
    (tmp_path / "metadata.json").write_text('{"id": "x"}', encoding="utf-8")
    dataset(tmp_path / "cldf")
    assert len(read(tmp_path, "cldf")) == 1


def test_tables_may_be_zipped_in_another_dialect_or_have_a_mark(tmp_path):
    path = dataset(tmp_path, rows=None)
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.writestr("examples.csv", "ID,Lang,Text,Words\n1,,a,\n")
    assert len(read(path)) == 1
    with zipfile.ZipFile(tmp_path / "examples.csv.zip", "w") as archive:
        archive.writestr("other.csv", "")
    with pytest.raises(FileFormatError, match=r"no examples\.csv in the archive"):
        read(path)
    dialect = {"dialect": {"delimiter": ";", "encoding": "latin-1"}}
    (tmp_path / "examples.csv").write_bytes("ID;Lang;Text;Words\r\n1;;é;\r\n\r\n".encode("latin-1"))
    assert read(dataset(tmp_path, rows=None, table=dialect))[0].transcription == "é"
    (tmp_path / "examples.csv").write_bytes("\ufeffID,Lang,Text,Words\n1,,é,\n".encode())
    assert read(dataset(tmp_path, rows=None))[0].id == "1"


def test_rows_come_one_by_one_with_their_lines(tmp_path):
    path = dataset(tmp_path, rows='1,,"a\nb",\n2,,c,\n')
    with stream(path) as reader:
        assert [(reader.line, igt.transcription) for igt in reader] == [(2, "a\nb"), (4, "c")]


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("1,,a,\n2,,b\n3,,c,\n", 3, "a row of 3 cells (expected 4"),
        ("1,,a,\n2,,,\n3,,c,\n", 3, "an example without text"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_or_kept(tmp_path, rows, line, what):
    path = dataset(tmp_path, rows=rows)
    with pytest.raises(FileFormatError) as raised:
        read(path)
    assert raised.value.line == line
    assert what in str(raised.value)
    corpus = read(path, errors="skip")
    assert [igt.id for igt in corpus] == ["1", "3"]
    assert len(corpus.skipped) == 1
    assert "2" in corpus.skipped[0].text
