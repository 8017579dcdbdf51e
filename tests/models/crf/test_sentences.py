"""Sentences: words, gaps, analyses and translation of a text."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.models.crf.sentences import has_open_words, make_sentence, translation_words

TEXT = IGT("« Kato , ven .", "« kat-o , ven .", "« cat-N , come .", "The cat, come!", id="t1")


def test_words_stand_between_their_marks():
    sentence = make_sentence(TEXT)
    assert sentence.words == ("Kato", "ven")
    assert sentence.gaps == (("«",), (",",), (".",))
    assert sentence.analyses == (
        (("kat", "cat", ""), ("o", "N", "-")),
        (("ven", "come", ""),),
    )
    assert sentence.translation == ("The", "cat", "come")
    assert sentence.partial == (("kat-o", "cat-N"), ("ven", "come"))
    assert sentence.id == "t1"


def test_lines_that_do_not_pair_up_give_no_analyses():
    assert make_sentence(TEXT.replace(glosses="cat-N")).analyses == (None, None)
    fewer = make_sentence(TEXT.replace(glosses="« cat , come ."))
    assert fewer.analyses == (None, (("ven", "come", ""),))


def test_without_segmentations_a_word_is_one_morpheme():
    sentence = make_sentence(TEXT.replace(segmentation=None), segments=False)
    assert sentence.analyses == ((("Kato", "cat-N", ""),), (("ven", "come", ""),))


@pytest.mark.parametrize("line", [None, "", " ", "nan", "N/A", "-", "…!"])
def test_an_empty_translation_has_no_words(line):
    assert translation_words(line) == ()


def test_apostrophes_join_and_other_marks_part():
    assert translation_words("don't re-do “naïve”…") == ("dont", "re", "do", "naïve")


def test_a_word_with_a_gloss_and_no_segmentation_is_open():
    assert has_open_words(make_sentence(TEXT.replace(segmentation=None)))
    assert not has_open_words(make_sentence(TEXT))
    assert not has_open_words(make_sentence(TEXT.replace(glosses=None)))
