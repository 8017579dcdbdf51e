"""CSV, TSV and Parquet: rows under the columns of the published corpora, and tables of one's own."""

from __future__ import annotations

import csv
import io

import pytest
from documents.tables import CATS

from igtkit import IGT, Corpus
from igtkit.errors import FileFormatError, InputError
from igtkit.io import read, write


def parse(text, **options):
    return read(io.StringIO(text), "csv", **options)


def test_the_glosslm_layout_holds_a_sentence_in_two_rows(tmp_path):
    path = tmp_path / "a.csv"
    report = write([CATS.replace(pos="N V"), IGT("dogs", None, "dog-PL")], path, layout="glosslm")
    assert dict(report.lost) == {"pos": 1}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        *("transcription", "glosses", "translation", "glottocode", "id", "source"),
        *("metalang_glottocode", "is_segmented", "language", "metalang"),
    ]
    assert [(row["transcription"], row["is_segmented"]) for row in rows] == [
        ("cats run", "no"),
        ("cat-s run", "yes"),
        ("dogs", "no"),
    ]
    assert list(read(path)) == [CATS, IGT("dogs", None, "dog-PL")]


def test_halves_of_different_sentences_stay_apart():
    table = "id,transcription,glosses,is_segmented\n1,cats,cat-PL,no\n1,dog-s,dog-PL,yes\n"
    assert list(parse(table)) == [
        IGT("cats", None, "cat-PL", id="1"),
        IGT(None, "dog-s", "dog-PL", id="1"),
    ]
    table = "id,transcription,segmentation\n1,cats,\n1,,cat-s\n"
    assert len(parse(table)) == 2


def test_a_table_of_ones_own_is_read_by_saying_what_its_columns_are():
    table = "Text;Morphemes;Gloss;Page\nGeldim;gel-di-m;come-PST-1SG;7\n"
    columns = {"transcription": "Text", "segmentation": "Morphemes", "glosses": "Gloss"}
    igt = parse(table, columns=columns)[0]
    assert igt == IGT("Geldim", "gel-di-m", "come-PST-1SG")
    assert igt.metadata == {"Page": "7"}


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        ("Text,Gloss\na,b\n", {}, "no column of an interlinear text among: Text, Gloss"),
        ("\n", {}, "no column of an interlinear text among: none"),
        ("glosses\na\n", {"columns": {"gloss": "glosses"}}, "there is no 'gloss'"),
        ("glosses\na\n", {"columns": {"pos": "POS"}}, "the table has no 'POS'; it has: glosses"),
        ('glosses,metadata,page\na,"{""page"": 1}",2\n', {}, "<text>:2: column 'page'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gives_one_error(table, options, message):
    with pytest.raises((FileFormatError, InputError), match=message):
        parse(table, **options)


def test_an_unknown_layout_is_refused():
    with pytest.raises(InputError, match=r"layout must be .polygloss. or .glosslm."):
        write([CATS], io.StringIO(), "csv", layout="wide")


def test_datasets_both_ways():
    datasets = pytest.importorskip("datasets", reason="needs datasets")
    corpus = Corpus([CATS.replace(split="train", metadata={"page": 7}), IGT("a", split="dev")])
    dataset = corpus.to_dataset()
    assert dataset.num_rows == 2
    back = Corpus.from_dataset(dataset)
    assert back == corpus
    assert back[0].metadata == {"page": 7}
    parts = datasets.DatasetDict(
        {
            name: datasets.Dataset.from_list([{"transcription": "a", "glosses": "b"}])
            for name in ("train", "validation")
        }
    )
    assert [igt.split for igt in Corpus.from_dataset(parts)] == ["train", "validation"]


def test_a_real_corpus_comes_back(shared, tmp_path):
    path = shared / "data" / "sigmorphon2023" / "lez" / "lez-train-track2-uncovered"
    corpus = read(path, "sigmorphon", language="Lezgi")
    write(corpus, tmp_path / "lez.csv")
    assert read(tmp_path / "lez.csv") == corpus


def test_a_column_whose_name_is_given_to_another_is_kept():
    table = io.StringIO("transcription,Text,glosses\na,b,x\n")
    [igt] = read(table, "csv", columns={"transcription": "Text"})
    assert igt.transcription == "b"
    assert igt.metadata == {"column transcription": "a"}


def test_two_columns_of_one_name_are_refused(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    names = ["glosses", "glosses"]
    table = pyarrow.Table.from_arrays([pyarrow.array(["a"]), pyarrow.array(["b"])], names=names)
    parquet.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(FileFormatError, match="two columns are named 'glosses'"):
        read(tmp_path / "a.parquet")
