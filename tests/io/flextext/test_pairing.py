"""The words of an entry that is written, each with the word element that it was read from."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from documents.flextext import again, aligned, morph, texts, word, write
from hypothesis import given

import igtkit
from igtkit import IGT
from igtkit.boundaries import is_word, split_words
from igtkit.io.flextext.items import PhraseItems
from igtkit.io.flextext.lines import Choice, Lines, read_lines
from igtkit.io.flextext.pairing import pair_rows

NEW = Lines(None, None, None, None, None, ())
"""Of an entry that was read from no phrase."""


def phrase(*words):
    element = ET.fromstring(f"<phrase><words>{''.join(words)}</words></phrase>")
    return read_lines(PhraseItems.of(element), Choice("xx", "en", "en"))


def rows(igt, before=NEW):
    return [(row.surface, row.form, row.gloss) for row in pair_rows(igt, before)]


def entry(before, **changes):
    igt = IGT(before.transcription, before.segmentation, before.glosses, pos=before.pos)
    return igt.replace(**changes)


CATS = phrase(
    word("cats", morph("cat", "cat"), morph("-s", "PL", "suffix")),
    word("run", morph("run", "go")),
)


def test_words_by_number_and_punctuation_where_it_stands():
    igt = IGT("Cats, run.", "cat-s run", "cat-PL go")
    assert rows(igt) == [
        ("Cats", "cat-s", "cat-PL"),
        (",", None, None),
        ("run", "run", "go"),
        (".", None, None),
    ]


@pytest.mark.parametrize(
    ("form", "surface"),
    [
        ("b<um>ili", "bumili"),
        ("a>b-s", "a>bs"),
        ("cat-s=la", "catsla"),
        ("bi~bili", "bibili"),
        ("run", "run"),
    ],
)
def test_a_word_that_the_text_does_not_tell_is_its_form_without_boundaries(form, surface):
    assert rows(IGT(None, form, "x")) == [(surface, form, "x")]


def test_words_that_do_not_pair_up_with_the_text_are_those_of_the_forms():
    assert rows(IGT("a b c", "x-y z", "X-Y Z")) == [("xy", "x-y", "X-Y"), ("z", "z", "Z")]


def test_no_words_are_no_rows():
    assert pair_rows(IGT(None), NEW) == []


def test_a_space_at_a_boundary_of_the_text_parts_its_words():
    igt = IGT("i-pə-k- tu,", "i-pə-k- tu,", "DIR-arrive-go- LNK")
    assert [surface for surface, _, _ in rows(igt)] == ["i-pə-k-", "tu", ","]


def test_words_of_a_real_text_are_written_as_the_text_has_them(shared, tmp_path):
    corpus = igtkit.read(shared / "data" / "cldf" / "lapollaqiang" / "cldf-metadata.json")
    [igt] = [each for each in corpus if each.id == "298"]
    path = tmp_path / "qiang.flextext"
    igtkit.write([igt], path)
    written = [
        text.text
        for element in ET.parse(path).iter("word")
        for kind in ("txt", "punct")
        for text in texts(element, kind)
    ]
    assert written == ["upu-bəs-te:", "ɦɑ", "qhaʴʁue-lɑw-ʁɑ", "i-pə-k-", "tu", ","]


def test_where_the_text_is_as_before_words_pair_up_by_it_whatever_changed():
    found = pair_rows(entry(CATS, segmentation="ca-ts r-un", glosses="A-B C-D"), CATS)
    assert [row.cell for row in found] == list(CATS.cells)
    assert [row.surface for row in found] == ["cats", "run"]


def test_where_the_text_has_changed_the_words_that_are_the_same_pair_up():
    igt = entry(
        CATS, transcription="now cats go", segmentation="now cat-s go", glosses="X cat-PL go"
    )
    found = pair_rows(igt, CATS)
    assert [row.cell for row in found] == [None, CATS.cells[0], None]
    assert [row.surface for row in found] == ["now", "cats", "go"]


def test_where_no_line_has_the_words_of_the_text_they_pair_up_by_form_and_gloss():
    igt = entry(CATS, transcription="something else altogether")
    assert [row.cell for row in pair_rows(igt, CATS)] == list(CATS.cells)


@pytest.mark.parametrize(
    ("pos", "parts", "by_morph"),
    [
        ("n-pl v", ["n-pl", "v"], True),
        ("n v", ["n", "v"], False),
        ("n-pl ???", ["n-pl", "???"], True),
        ("n v adv", [None, None], False),  # of more words than there are
        (None, [None, None], False),
    ],
)
def test_parts_of_speech_are_the_morphemes_where_each_has_one(pos, parts, by_morph):
    found = pair_rows(IGT("cats run", "cat-s run", "cat-PL go", pos=pos), NEW)
    assert [row.pos for row in found] == parts
    assert {row.by_morph for row in found} == {by_morph}


@given(aligned(), aligned())
def test_no_word_is_lost_and_no_element_is_used_twice(first, second):
    (igt,) = again([first])
    root = ET.fromstring(write([igt])[0])
    before = read_lines(PhraseItems.of(root.find(".//phrase")), Choice("xx", "en", "en"))
    changed = igt.replace(segmentation=second.segmentation, glosses=second.glosses)
    found = pair_rows(changed, before)
    forms = [row.form for row in found if row.form is not None]
    assert forms == split_words(second.segmentation)
    glosses = [row.gloss for row in found if row.gloss is not None]
    assert glosses == split_words(second.glosses)
    used = [id(row.cell) for row in found if row.cell is not None]
    assert len(used) == len(set(used))


@given(aligned())
def test_each_word_of_the_text_stands_beside_its_form(igt):
    words = [row for row in pair_rows(igt, NEW) if row.form is not None and is_word(row.form)]
    surfaces = [token for token in split_words(igt.transcription) if is_word(token)]
    assert [row.surface for row in words] == surfaces
