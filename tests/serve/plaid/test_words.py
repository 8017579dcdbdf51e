"""Words of Plaid as texts, and suggestions as analyses."""

from __future__ import annotations

import pytest
from serve.plaid.documents import CONTRIBUTED, MACHINE, VERIFIED, derived, document

from igtkit.igt import Suggestion
from igtkit.serve.plaid.words import find_analysis, is_confirmed, make_text, read_word


def word(surface, *morphemes):
    [sentence] = derived(document(([(surface, list(morphemes))], "")))
    return sentence["words"][0]


@pytest.mark.parametrize(
    ("morphemes", "read"),
    [
        ([("ev", "house", {}), ("de", "LOC", {})], ("ev-de", "house-LOC")),
        ([("ev", "house", {}), ("mi", "Q", {"morphType": "enclitic"})], ("ev=mi", "house=Q")),
        ([("l", "DEF", {"morphType": "proclitic"}), ("ev", "h", {})], ("l=ev", "DEF=h")),
        ([("", "house", {})], ("evde", "house")),
        ([("ev", "house", {}), ("de", None, {})], None),
        ([("ev", "house", {}), ("", "LOC", {})], None),
        ([("e-v", "house", {})], None),
        ([("ev", "my house", {})], None),
        ([("ed", "house", {}), ("v", "PL", {"morphType": "infix"})], None),
        ([], None),
    ],
)
def test_a_word_is_read_with_its_boundaries(morphemes, read):
    assert read_word(word("evde", *morphemes), "gl") == read


def test_the_type_of_an_entry_is_that_of_the_morphemes_linked_to_it():
    one = word("evmi", ("ev", "house", {}), ("mi", "Q", {}))
    last = one["morphs"][1]["id"]
    one["morph_links"][last] = [{"vocab_item": {"id": "e"}}]
    assert read_word(one, "gl", {"e": "enclitic"}) == ("ev=mi", "house=Q")


def test_what_a_person_has_confirmed():
    confirmed = {
        name: is_confirmed(word("evde", ("ev", "house", stamp), ("de", "LOC", stamp)))
        for name, stamp in (("human", {}), ("machine", MACHINE), ("verified", VERIFIED),
                            ("contributed", CONTRIBUTED))
    }  # fmt: skip
    assert confirmed == {
        "human": True,
        "machine": False,
        "verified": True,
        "contributed": False,
    }
    assert not is_confirmed(word("evde"))


def test_words_that_are_no_tokens_are_left_out():
    [sentence] = derived(document((["ev", "iki ev", "kedi"], "Two.")))
    text, places = make_text(sentence["words"], [None, None, ("kedi", "cat")], "Two.")
    assert places == [0, 2]
    assert text.transcription == "ev kedi"
    assert (text.segmentation, text.glosses) == ("??? kedi", "??? cat")
    assert text.translation == "Two."


def test_a_probability_is_shared_by_those_that_agree():
    found = find_analysis(
        "evde",
        [
            Suggestion("ev-de", "house-LOC", 0.5, ("seen twice",)),
            Suggestion("ev-de", "home-LOC", 0.25),
            Suggestion("evde", "at.home", 0.125),
        ],
    )
    assert found["probs"] == [0.5, 0.75]
    assert found["form_probs"] == [0.75, 0.75]
    first, second = found["gloss_details"]
    assert first == {"valueProbs": {"house": 0.5, "home": 0.25}, "evidence": ["seen twice"]}
    assert second["valueProbs"] == {"LOC": 0.75}
    assert not found["surface_mismatch"]


def test_clitics_have_their_type():
    assert find_analysis("evmi", [Suggestion("ev=mi", "house=Q", 1.0)])["types"] == [
        None,
        "enclitic",
    ]
    assert find_analysis("mi", [Suggestion("=mi", "=Q", 1.0)])["types"] == ["enclitic"]
    assert find_analysis("l", [Suggestion("l=", "DEF=", 1.0)])["types"] == ["proclitic"]


def test_an_underlying_form_is_said_to_differ():
    assert (
        find_analysis("evde", [Suggestion("Ev-de", "house-LOC", 1.0)])["surface_mismatch"] is False
    )
    assert (
        find_analysis("evde", [Suggestion("av-de", "house-LOC", 1.0)])["surface_mismatch"] is True
    )


@pytest.mark.parametrize(
    "suggestions",
    [
        [],
        [Suggestion("ev-de", "???", 0.1)],
        [Suggestion("ev-de", "house", 0.1)],
        [Suggestion(None, "house", 0.1)],
        [Suggestion("ev-", "house-LOC", 0.1)],
    ],
)
def test_what_is_open_or_does_not_pair_up_is_no_analysis(suggestions):
    assert find_analysis("evde", suggestions) is None


def test_without_probabilities_nothing_is_claimed():
    found = find_analysis("evde", [Suggestion("ev-de", "house-LOC")])
    assert found["probs"] == found["form_probs"] == [None, None]
    assert found["gloss_details"] == [{}, {}]
