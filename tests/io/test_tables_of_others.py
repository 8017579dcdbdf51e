"""Tables as spreadsheets and other programs write them."""

from __future__ import annotations

import io
import json

import pytest

import igtkit
from igtkit import IGT, Corpus
from igtkit.errors import FileFormatError, InputError
from igtkit.io import inspect, read

ONE = IGT("Geldim", "gel-di-m", "come-PST")


def parse(text, **options):
    return list(read(io.StringIO(text, newline=""), "csv", **options))


@pytest.mark.parametrize(
    "text",
    [
        "transcription;segmentation;glosses;;;\nGeldim;gel-di-m;come-PST;;;\n;;;;;\n",
        "transcription;segmentation;glosses\nGeldim;gel-di-m;come-PST\n;;\n;;\n",
        "transcription,segmentation,glosses,,\nGeldim,gel-di-m,come-PST\n",  # cut off by a program
        "transcription,segmentation,glosses\nGeldim,gel-di-m,come-PST,,\n",
        "sep=;\ntranscription;segmentation;glosses\nGeldim;gel-di-m;come-PST\n",
        'SEP=,\n"transcription","segmentation","glosses"\nGeldim,gel-di-m,come-PST\n',
        "sep=\t\ntranscription\tsegmentation\tglosses\nGeldim\tgel-di-m\tcome-PST\n",
        "Transcription,SEGMENTATION, Glosses \nGeldim,gel-di-m,come-PST\n",
        "\ufeffTranscription\u00a0|Segmentation|Glosses\nGeldim|gel-di-m|come-PST\n",
        "transcription\tsegmentation\tglosses\nGeldim\tgel-di-m\tcome-PST\n",
        "transcription,segmentation,glosses,translation\nGeldim,gel-di-m,come-PST,\u00a0\n",
        ",transcription,segmentation,glosses\n0,Geldim,gel-di-m,come-PST\n",  # pandas
        "Unnamed: 0,transcription,segmentation,glosses\n17,Geldim,gel-di-m,come-PST\n",
    ],
)
def test_what_spreadsheets_add_is_no_text(text):
    [igt] = parse(text)
    assert igt == ONE
    assert igt.metadata == {}


def test_what_stands_under_a_column_without_name_is_kept():
    [one, other] = parse(",glosses,,\nx,come,,a remark\n7,go,,\n")
    assert one.metadata == {"": "x", "column 4": "a remark"}
    assert other.metadata == {}


def test_a_row_that_is_too_long_or_too_short_is_told():
    for text in ("glosses,id\na,b,c\n", "glosses,id,\na\n", "glosses,id\na\n"):
        with pytest.raises(FileFormatError, match="cells under"):
            parse(text)


def test_a_name_in_capitals_does_not_take_the_place_of_the_exact_one():
    [igt] = parse("Glosses,glosses,GLOSSES\na,b,c\n")
    assert igt.glosses == "b"
    assert igt.metadata == {"Glosses": "a", "GLOSSES": "c"}
    with pytest.raises(FileFormatError, match="two columns are named 'glosses'"):
        parse("glosses,glosses\na,b\n")


@pytest.mark.parametrize(
    ("mark", "says"), [(";", "semicolons"), ("|", "vertical bars"), ("\t", "tabs")]
)
def test_another_mark_than_commas_between_cells_is_told(tmp_path, mark, says):
    path = tmp_path / "a.csv"
    path.write_text(f"Transcription{mark}gloss{mark}\nev{mark}house{mark}\n", encoding="utf-8")
    parts = {(part.kind, part.name): part for part in inspect(path).parts}
    assert parts["delimiter", mark].why == f"what stands between the cells: {says}"
    assert parts["column", "Transcription"].rule == "column-case"
    assert parts["column", "gloss"].rule == "column-kept"
    assert parts["column", "column 3"].rule == "column-unnamed"


def test_whole_numbers_are_ids():
    rows = [{"id": 7, "source": 3, "glosses": "a"}, {"id": None, "glosses": "b"}]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    assert [igt.id for igt in read(io.StringIO(text), "jsonl")] == ["7", None]
    assert [igt.source for igt in Corpus.from_dataset(rows)] == ["3", None]
    with pytest.raises(InputError, match="id must be a string"):
        Corpus.from_dataset([{"id": True, "glosses": "a"}])
    with pytest.raises(InputError, match="glosses must be a string"):
        Corpus.from_dataset([{"glosses": 7}])


# A table that has no line of an interlinear text


