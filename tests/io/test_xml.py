"""XML from outside: what is refused, where, and what stays the same on the way through."""

from __future__ import annotations

import io
import tracemalloc
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import FileFormatError
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._xml import events, legal, parse, save

BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY lol "lol">
  <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
]>
<text>&lol2;</text>
"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE text [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<text>&secret;</text>
"""


def parsed(text):
    return parse(Source(io.StringIO(text)))


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (BOMB, "defines an entity, 'lol'", 3),
        (OUTSIDE, "defines an entity, 'secret'", 2),
        ("<a>\n<b>\n", "no well-formed XML: no element found", 3),
        ("<a>\n</b>", "mismatched tag", 2),
        ("", "no element found", 1),
        ("\\t not XML", "not well-formed", 1),
        ("<a>" * 201 + "</a>" * 201, "nest deeper than 200", 1),
        ("<a>&nothing;</a>", "undefined entity", 1),
    ],
)
def test_what_cannot_be_read_gives_one_error_with_its_line(text, message, line):
    with pytest.raises(FileFormatError, match=message) as raised:
        parsed(text)
    assert raised.value.line == line


def test_a_binary_file_is_refused(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a>\0</a>")
    with pytest.raises(FileFormatError, match="binary"):
        parse(Source(path))


def test_the_declaration_tells_the_encoding_unless_the_caller_does(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("latin-1"))
    assert parse(Source(path)).text == "é"
    path.write_bytes("<a>é</a>".encode("latin-1"))
    assert parse(Source(path, encoding="latin-1")).text == "é"
    with pytest.raises(FileFormatError, match="not well-formed"):
        parse(Source(path))


def test_the_tree_is_that_of_the_standard_library():
    text = '<a xmlns:x="u:v" x:k="1">one<b/>two<x:c>&lt;three&amp;</x:c>\n</a>'
    assert ET.tostring(parsed(text)) == ET.tostring(ET.fromstring(text))


def test_events_come_with_their_lines():
    found = list(events(Source(io.StringIO("<a>\n <b/>\n</a>"))))
    assert [(kind, line, element.tag) for kind, line, element in found] == [
        ("start", 1, "a"),
        ("start", 2, "b"),
        ("end", 2, "b"),
        ("end", 3, "a"),
    ]


def test_what_is_cleared_is_not_held(tmp_path):
    path = tmp_path / "large.xml"
    path.write_text("<a>" + "<b>some words here</b>\n" * 100_000 + "</a>", encoding="utf-8")
    tracemalloc.start()
    try:
        root, count = None, 0
        for kind, _, element in events(Source(path)):
            root = element if root is None else root
            if kind == "end" and element.tag == "b":
                count += 1
                root.clear()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < path.stat().st_size


@given(st.text())
def test_any_text_is_written_and_read_back_but_for_control_characters(text):
    sink = Sink(io.StringIO())
    root = ET.Element("a")
    root.set("b", legal(text, sink))
    with sink.opened():
        save(root, sink, indent=None)
    written = sink.text().getvalue()
    expected = root.get("b")
    assert parsed(written).get("b") == expected
    assert (expected == text) == (not sink.lost)
