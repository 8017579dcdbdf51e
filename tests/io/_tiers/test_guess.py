"""Which tier is which line, as names, types, parents and texts tell."""

from __future__ import annotations

import pytest
from documents.tiers import ASSOCIATION, SUBDIVISION, tier

from igtkit.io import TierMap
from igtkit.io._tiers.guess import depth, guess_roles, is_tabbed, score


def roles_of(*tiers, given=(), alone=False, **asked):
    found = guess_roles(tiers, TierMap(**asked), dict(given), alone=alone)
    return {line: one.tier.name for line, one in found.items()}


def test_names_win_over_types():
    root = tier("Utterance", "a b", kind="default-lt")
    child = tier("English", "A B", parent=root, constraint="Symbolic_Association", kind="phrase")
    assert roles_of(root, child) == {"transcription": "Utterance", "translation": "English"}


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("glosses", "Traducción español", "Traducción inglés"), "Traducción español"),
        (("Glosas inglés", "Traducción español", "Traducción inglés"), "Traducción inglés"),
        (("Glosas español", "Traducción inglés", "Traducción español"), "Traducción español"),
        (("gloss_de", "ft_en", "ft_xx"), "ft_en"),
        (("A_morph-gls-tpi", "A_phrase-gls-en", "A_phrase-gls-tpi"), "A_phrase-gls-tpi"),
    ],
)
def test_the_translation_is_in_the_language_of_the_glosses(names, chosen):
    root = tier("A_phrase-txt-wad" if "phrase" in names[1] else "tx", "a b")
    parts = tier("A_morph-txt-wad", "a", "b", parent=root, constraint="Symbolic_Subdivision")
    kind = "Symbolic_Association"
    glosses = tier(names[0], "A", "B", parent=parts, constraint=kind)
    free = [tier(name, "A B", parent=root, constraint=kind) for name in names[1:]]
    roles = roles_of(root, parts, glosses, *free)
    assert (roles["glosses"], roles["translation"]) == (names[0], chosen)


@pytest.mark.parametrize(
    ("words", "glosses", "line"),
    [
        (("ev-de", "kim"), ("house-LOC", "who"), "segmentation"),
        (("evde", "kim"), ("house-LOC", "who"), "words"),
        (("git-gel", "kim"), ("traffic", "who"), "words"),
    ],
)
def test_a_tier_of_words_that_is_segmented(words, glosses, line):
    root = tier("utterance", "evde kim")
    kind = "Symbolic_Subdivision"
    word = tier("word", *words, parent=root, constraint=kind)
    gloss = tier("gloss", *glosses, parent=word, constraint="Symbolic_Association")
    roles = roles_of(root, word, gloss)
    assert roles == {"transcription": "utterance", line: "word", "glosses": "gloss"}


def test_types_where_names_tell_nothing():
    root = tier("K-Spch", "a b", kind="utterance")
    words = tier("K-1", "a", "b", parent=root, constraint="Symbolic_Subdivision", kind="word")
    assert roles_of(root, words) == {"transcription": "K-Spch", "words": "K-1"}


def test_structure_where_nothing_tells():
    root = tier("1", "ev de kim")
    words = tier("2", "evde", "kim", parent=root, constraint="Symbolic_Subdivision")
    parts = tier("3", "ev", "de", "kim", parent=words, constraint="Symbolic_Subdivision")
    below = tier("4", "house", "LOC", "who", parent=parts, constraint="Symbolic_Association")
    beside = tier("5", "Who is it?", parent=root, constraint="Symbolic_Association")
    assert roles_of(root, words, parts, below, beside) == {
        "transcription": "1",
        "words": "2",
        "segmentation": "3",
        "glosses": "4",
        "translation": "5",
    }


def test_a_tier_is_one_line_and_a_line_one_tier():
    root = tier("text", "a b")
    other = tier("text-2", "a b", parent=root, constraint=ASSOCIATION)
    found = guess_roles([root, other], TierMap(), {}, alone=False)
    assert len({id(guess.tier) for guess in found.values()}) == len(found)
    assert found["transcription"].tier is root


