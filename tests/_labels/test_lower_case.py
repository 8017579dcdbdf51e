"""Labels in lower case: which are standard, and how glosses part at them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit._labels import ABBREVIATIONS, is_standard_lower, names_category, split_labels


@pytest.mark.parametrize(
    "text", ["pl", "3sg", "nfut", "1pl", "12", "3", "2nd", "22nd", "1", "house"]
)
def test_what_is_standard(text):
    assert is_standard_lower(text) == (text in {"pl", "3sg", "nfut", "1pl"})


def test_every_standard_abbreviation_of_two_letters_is_known_in_lower_case():
    for label in ABBREVIATIONS:
        assert is_standard_lower(label.lower()) == (len(label) > 1 and not label.isdigit())
        assert is_standard_lower(label) is False


@given(st.text("aA1.-_ÉéßİΣς猫", max_size=12), st.sets(st.text("a1é", min_size=1, max_size=3)))
def test_the_pieces_of_a_gloss_make_it_up(gloss, labels):
    pieces = split_labels(gloss, labels)
    assert "".join(text for text, _ in pieces) == gloss
    assert all(text for text, _ in pieces)
    for text, is_label in pieces:
        if is_label:
            assert text in labels or text == text.upper() != text.lower()


@given(st.text("aA1.-", min_size=1, max_size=8))
def test_without_labels_in_lower_case_only_capitals_name_a_category(gloss):
    capitals = gloss == gloss.upper() and any(map(str.isalnum, gloss))
    assert names_category(gloss) == capitals
    assert names_category(gloss, {"a", "aa"}) or not capitals


def test_a_gloss_is_grammatical_if_all_of_it_is():
    assert names_category("3sg.PST", {"3sg"})
    assert not names_category("go.3sg", {"3sg"})
    assert not names_category("???", {"3sg"})
