"""Blocks put together many at a time are what they are one by one, or left to that."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.io import Source
from igtkit.io.toolbox.blocks import Blocks
from igtkit.io.toolbox.columns import join_block
from igtkit.io.toolbox.records import Records
from igtkit.io.toolbox.usual import join_usual

ROLES = {"words": "tx", "morphemes": "mb", "glosses": "ge"}


def block_of(**lines):
    return {marker: (marker, line, 1, False) for marker, line in lines.items()}


def one_by_one(block):
    lines = {marker: text for marker, text, _, _ in block.values()}
    return join_block(lines, "utf-8", **ROLES)


def assert_same(blocks):
    """Return how many of the blocks are usual."""
    joined = join_usual(blocks, **ROLES)
    assert len(joined) == len(blocks)
    for block, found in zip(blocks, joined, strict=True):
        if found is not None:
            expected = one_by_one(block)
            assert found == expected
            assert [*found.lines] == [*expected.lines]
    return sum(found is not None for found in joined)


@pytest.mark.parametrize(
    ("tx", "mb", "ge", "segmentation", "glosses"),
    [
        ("evler o", "ev -ler o", "house -PL that", "ev-ler o", "house-PL that"),
        ("abc", "a- b =c", "A- B =C", "a-b=c", "A-B=C"),
        ("  evler\to ", " ev  -ler\to  ", "house -PL  that", "ev-ler o", "house-PL that"),
        ("éé   b", "éé   b", "A B", "éé b", "A B"),
        # a mark by itself between two morphemes
        ("ab c", "a     - b   c", "A - B C", "a-b c", "A-B C"),
        # by column: one word without a boundary between its morphemes, and a clitic written apart
        ("blackbird   sings", "black bird  sing -s", "black bird sing -3SG", "black-bird sing-s", "black-bird sing-3SG"),
        # the boundary of the morphemes, where what stands under them has none
        ("abc d", "a =b ~c d", "A B C D", "a=b~c d", "A=B~C D"),
        ("abc d", "a= b- c d", "A B C D", "a=b-c d", "A=B-C D"),
        ("ab c", "a -b c", "*** -B C", "a-b c", "???-B C"),
        ("(ab) c", "a -b c", "“A” -(B) C?", "a-b c", "“A”-(B) C?"),
        ("घर में", "घर में", "house in", "घर में", "house in"),
        ("a b c", "a -b c", "A -B C", "a-b c", "A-B C"),  # words do not fit
        # a dash, where the words stand in no columns
        ("éé - c", "éb - c", "A - C", "éb-c", "A-C"),
        ("éé ~ c", "éb ~ c", "A ~ C", "éb~c", "A~C"),
    ],
)  # fmt: skip
def test_usual_blocks_are_put_together(tx, mb, ge, segmentation, glosses):
    block = block_of(tx=tx, mb=mb, ge=ge)
    [joined] = join_usual([block], **ROLES)
    assert joined is not None
    assert joined.lines == {"tx": " ".join(tx.split()), "mb": segmentation, "ge": glosses}
    assert joined == one_by_one(block)


def test_lines_of_other_lengths_are_words_or_put_together_by_their_own_boundaries():
    block = block_of(
        tx="evler o güzel", mot="EVLER O GÜZEL", mb="ev -ler o gü -zel", ge="house -PL that g -z",
        ps="n -sf pro", zz="",
    )  # fmt: skip
    [joined] = join_usual([block], **ROLES)
    assert joined is not None
    assert joined.lines["mot"] == "EVLER O GÜZEL"
    assert joined.lines["ps"] == "n -sf pro"  # as many as there are words
    assert joined.lines["zz"] == ""
    assert joined == one_by_one(block)
    [joined] = join_usual([block | block_of(ps="n -sf")], **ROLES)
    assert joined is not None
    assert joined.lines["ps"] == "n-sf"


@pytest.mark.parametrize(
    ("tx", "mb", "ge"),
    [
        ("ab c", "a -b c", "A -B"),  # no gloss
        ("ab c", "a -b c", "A -B C D"),
        ("ab c", "a -b c", "A - C"),  # a mark by itself under a morpheme
        ("ab c", "a -b c", "A- -B C"),
        ("ab c", "a -b c", "A -B -C"),  # leads out of the word
        ("ab c", "a -b c", "A -B C-"),
        ("ab   c", "ab   -c", "A -C"),  # by column two words, by boundaries one
        ("ab , c", "a -b c", "A -B C"),  # no word
        ("ab - c", "ab - c", "A - C"),  # in columns
        ("ab c", "a -b c", "A -B ?"),
        ("ab c", "a -b c", "A -B ?-"),
        ("ab c", "a -b c", "A -B -~"),
        ("ab c", "a -b c", "A -<B> C"),
        ("ab c", "a -b c", "A -** C"),
        ("*** c", "a -b c", "A -B C"),
        ("a\xa0b c", "a -b c", "A -B C"),
        ("ab c", "a -\ufffd c", "A -B C"),
        ("ab c", "a -b c", "A -B \ud800"),
        ("ab c", "a -b c", "A -B C\0"),
        ("ab c", "a -b ।", "A -B C"),
        ("ab c", "", "A"),
        ("", "a", "A"),
        ("", "", ""),
    ],
)
def test_other_blocks_are_left(tx, mb, ge):
    usual = block_of(tx="evler o", mb="ev -ler o", ge="house -PL that")
    assert join_usual([block_of(tx=tx, mb=mb, ge=ge)], **ROLES) == [None]
    joined = join_usual([usual, block_of(tx=tx, mb=mb, ge=ge), usual], **ROLES)
    assert joined == [one_by_one(usual), None, one_by_one(usual)]


def test_blocks_without_words_or_morphemes_are_left():
    usual = block_of(mb="ev -ler", tx="evler")
    blocks = [block_of(tx="evler"), usual, block_of(mb="ev -ler", ge="house -PL")]
    assert join_usual(blocks, **ROLES) == [None, one_by_one(usual), None]
    assert join_usual(blocks[:1], **ROLES) == [None]
    assert join_usual([], **ROLES) == []


PIECES = st.sampled_from(
    ["a", "b-", "-c", "=d", "-", "=", "~", "--", "***", "*", "?", "??", ".", "(", "<", "<um>", "’", "é", "ж",
     "א", "।", "あ", "\U0001f600", "\xa0", "\u3000", "\x1c", "\ufffd", "\0", " ", "  ", "\t", "    "]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=8).map("".join)


@given(
    st.lists(
        st.fixed_dictionaries({"tx": LINES, "mb": LINES}, optional={"ge": LINES, "ps": LINES}),
        max_size=4,
    )
)
def test_any_blocks_are_what_they_are_one_by_one(blocks):
    assert_same([block_of(**lines) for lines in blocks])


def changed(text, draw):
    """A line with something else in one place."""
    at = draw.randrange(len(text) + 1)
    piece = draw.choice([" ", "  ", "-", "=", " -", "- ", "?", "***", ".", "(", "<", "’", "é"])
    return text[:at] + piece + text[at + draw.choice([0, 1, 2]) :]


def test_blocks_of_a_real_file_are_the_same_and_so_are_changed_ones(shared):
    records = Records(Source(shared / "data/interchange/toolbox/kakabe.txt"), {})
    parting = Blocks.by(records.markers)
    blocks = [block for one in records for block in parting.of(one.fields)[0]]
    assert len(blocks) == 818
    assert assert_same(blocks) == 744
    draw = random.Random(0)
    for block in blocks:
        marker, text, *rest = draw.choice([*block.values()])
        block[marker] = (marker, changed(text, draw), *rest)
    assert assert_same(blocks) > 200
