"""The words of a sentence, put together of what stands under them in the tiers."""

from __future__ import annotations

import pytest
from documents.tiers import ASSOCIATION, tier, timed, under
from hypothesis import given
from hypothesis import strategies as st
from strategies import MORPHEME

from igtkit.boundaries import split_morphemes
from igtkit.io._tiers.words import (
    Told,
    Word,
    group_by_marks,
    has_inner_mark,
    hosts,
    plain_dashes,
    read_word,
    tab_line,
    tops,
)

SENTENCE = Told(whole=False, segmented=True, glossed=True, tagged=False)


def whole(word, **changes):
    cell = read_word(word, SENTENCE._replace(**changes))
    return cell.form, cell.gloss


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (Word("evlerde", ("ev", "ler", "de"), ("house", "PL", "LOC")),
         ("ev-ler-de", "house-PL-LOC")),
        (Word("benim", ("ben", "=im"), ("1SG", "COP")), ("ben=im", "1SG=COP")),
        (Word("benim", ("ben", "im"), ("1SG", "=COP")), ("ben=im", "1SG=COP")),
        (Word("evde", ("ev", "de"), ("house",)), ("ev-de", "???-???")),
        (Word("evde", ("ev", "de"), ("house-LOC",)), ("ev-de", "house-LOC")),
        (Word("evde", ("ev", "de"), ("house", "")), ("ev-de", "house-???")),
        (Word("ad-hoc", (), ()), ("ad‐hoc", "???")),
        (Word("evde", (), ("at home",)), ("evde", "at.home")),
        (Word(",", (), ()), (None, None)),
        (Word(",", (",",), ()), (",", None)),
        (Word(None, ("=ki",), ("=REL",)), ("=ki", "=REL")),
        (Word(None, ("=ki",), ("REL",)), ("ki", "REL")),
        (Word(None, (), ("REL",)), ("???", "REL")),
        (Word(None, (), ()), (None, None)),
        (Word(None, (" ",), ("",)), (None, None)),
        (Word("ia", ("i", "=a="), ("it", "=of=")), ("i=a=", "it=of=")),
        (Word("ia", ("=i", "=a="), ("=it", "=of=")), ("=i=a=", "=it=of=")),
        (Word("a", ("=a=",), ("=of=",)), ("=a=", "=of=")),
        (Word("ia", ("i", "~a~"), ("it", "~of~")), ("i~a~", "it~of~")),
        (Word("a", ("a~",), ("of~",)), ("a~", "of~")),
        (Word("hée~u", ("u", "hée~"), ("a", "yes")), ("u-hée", "a-yes")),  # spelling
    ],
)  # fmt: skip
def test_morphemes(word, expected):
    assert whole(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        (Word("evde", ("ev–de",), ("house–LOC",)), ("ev-de", "house-LOC")),
        (Word("evde", ("ev-de",), ()), ("ev-de", "???-???")),
        (Word("evde", ("ev-de",), ("house", "LOC")), ("ev-de", "house-LOC")),
    ],
)
def test_words_with_their_boundaries(word, expected):
    assert whole(word, whole=True) == expected


def test_dashes_and_tabs():
    assert plain_dashes("a–b – c") == "a-b – c"
    assert tab_line("a b\t\tc", gloss=True) == "a.b ??? c"


def test_morphemes_that_spell_the_words():
    assert group_by_marks(["Ev", "de", "kim"], ["evde", "kim"]) == [0, 0, 1]
    assert group_by_marks(["iki", "de", "kim"], ["İkide", "kim"]) == [0, 0, 1]
    assert group_by_marks(["un-", "do", "=s", "it"], ["xyz"]) == [0, 0, 0, 1]
    assert group_by_marks([], []) == []


@given(st.lists(st.lists(MORPHEME, min_size=1, max_size=3), min_size=1, max_size=4))
def test_marked_suffixes_find_their_words(words):
    forms = ["-" * bool(at) + part for word in words for at, part in enumerate(word)]
    expected = [number for number, word in enumerate(words) for _ in word]
    spelled = ["".join(word) for word in words]
    assert group_by_marks(forms, spelled) == expected
    assert group_by_marks(forms, []) == expected


@given(st.lists(st.tuples(MORPHEME, MORPHEME), min_size=1, max_size=4))
def test_the_gloss_of_a_word_has_the_boundaries_of_its_form(morphemes):
    forms, glosses = zip(*morphemes, strict=True)
    form, gloss = whole(Word("".join(forms), forms, glosses))
    assert [mark for mark, _ in split_morphemes(form)] == [
        mark for mark, _ in split_morphemes(gloss)
    ]


def test_a_line_that_the_sentence_lacks_is_none():
    word = Word("evde", ("ev", "de"), ("house", "LOC"), ("n", "case"))
    nothing = Told(whole=False, segmented=False, glossed=False, tagged=False)
    for line, column in (("segmented", "form"), ("glossed", "gloss"), ("tagged", "pos")):
        cell = read_word(word, nothing._replace(**{line: True}))
        found = {name for name in ("form", "gloss", "pos") if getattr(cell, name) is not None}
        assert found == {column}
        assert cell.surface == "evde"


@pytest.mark.parametrize("forms", [("=ki",), ("re=",), ("=a=",), ("i", "=a=")])
def test_where_nothing_is_glossed_a_word_keeps_the_marks_at_its_edges(forms):
    assert whole(Word(None, forms), glossed=False) == ("".join(forms), None)


@pytest.mark.parametrize(
    ("pos", "expected"),
    [(("n", "case"), "n-case"), (("proper noun",), "proper.noun"), ((), "???-???")],
)
def test_parts_of_speech_are_the_morphemes_or_the_word(pos, expected):
    word = Word("evde", ("ev", "de"), ("house", "LOC"), pos)
    assert read_word(word, SENTENCE._replace(tagged=True)).pos == expected


@pytest.mark.parametrize(
    ("text", "inside"),
    [("ev-de", True), ("=im", False), ("ev-", False), ("-", False), ("-a-b-", True), ("", False)],
)
def test_a_mark_inside_of_a_text(text, inside):
    assert has_inner_mark(text) is inside


def test_the_top_is_reached_through_associations_only():
    root = tier("tx", "evde")
    words = under("wd", root, ["evde"])
    gloss = under("ge", words, ["house"], constraint=ASSOCIATION)
    note = under("nt", gloss, ["?"], constraint=ASSOCIATION)
    assert tops(note.annotations)[0] is words.annotations[0]
    assert tops(words.annotations)[0] is words.annotations[0]


def test_a_piece_belongs_to_what_it_hangs_on_and_else_to_what_it_overlaps():
    words = timed("wd", ("ev", 0.0, 1.0), ("kim", 1.0, 2.0))
    parts = under("mb", words, ["e", "v"], ["kim"])
    glosses = under("ge", parts, ["A"], [], ["C"], constraint=ASSOCIATION)
    assert hosts(parts.annotations, words.annotations) == [0, 0, 1]
    assert hosts(glosses.annotations, words.annotations) == [0, 1]
    loose = timed("x", ("a", 0.2, 0.9), ("b", 0.9, 1.8), ("c", 2.5, 3.0))
    assert hosts(loose.annotations, words.annotations) == [0, 1, None]
    assert hosts(loose.annotations, []) == [None, None, None]
