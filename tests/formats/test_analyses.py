"""What training texts tell about the words of a text."""

from __future__ import annotations

import json
import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import igtkit
from igtkit import IGT
from igtkit.formats.analyses import Analyses, rows_of

TEXTS = [
    IGT("the bank , bank", "the bank , bank", "DEF shore , money"),
    IGT("a bank is", "a bank is", "INDF money be"),
    IGT("Banks", "bank-s", "money-PL"),
]
WORD = st.text("ab", min_size=1, max_size=3)
ROWS = st.lists(st.tuples(WORD, WORD, WORD), min_size=1, max_size=4).map(tuple)


def found(analyses, *words, **options):
    return [each.analyses for each in analyses.of_words(words, **options)]


def first(analyses, *words):
    return [each.analyses[0] for each in analyses.of_words(words)]


def test_the_words_of_a_text_that_pairs_up():
    assert rows_of(TEXTS[0]) == (
        ("the", "the", "DEF"), ("bank", "bank", "shore"), ("bank", "bank", "money")
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"transcription": "the bank"},
        {"segmentation": "the bank"},
        {"glosses": "DEF shore money more"},
        {"glosses": "DEF shore-PL , money"},
        {"glosses": None},
    ],
)
def test_a_text_that_does_not_pair_up_teaches_nothing(changes):
    text = TEXTS[0].replace(**changes)
    assert rows_of(text) is None
    assert Analyses.learn([text, TEXTS[2]]).texts == ((("Banks", "bank-s", "money-PL"),),)


def test_a_known_word_has_its_analyses_the_likeliest_beside_its_neighbors_first():
    known = Analyses.learn(TEXTS)
    assert found(known, "bank") == [(("bank", "money"), ("bank", "shore"))]
    assert found(known, "the", "Bank", "bank")[1] == (("bank", "shore"), ("bank", "money"))
    assert found(known, "a", "bank", most=1)[1] == (("bank", "money"),)
    assert all(each.known for each in known.of_words(["the", "bank"]))


def test_an_unknown_word_is_split_into_known_morphemes():
    known = Analyses.learn([*TEXTS, IGT("cats dogs", "cat-s dog-s", "cat-PL dog-PL")])
    assert not any(each.known for each in known.of_words(["THES", "xyzs"]))
    assert first(known, "THES", "xyzs", "xy") == [
        ("the-s", "DEF-PL"), ("xyz-s", "???-PL"), ("xy", "???")
    ]  # fmt: skip


def test_a_boundary_in_a_transcription_is_no_part_of_a_morpheme():
    known = Analyses.learn([*TEXTS, IGT("cats dogs", "cat-s dog-s", "cat-PL dog-PL")])
    assert first(known, "cats-dogs", "xyz=cat", "-") == [
        ("cat-s-dog-s", "cat-PL-dog-PL"), ("xyz-cat", "???-cat"), ("-", "???")
    ]  # fmt: skip


def test_a_morpheme_is_glossed_as_in_its_place():
    known = Analyses.learn([IGT("a a ba", "a a b-a", "one one two-PL")])
    assert first(known, "aba") == [("a-b-a", "one-two-PL")]
    assert ("a-b-a", "PL-two-PL") not in found(known, "aba", most=1)[0]


def test_what_is_rarer_costs_more():
    known = Analyses.learn(TEXTS)
    [word] = known.of_words(["bank"])
    assert word.costs == tuple(sorted(word.costs))
    assert math.fsum(math.exp(-cost) for cost in word.costs) == pytest.approx(1)
    [unknown] = known.of_words(["thebanks"])
    assert unknown.costs == tuple(sorted(unknown.costs))
    assert len(unknown.costs) == len(unknown.analyses) == 3


def test_a_text_that_is_left_out_is_as_if_it_had_not_been_learned():
    for text in TEXTS:
        rest = Analyses.learn(each for each in TEXTS if each is not text)
        rows = rows_of(text)
        words = [row[0] for row in rows]
        assert Analyses.learn(TEXTS).of_words(words, without=rows) == rest.of_words(words)


@given(st.lists(ROWS, min_size=1, max_size=4), ROWS, st.data())
def test_leaving_out_is_learning_from_the_others(texts, words, data):
    known = Analyses(tuple(texts))
    at = data.draw(st.integers(0, len(texts) - 1))
    rest = Analyses(tuple(texts[:at] + texts[at + 1 :]))
    asked = [row[0] for row in words]
    assert known.of_words(asked, without=texts[at]) == rest.of_words(asked)
    if words not in texts:
        assert known.of_words(asked, without=words) == known.of_words(asked)


@given(st.lists(ROWS, max_size=4), st.lists(WORD, max_size=3))
def test_what_is_found_pairs_up_and_comes_from_the_texts(texts, words):
    rows = Counter(row for text in texts for row in text)
    for word, retrieved in zip(words, Analyses(tuple(texts)).of_words(words), strict=True):
        assert retrieved.known == any(row[0] == word for row in rows)
        for form, gloss in retrieved.analyses:
            assert form.count("-") == gloss.count("-")
            assert not retrieved.known or rows[word, form, gloss]
            assert retrieved.known or form.replace("-", "") == word


def test_nothing_learned_is_nothing_known():
    assert first(Analyses(), "ev") == [("ev", "???")]
    assert Analyses().of_words([]) == []


def test_analyses_come_back_from_json():
    known = Analyses.learn(TEXTS)
    assert Analyses.from_json(json.loads(json.dumps(known.to_json()))) == known


@pytest.mark.parametrize(
    "value",
    [None, {}, "ev", [1], [[["ev", "ev"]]], [[["ev", "ev", 1]]], [["ev"]], [[["e", "e-v", "x"]]]],
)
def test_json_of_another_kind_is_refused(value):
    with pytest.raises(ValueError, match="expected"):
        Analyses.from_json(value)


def test_half_of_a_corpus_knows_the_other(shared):
    path = shared / "data" / "sigmorphon2023" / "nyb" / "nyb-train-track2-uncovered"
    texts = list(igtkit.read(path, format="sigmorphon"))[:600]
    known = Analyses.learn(texts[::2])
    asked = [row for text in texts[1::2] for row in rows_of(text) or ()]
    guesses = first(known, *(row[0] for row in asked))
    right = sum(guess == row[1:] for guess, row in zip(guesses, asked, strict=True))
    assert right > 0.6 * len(asked)


def test_a_word_that_is_longer_than_any_is_not_split():
    known = Analyses.learn([IGT("evde kim", "ev-de kim", "house-LOC who")])
    long = "evde" * 20_000
    [found] = known.of_words([long])
    assert found.analyses == ((long, "???"),)
    assert not found.known
