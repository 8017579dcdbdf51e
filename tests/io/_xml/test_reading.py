"""XML from outside: what is refused, where, and what stays the same on the way through."""

from __future__ import annotations

import io
import tracemalloc
from xml.etree import ElementTree as ET

import pytest

from igtkit.errors import FileFormatError
from igtkit.io._source import Source
from igtkit.io._xml.reading import events, parse

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
        ("<a>\n<b>\n", "no well-formed XML: the file ends too early", 3),
        ("<a>\n</b>", "mismatched tag", 2),
        ("", "the file is empty", 1),
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
    assert [(kind, line, element.tag, parent) for kind, line, element, parent, _ in found] == [
        ("start", 1, "a", None),
        ("start", 2, "b", found[0][2]),
        ("end", 2, "b", found[0][2]),
        ("end", 3, "a", None),
    ]


def test_only_some_elements_are_told_of_and_all_are_in_the_tree():
    text = "<a><b><c/></b><d><e><c/></e></d></a>"
    found = list(events(Source(io.StringIO(text)), ["b"]))
    told = [(kind, element.tag) for kind, _, element, *_ in found]
    assert told == [("start", "a"), ("start", "b"), ("end", "b"), ("end", "a")]
    assert ET.tostring(found[-1][2]) == ET.tostring(ET.fromstring(text))


def test_what_is_cleared_is_not_held(tmp_path):
    path = tmp_path / "large.xml"
    path.write_text("<a>" + "<b>some words here</b>\n" * 100_000 + "</a>", encoding="utf-8")
    tracemalloc.start()
    try:
        root, count = None, 0
        for kind, _, element, *_ in events(Source(path)):
            root = element if root is None else root
            if kind == "end" and element.tag == "b":
                count += 1
                root.clear()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < path.stat().st_size


DOCTYPE = '<!DOCTYPE a SYSTEM "a.dtd">'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DOCTYPE + "<a>caf&eacute;</a>", "undefined entity, 'eacute'"),
        (DOCTYPE + "<a b='caf&eacute;'/>", "undefined entity, 'eacute'"),
        (DOCTYPE + "<a>" + "x" * 65_000 + "<b c='&amp;'/>" * 50 + "<b c='&é;'/></a>", "'é'"),
        ("<!DOCTYPE a [%outside;]><a>&x;</a>", "undefined entity, 'x'"),
        ("<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>", "the attribute 'b' of <a> a default"),
        ("<a xmlns='" + "n" * 300 + "'/>", "a namespace of more than 256"),
        ("<a><!--" + "x" * 5_000_000, "a tag or comment of more than 4 MiB"),
        ("<a>\ud800</a>", "no well-formed XML"),
    ],
)
def test_what_would_be_lost_or_take_much_is_refused(text, message):
    with pytest.raises(FileFormatError, match=message):
        parsed(text)


def test_what_looks_like_an_entity_is_text_elsewhere(tmp_path):
    text = DOCTYPE + "<a b='&lt;'><!-- &eacute; --><c d='é'/><![CDATA[&eacute;]]></a>"
    assert parsed(text).get("b") == "<"
    path = tmp_path / "a.xml"
    path.write_text('<?xml version="1.0" encoding="utf-16"?>' + text, encoding="utf-16")
    root = parse(Source(path, encoding="utf-16"))
    assert (root.get("b"), root[0].get("d"), root[0].tail) == ("<", "é", "&eacute;")


def test_an_attribute_that_is_declared_without_a_value_is_as_it_stands():
    assert parsed("<!DOCTYPE a [<!ATTLIST a b CDATA #IMPLIED>]><a/>").attrib == {}


def test_an_open_file_in_another_encoding_gives_one_error(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a>\xff</a>")
    with path.open(encoding="utf-8") as file, pytest.raises(FileFormatError, match="not in utf-8"):
        parse(Source(file))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1254", "ışık"),
        ("iso-8859-9", "ışık"),
        ("koi8-r", "дом"),
        ("utf-16", "ışık 光"),
        ("utf-16-le", "ışık"),
        ("utf-32", "ışık"),
        ("gb18030", "ışık 光"),
        ("shift_jis", "光"),
        ("euc-kr", "빛"),
        ("big5", "光"),
    ],
)
def test_the_encoding_that_a_file_declares_is_its_encoding(tmp_path, encoding, text):
    path = tmp_path / "a.xml"
    declared = encoding.removesuffix("-le")
    path.write_text(f'<?xml version="1.0" encoding="{declared}"?><a>{text * 40000}</a>', encoding)
    assert parse(Source(path)).text == text * 40000


def test_a_file_that_is_not_in_the_encoding_it_declares(tmp_path):
    path = tmp_path / "a.xml"
    path.write_bytes(b'<?xml version="1.0" encoding="gb18030"?><a>\xff\xff</a>')
    with pytest.raises(FileFormatError, match="not in gb18030"):
        parse(Source(path))
    path.write_bytes(b'<?xml version="1.0" encoding="atlantean"?><a/>')
    with pytest.raises(FileFormatError, match="unknown encoding"):
        parse(Source(path))


def test_a_name_with_the_prefix_xml_is_the_one_that_elementtree_has():
    text = '<a xml:lang="tur"><b xml:id="x" c="d"/></a>'
    root = parsed(text)
    assert ET.tostring(root) == ET.tostring(ET.fromstring(text))
    assert root.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "tur"}
