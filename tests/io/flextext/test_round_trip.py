"""Whatever is written comes back, or is reported."""

from __future__ import annotations

import pytest
from documents.flextext import aligned, read, write
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.boundaries import LEIPZIG


@given(st.lists(aligned(), min_size=1, max_size=4))
def test_any_aligned_entries_are_valid_by_the_schema_of_flex(shared, items):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = shared / "data" / "interchange" / "flextext" / "sil_flextext.xsd"
    validator = etree.XMLSchema(etree.parse(schema))
    validator.assertValid(etree.ElementTree(etree.fromstring(write(items)[0])))


@given(st.lists(aligned(), max_size=4))
def test_any_aligned_entries_come_back(items):
    text, report = write(items)
    assert set(report.lost) <= {"texts in one piece"}
    back = read(text)
    assert list(back) == items
    assert [igt.metadata.get("notes") for igt in back] == [i.metadata.get("notes") for i in items]
    again_text, again_report = write(back)
    assert not again_report.lost
    assert list(read(again_text)) == items


PIECES = [
    "a",
    "cat",
    "PL",
    "???",
    ".",
    "-",
    "=",
    "~",
    "<um>",
    "***",
    ",",
    "'",
    "İ",
    "x_y",
    "«",
    "*b",
]
TOKENS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
LINES = st.none() | st.lists(TOKENS, min_size=1, max_size=4).map(" ".join)


@given(LINES, LINES, LINES, LINES, LINES)
def test_what_does_not_come_back_is_reported_and_what_does_is_aligned(
    text, forms, glosses, free, pos
):
    igt = IGT(text, forms, glosses, free, pos=pos)
    written, report = write([igt])
    (back,) = read(written)
    for name in ("transcription", "segmentation", "glosses", "translation", "pos"):
        given_, found = getattr(igt, name), getattr(back, name)
        assert given_ is None or given_ == found or name in report.lost
    assert back.words is not None  # raises where the lines do not pair up
    assert back.align(LEIPZIG, strict=False) is not None
