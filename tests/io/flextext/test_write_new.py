"""Words of new phrases are made once, as text, and are those that the tree would have."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import read, write
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.io._xml.writing import to_text
from igtkit.io.flextext.entries import compact, lay_out
from igtkit.io.flextext.items import PhraseItems
from igtkit.io.flextext.lines import Choice
from igtkit.io.flextext.write_new import WORD_DEPTH, write_phrase
from igtkit.io.flextext.write_phrase import build_phrase

CHOICE = Choice("tr", "en", "en")
TOKENS = st.sampled_from(
    [
        *("ev", "ev-ler", "=de", "b<um>ili", ".", "???", "***", "-", "<&>\"'", "ad hoc", "\x01"),
        *("house-PL", "3SG.NOM", "un-", "-um-", "a\rb", "", "gel~gel"),
    ]
)
LINES = st.none() | st.lists(TOKENS, max_size=4).map(" ".join)
MARKS = st.sampled_from(
    [
        None,
        {"system": "crf", "score": 1.5, "confirmed": False},
        {"system": None, "score": None, "confirmed": False},
        {"confirmed": True},
        "no mark",
    ]
)
ENTRIES = st.builds(
    lambda lines, pos, mark: IGT(
        *lines, pos=pos, metadata={} if mark is None else {"prediction": mark}
    ),
    st.tuples(LINES, LINES, LINES, LINES),
    LINES,
    MARKS,
)


class Lost(set):
    lose = set.add


def put_together(written):
    """The element of a phrase, with its words in the tree."""
    for word in written.words or ():
        written.element.find("words").append(compact(ET.fromstring(word.xml)))
    return compact(written.element)


@given(ENTRIES)
def test_a_new_phrase_is_the_one_that_is_built_as_a_tree(igt):
    lost, expected_lost = Lost(), Lost()
    expected = compact(build_phrase(igt, ET.Element("phrase"), CHOICE, expected_lost))
    written = write_phrase(igt, None, CHOICE, lost)
    if written.words is not None and not any("\r" in text for text in expected.itertext()):
        assert written.items == PhraseItems.of(expected)
    assert to_text(put_together(written)) == to_text(expected)
    assert lost == expected_lost


def test_words_are_laid_out_as_in_a_file():
    text, _ = write([IGT("ev ev", "ev ev", "house house", "A house.", language="Turkish")])
    words = ET.fromstring(text).find(".//words")
    tail = words.tail
    lay_out(words, WORD_DEPTH - 1)
    words.tail = tail
    assert to_text(words).strip() in text
    assert text.count("<word>") == 2


@pytest.mark.parametrize("line", ["a\rb c", "a b\r"])
def test_a_carriage_return_is_reported_where_it_does_not_come_back(line):
    text, report = write([IGT(line, language="Turkish"), IGT("a b", language="Turkish")])
    back = [igt.transcription for igt in read(text)]
    assert back[1] == "a b"
    assert bool(report.lost) == (back[0] != line)


def test_a_phrase_that_was_read_keeps_its_words_in_the_tree():
    stored = ET.fromstring("<phrase><words /></phrase>")
    written = write_phrase(IGT("ev", "ev", "house"), stored, CHOICE, Lost())
    assert written.words is None
    assert written.element is stored
    assert [word.items for word in written.items.words] == [{"txt": [("tr", "ev")]}]
