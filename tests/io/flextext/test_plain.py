"""Phrases that are read as text are read as they are from a tree."""

from __future__ import annotations

import io
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit.io._xml.writing import to_text
from igtkit.io.flextext import reading
from igtkit.io.flextext.entries import compact
from igtkit.io.flextext.items import PhraseItems
from igtkit.io.flextext.plain import PHRASE, compact_text, read_phrase

COMMENTS = ["<!-- a -->\n", " <!-- a-b\n c -->\r\n<!---->\n ", "\n<!-- <item> -->\n", "<!-- a -->"]
SPACE = st.sampled_from(["\n", "\n  ", "\r\n\t", "", "", " ", "\n \n", *COMMENTS])
TEXT = st.sampled_from(
    ["ev", " a b ", "", " ", "&lt;b&gt;&amp;", "\u00a0", 'x">', "a\nb", "&#65;", "1"]
)
ABOUT = st.sampled_from(
    [
        *(' type="txt" lang="x"', ' type="gls" lang="en"', ' lang="en"', ' type="cf"', ""),
        *(
            " type='gls'",
            ' type="note" lang="a&amp;b"',
            ' guid="d7f713dd-e8cf-11d3-9764-00c04f186933"',
        ),
        *(' type="suffix"', ' analysisStatus="guess"', ' xmlns="u"', ' type="igtkit-prediction"'),
    ]
)
ODD = st.sampled_from(["<!-- a -->", "<item />", "text", "<run>a</run>", "<?a b?>", "<morph />"])


@st.composite
def elements(draw, tag, *inside):
    """An element as FLEx writes it, or nearly."""
    parts = [draw(st.lists(each, max_size=2)) for each in inside]
    odd = [draw(ODD)] if draw(st.integers(0, 30)) == 0 else []
    children = [child for part in parts for child in part] + odd
    content = "".join(draw(SPACE) + child for child in children)
    return f"<{tag}{draw(ABOUT)}>{content}{draw(SPACE) if children else ''}</{tag}>"


ITEMS = st.builds("<item{}>{}</item>".format, ABOUT, TEXT) | st.builds("<item{} />".format, ABOUT)
MORPHEMES = elements("morphemes", elements("morph", ITEMS))
WORDS = st.just("<words />") | elements("words", elements("word", ITEMS, MORPHEMES, ITEMS))


@given(elements("phrase", ITEMS, WORDS, ITEMS) | elements("word", ITEMS, WORDS, ITEMS))
def test_a_phrase_that_is_read_as_text_is_that_of_the_tree(xml):
    found = PHRASE.whole.fullmatch(xml.encode())
    if found is None:
        return
    tree = compact(ET.fromstring(xml))
    tree.tag = "phrase"
    text = compact_text(found[0])
    assert text == to_text(tree)
    assert read_phrase(text) == PhraseItems.of(tree)


@pytest.mark.parametrize(
    "xml",
    [
        '<phrase guid="a">\n<item type="segnum" lang="en">1</item>\n<words />\n</phrase>',
        '<word><words>\r\n<word><item lang="x"></item></word>\r\n</words></word>',
        '<phrase><words><word>\n<!-- b-c\n -->\n<item lang="x">a</item>  <!---->\n</word></words></phrase>',
        "<phrase><words><word><morphemes><morph><item lang='x'>a &amp; b</item></morph></morphemes>"
        "</word></words></phrase>".replace("'", '"'),
    ],
)
def test_what_flex_writes_is_read_as_text(xml):
    assert PHRASE.whole.fullmatch(xml.encode())
    tree = compact(ET.fromstring(xml))
    tree.tag = "phrase"
    assert compact_text(xml.encode()) == to_text(tree)
    assert read_phrase(to_text(tree)) == PhraseItems.of(tree)


@pytest.mark.parametrize(
    "xml",
    [
        "<phrase></phrase>",
        "<phrase><words></words></phrase>",
        "<phrase><words><word></word></words></phrase>",
        "<phrase><words><word>\n</word></words></phrase>",
        '<phrase xmlns="u"><words /></phrase>',
        '<phrase a:b="u"><words /></phrase>',
        '<phrase><words><word><item lang="x">a\nb</item></word></words></phrase>',
        '<phrase><words><word><item lang="x">&#65;</item></word></words></phrase>',
        '<phrase><words><word> <item lang="x">a</item></word></words></phrase>',
        '<phrase><words><word>a<item lang="x">a</item></word></words></phrase>',
        '<phrase><words><!-- a --><word><item lang="x">a</item></word></words></phrase>',
        "<phrase><words><word><!-- a -->\n</word></words></phrase>",
        '<phrase><words><word><item lang="x">a</item><!-- a -- b -->\n</word></words></phrase>',
        "<phrase><words /><words /></phrase>",
        "<phrase><words><word><morphemes /><morphemes /></word></words></phrase>",
        "<phrase><paragraph /><words /></phrase>",
    ],
)
def test_what_else_stands_there_is_read_from_a_tree(xml):
    assert PHRASE.whole.fullmatch(xml.encode()) is None


def entries(path):
    return [(igt, igt.metadata) for igt in igtkit.read(path)]


@pytest.mark.parametrize(
    "name",
    [
        "cldflex_apalai.flextext",
        "flextext2dlx_test.xml",
        "interlinear_r_tuwari.xml",
        "lingview_103.xml",
        "sil_FullyAnalyzed.flextext",
    ],
)
def test_real_files_read_the_same_without_a_tree(name, shared, monkeypatch):
    path = shared / "data" / "interchange" / "flextext" / name
    fast = entries(path)
    monkeypatch.setattr(reading, "_SHAPES", ())
    assert entries(path) == fast


def test_a_comment_that_holds_a_phrase_is_none():
    phrase = '<phrase><words><word><item type="txt" lang="x">{}</item></word></words></phrase>'
    inside = f"<!-- {phrase.format('a')} -->{phrase.format('b')}<![CDATA[{phrase.format('c')}]]>"
    for tag in ("document", "interlinear-text", "paragraphs", "paragraph", "phrases")[::-1]:
        inside = f"<{tag}>{inside}</{tag}>"
    corpus = igtkit.read(io.StringIO(inside), "flextext", errors="skip")
    assert [igt.transcription for igt in corpus] == ["b"]
    assert ["c&lt;" in skipped.text for skipped in corpus.skipped] == [True]  # text, in no phrase
