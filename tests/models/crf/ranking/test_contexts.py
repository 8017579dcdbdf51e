"""Attributes of a word's place: its neighbors, and where it stands."""

from __future__ import annotations

import numpy as np
import pytest

from igtkit.models.crf.hashing import code
from igtkit.models.crf.ranking.contexts import contexts

WORDS = ("aba", "cidi", "efe")
GAPS = (("«",), (), (",",), ("!", "»"))


def test_a_row_for_each_word_and_none_for_none():
    table = contexts(WORDS, ("Aba", "cidi", "efe"), GAPS)
    assert table.dtype == np.uint32
    assert table.shape == (3, contexts((), (), ((),)).shape[1])


def test_neighbors_and_gaps_are_where_they_stand():
    table = contexts(WORDS, WORDS, GAPS)
    before, after, two_before, two_after = table[1, :4].tolist()
    assert [before, after] == [code("aba"), code("efe")]
    assert table[0, 2] == code("\2\2")  # two before the first word
    assert [two_before, two_after] == [code("\2"), code("\3")]
    assert table[2, 0] == table[0, 1] == code("cidi")
    assert {code("!" + " »"), code(",")} <= set(table[2].tolist())


@pytest.mark.parametrize(
    ("place", "surfaces", "expected"),
    [
        (
            0,
            ("Aba", "cidi", "efe"),
            (
                "\2|cidi|\2\2|efe|\2|\2|\2|ci|cid|di|idi|aba|\2\taba|aba\tcidi|\2\tcidi"
                "|first|TrueTrue|«||! »|3"
            ),
        ),
        (
            1,
            ("aba", "Cidi", "efe"),
            (
                "aba|efe|\2|\3|ba|aba|ab|ef|efe|fe|efe|cidi|aba\tcidi|cidi\tefe|aba\tefe"
                "|inside|TrueFalse||,|! »|3"
            ),
        ),
        (
            2,
            WORDS,
            (
                "cidi|\3|aba|\3\3|di|idi|ci|\3|\3|\3|\3|efe|cidi\tefe|efe\t\3|cidi\t\3"
                "|last|FalseFalse|,|! »|! »|3"
            ),
        ),
    ],
)
def test_a_row_is_what_saved_glossers_have_weights_for(place, surfaces, expected):
    """Their files hold a weight for each number, and not what it is of."""
    assert contexts(WORDS, surfaces, GAPS)[place].tolist() == list(map(code, expected.split("|")))


def test_a_word_alone_and_a_long_sentence():
    [alone] = contexts(("aba",), ("aba",), ((), ())).tolist()
    assert alone[15:17] == [code("single"), code("FalseFalse")]
    assert alone[20] == code("1")
    for words in (9, 10, 30):
        table = contexts(("aba",) * words, ("aba",) * words, ((),) * (words + 1))
        assert set(table[:, 20].tolist()) == {code("9")}


def test_only_what_is_near_changes_a_row():
    table, other = contexts(WORDS, WORDS, GAPS), contexts(("x", *WORDS[1:]), WORDS, GAPS)
    assert (table[2] != other[2]).sum() == 1  # the word two before
    assert (table[0] != other[0]).sum() > 1
    capital = contexts(WORDS, ("Aba", *WORDS[1:]), GAPS)
    assert (table[0] != capital[0]).sum() == 1
    assert np.array_equal(table[1:], capital[1:])
