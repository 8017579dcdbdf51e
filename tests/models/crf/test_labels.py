"""Grammatical labels: renamed, undone, and kept to a closed list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.errors import InputError
from igtkit.models.crf.labels import is_label, permitted, rename, restore

GLOSSES = st.lists(st.sampled_from(("PST", "PFV", "go", "3SG")), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("line", "labels", "expected"),
    [
        ("he.ERG-PFV=Q go.PFV", {"PFV": "PERF"}, "he.ERG-PERF=Q go.PERF"),
        ("he.ERG go", {"he.ERG": "3SG.ERG"}, "3SG.ERG go"),
        ("IPFV-PFV", {"PFV": "PERF"}, "IPFV-PERF"),
        ("PFV.3SG>1SG", {"3SG": "3", "1SG": "1"}, "PFV.3>1"),
        ("", {"PFV": "PERF"}, ""),
        (None, {"PFV": "PERF"}, None),
    ],
)
def test_a_label_is_renamed_where_it_stands_whole(line, labels, expected):
    assert rename(line, labels) == expected


@given(GLOSSES, st.sampled_from("-=.:"))
def test_a_renaming_that_is_undone_changes_nothing(glosses, mark):
    labels = {"PST": "PRET", "PFV": "PERF"}
    line = mark.join(glosses)
    assert rename(rename(line, labels), restore(labels)) == line


def test_two_labels_of_one_name_cannot_be_told_apart():
    with pytest.raises(InputError, match="'PST' and 'AOR' are both renamed 'PAST'"):
        restore({"PST": "PAST", "AOR": "PAST"})


@pytest.mark.parametrize(
    ("gloss", "expected"),
    [("go.PST", True), ("go.FUT", False), ("COP.FUT", True), ("house", True), ("FUT", False)],
)
def test_only_labels_of_the_list_are_permitted(gloss, expected):
    assert permitted(gloss, {"PST", "COP.FUT"}) is expected


@pytest.mark.parametrize(
    ("gloss", "labels", "expected"),
    [
        ("PFV.CVB", (), True),
        ("3", (), True),
        ("go", (), False),
        ("pl", (), False),
        ("pl", {"pl"}, True),
        ("pl.ERG", {"pl"}, True),
        ("go.pl", {"pl"}, False),
        ("家", (), False),
        ("家.PL", (), False),
        ("घर", (), False),
        ("家.pl", {"pl"}, False),
    ],
)
def test_what_has_a_letter_of_a_word_is_no_label(gloss, labels, expected):
    assert is_label(gloss, labels) is expected


def test_a_closed_list_holds_for_labels_in_lower_case_and_for_no_word_of_any_script():
    assert not permitted("fut", {"pl", "pst"}, labels={"pl", "pst", "fut"})
    assert permitted("pl", {"pl", "pst"}, labels={"pl", "pst", "fut"})
    assert permitted("家", {"PL"})
    assert not permitted("家.FUT", {"PL"})
