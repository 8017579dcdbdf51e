"""Words in brackets, and whether a corpus analyzes them."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.boundaries import separate_words
from igtkit.models import CrfGlosser
from igtkit.models.crf.brackets import brackets_of, skipped_brackets
from igtkit.models.crf.punctuation import Habits

NONE, KNOWN = (None, None), ("a", "b")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("li [ani] tha", [" ", "[", " "]),
        ('"[to ani]," tha', ["[", "[", " "]),
        ("[ to ani ] tha", ["[", "[", " "]),
        ("<mhm> (um) {er} ⟨ah⟩", ["<", "(", "{", "⟨"]),
        ("li [ani tha", [" ", " ", " "]),  # it never closes
        ("b<um>ili tha(n) (wɔ)nɔ", [" ", " ", " "]),  # a part of a word
        ("li ani] [tha", [" ", " ", " "]),
        ("[...] li", [" "]),
        ("", []),
    ],
)
def test_a_word_is_in_the_brackets_that_are_around_all_of_it(line, expected):
    found = brackets_of(*separate_words(line.split()))
    assert [one or " " for one in found] == expected


def test_brackets_are_skipped_whose_words_have_no_analysis_or_are_copied():
    def skipped(*known, words=("a", "x")):
        return skipped_brackets([(words, ("[", ""), (one, KNOWN)) for one in known])

    assert skipped(NONE, NONE, NONE) == {"["}
    assert skipped(("a", "a"), NONE, NONE) == {"["}
    assert skipped(NONE, NONE) == frozenset()  # too few to tell
    assert skipped(NONE, NONE, NONE, KNOWN) == frozenset()
    assert skipped_brackets([(("a",), ("[",), (NONE,))] * 9) == frozenset()  # nothing pairs up


FILLERS = [
    IGT("Kato [er] veni .", "kat-o ven-i", "cat-N come-V"),
    IGT("[la kat] Hundo veni .", "hund-o ven-i", "dog-N come-V"),
    IGT("Hundo (ne) diri .", "hund-o ne dir-i", "dog-N NEG say-V"),
]


def test_words_in_brackets_are_copied_where_the_texts_have_no_analysis_of_them():
    glosser = CrfGlosser().fit(FILLERS)
    [found] = glosser.predict([IGT("[er hun] Kato (ne) veni .")])
    assert (found.segmentation, found.glosses) == (
        "[er hun] kat-o ne ven-i",
        "[er hun] cat-N NEG come-V",
    )
    assert [found.words[0][0].probability, *found.words[1][0].evidence] == [
        None, "copied: your texts have no analysis of words in such brackets",
    ]  # fmt: skip


def test_what_a_person_has_done_of_them_stays():
    [found] = (
        CrfGlosser()
        .fit(FILLERS)
        .predict([IGT("Kato [hundo] veni .", None, "??? dog-N ???")], given="partial")
    )
    assert found.glosses == "cat-N dog-N come-V"


def test_copies_that_a_person_has_confirmed_are_copied_again():
    copied = [
        IGT("Kato [er] veni .", "kat-o [er] ven-i", "cat-N [er] come-V"),
        IGT("[la kat] Hundo veni .", "[la kat] hund-o ven-i", "[la kat] dog-N come-V"),
    ]
    assert Habits.learn(copied).skipped == {"["}
    [found] = CrfGlosser().fit(copied).predict([IGT("Hundo [er] veni .")])
    assert found.glosses == "dog-N [er] come-V"


def test_it_is_saved(tmp_path):
    CrfGlosser().fit(FILLERS).save_pretrained(tmp_path)
    [found] = CrfGlosser.from_pretrained(tmp_path).predict([IGT("Kato [zo] veni .")])
    assert found.glosses == "cat-N [zo] come-V"
