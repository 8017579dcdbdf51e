"""Praat's text files, against praatio and by Praat's own rule of what stands free."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError
from igtkit.io._praat import GridTier, parse_grid, render_grid

TIMES = st.lists(st.integers(1, 10**6), min_size=2, max_size=8, unique=True).map(sorted)
LABELS = st.text(
    st.sampled_from('ab"!<>[]: \n=0.5') | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=12,
)


@st.composite
def grids(draw):
    tiers = []
    for _ in range(draw(st.integers(0, 3))):
        times = draw(TIMES)
        tier = GridTier(draw(LABELS))
        for begin, end in zip(times[::2], times[1::2], strict=False):
            tier.intervals.append((begin / 1000, end / 1000, draw(LABELS)))
        tiers.append(tier)
    return tiers


@pytest.mark.parametrize("form", ["long", "short"])
@given(grids())
def test_every_label_comes_back(form, tiers):
    back = parse_grid(render_grid(tiers, 1001.0, form), "a")
    assert [tier.name for tier in back] == [tier.name for tier in tiers]
    for one, other in zip(tiers, back, strict=True):
        assert [each for each in other.intervals if each[2]] == [
            each for each in one.intervals if each[2]
        ]
        ends = [end for _, end, _ in other.intervals]
        assert [0.0, *ends[:-1]] == [begin for begin, _, _ in other.intervals]
        assert ends[-1] == 1001.0


def test_praatio_reads_the_same():
    praatio = pytest.importorskip("praatio.utilities.textgrid_io")
    tiers = [GridTier("tx", [(0.5, 1.25, 'say "a"'), (2.0, 3.0, "ev")]), GridTier("ft", [])]
    for form in ("long", "short"):
        text = render_grid(tiers, 4.0, form)
        found = praatio.parseTextgridStr(text, includeEmptyIntervals=True)["tiers"]
        ours = [
            [(str(b), str(e), t) for b, e, t in tier.intervals] for tier in parse_grid(text, "a")
        ]
        theirs = [
            [(str(float(b)), str(float(e)), t) for b, e, t in one["entries"]] for one in found
        ]
        assert theirs == ours
        written = praatio.getTextgridAsStr(
            {
                "xmin": 0.0,
                "xmax": 4.0,
                "tiers": [
                    {"class": "IntervalTier", "name": t.name, "xmin": 0.0, "xmax": 4.0, "entries": t.intervals}
                    for t in tiers
                ],
            },
            f"{form}_textgrid",
            includeBlankSpaces=True,
        )  # fmt: skip
        assert parse_grid(written, "a") == parse_grid(text, "a")


FREE = """\
"ooTextFile"
"TextGrid"
0 4 ! time domain "of" the grid
<exists>
1 tier
"IntervalTier" "tx" ! type and name
0 4 2 intervals coming
0 2 "ben ""geldim"" ! not a comment"
2 4
"two
lines"
"""


def test_what_does_not_stand_free_is_a_comment():
    assert parse_grid(FREE, "a") == [
        GridTier("tx", [(0.0, 2.0, 'ben "geldim" ! not a comment'), (2.0, 4.0, "two\nlines")])
    ]


def test_points_and_other_numbers():
    text = '"ooTextFile" "TextGrid" 0 1e1 <exists> 1 "TextTier" "p" 0 10 2 .5 "a" +1.5E0 "b"'
    assert parse_grid(text, "a") == [GridTier("p", [(0.5, 0.5, "a"), (1.5, 1.5, "b")])]


CHRONOLOGICAL = """\
"Praat chronological TextGrid text file"
0 4   ! Time domain.
2   ! Number of tiers.
"IntervalTier" "tx" 0 4
"TextTier" "notes" 0 4

1 0 2
"ben ""gel"" dim"

2 1.5
"check"

1 2 4
"kim o"
"""


def test_labels_in_the_order_of_time():
    assert parse_grid(CHRONOLOGICAL, "a") == [
        GridTier("tx", [(0.0, 2.0, 'ben "gel" dim'), (2.0, 4.0, "kim o")]),
        GridTier("notes", [(1.5, 1.5, "check")]),
    ]
    for change, what in [
        (("1 2 4", "3 2 4"), "3.0 where the number of a tier"),
        (("1 2 4", '"x" 2 4'), "where a number should be"),
        (('"TextTier"', '"Sound"'), "a tier of the kind 'Sound'"),
        (('"kim o"', ""), "the file ends where a label"),
    ]:
        with pytest.raises(FileFormatError, match=what):
            parse_grid(CHRONOLOGICAL.replace(*change), "a")


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (("<exists>", ""), 5, "<exists> or <absent> should be"),
        (("1 tier", "2 tiers"), 12, "the file ends where the kind of a tier"),
        (("2 intervals", "1 interval"), 9, "'2' behind the last tier"),
        (("2 intervals", "1.5 intervals"), 7, "1.5 where the number of intervals of 'tx'"),
        (('"IntervalTier"', '"Sound"'), 6, "a tier of the kind 'Sound'"),
        (('lines"', "lines"), 10, "where a label should be"),
        (("0 4 2", "0 x 2"), 8, "'2' behind the last tier"),
        (("0 4 2", "0 9e999 2"), 7, "inf where the end of a tier should be"),
    ],
)
def test_what_is_not_whole_is_named_with_its_line(change, line, what):
    with pytest.raises(FileFormatError, match=what) as caught:
        parse_grid(FREE.replace(*change), "a.TextGrid")
    assert caught.value.path == "a.TextGrid"
    assert caught.value.line == line
