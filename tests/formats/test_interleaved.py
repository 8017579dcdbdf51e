"""The interleaved line brings back every aligned text."""

from __future__ import annotations

import pytest
from formats.round_trip import RESERVED_TEXT, assert_comes_back
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit import IGT
from igtkit.errors import AlignmentError
from igtkit.formats import get
from igtkit.formats.lines import lay_out

INTERLEAVED = get("interleaved")


@given(aligned_lines())
def test_made_up_lines_come_back(lines):
    assert assert_comes_back(IGT(*lines)) is not None


MARKS = ["-", "=", "--", "-=", ",", "(", ")."]


@st.composite
def odd_lines(draw):
    """Lines with reserved characters anywhere, empty morphemes, and other boundaries in each."""
    lines = ([], [])
    for _ in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1, 3))
        for line in lines:
            line.extend(draw(st.lists(st.sampled_from(MARKS), max_size=2)))
            morphemes = draw(st.lists(RESERVED_TEXT | st.just(""), min_size=count, max_size=count))
            joiners = draw(st.text("-=", min_size=count - 1, max_size=count - 1))
            weave = zip(["", *joiners], morphemes, strict=True)
            line.append("".join(a + b for a, b in weave) or "x")
    return IGT("x", *map(" ".join, lines))


@given(odd_lines())
@case(IGT("x", "a\\-b\\( \\", "X\\=Y( \\\\"))
@case(IGT("x", "- a", ", - X"))
@case(IGT("x", "bitti- - --", "over-PST = --"))
@case(IGT("x", ".", "."))
def test_odd_lines_come_back_if_they_are_aligned(igt):
    assert_comes_back(igt)


@given(st.text(), st.text())
def test_any_lines_come_back_if_they_are_aligned(segmentation, glosses):
    if segmentation.split() and glosses.split():
        assert_comes_back(IGT("x", segmentation, glosses))


@pytest.mark.parametrize(
    ("segmentation", "glosses", "target"),
    [
        ("ev-ler-de kim", "house-PL-LOC who", "house(ev)-PL(ler)-LOC(de) who(kim)"),
        ("ev=de", "house-LOC", "house(ev)-LOC(de)"),
        ("« ev » , de-di .", "house say-PST", "house(ev) say(de)-PST(di)"),
        ("ev - de", "house - LOC", "house(ev) ()-() LOC(de)"),
        ("ev - de", "house = LOC", "house(ev) ()=() LOC(de)"),
        ("ev - de", "house LOC", "house(ev) LOC(de)"),
        ("ev -- de", "house - LOC", "house(ev) LOC(de)"),
        ("git-ti-", "go-PST-", "go(git)-PST(ti)-()"),
        ("git-", "go-PST", "go(git)-PST()"),
        ("(o) ev", "he(3SG) house", r"he\(3SG\)(\(o\)) house(ev)"),
        ("\\ev a\\", "\\house X", "\\house(\\ev) X(a\\\\)"),
        ("ev~ev b<um>", "house~PL <X>Y", "house~PL(ev~ev) <X>Y(b<um>)"),
        ("??? ' ev", "??? ' house", "???(???) '(') house(ev)"),
    ],
)
def test_targets(segmentation, glosses, target):
    assert assert_comes_back(IGT("x", segmentation, glosses)) == target


@pytest.mark.parametrize(
    ("punctuation", "segmentation", "glosses"),
    [
        ("both", "« ev-de » , kim ?", "« house-LOC » , who ?"),
        ("segmentation", "« ev-de » , kim ?", "house-LOC who"),
        ("none", "ev-de kim", "house-LOC who"),
    ],
)
def test_punctuation_goes_where_the_text_has_it(punctuation, segmentation, glosses):
    target = "house(ev)-LOC(de) who(kim)"
    text = "« Evde » ,  kim ?"
    for source in (text, IGT(text), INTERLEAVED.encode(IGT(text))):
        found = INTERLEAVED.decode(target, source=source, punctuation=punctuation)
        assert (found.segmentation, found.glosses, found.problems) == (segmentation, glosses, ())


def test_marks_that_the_output_has_too_are_not_doubled():
    found = INTERLEAVED.decode("house(ev) ()-() who(kim) !(!) ()=()", source="Ev , - kim !")
    assert found.segmentation == "ev , - kim ! ="
    found = INTERLEAVED.decode("house(ev) ()-() who(kim)", source="Ev kim", punctuation="none")
    assert found.segmentation == "ev - kim"


def test_a_text_without_transcription_lacks_no_punctuation():
    assert INTERLEAVED.decode("house(ev)", source=IGT(None)).segmentation == "ev"


def test_only_the_gold_layout_knows_the_boundaries_of_the_segmentation():
    igt = IGT("evde ,", "ev=de ,", "house-LOC")
    example = INTERLEAVED.encode(igt)
    exact = INTERLEAVED.decode(example.target, source=example)
    assert (exact.segmentation, exact.glosses) == ("ev=de ,", "house-LOC")
    read = INTERLEAVED.decode(example.target, source=igt)
    assert (read.segmentation, read.glosses) == ("ev-de ,", "house-LOC ,")


def test_a_layout_takes_two_lines_with_words():
    with pytest.raises(AlignmentError, match="the other is blank"):
        lay_out(IGT("ev", "ev", None))
