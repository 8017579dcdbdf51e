"""The interleaved line brings back every aligned text."""

from __future__ import annotations

import pytest
from formats.round_trip import RESERVED_TEXT, assert_comes_back
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st
from strategies import aligned_lines

from igtkit import IGT
from igtkit.formats import get

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
