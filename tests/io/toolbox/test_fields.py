"""Fields: a marker and what follows it, until the next one."""

from __future__ import annotations

import io
import time
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io import Source
from igtkit.io.toolbox.fields import line_of, marker_of, read_fields, read_runs, text_of


def fields(text):
    return list(read_fields(Source(io.StringIO(text))))


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("\\tx ev  de", "tx", "ev  de"),
        ("\\tx  ev", "tx", " ev"),
        ("\\tx\tev", "tx", "ev"),
        ("\\tx", "tx", ""),
        ("  \\tx ev", "tx", "ev"),
        ("\\g_Eng house", "g_Eng", "house"),
        ("\\_sh v3.0", "_sh", "v3.0"),
        ("\\ox\u00a0ev", "ox", "ev"),
    ],
)
def test_a_field_is_a_marker_and_its_text(line, marker, text):
    assert fields(line + "\n") == [(marker, text, 1, False)]


def test_a_field_goes_on_over_lines_and_knows_what_stands_before_it():
    assert fields("\\tx a\n b \nc\n\n\\ft d\n") == [
        ("tx", "a b c", 1, False),
        ("ft", "d", 5, True),
    ]


def test_text_before_the_first_marker_has_none():
    assert fields("# about\nstray\n\\tx a\n") == [
        ("", "stray", 2, False),
        ("tx", "a", 3, False),
    ]


PIECES = st.sampled_from(
    [
        "\\tx ev  de",
        "\\tx",
        "\\tx\tev",
        " \\g_E a",
        "\\",
        "",
        " ",
        "\v",
        "more ",
        "# no",
        "\\ft x \\y",
    ]
)


@given(st.lists(PIECES), st.booleans())
def test_pieces_of_any_size_have_the_same_fields(lines, is_ended):
    class OneByOne(Source):
        def texts(self):
            return ((number, line + "\n") for number, line in self.lines())

        def lines(self):
            return enumerate(text.split("\n") if text else [], 1)

    text = "\n".join(lines)
    found = fields(text + "\n" * is_ended)
    assert found == list(read_fields(OneByOne(io.StringIO(text))))
    assert list(chain.from_iterable(read_runs(Source(io.StringIO(text))))) == found


def test_parts_of_a_field_have_names():
    [_, field] = fields("\\tx ev\n\n\\ft house\n")
    assert (marker_of(field), text_of(field), line_of(field)) == ("ft", "house", 3)


WORDS = st.text("ab ", min_size=1, max_size=5).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from(["tx", "ge"]), st.lists(WORDS, min_size=1)), max_size=5))
def test_no_word_is_lost(written):
    text = "".join(f"\\{marker} " + "\n".join(lines) + "\n" for marker, lines in written)
    assert [(marker, value.split()) for marker, value, _, _ in fields(text)] == [
        (marker, " ".join(lines).split()) for marker, lines in written
    ]


def test_lines_that_run_on_take_time_in_their_number():
    def seconds(count):
        text = "\\nt a\n" + "and so on\n" * count
        start = time.process_time()
        fields(text)
        return time.process_time() - start

    seconds(1000)
    short, long = (min(seconds(count) for _ in range(3)) for count in (10_000, 160_000))
    assert long < 64 * max(short, 0.005)  # sixteen times the length; a square would be 256
