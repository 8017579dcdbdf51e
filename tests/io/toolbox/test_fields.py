"""Fields: a marker and what follows it, until the next one."""

from __future__ import annotations

import io
import time
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io import Source
from igtkit.io.toolbox.fields import Field, marker_of, read_fields, read_runs


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
    assert fields(line + "\n") == [Field(marker, text, 1)]


def test_a_field_goes_on_over_lines_and_knows_what_stands_before_it():
    assert fields("\\tx a\n b \nc\n\n\\ft d\n") == [
        Field("tx", "a b c", 1),
        Field("ft", "d", 5, apart=True),
    ]


def test_text_before_the_first_marker_has_none():
    assert fields("# about\nstray\n\\tx a\n") == [Field("", "stray", 2), Field("tx", "a", 3)]


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
    assert [marker_of(one) for one in found] == [one.marker for one in found]


WORDS = st.text("ab ", min_size=1, max_size=5).filter(str.strip)


@given(st.lists(st.tuples(st.sampled_from(["tx", "ge"]), st.lists(WORDS, min_size=1)), max_size=5))
def test_no_word_is_lost(written):
    text = "".join(f"\\{marker} " + "\n".join(lines) + "\n" for marker, lines in written)
    assert [(one.marker, one.text.split()) for one in fields(text)] == [
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
