"""The records of a file: the fields of each, and of the text it belongs to."""

from __future__ import annotations

import io

import pytest
from documents.toolbox import parse
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io import Source, inspect, read
from igtkit.io.toolbox.records import Records


def test_records_without_number_are_told_apart():
    assert [igt.id for igt in parse("\\id 1\n\\tx a\n\\ft A\n\n\\id 2\n\\tx b\n\\ft B\n")] == [
        "1",
        "2",
    ]
    assert [igt.transcription for igt in parse("\\tx a\n\\ft A\n\\tx b\n\\ft B\n")] == ["a", "b"]
    assert [igt.transcription for igt in parse("\\tx a\n\\ge A\n\\tx b\n\\ge B\n")] == ["a", "b"]
    assert [igt.id for igt in parse("\\id T\n\\tx a\n\\ref 2\n\\tx b\n")] == [None, "2"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("stray\n\\ref 1\n\\tx a\n", 1, "text before the first marker"),
        ("\\_sh v3.0\n\nstray\n\\ref 1\n\\tx a\n", 3, "text before the first marker"),
        ("\\lx dog\n\\de animal\n\\ref 1\n\n", None, "no record has a line"),
    ],
)
def test_what_is_malformed_is_named(text, line, what):
    with pytest.raises(FileFormatError, match=what) as caught:
        parse(text)
    assert caught.value.line == line
    assert "expected" in str(caught.value)


@pytest.mark.parametrize("above", ["", "\\_sh v3.0  400  Text\n\\_DateStampHasFourDigitYear\n"])
def test_stray_text_can_be_skipped(above, tmp_path):
    text = above + "stray\nit goes on\n\\ref 1\n\\tx a\n"
    corpus = parse(text, errors="skip")
    assert [igt.id for igt in corpus] == ["1"]
    assert corpus.skipped[0].text == "stray it goes on"
    path = tmp_path / "stray.txt"
    path.write_text(text, encoding="utf-8")
    assert [part.name for part in inspect(path, "toolbox").parts] == ["\\ref", "\\tx"]


DICTIONARY = "\\lx kudan\n\\ps n\n\\ge house\n\\xv Kudan una.\n\n\\lx weli\n\\ps v\n\\ge give\n"


@pytest.mark.parametrize("mode", ["raise", "skip"])
@pytest.mark.parametrize(
    ("text", "what"),
    [
        (DICTIONARY, "dictionary"),
        ("\\_sh v3.0  269  MDF 4.0\n\n" + DICTIONARY, "dictionary"),
        ("\\lx kudan\n\\g_Eng house\n", "dictionary"),
        ("\\utterance_id w.1\n\\utterance Kudan una.\n\\ft A house.\n", r"\\utterance_id, "),
    ],
)
def test_a_file_of_which_no_text_can_be_read_is_refused(text, what, mode):
    with pytest.raises(FileFormatError, match=what):
        parse(text, errors=mode)


def test_a_dictionary_of_which_the_lines_are_named_is_read():
    [first, _] = parse(DICTIONARY, markers={"record": "lx", "transcription": "xv"})
    assert (first.id, first.transcription) == ("kudan", "Kudan una.")


def test_comments_above_the_first_marker_are_passed_over(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(
        "# A corpus of stories\n# by someone\n\n\\ref 1\n\\tx evde\n\\mor ev-de\n\\gls house-LOC\n"
        "\\fe At home\n",
        encoding="utf-8",
    )
    assert list(read(path)) == [IGT("evde", "ev-de", "house-LOC", "At home", id="1")]


def records(text, **markers):
    found = Records(Source(io.StringIO(text)), markers)
    return [(record.line, [field[:2] for field in record.fields], record.text) for record in found]


def test_a_record_knows_its_line_its_fields_and_its_text():
    text = "\\_sh v3.0  400  Text\n\\id T\n\\au Ana\n\\ref 1\n\\tx a\n\n\\ref 2\n\\tx b\n\\id U\n\\ref 3\n"
    assert records(text) == [
        (4, [("ref", "1"), ("tx", "a")], [("id", "T"), ("au", "Ana")]),
        (7, [("ref", "2"), ("tx", "b")], [("id", "T"), ("au", "Ana")]),
        (10, [("ref", "3")], [("id", "U")]),
    ]


def test_a_field_goes_on_until_the_next_marker():
    [(_, fields, _)] = records("\\ref 1\n\\tx one\n  two  \nthree\n\\ft\nfree\n")
    assert fields == [("ref", "1"), ("tx", "one two three"), ("ft", "free")]


def test_the_spaces_of_a_line_stay_for_its_columns():
    [(_, fields, _)] = records("\\ref 1\n\\mb  a   -b\n")
    assert fields[1] == ("mb", " a   -b")


def test_a_blank_line_sets_a_field_apart():
    [record] = Records(Source(io.StringIO("\\ref 1\n\\tx a\n\n\\ft A\n")), {})
    assert [(marker, line, apart) for marker, _, line, apart in record.fields] == [
        ("ref", 1, False),
        ("tx", 2, False),
        ("ft", 4, True),
    ]


def test_text_before_the_first_marker_is_a_problem_and_what_follows_is_read():
    found = list(Records(Source(io.StringIO("stray\n\\ref 1\n")), {}))
    assert [record.problem for record in found] == ["text before the first marker", None]
    assert found[0].line == 1


def test_a_text_above_all_others_may_have_any_marker():
    text = "\\itm T\n\\id a\n\\ref 1\n\\tx x\n\\itm U\n\\ref 2\n\\tx y\n"
    assert [text for _, _, text in records(text)] == [[("itm", "T"), ("id", "a")], [("itm", "U")]]


def test_an_empty_file_has_no_records():
    assert records("") == records("\n\n") == records("# nothing\n") == []


TOKENS = st.text("ab -", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(st.lists(TOKENS, max_size=3), max_size=5))
def test_every_field_of_a_numbered_record_is_in_it(found):
    text = "".join(
        f"\\ref {number}\n" + "".join(f"\\nt {note}\n" for note in notes)
        for number, notes in enumerate(found)
    )
    assert [fields for _, fields, _ in records(text)] == [
        [("ref", str(number)), *(("nt", note) for note in notes)]
        for number, notes in enumerate(found)
    ]
