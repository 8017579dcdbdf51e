"""CSV and TSV: every cell comes back, whatever stands between the cells."""

from __future__ import annotations

import csv
import io

import pytest
from documents.tables import CATS
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Language
from igtkit.errors import FileFormatError, InputError
from igtkit.igt.language import is_no_language
from igtkit.io import read, write

CHARACTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXT = st.none() | st.text(
    st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), min_size=1
)
LANGUAGE = st.none() | st.builds(Language, TEXT, TEXT, TEXT).filter(
    lambda language: not is_no_language(language)
)
MARKS = st.fixed_dictionaries(
    {"confirmed": st.booleans(), "system": TEXT},
    optional={"probabilities": st.lists(st.none() | st.floats(0, 1)), "score": st.floats(0, 1)},
)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(CHARACTERS)
    | st.lists(st.integers(), max_size=2)
)
NAMES = ("segmentation", "glosses", "translation", "pos", "id", "source", "split")
IGTS = st.builds(
    IGT,
    TEXT,
    **dict.fromkeys(NAMES, TEXT),
    language=LANGUAGE,
    metalanguage=LANGUAGE,
    metadata=st.dictionaries(st.text(CHARACTERS), VALUES, max_size=3)
    | st.fixed_dictionaries({"prediction": MARKS | VALUES}),
)


def parse(text, **options):
    return read(io.StringIO(text), "csv", **options)


@given(st.lists(IGTS, max_size=4), st.sampled_from([None, ";", "\t"]))
def test_every_attribute_comes_back_from_csv(items, delimiter):
    out = io.StringIO(newline="")
    report = write(items, out, "csv", delimiter=delimiter)
    assert not report.lost
    back = read(io.StringIO(out.getvalue(), newline=""), "csv", delimiter=delimiter)
    assert list(back) == items
    assert [igt.metadata for igt in back] == [igt.metadata for igt in items]


def test_a_carriage_return_reads_back_as_a_line_break(tmp_path):
    igt = IGT("x\ry ba", None, "q\r\nr", "t")
    report = write([igt, igt], tmp_path / "a.csv")
    assert dict(report.lost) == {"spacing of glosses": 2, "spacing of transcription": 2}
    back = read(tmp_path / "a.csv")
    assert [(one.transcription, one.glosses) for one in back] == [("x\ny ba", "q\nr")] * 2


def test_a_cell_may_be_as_long_as_memory_allows(tmp_path):
    items = [IGT("a" * 1_000_000, None, "x"), IGT("b", None, "y")]
    write(items, tmp_path / "a.csv")
    assert list(read(tmp_path / "a.csv")) == items


def test_csv_says_what_it_cannot_hold():
    out = io.StringIO()
    report = write([IGT("", "a\rb", language=Language(), metadata={"a": object()})], out, "csv")
    assert dict(report.lost) == {
        "empty language": 1,
        "empty transcription": 1,
        "metadata: a": 1,
        "spacing of segmentation": 1,
    }


def test_marks_have_columns_where_there_are_any():
    out = io.StringIO()
    mark = {"system": "crf", "confirmed": False, "probabilities": [0.25]}
    write([IGT("a"), IGT("b", "b", "B", metadata={"prediction": mark})], out, "csv")
    header, first, second = out.getvalue().splitlines()
    assert header.endswith(",metadata,probability,alternatives,confirmed")
    assert first.endswith(",,,")
    assert second.endswith(',"{""prediction"": {""system"": ""crf""}}",0.25,,no')
    changed = parse(out.getvalue().replace("0.25,,no", "0.25,,x"))
    assert changed[1].metadata["prediction"] == mark | {"confirmed": True}
    with pytest.raises(FileFormatError, match="confirmed is 'perhaps'"):
        parse(out.getvalue().replace("0.25,,no", "0.25,,perhaps"))
    write([IGT("a")], out := io.StringIO(), "csv")
    assert out.getvalue().splitlines()[0].endswith(",metadata")


def test_a_column_of_a_tables_own_is_no_mark():
    [igt] = parse("transcription,confirmed\na,by Ayşe\n")
    assert igt.metadata == {"confirmed": "by Ayşe"}
    with pytest.raises(FileFormatError, match="a prediction that is none: 7"):
        parse(
            'transcription,metadata,probability,alternatives,confirmed\na,"{""prediction"": 7}",,,x\n'
        )


def test_an_empty_table_is_an_empty_corpus():
    assert len(parse("")) == len(parse("glosses\n")) == 0


def test_the_columns_are_those_of_the_published_corpus(tmp_path):
    path = tmp_path / "a.tsv"
    write([CATS], path)
    with path.open(encoding="utf-8", newline="") as file:
        header, row = csv.reader(file, delimiter="\t")
    assert header[:7] == [
        *("id", "source", "transcription", "segmentation", "glosses", "translation", "glottocode")
    ]
    assert row[5] == 'The "cats", run.'
    assert read(path)[0] == CATS


@pytest.mark.parametrize(
    ("name", "options", "first"),
    [
        ("a.csv", {}, "id,source"),
        ("a.TAB", {}, "id\tsource"),
        ("a.tsv", {"delimiter": ";"}, "id;source"),
    ],
)
def test_the_mark_between_cells_is_that_of_the_name_unless_it_is_given(
    tmp_path, name, options, first
):
    path = tmp_path / name
    write([CATS], path, **options)
    assert path.read_text(encoding="utf-8").startswith(first)
    assert list(read(path, **options)) == [CATS]


@pytest.mark.parametrize("delimiter", ["||", '"', "\n"])
def test_a_mark_that_is_none_is_refused_and_no_file_made(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    with pytest.raises(InputError, match="delimiter must be one character"):
        write([CATS], path, delimiter=delimiter)
    assert not path.exists()


def test_a_file_for_no_entries_has_its_header_alone():
    out = io.StringIO()
    write([], out, "csv")
    assert out.getvalue().startswith("id,source,transcription,")
    assert out.getvalue().count("\n") == 1


FORMULAS = [
    IGT("=a", "-b", "+c", "@d", id="007"),
    IGT("'=a", "''-b", "'3", "'twas", id="12"),
    IGT("3-4", "true", "1E5", "SEP-2", id="0", source="1" * 5000),
]


@pytest.mark.parametrize("layout", ["polygloss", "glosslm"])
@pytest.mark.parametrize("excel", [False, True])
def test_cells_that_a_spreadsheet_would_change_come_back(tmp_path, excel, layout):
    path = tmp_path / "a.csv"
    report = write(FORMULAS, path, excel=excel, layout=layout)
    assert list(read(path)) == FORMULAS
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") is excel
    assert ("cells begin as formulas do" in str(report)) is not excel


def test_excel_leaves_the_cells_alone(tmp_path):
    path = tmp_path / "a.csv"
    write(FORMULAS, path, excel=True)
    first, second, _ = (
        line.split(",")[:4] for line in path.read_text("utf-8-sig").split("\n")[1:4]
    )
    assert first == ["'007", "", "'=a", "'-b"]
    assert second[0] == "12"
    assert "1 cell begins" in str(write([IGT(None, None, "=COP")], path))
    assert not write([IGT("ev", "ev", "house")], path).notes


def test_an_apostrophe_in_a_table_of_ones_own_stays(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("glosses,page\n'-ka,1\n", encoding="utf-8")
    assert read(path)[0].glosses == "'-ka"
