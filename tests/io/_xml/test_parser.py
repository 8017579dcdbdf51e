"""The parser: what it tells of, whole or as text, and that no cut of the bytes changes it."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError
from igtkit.io._xml.parser import Parser
from igtkit.io._xml.patterns import Shape

ROWS = Shape("rows", re.compile(b"<row>"), re.compile(rb"<row>[a-z]*</row>"))


def told(xml, tags=("rows",), within=(), shapes=(ROWS,), cuts=()):
    """What a parser tells of bytes that come in pieces: each event, its line and its text."""
    data, parser = xml.encode(), Parser("a.xml", "utf-8", tags, within, shapes)
    cuts = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    events = []
    for begin, end in pairwise(cuts):
        events += parser.feed(data[begin:end])
    events += parser.finish()
    return [
        (kind, line, element.tag, text or ET.tostring(element))
        for kind, line, element, _, text in events
    ]


def texts(found):
    return [(line, text) for kind, line, _, text in found if kind == "text"]


def test_what_has_a_shape_comes_as_text_and_is_not_in_the_tree():
    found = told("<a>\n<rows>\n<row>x</row>\n<row><b/></row>\n<row>y</row></rows></a>")
    assert texts(found) == [(3, b"<row>x</row>"), (5, b"<row>y</row>")]
    assert [row[:3] for row in found if row[0] == "end"] == [("end", 5, "rows"), ("end", 5, "a")]
    assert b"<row><b /></row>" in found[-1][3]
    assert b"x" not in found[-1][3]


@pytest.mark.parametrize(
    "inside",
    [
        "<rows><!-- <row>x</row> --></rows>",
        "<rows><!-- <row>x</row> <row>x</row> --></rows>",
        "<rows><![CDATA[ <row>x</row> ]]></rows>",
        "<rows><?x <row>x</row> ?></rows>",
        "<other><row>x</row></other>",
        "<rows><other><row>x</row></other></rows>",
        "<rows xmlns='u'><row>x</row></rows>",
    ],
)
def test_what_only_looks_like_it_is_none(inside):
    assert texts(told(f"<a>{inside}</a>")) == []


PARTS = st.lists(
    st.sampled_from(
        [
            *("<row>x</row>", "<row>y</row>\n", "<row><row>z</row></row>", "<b/>", "é\n", "&amp;"),
            *(
                "<!-- <row>c</row> -->",
                "<![CDATA[<row>d</row>",
                "]]>",
                "<row>e</row >",
                "</rows><rows>",
            ),
            *(
                "<b xml:lang='x'/>",
                "<q:b xmlns:q='u' q:c=''/>",
                "<b xmlns='u'><row>n</row></b>",
                "\r",
            ),
        ]
    ),
    max_size=8,
)


@given(PARTS, st.lists(st.integers(0, 400), max_size=4), st.sampled_from([(), ("rows",)]))
def test_no_cut_changes_what_is_told_and_all_is_in_a_text_or_in_the_tree(parts, cuts, within):
    xml = f"<a><rows>{''.join(parts)}</rows></a>"
    try:
        plain = ET.fromstring(xml)
    except ET.ParseError:
        with pytest.raises(FileFormatError):
            told(xml, within=within, cuts=cuts)
        return
    found = told(xml, within=within, cuts=cuts)
    rows = [ET.tostring(row) for rows in plain.iter("rows") for row in rows]
    ours = []
    for kind, _, tag, text in found:
        if kind == "text":
            ours.append(ET.tostring(ET.fromstring(text)))
        elif kind == "end" and within and tag not in ("a", "rows"):
            ours.append(text)
    if within:
        assert [row.partition(b">")[0] for row in ours] == [row.partition(b">")[0] for row in rows]
    else:
        tree = ET.fromstring(found[-1][3])
        assert len(ours) + sum(map(len, tree.iter("rows"))) == len(rows)
    assert texts(found) == texts(told(xml, within=within)) or cuts


def test_what_is_told_of_whole_is_taken_out_of_the_tree():
    found = told("<a>\n<rows>\n<b><rows><c/></rows></b></rows></a>", within=("rows",))
    assert [(kind, line, tag) for kind, line, tag, _ in found] == [
        *(("start", 1, "a"), ("start", 2, "rows"), ("start", 3, "b"), ("end", 3, "b")),
        *(("end", 3, "rows"), ("end", 3, "a")),
    ]
    assert found[3][3] == b"<b><rows><c /></rows></b>"
    assert found[-1][3] == b"<a>\n<rows>\n</rows></a>"


@pytest.mark.parametrize("within", [(), ("rows",)])
def test_text_after_what_was_told_of_is_in_the_text_of_its_parent(within):
    parser = Parser("a.xml", "utf-8", ("rows",), within)
    read = []
    for piece in (b"<a><rows>b<c/>", b"d</rows>e<rows><c/> </rows>f", b"g<h/>i</a>"):
        for kind, _, element, parent, _ in parser.feed(piece):
            if kind == "end":
                read.append("".join(element.itertext()))
                if element.tag == "rows" and parent is not None:
                    parent.remove(element)
    assert "".join(read).replace(" ", "") == "bdefgi"


@pytest.mark.parametrize("within", [(), ("rows",)])
@pytest.mark.parametrize("end", ["", "</x>" * 300 + "</rows></a>"])
def test_nothing_nests_deeper_than_200_inside_of_what_is_told_of_whole(within, end):
    with pytest.raises(FileFormatError, match="nest deeper than 200"):
        told("<a><rows>" + "<x>" * 300 + end, within=within)
    depth = 197  # and the row, <rows> and <a>
    inside = "<x>" * depth + "</x>" * depth
    assert told(f"<a><rows><row>{inside}</row></rows></a>", within=within)


def test_a_name_in_a_namespace_is_seen_wherever_the_bytes_are_cut():
    xml = "<a xmlns:q='u'>" + " " * 500 + "<rows><b><q:c q:d='" + "e" * 600 + "'/></b></rows></a>"
    for cut in range(0, len(xml), 7):
        [row] = [
            row for row in told(xml, within=("rows",), cuts=[cut]) if row[:3] == ("end", 1, "b")
        ]
        assert row[3] == ET.tostring(ET.fromstring(xml)[0][0])


def test_a_text_that_is_not_well_formed_is_refused_with_its_line():
    wide = Shape("rows", re.compile(b"<row>"), re.compile(rb"<row>.*</row>"))
    with pytest.raises(FileFormatError, match="no well-formed XML") as raised:
        told("<a>\n<rows>\n<row>\x01</row></rows></a>", shapes=[wide])
    assert raised.value.line == 3
