"""A delimited text file as a header and rows, each with its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError, InputError
from igtkit.io import Source, stream
from igtkit.io._csv import checked_delimiter, open_table


def test_lines_are_those_of_the_file():
    table = 'glosses,translation\na,"two\nlines"\nb,c,d\ne,f\n'
    with stream(io.StringIO(table), "csv", errors="skip") as entries:
        lines = [entries.line for _ in entries]
    assert lines == [2, 5]
    assert entries.skipped[0].line == 4


def table(text, delimiter=None, *, path=None, **options):
    """The header and the rows of a table, and what was skipped."""
    source = Source(path or io.StringIO(text), **options)
    header, rows = open_table(source, delimiter)
    return header, list(rows), [(one.line, one.message) for one in source.skipped]


def test_each_row_is_told_by_its_header_and_its_line():
    assert table('a,b\n1,2\n\n"x,\ny",\n3,4\n') == (
        ["a", "b"],
        [
            (2, {"a": "1", "b": "2"}),
            (4, {"a": "x,\ny", "b": None}),  # an empty cell holds nothing
            (6, {"a": "3", "b": "4"}),
        ],
        [],
    )


def test_an_empty_file_has_no_header():
    assert open_table(Source(io.StringIO(""))) is None
    assert table("a\n") == (["a"], [], [])


@pytest.mark.parametrize(
    ("header", "delimiter", "names"),
    [
        ("a;b,c;d", None, ["a", "b,c", "d"]),  # what the header has most
        ("a\tb", None, ["a", "b"]),
        ("a", None, ["a"]),
        ("a;b,c;d", ",", ["a;b", "c;d"]),
        ("a|b", "|", ["a", "b"]),
    ],
)
def test_the_mark_between_cells_is_given_or_the_most_frequent_of_the_header(
    header, delimiter, names
):
    assert table(header, delimiter)[0] == names


@pytest.mark.parametrize("extension", [".tsv", ".TAB"])
def test_in_a_file_that_is_named_so_it_is_a_tab(tmp_path, extension):
    path = tmp_path / f"a{extension}"
    path.write_text("a,b\tc\n1\t2\n", encoding="utf-8")
    assert table("", path=path)[:2] == (["a,b", "c"], [(2, {"a,b": "1", "c": "2"})])


@pytest.mark.parametrize("delimiter", ["||", "", '"', "\n", "\r"])
def test_a_mark_is_one_character(delimiter):
    with pytest.raises(InputError, match="delimiter must be one character") as raised:
        checked_delimiter(delimiter)
    assert repr(delimiter) in str(raised.value)
    assert checked_delimiter("\t") == "\t"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a,b,a\n1,2,3\n", 1, "two columns are named 'a'"),
        ('"a\n', 1, "unexpected end"),
        ('a\n1\n"b\nc\n', 3, "unexpected end"),
        ('a\n"b"c\n', 2, "',' expected"),
        ("a,b\n1,2\n3\n", 3, "1 cells under 2 columns"),
        ("a\n1,2\n", 2, "2 cells under 1 columns"),
    ],
)
def test_what_is_no_table_is_told_with_its_line(text, line, what):
    with pytest.raises(FileFormatError, match=what) as raised:
        table(text)
    assert raised.value.line == line


def test_a_table_has_no_more_columns_than_a_spreadsheet():
    names = ",".join(f"c{n}" for n in range(16_384))
    assert len(table(f"{names}\n")[0]) == 16_384
    with pytest.raises(FileFormatError, match="16,385 columns"):
        table(f"{names},\n")


def test_rows_of_another_length_can_be_skipped():
    header, rows, skipped = table("a,b\n1\n2,3\n", errors="skip")
    assert (header, rows) == (["a", "b"], [(3, {"a": "2", "b": "3"})])
    assert [line for line, _ in skipped] == [2]


CELLS = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=6)


@given(
    st.integers(1, 3).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4)
    ),
    st.sampled_from(",;\t|"),
)
def test_every_cell_comes_back_with_the_line_that_its_row_begins_on(rows, delimiter):
    names = [f"c{number}" for number in range(len(rows[0]) if rows else 1)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    begins = []
    for row in [names, *rows]:
        begins.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    header, found, skipped = table(out.getvalue(), delimiter)
    assert (header, skipped) == (names, [])
    assert found == [
        (line, {name: cell or None for name, cell in zip(names, row, strict=True)})
        for line, row in zip(begins[1:], rows, strict=True)
    ]
