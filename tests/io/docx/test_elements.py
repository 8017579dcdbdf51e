"""Words are parted into lines by a width that errs on the large side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._printing import Example, Row
from igtkit.io.docx.elements import blocks_of, join_lines, text_points


def test_widths_are_ordered_as_letters_are():
    assert text_points("iii") < text_points("aaa") < text_points("AAA") < text_points("WWW")
    assert text_points("a\u0301") == text_points("a")
    assert text_points("猫") > text_points("m")
    assert text_points("") == 0


@given(
    st.lists(st.text("abi猫", min_size=1, max_size=30), min_size=1, max_size=12),
    st.integers(1000, 9000),
)
def test_every_word_is_in_one_line_that_fits(words, width):
    row = Row("segmentation", tuple(words))
    blocks = [
        block for block in blocks_of(Example("", "", (row,), "", ()), (), width) if "tbl" in block
    ]
    shown = [
        piece.split("</w:t>")[0] for block in blocks for piece in block.split('preserve">')[1:]
    ]
    assert shown == words
    for block in blocks:
        total = int(block.split('<w:tblW w:w="')[1].split('"')[0])
        assert total <= width or block.count("<w:gridCol") == 2


def test_text_on_several_lines_is_one_line():
    assert join_lines("a\nb\r\nc") == "a b c"
    assert join_lines("a  b") == "a  b"