@pytest.mark.parametrize("form", ["csv", "jsonl"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.dat"])
def test_a_table_without_a_line_is_an_error_under_any_name(tmp_path, form, name):
    path = tmp_path / name
    text = '{"text": "ev", "gloss": "house"}\n' if form == "jsonl" else "text,gloss\nev,house\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"no column of an interlinear text among: text"):
        read(path, form)
    with pytest.raises(FileFormatError):
        read(path, form, errors="skip")


def test_a_parquet_table_without_a_line_is_an_error(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(
        pyarrow.Table.from_pylist([{"text": "ev", "gloss": "house"}]), tmp_path / "a"
    )
    with pytest.raises(FileFormatError, match="no column of an interlinear text"):
        read(tmp_path / "a", "parquet")


def test_objects_may_lack_lines_as_long_as_some_object_has_one():
    text = '{"translation": "x"}\n' * 3 + '{"glosses": "a"}\n{"id": "4"}\n'
    found = list(read(io.StringIO(text), "jsonl"))
    assert [igt.glosses for igt in found] == [None, None, None, "a", None]
    text = '{"Text": "ev"}\n'
    [igt] = read(io.StringIO(text), "jsonl", columns={"transcription": "Text"})
    assert igt.transcription == "ev"


@pytest.mark.parametrize(
    ("dataset", "message"),
    [
        (["a"], "a row is a mapping of column names to values, got 'a'"),
        ([["a", "b"]], "a row is a mapping"),
        ([None], "a row is a mapping"),
        ({"transcription": ["a"], "glosses": ["A"]}, "an iterable of rows, not a dict of columns"),
        ("abc", "an iterable of rows, not 'abc'"),
        (None, "an iterable of rows, not None"),
        (7, "an iterable of rows, not 7"),
        ([{"text": "a"}], "no column of an interlinear text among: text"),
        ([{}], "among: none"),
        ({"train": [{"text": "a"}]}, "no column of an interlinear text"),
    ],
)
def test_what_is_no_data_set_is_told(dataset, message):
    with pytest.raises(InputError, match=message):
        Corpus.from_dataset(dataset)


def test_an_empty_data_set_is_an_empty_corpus():
    assert len(Corpus.from_dataset([])) == 0
    assert len(Corpus.from_dataset({"train": []})) == 0


# GlossLM's two rows of a sentence


def halves(yes="yes", no="no"):
    rows = [
        ("1", "evler", no),
        ("2", "kim", no),
        ("3", "geldi", no),
        ("1", "ev-ler", yes),
        ("3", "gel-di", yes),
    ]
    return [
        {
            "id": id_,
            "source": "x",
            "transcription": line,
            "glosses": f"g{id_}",
            "is_segmented": mark,
        }
        for id_, line, mark in rows
    ]


WHOLE = [("evler", "ev-ler"), ("kim", None), ("geldi", "gel-di")]


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("yes", "no"),
        ("Yes", ""),
        (True, False),
        ("True", "False"),
        (1, 0),
        ("1", "0"),
        ("y", "n"),
        ("yes", None),
    ],
)
def test_halves_are_joined_however_far_apart_and_however_yes_is_written(tmp_path, yes, no):
    rows = halves(yes, no)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    found = [Corpus.from_dataset(rows), read(io.StringIO(text), "jsonl")]
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pandas.DataFrame(rows).to_csv(tmp_path / "a.csv")
    found.append(igtkit.read(tmp_path / "a.csv"))
    for corpus in found:
        assert [(igt.transcription, igt.segmentation) for igt in corpus] == WHOLE
    backwards = Corpus.from_dataset(rows[::-1])
    assert {(igt.transcription, igt.segmentation) for igt in backwards} == {*WHOLE}


def test_what_is_neither_yes_nor_no_is_told():
    with pytest.raises(InputError, match="is_segmented must be yes or no, got 'perhaps'"):
        Corpus.from_dataset(halves("perhaps"))


def test_what_stays_alone_is_told(tmp_path, caplog):
    path = tmp_path / "a.jsonl"
    rows = [row for row in halves() if row["transcription"] != "geldi"]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    parts = [part for part in inspect(path).parts if part.rule.startswith("halves")]
    assert {(part.rule, part.count) for part in parts} == {
        ("halves-joined", 1),
        ("halves-alone", 1),
    }
    assert "1 segmented row has no text" in caplog.text


def test_recordings_in_a_table_are_not_read(tmp_path):
    pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    row = {"glosses": "a", "audio": {"bytes": b"RIFF", "path": "a.wav"}, "image": b"PNG"}
    parquet.write_table(pyarrow.Table.from_pylist([row]), tmp_path / "a.parquet")
    [igt] = read(tmp_path / "a.parquet")
    assert igt.metadata == {"audio": {"path": "a.wav"}}
    parts = inspect(tmp_path / "a.parquet").parts
    assert [part.name for part in parts if part.rule == "column-bytes"] == ["audio", "image"]


def test_what_pandas_has_for_an_empty_cell_is_none():
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pandas.DataFrame([{"glosses": "a", "translation": None}, {"translation": "b"}])
    one, other = Corpus.from_dataset(frame.to_dict("records"))
    assert (one.glosses, one.translation) == ("a", None)
    assert (other.glosses, other.translation) == (None, "b")


@pytest.mark.parametrize(
    "row", [{"glottocode": "und"}, {"language": "Undefined"}, {"iso639_3": "mul"}]
)
def test_a_code_for_no_language_is_none(row):
    assert Corpus.from_dataset([{"glosses": "a", **row}])[0].language is None
    assert Corpus.from_dataset([{"glosses": "a", **row, "glottocode": "dido1241"}])[0].language