def test_what_the_user_names_stands_and_what_he_empties_is_left_out():
    root = tier("tx", "a b")
    free = tier("ft", "A B", parent=root, constraint=ASSOCIATION)
    asked = {"transcription": free}
    assert roles_of(root, free, given=asked)["transcription"] == "ft"
    assert roles_of(root, free, translation="") == {"transcription": "tx"}


def test_suggestions_of_a_machine_and_tiers_without_annotations_are_no_line():
    root = tier("tx", "a b")
    own = tier("igtkit-glosses", "A B", parent=root, constraint=ASSOCIATION)
    empty = tier("gloss", parent=root, constraint=ASSOCIATION)
    assert roles_of(root, own, empty) == {"transcription": "tx"}


def test_a_single_tier_is_the_text_where_everyone_has_just_one():
    assert roles_of(tier("Ana", "a b"), alone=True) == {"transcription": "Ana"}
    assert roles_of(tier("Ana", "a b"), alone=False) == {}


def test_lines_whose_words_stand_apart_by_tabs_are_forms_and_then_glosses():
    root = tier("tx", "evde kim")
    forms = tier("x", "ev-de\tkim", parent=root, constraint=ASSOCIATION)
    glosses = tier("y", "house-LOC\twho", parent=root, constraint=ASSOCIATION)
    assert roles_of(root, forms, glosses) == {
        "transcription": "tx",
        "segmentation": "x",
        "glosses": "y",
    }


@pytest.mark.parametrize(
    ("texts", "tabbed"),
    [
        (("a\tb",), True),
        (("a b", "a\tb"), False),  # half of them
        (("a b", "a\tb", "c\td"), True),
        (("a\t",), False),  # one word, and a stray tab
        (("a",), False),
        ((), False),
    ],
)
def test_most_lines_of_several_words_have_tabs(texts, tabbed):
    assert is_tabbed(tier("x", *texts)) is tabbed


def test_the_depth_counts_the_divisions_above():
    root = tier("tx", "evde")
    words = tier("wd", parent=root, constraint=SUBDIVISION)
    spelled = tier("orth", parent=words, constraint=ASSOCIATION)
    parts = tier("mb", parent=spelled, constraint="Time_Subdivision")
    inside = tier("words", parent=root, constraint="Included_In")
    clause = tier("clause", parent=root, constraint="Included_In")
    assert [depth(one) for one in (root, words, spelled, parts, inside, clause)] == [
        *(0, 1, 1, 2, 1, 0)
    ]


@pytest.mark.parametrize(
    ("better", "worse", "line"),
    [
        (tier("tx"), tier("tx old"), "transcription"),  # every word of the name, or some
        (tier("ge@A", kind="gloss"), tier("ge@A"), "glosses"),
        (tier("ft"), tier("x", kind="translation"), "translation"),
        (tier("A_morph-gls-en"), tier("A_word-gls-en"), "glosses"),
        (tier("A_morph-txt-xx"), tier("A_morph-cf-xx"), "segmentation"),
        (tier("A_phrase-gls-en"), tier("free translation"), "translation"),
        (tier("Übersetzung"), tier("gesture"), "translation"),  # with and without its marks
        (tier("freeTranslation"), tier("freetranslations"), "translation"),
    ],
)
def test_of_two_tiers_the_one_that_is_named_better_has_more_points(better, worse, line):
    assert score(better, line) > score(worse, line)


@pytest.mark.parametrize(
    ("name", "kind", "line"),
    [
        ("gesture", "", "glosses"),
        ("word gloss", "", "words"),  # glosses of words, no words
        ("A_phrase-segnum-en", "phrase", "transcription"),
        ("A_phrase-gls-en", "", "glosses"),
        ("translation", "gloss", "glosses"),  # the name says something else than the type
    ],
)
def test_what_a_name_does_not_say_has_no_points(name, kind, line):
    assert score(tier(name, kind=kind), line) == 0


def test_labels_of_sentences_are_no_transcription_where_there_are_words():
    root = tier("ref", "AB_001", "AB_002")
    words = tier("word", "ev", "de", parent=root, constraint=SUBDIVISION)
    assert roles_of(root, words) == {"words": "word"}
