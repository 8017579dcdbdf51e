"""Which words of a transcription are which of its segmentation."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from igtkit import io
from igtkit.alignment.pairing import are_alike, pair_words
from igtkit.boundaries import list_words


def pairs(transcription: str, segmentation: str) -> list[str]:
    words, forms = tuple(list_words(transcription)), tuple(list_words(segmentation))
    return [
        f"{'+'.join(words[a:b])} {'+'.join(forms[c:d])}"
        for (a, b), (c, d) in pair_words(words, forms)
    ]


@pytest.mark.parametrize(
    ("transcription", "segmentation", "expected"),
    [
        # Lokono: a filler in brackets, and a word spelled too differently, stay alone
        ('"[ani] yaburhubia dashika bo," la tha.', "jabɨɽɨ-bia da-ʃika =bo l-a tʰa",
         ["dashika da-ʃika", 'bo," =bo', "la l-a", "tha. tʰa"]),
        # Ende: the clitic is a word in the transcription
        ("Baet käsre nagda Däräng bom", "baet käsre nag=da däräng=bom",
         ["Baet baet", "käsre käsre", "nagda nag=da", "Däräng+bom däräng=bom"]),
        # Kakabe: the suffix is a word in the segmentation
        ("n bi min dòni-na kɔ́min", "ǹ bi min dòni la kɔ́min",
         ["n ǹ", "bi bi", "min min", "dòni-na dòni+la", "kɔ́min kɔ́min"]),
        ("का को", "को", ["को को"]),  # the signs of vowels are letters
        ("tha li", "hiyaro", []),
        ("", "ev", []),
    ],
)  # fmt: skip
def test_words_are_paired_by_their_letters(transcription, segmentation, expected):
    assert pairs(transcription, segmentation) == expected


def test_a_word_that_fits_two_places_is_in_none():
    assert pairs("to [to ani] hiyaro", "to hijaro") == ["hiyaro hijaro"]
    assert pairs("to hiyaro [to ani]", "to hijaro") == ["to to", "hiyaro hijaro"]


def test_fewer_than_two_letters_in_five_may_differ():
    assert are_alike("Abcdefgh!", "abcd-efxy")
    assert not are_alike("abcde", "abcxy")
    assert not are_alike("…", "…")


def test_of_very_long_lines_and_words_nothing_is_paired():
    assert pair_words(("ev",) * 101, ("ev",) * 100) == ()
    assert not are_alike("e" * 501, "e" * 501)


WORDS = st.lists(st.text("abcde", min_size=1, max_size=6), max_size=8).map(tuple)


@given(WORDS, WORDS)
def test_pairs_are_in_order_and_use_a_word_once(surfaces, forms):
    ends = (0, 0)
    for (a, b), (c, d) in pair_words(surfaces, forms):
        assert ends[0] <= a < b
        assert ends[1] <= c < d
        assert 1 in {b - a, d - c}
        ends = b, d


@given(WORDS, WORDS)
@example(("aa", "b"), ("ab", "aaa"))
def test_either_line_may_stand_first_and_either_end(surfaces, forms):
    found = pair_words(surfaces, forms)
    assert pair_words(forms, surfaces) == tuple((second, first) for first, second in found)
    m, n = len(surfaces), len(forms)
    turned = pair_words(tuple(w[::-1] for w in surfaces[::-1]), tuple(w[::-1] for w in forms[::-1]))
    assert {((m - b, m - a), (n - d, n - c)) for (a, b), (c, d) in turned} == set(found)


def test_nearly_all_words_of_a_real_text_with_fillers_are_paired(shared):
    texts = io.read(shared / "data/interchange/eaf/ijal_lokono.eaf")
    lines = [
        (tuple(list_words(text.transcription)), tuple(list_words(text.segmentation)))
        for text in texts
        if text.glosses
    ]
    uneven = [pair for pair in lines if len(pair[0]) != len(pair[1])]
    paired = sum(len(pair_words(*pair)) for pair in uneven)
    assert (len(uneven), sum(len(forms) for _, forms in uneven), paired) == (75, 443, 401)
