"""Which annotations belong to which sentence, and what is said of those that belong to none."""

from __future__ import annotations

import pytest
from documents.tiers import ASSOCIATION, group, source, tier, timed, under

from igtkit.errors import FileFormatError
from igtkit.io._tiers.belonging import Sentences


def by_sentence(tier, group, source):
    rows = Sentences(group, source).rows(tier)
    return [rows.get(index, []) for index in range(len(group.unit.annotations))]


def texts(rows):
    return [[one.text for one in row] for row in rows]


def test_what_hangs_on_a_sentence_is_its_own(tmp_path):
    root = tier("tx", "ev de", "kim", "")
    words = under("wd", root, ["ev", "de"], ["kim"], [])
    parts = under("mb", words, ["e", "v"], ["de"], ["kim"])
    both = group({"transcription": root, "words": words}, parts)
    assert texts(by_sentence(words, both, source(tmp_path))) == [["ev", "de"], ["kim"], []]
    assert texts(by_sentence(parts, both, source(tmp_path))) == [["e", "v", "de"], ["kim"], []]


def test_what_stands_beside_the_sentences_goes_by_time(tmp_path):
    root = timed("tx", ("a b", 0.0, 1.0), ("c", 1.0, 2.0))
    free = timed("ft", ("C", 1.1, 1.9), ("A B", 0.0, 1.0))
    both = group({"transcription": root, "translation": free})
    assert texts(by_sentence(free, both, source(tmp_path))) == [["A B"], ["C"]]


def test_each_sentence_has_its_own_in_the_tier_that_it_is_about(tmp_path):
    numbers = tier("ref", "1", "2")
    root = under("tx", numbers, ["a"], ["b"], constraint=ASSOCIATION)
    told = group({"transcription": root}, numbers)
    assert texts(by_sentence(numbers, told, source(tmp_path))) == [["1"], ["2"]]


def test_a_tier_above_the_sentences_belongs_to_none_of_them(tmp_path):
    paragraph = tier("paragraph", "one")
    root = under("tx", paragraph, ["a", "b"])
    told = group({"transcription": root}, paragraph)
    assert by_sentence(paragraph, told, source(tmp_path)) == [[], []]


def test_an_annotation_of_a_line_under_no_sentence_is_reported(tmp_path):
    root = timed("tx", ("a b", 0.0, 1.0))
    free = timed("ft", ("A B", 0.0, 1.0), ("lost", 5.25, 6.0), (" ", 7.0, 8.0))
    both = group({"transcription": root, "translation": free})
    with pytest.raises(FileFormatError) as raised:
        by_sentence(free, both, source(tmp_path))
    message = str(raised.value)
    assert "annotation '1' at 5.250 s of tier 'ft' belongs to no annotation of 'tx'" in message
    lenient = source(tmp_path, errors="skip")
    assert texts(by_sentence(free, both, lenient)) == [["A B"]]
    assert [one.text for one in lenient.skipped] == ["lost"]  # not the one without text


def test_a_tier_that_is_no_line_may_have_more_than_the_sentences(tmp_path):
    root = timed("tx", ("a b", 0.0, 1.0))
    other = timed("gesture", ("nod", 5.0, 6.0))
    strict = source(tmp_path)
    assert by_sentence(other, group({"transcription": root}, other), strict) == [[]]
    assert strict.skipped == []
