"""XML as text: what is written comes back, as the standard library would write it."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._xml.reading import parse
from igtkit.io._xml.writing import legal, save, to_text


@given(st.text())
def test_any_text_is_written_and_read_back_but_for_control_characters(text):
    sink = Sink(io.StringIO())
    root = ET.Element("a")
    root.set("b", legal(text, sink))
    with sink.opened():
        save(root, sink, indent=None)
    written = sink.text().getvalue()
    expected = root.get("b")
    assert parse(Source(io.StringIO(written))).get("b") == expected
    assert (expected == text) == (not sink.lost)


TEXTS = st.text(st.sampled_from("ab&<>\"'\r\n\t é\u2028"), max_size=6)
TREES = st.recursive(
    st.builds(
        lambda tag, attributes, text: (tag, attributes, text, []),
        TAGS := st.sampled_from(["a", "b", "{u}c"]),
        st.dictionaries(TAGS, TEXTS, max_size=2),
        st.none() | TEXTS,
    ),
    lambda trees: st.tuples(TAGS, st.just({}), st.none() | TEXTS, st.lists(trees, max_size=3)),
    max_leaves=8,
)


def grown(tree, tail=None):
    tag, attributes, text, children = tree
    element = ET.Element(tag, attributes)
    element.text, element.tail = text, tail
    element.extend([grown(child, text) for child in children])
    return element


@given(TREES)
def test_an_element_is_written_as_the_standard_library_does(tree):
    element = grown(tree, "t")
    assert to_text(element) == ET.tostring(element, encoding="unicode")
