"""What a Xigt file says about its examples."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from documents.xigt import example, parse
from hypothesis import given
from hypothesis import strategies as st

from igtkit import read, write
from igtkit.igt import Language
from igtkit.io.xigt.metadata import About, from_plain, metas, read_about, to_plain


def about(text, of_file=None):
    return read_about(ET.fromstring(f"<metadata>{text}</metadata>"), of_file)


def test_languages_in_the_way_of_olac():
    metadata = (
        '<meta xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:olac="http://www.language-archives.org/OLAC/1.1/">'
        '<dc:subject olac:code="lez">Lezgian</dc:subject><dc:language olac:code="en">English</dc:language></meta>'
    )
    [igt] = parse(
        example('<tier type="phrases" id="p"><item id="p1">x</item></tier>', metadata=metadata)
    )
    assert igt.language == Language(None, "Lezgian", "lez")
    assert igt.metalanguage == Language(None, "English")


def test_the_elements_of_every_metadata_in_order():
    elements = [ET.fromstring(f"<metadata>{text}</metadata>") for text in ("<a/><b/>", "", "<c/>")]
    assert [meta.tag for meta in metas(elements)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("text", "language", "metalanguage"),
    [
        ('<meta type="language" name="Tsez"/>', Language(name="Tsez"), None),
        (
            '<meta type="language" glottocode="dido1241" iso-639-3="ddo">Tsez</meta>',
            Language("dido1241", "Tsez", "ddo"),
            None,
        ),
        (
            '<meta type="language" name="A"/><meta type="language" name="B"/>',
            Language(name="A"),
            Language(name="B"),
        ),
        (
            '<meta type="language" name="B" tiers="glosses"/><meta type="language" name="A" tiers="words"/>',
            Language(name="A"),
            Language(name="B"),
        ),
    ],
)
def test_languages_are_told_by_their_tiers_or_their_order(text, language, metalanguage):
    found = about(text)
    assert (found.language, found.metalanguage) == (language, metalanguage)


def test_what_the_file_says_holds_where_an_example_says_nothing():
    of_file = About(Language(name="A"), Language(name="B"), sources={"s1": "Smith"})
    assert about("", of_file).language == Language(name="A")
    own = about('<meta type="language" name="C"/>', of_file)
    assert (own.language, own.metalanguage) == (Language(name="C"), Language(name="B"))
    assert about('<meta type="source" ref="s1"/>', of_file).source == "Smith"
    assert about('<meta type="source" ref="s2"/>', of_file).source is None
    assert about("", of_file).source is None  # a source is one of those, not all of them


def test_a_source_is_text_and_what_is_said_of_it_is_kept():
    found = about('<meta type="source" id="s1" page="7"> Smith 2001 </meta>')
    assert (found.source, found.sources) == ("Smith 2001", {"s1": "Smith 2001"})
    assert found.rest == [{"tag": "meta", "attributes": {"type": "source", "page": "7"}}]
    assert about('<meta type="source">Smith</meta>').rest == []


def test_a_source_of_odin_is_its_document():
    found = about('<meta type="odin-source" doc-id="397" line-range="1 2"/>')
    assert found.source == "397"
    assert found.rest == [
        {
            "tag": "meta",
            "attributes": {"type": "odin-source", "doc-id": "397", "line-range": "1 2"},
        }
    ]


def test_comments_are_notes_with_their_spaces():
    found = about('<meta type="comment"> a </meta><meta type="comment"/>')
    assert found.notes == [" a "]
    assert found.rest == [{"tag": "meta", "attributes": {"type": "comment"}}]  # it says nothing


@pytest.mark.parametrize("text", ["{", "[1]", "7", "", "[" * 100_000])
def test_values_of_our_own_that_are_none_are_passed_over(text):
    assert about(f'<meta type="igtkit">{text}</meta>').values == {}


def test_values_of_our_own_are_put_together():
    text = '<meta type="igtkit">{"id": "1", "split": "dev"}</meta><meta type="igtkit">{"id": "2"}</meta>'
    assert about(text).values == {"id": "2", "split": "dev"}


def test_anything_else_is_kept_as_it_is():
    [kept] = about('<meta type="vetted" value="s"><x>y</x></meta>').rest
    assert kept == {
        "tag": "meta",
        "attributes": {"type": "vetted", "value": "s"},
        "children": [{"tag": "x", "text": "y"}],
    }


NAME = st.from_regex(r"[a-z][a-z0-9.-]{0,3}", fullmatch=True)
TEXT = st.text("ab <&\n", max_size=4)
ELEMENTS = st.deferred(
    lambda: st.builds(
        made, NAME, st.dictionaries(NAME, TEXT, max_size=2), TEXT, st.lists(ELEMENTS, max_size=2)
    )
)


def made(name, attributes, text, children):
    element = ET.Element(name, attributes)
    element.text = text if text.strip() or not children else None
    element.extend(children)
    return element


@given(ELEMENTS)
def test_plain_values_and_elements_are_inverse(element):
    plain = to_plain(element)
    again = from_plain(plain)
    assert to_plain(again) == plain
    assert ET.tostring(again) == ET.tostring(element)


@pytest.mark.parametrize(
    ("plain", "error"),
    [
        ({}, KeyError),
        ({"tag": 7}, TypeError),
        ({"tag": "a", "attributes": {"x": 1}}, TypeError),
        ({"tag": "a", "text": 1}, TypeError),
        ({"tag": "a", "children": [{}]}, KeyError),
        ({"tag": "a", "children": 3}, TypeError),
    ],
)
def test_values_that_stand_for_no_element_are_refused(plain, error):
    with pytest.raises(error):
        from_plain(plain)


@pytest.mark.parametrize(
    ("value", "mark"), [("g", None), ("u", "*"), ("*", "*"), ("??", "??"), ("", None)]
)
def test_a_judgment_is_where_all_formats_have_it_and_comes_back(value, mark):
    text = (
        f'<xigt-corpus><igt id="i1"><metadata><meta type="judgment" value="{value}"/></metadata>'
        '<tier id="p" type="phrases"><item id="p1">ev</item></tier></igt></xigt-corpus>'
    )
    [igt] = read(io.StringIO(text), "xigt")
    assert igt.metadata.get("judgment") == mark
    out = io.StringIO()
    assert not write([igt], out, "xigt").lost
    [back] = read(io.StringIO(out.getvalue()), "xigt")
    assert (back, back.metadata) == (igt, igt.metadata)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta type="language" name="Tsez">or Dido</meta>',
        '<meta type="language" name="Tsez"><x>or Dido</x></meta>',
        '<meta type="source"><x>or Dido</x></meta>',
        "<meta><y>Tsez</y>or Dido</meta>",
        '<meta xmlns:d="d"><d:subject>Tsez</d:subject><d:title>or Dido</d:title></meta>',
    ],
)
def test_what_a_meta_says_besides_is_kept(meta):
    assert "or Dido" in repr(about(meta).rest)
    elements = [from_plain(plain) for plain in about(meta).rest]
    assert [to_plain(element) for element in elements] == about(meta).rest


def test_markup_in_a_comment_is_text():
    assert about('<meta type="comment">one <b>two</b></meta>').notes == ["one two"]
