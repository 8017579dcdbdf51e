"""A text: lines kept as given, words and morphemes derived from them."""

from __future__ import annotations

import pickle

import attrs
import pytest
from hypothesis import given
from strategies import aligned_lines

from igtkit import IGT, LEIPZIG, Language, Morpheme, Word, check
from igtkit.errors import AlignmentError, InputError

HOUSES = IGT("Evlerde kim", "ev-ler-de kim", "house-PL-LOC who", language="Turkish")


def test_lines_are_kept_exactly_as_given():
    igt = IGT(" a  b\t", "\u0061\u0301  b ", "X   Y")
    assert (igt.transcription, igt.segmentation, igt.glosses) == (" a  b\t", "a\u0301  b ", "X   Y")


def test_words_and_morphemes():
    first, second = HOUSES.words
    assert (first.surface, first.form, first.gloss) == (
        "Evlerde",
        "ev-ler-de",
        "house-PL-LOC",
    )
    assert first.morphemes[2] == Morpheme("de", "LOC", "-")
    assert second.morphemes == (Morpheme("kim", "who"),)
    assert HOUSES.words is HOUSES.words


def test_a_clitic_written_as_a_word_is_one_morpheme():
    igt = IGT("bamun koba re ev", "b-amun =koba re= ev", "2-have =PST REL= house")
    clitic, before = igt.words[1:3]
    assert clitic.morphemes == (Morpheme("koba", "PST", "="),)
    assert (clitic.form, clitic.surface) == ("=koba", "koba")
    assert before.morphemes == (Morpheme("re", "REL"),)
    assert (before.form, before.gloss) == ("re=", "REL=")
    assert IGT.from_words(igt.words) == igt
    assert Word.from_morphemes(clitic.morphemes).form == "=koba"


def test_leipzig_words_know_infixes():
    (word,) = IGT("bumibili", "b<um>i~bili", "<ACTFOC>IPFV~buy").align(LEIPZIG)
    assert [attrs.astuple(m) for m in word.morphemes] == [
        ("bi", "IPFV", ""),
        ("um", "ACTFOC", "<>"),
        ("bili", "buy", "~"),
    ]


def test_punctuation_may_stand_in_one_line_only():
    igt = IGT("gel şimdi , a .", "gel şimdi a .", "come now « X .")
    assert [(w.form, w.gloss, w.surface) for w in igt.words] == [
        ("gel", "come", "gel"),
        ("şimdi", "now", "şimdi"),
        (None, "«", ","),
        ("a", "X", "a"),
        (".", ".", "."),
    ]
    assert [w.is_punctuation for w in igt.words] == [False, False, True, False, True]


def test_punctuation_that_lines_share_shares_a_word():
    igt = IGT("gel !» , şimdi", "gel , şimdi", "come , now")
    assert [(w.form, w.gloss, w.surface) for w in igt.words] == [
        ("gel", "come", "gel"),
        (None, None, "!»"),
        (",", ",", ","),
        ("şimdi", "now", "şimdi"),
    ]


def test_a_free_dash_is_a_token():
    igt = IGT("a - b", "a - b", "X Y")
    assert [(w.form, w.gloss) for w in igt.words] == [("a", "X"), ("-", None), ("b", "Y")]
    assert igt.words[1].morphemes == (Morpheme("-", None),)


def test_a_mark_is_one_morpheme_of_both_lines():
    _, comma, _ = IGT("gel , o", "gel , o", "come . that").words
    assert comma.morphemes == (Morpheme(",", "."),)


def test_surface_words_attach_only_where_they_pair_up():
    assert IGT("a b c", "a b", "X Y").words[0].surface is None
    assert IGT("a b", None, "X Y-Z").words[1] == Word(
        None, "Y-Z", "b", (Morpheme(None, "Y"), Morpheme(None, "Z", "-"))
    )
    assert IGT("a b").words == (Word(None, None, "a"), Word(None, None, "b"))
    assert IGT(None).words == ()


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_line_is_a_missing_line(blank):
    assert [w.gloss for w in IGT("a b", blank, "X Y").words] == ["X", "Y"]


def test_a_different_number_of_morphemes_is_an_error_that_shows_the_word():
    with pytest.raises(AlignmentError) as caught:
        _ = IGT("the cats run", "the cat-s ru-n", "DET cat-PL run.SG").words
    assert str(caught.value).splitlines() == [
        "'ru-n' has 2 morphemes, 'run.SG' has 1",
        "  segmentation: the cat-s  ru-n",
        "  glosses:      DET cat-PL run.SG",
        "                           ^^^^^^",
    ]


def test_a_different_number_of_words_is_an_error_that_shows_the_first_without_partner():
    with pytest.raises(AlignmentError, match="has 2 words, the glosses have 3") as caught:
        _ = IGT("a b", "a b", "X Y Z").words
    assert str(caught.value).splitlines()[-1] == "                    ^"


def test_the_lenient_way_never_raises():
    words = IGT("a b", "a-x b c", "X Y-Z").align(strict=False)
    assert [(w.form, w.gloss) for w in words] == [("a-x", "X"), ("b", "Y-Z"), ("c", None)]
    assert words[0].morphemes == (Morpheme("a", "X"), Morpheme("x", None, "-"))
    assert words[1].morphemes == (Morpheme("b", "Y"), Morpheme(None, "Z", "-"))


@given(aligned_lines())
def test_from_words_gives_the_lines_back(lines):
    igt = IGT(*lines)
    assert check(igt) == ()
    again = IGT.from_words(igt.words)
    for line in ("transcription", "segmentation", "glosses"):
        assert getattr(again, line) == " ".join(getattr(igt, line).split())


@given(aligned_lines())
def test_leipzig_words_give_the_lines_back_too(lines):
    igt = IGT(*lines)
    assert IGT.from_words(igt.align(LEIPZIG)).glosses == " ".join(igt.glosses.split())


def test_from_words_built_by_hand():
    word = Word.from_morphemes([Morpheme("cat", "cat"), Morpheme("s", "PL", "-")])
    igt = IGT.from_words([word], "Cats.", language="English", id="1")
    assert igt == IGT("cats", "cat-s", "cat-PL", "Cats.", language=Language(name="English"), id="1")
    assert IGT.from_words([]) == IGT(None)


def test_equality_and_hash_leave_metadata_out():
    one, other = IGT("a", metadata={"page": 1}), IGT("a", metadata={"page": 2})
    assert one == other
    assert hash(one) == hash(other)
    assert one != IGT("a", id="1")


def test_it_is_frozen_and_pickles():
    igt = IGT("a", "a", "X", metadata={"page": 1})
    assert igt.words
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        igt.transcription = "b"
    again = pickle.loads(pickle.dumps(igt))
    assert again == igt
    assert again.words == igt.words
    assert again.metadata == {"page": 1}


@pytest.mark.parametrize("bad", [float("nan"), 3, ["a"], b"a"])
def test_lines_that_are_no_text_are_refused(bad):
    with pytest.raises(InputError, match=r"IGT\.glosses must be a string or None"):
        IGT("a", "a", bad)


@pytest.mark.parametrize("metadata", [None, "page", 7, [("page", 7)]])
def test_metadata_that_is_no_mapping_is_an_error(metadata):
    with pytest.raises(InputError, match="metadata must be a mapping"):
        IGT("a", metadata=metadata)
