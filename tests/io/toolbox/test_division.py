"""Which words of an entry stand in which block."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.io.toolbox.division import divide

MARKERS = {"transcription": "tx", "segmentation": "mb", "glosses": "ge", "pos": "ps"}
BLOCKS = [
    {"tx": ["ev,"], "mb": ["ev"], "ge": ["house"], "gr": ["дом"], "ps": ["n"]},
    {"tx": ["kedi", "geldi"], "mb": ["kedi", "gel-di"], "ge": ["cat", "come-PST"]},
]


def lines(parts):
    return [(one.transcription, one.segmentation, one.glosses) for one in parts]


def test_lines_are_parted_by_number_or_else_by_letters():
    igt = IGT("ev , kedi geldi", "ev kedi gel-di", "house cat go-PST", pos="n n v")
    parts = divide(igt, BLOCKS, MARKERS)
    assert lines(parts) == [
        ("ev ,", "ev", "house"),
        ("kedi geldi", "kedi gel-di", "cat go-PST"),
    ]
    assert [part.pos for part in parts] == ["n", "n v"]


def test_a_new_line_has_a_word_for_each_word():
    blocks = [{"tx": ["ev", ","]}, {"tx": ["kedi"]}]
    parts = divide(IGT("ev , kedi", "ev , kedi", "house , cat"), blocks, MARKERS)
    assert lines(parts) == [("ev ,", "ev ,", "house ,"), ("kedi", "kedi", "cat")]
    parts = divide(IGT("ev , kedi", "ev kedi", None), blocks, MARKERS)
    assert lines(parts) == [("ev ,", "ev", None), ("kedi", "kedi", None)]


@pytest.mark.parametrize(
    "igt",
    [
        IGT("evkedi geldi", None, None),
        IGT("ev", None, None),
        IGT("ev, kedi geldi", "ev kedi", None),
    ],
)
def test_what_cannot_be_told_is_none(igt):
    assert divide(igt, BLOCKS, MARKERS) is None


def test_one_block_has_all_of_it_and_the_lines_in_its_columns():
    igt = IGT(
        "ev", "ev", "house", metadata={"toolbox": {"lines": {"gr": "дом", "gf": "la maison"}}}
    )
    [part] = divide(igt, [BLOCKS[0] | {"gf": ["la", "maison"]}], MARKERS)
    assert part.metadata == {"toolbox": {"lines": {"gr": "дом"}}}
