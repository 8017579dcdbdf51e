"""Blocks, and which unknown lines are in their columns."""

from __future__ import annotations

import pytest

from igtkit.io.toolbox.blocks import Blocks, laid_out
from igtkit.io.toolbox.fields import marker_of
from igtkit.io.toolbox.markers import guess_markers


def fields(*lines):
    return [
        (*line.lstrip("|").split(" ", 1), number, line.startswith("|"))
        for number, line in enumerate(lines, 1)
    ]


MARKERS = guess_markers(["tx", "mb", "ge", "ps", "ft"], {})
PARTING = Blocks.by(MARKERS)


def test_lines_that_follow_each_other_are_a_block():
    blocks, others = PARTING.of(
        fields("tx a", "mb a", "xy a", "|tx b", "mb b", "ft free", "ps n", "zz z")
    )
    assert [list(block) for block in blocks] == [["tx", "mb", "xy"], ["tx", "mb", "ps"]]
    assert [*map(marker_of, others)] == ["ft", "zz"]


def test_what_stands_before_the_first_line_is_in_no_block():
    blocks, others = PARTING.of(fields("xy a", "tx a"))
    assert [list(block) for block in blocks] == [["tx"]]
    assert [*map(marker_of, others)] == ["xy"]


@pytest.mark.parametrize(
    ("lines", "laid"),
    [
        (["tx evler", "mb ev    -ler", "ge house -PL", "xy la maison"], False),  # in no column
        (["tx evler", "mb ev    -ler", "ge house -PL", "xy maison -PL"], True),  # its boundaries
        (["tx evler", "mb ev     -ler", "ge house  -PL", "xy maison -PL"], True),
        (["tx evler", "mb ev -ler", "ge house -PL", "xy maison -PL"], True),  # by number
        (["tx evler", "mb ev -ler", "ge house -PL", "xy des maisons, oui"], False),
        (["tx ev", "mb ev", "ge house", "xy maison"], True),
        (["tx ev", "mb ev", "ge house", "xy la maison"], False),
        (["tx ev o", "mb ev    o", "ge house that", "xy       ça"], True),  # set in
        (["tx ev o", "mb ev o", "xy"], False),
        (["tx ev  o", "xy mot ça"], True),
    ],
)  # fmt: skip
def test_a_line_in_the_columns_is_one_of_the_block(lines, laid):
    blocks, _ = PARTING.of(fields(*(line if " " in line else line + " " for line in lines)))
    assert laid_out(blocks, MARKERS, "utf-8") == {"xy": laid}


def test_most_blocks_decide():
    free = ["tx evler", "mb ev    -ler", "ge house -PL", "xy la maison"]
    laid = ["tx evler", "mb ev     -ler", "ge house  -PL", "xy maison -PL"]
    for one, other, expected in [(free, laid, False), (laid, free, True)]:
        blocks, _ = PARTING.of(fields(*one, *one, *other))
        assert laid_out(blocks, MARKERS, "utf-8") == {"xy": expected}
