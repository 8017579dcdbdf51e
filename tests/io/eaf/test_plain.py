"""Annotations and time slots that are read as text are those that a tree gives."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit.io._source import Source
from igtkit.io.eaf import elements
from igtkit.io.eaf.elements import Content
from igtkit.io.eaf.plain import SHAPES, Raw, read_annotations, read_slots

ANNOTATION, SLOT = (shape.whole for shape in SHAPES)
ABOUT = (
    ' ANNOTATION_ID="a2" ANNOTATION_REF="a1"',
    ' ANNOTATION_ID="a2" ANNOTATION_REF="a1" CVE_REF="c" PREVIOUS_ANNOTATION="a0"',
    ' ANNOTATION_ID="a3" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2"',
    ' ANNOTATION_REF="a1" ANNOTATION_ID="a4"',
    ' ANNOTATION_ID="a5" PREVIOUS_ANNOTATION=""',
    " ANNOTATION_ID='a6'",
    ' ANNOTATION_ID="a&amp;7"',
    "",
)
VALUES = (
    "<ANNOTATION_VALUE>{}</ANNOTATION_VALUE>",
    "<ANNOTATION_VALUE/>",
    "<ANNOTATION_VALUE />",
    "",
)
TEXTS = ("ev", " a\n b\t", "", "&lt;b&gt; &amp;amp;", "&#65;", "<!-- a -->", "&quot;", "ışık")
SPACES = ("", "\n", "\r\n  ", " ")
KINDS = ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")


@st.composite
def annotations(draw):
    space, kind = st.sampled_from(SPACES), draw(st.sampled_from(KINDS))
    value = draw(st.sampled_from(VALUES)).format(draw(st.sampled_from(TEXTS)))
    inside = f"<{kind}{draw(st.sampled_from(ABOUT))}>{draw(space)}{value}{draw(space)}</{kind}>"
    return f"<ANNOTATION>{draw(space)}{inside}{draw(space)}</ANNOTATION>"


SLOTS = st.sampled_from(
    [
        '<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="10"/>',
        '<TIME_SLOT TIME_SLOT_ID="t2" />',
        '<TIME_SLOT TIME_VALUE="10" TIME_SLOT_ID="t3"/>',
        '<TIME_SLOT TIME_SLOT_ID="t4" TIME_VALUE="ten"/>',
        '<TIME_SLOT TIME_SLOT_ID="t5"></TIME_SLOT>',
        "<TIME_SLOT/>",
    ]
)


def content(text, *, shapes):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(elements, "SHAPES", shapes)
        source = Source(io.StringIO(text), errors="skip")
        found = Content(source)
    tiers = [
        (line, about, [(raw.line, *raw[:8]) for raw in rows]) for line, about, rows in found.tiers
    ]
    return tiers, found.slots, source.skipped


@given(
    st.lists(SLOTS, max_size=4),
    st.lists(st.lists(annotations(), max_size=4), max_size=2),
    st.sampled_from(SPACES),
)
def test_a_file_has_the_same_annotations_slots_and_lines_without_a_tree(slots, tiers, space):
    rows = "".join(f'<TIER TIER_ID="x">{space}{space.join(tier)}</TIER>' for tier in tiers)
    order = f"<TIME_ORDER>{space}{space.join(slots)}</TIME_ORDER>"
    text = f"<ANNOTATION_DOCUMENT>\n{order}\n{rows}</ANNOTATION_DOCUMENT>"
    assert content(text, shapes=SHAPES) == content(text, shapes=())


def test_what_elan_writes_is_read_as_text():
    one, other = (
        f"<ANNOTATION>\n<{kind}{about}>\n{VALUES[0].format('ev')}\n</{kind}>\n</ANNOTATION>"
        for kind, about in zip(KINDS, ABOUT[2:0:-1], strict=True)
    )
    found = ANNOTATION.fullmatch(f"{one}\r\n    {other}".encode())
    assert read_annotations(found[0], 5) == [
        Raw("ALIGNABLE", "a3", "", "", "", "t1", "t2", "ev", 5, found[0], 0),
        Raw("REF", "a2", "a1", "c", "a0", "", "", "ev", 5, found[0], 1),
    ]
    assert [raw.line for raw in read_annotations(found[0], 5)] == [6, 11]
    slots = b'<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="1"/>\n<TIME_SLOT TIME_SLOT_ID="t2"/>'
    assert SLOT.fullmatch(slots)
    assert list(read_slots(slots, 1)) == [(1, "t1", "1"), (2, "t2", None)]


@pytest.mark.parametrize("name", ["ijal_lokono", "lingview_aingae_kuke_chiste"])
def test_real_files_read_the_same_without_a_tree(name, shared, monkeypatch):
    path = shared / "data" / "interchange" / "eaf" / f"{name}.eaf"
    fast = [(igt, igt.metadata) for igt in igtkit.read(path)]
    monkeypatch.setattr(elements, "SHAPES", ())
    assert [(igt, igt.metadata) for igt in igtkit.read(path)] == fast


@pytest.mark.parametrize("text", ["a\x01b", "a\ufffeb", "a\uffffb", "</REF_ANNOTATION>"])
def test_what_is_not_well_formed_is_refused_with_its_line(text):
    inside = '<ALIGNABLE_ANNOTATION ANNOTATION_ID="a1">\n<ANNOTATION_VALUE>{}</ANNOTATION_VALUE>'
    row = f"<ANNOTATION>{inside}</ALIGNABLE_ANNOTATION></ANNOTATION>".format(text)
    if text.startswith("</"):
        row = row.replace(text, "").replace("</ALIGNABLE_ANNOTATION>", text)
    xml = f"<ANNOTATION_DOCUMENT>\n<TIER TIER_ID='x'>{row}</TIER></ANNOTATION_DOCUMENT>"
    with pytest.raises(igtkit.errors.FileFormatError, match="no well-formed XML") as raised:
        content(xml, shapes=SHAPES)
    assert raised.value.line == 3
