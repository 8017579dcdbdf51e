"""What of a text a paper shows."""

from __future__ import annotations

import io

from igtkit import IGT
from igtkit.io import Sink
from igtkit.io._printing import explain_labels, print_example


def printed(igt):
    return print_example(igt, Sink(io.StringIO()))


def test_lines_that_pair_up_are_rows():
    example = printed(IGT("Evler , a", "ev-ler , a", "house-PL , a", "x"))
    assert [row.line for row in example.rows] == ["transcription", "segmentation", "glosses"]
    assert [row.cells for row in example.rows][1] == ("ev-ler,", "a")
    assert example.above == ""
    assert example.translation == "‘x’"


def test_a_transcription_that_does_not_pair_up_stands_above():
    for igt in (IGT("a  b c", "a-b", "A-B"), IGT("אב", "av", "father"), IGT("a  b c")):
        example = printed(igt)
        assert example.above == " ".join(igt.transcription.split())
        assert "transcription" not in [row.line for row in example.rows]


def test_the_direction_is_that_of_the_forms():
    assert printed(IGT(None, "אב", "father")).is_from_right
    assert not printed(IGT(None, "av", "אב")).is_from_right
    assert not printed(IGT(None)).is_from_right


def test_rows_are_as_long_as_the_longest_line():
    example = printed(IGT(None, "a b c", "A"))
    assert {len(row.cells) for row in example.rows} == {3}
    assert example.rows[1].text == "A"


def test_an_entry_of_which_nothing_is_shown_is_reported():
    sink = Sink(io.StringIO())
    print_example(IGT(None, " ", None, metadata={"judgment": "*"}), sink)
    print_example(IGT(None, translation="x"), sink)
    assert sink.lost == {"entries without words": 1}


def test_labels_are_explained_once_in_order():
    texts = [IGT(None, None, "go-PST cat-pl"), IGT(None, None, "PST-XYZ"), IGT(None)]
    meanings, sink = {"pl": "many"}, Sink(io.StringIO())
    assert explain_labels(texts, {"pl"}, meanings, sink) == [
        ("pl", "many"),
        ("pst", "past"),
        ("xyz", "?"),
    ]
    assert sink.notes == ["no meaning is known of xyz (abbreviations= says it)"]


def test_marks_that_close_a_word_are_joined_to_it():
    example = printed(IGT("Gel, kedi !", "gel , kedi !", "come , cat !"))
    assert [row.text for row in example.rows] == ["Gel, kedi!", "gel, kedi!", "come, cat!"]
    example = printed(IGT("« gel .", "« gel", "« come"))
    assert [row.cells for row in example.rows] == [("«", "gel."), ("«", "gel"), ("«", "come")]
    assert printed(IGT(None, ". a", ". A")).rows[1].cells == (".", "A")
