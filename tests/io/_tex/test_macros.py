r"""What LaTeX macros stand for."""

from __future__ import annotations

import unicodedata

import pytest

from igtkit.conventions import ABBREVIATIONS
from igtkit.io._tex.macros import (
    ACCENTS,
    DROPPED,
    LAST_OF,
    LEIPZIG_MACROS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    TIPA_LETTERS,
    label_of,
)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Acc", "ACC"),
        ("ACC", "ACC"),
        ("acc", "ACC"),
        ("sg", "SG"),
        ("twoP", "2P"),
        ("oneSg", "1SG"),
        ("Tsg", "3SG"),
        ("Aarg", "A"),
        ("A", "A"),
        ("a", None),  # sub-examples begin so
        ("foo", None),
        ("two", None),
        ("", None),
    ],
)
def test_a_macro_may_be_a_label_by_its_name(name, label):
    assert label_of(name) == label


def test_every_label_of_the_leipzig_list_has_a_macro():
    labels = [label for label in ABBREVIATIONS if label.isalpha() and len(label) > 1]
    assert len(labels) > 60
    for label in labels:
        for name in (label, label.lower(), label.capitalize()):
            assert label_of(name) == LEIPZIG_MACROS.get(name, label)


@pytest.mark.parametrize("table", [SUPERSCRIPTS, SUBSCRIPTS])
def test_a_shifted_character_is_the_compatible_one_of_unicode(table):
    for plain, shifted in table.items():
        if plain == "ʔ":  # of which Unicode does not say so
            assert unicodedata.name(shifted) == "MODIFIER LETTER GLOTTAL STOP"
            continue
        assert unicodedata.normalize("NFKC", shifted).replace("\u2212", "-") == plain


def test_accents_are_combining_marks_with_nothing_to_stand_on():
    for mark in ACCENTS.values():
        assert all(map(unicodedata.combining, mark))


@pytest.mark.parametrize(
    ("macro", "letter", "composed"),
    [
        ("'", "e", "é"),
        ('"', "u", "ü"),
        ("v", "s", "š"),
        ("c", "c", "ç"),
        ("H", "o", "ő"),
        ("k", "a", "ą"),
    ],
)
def test_an_accent_on_a_letter_is_the_letter_with_it(macro, letter, composed):
    assert unicodedata.normalize("NFC", letter + ACCENTS[macro]) == composed


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("textglotstop", "LATIN LETTER GLOTTAL STOP"),
        ("texteng", "LATIN SMALL LETTER ENG"),
        ("textschwa", "LATIN SMALL LETTER SCHWA"),
        ("ss", "LATIN SMALL LETTER SHARP S"),
        ("emptyset", "EMPTY SET"),
        ("textlengthmark", "MODIFIER LETTER TRIANGULAR COLON"),
        ("lambda", "GREEK SMALL LETTER LAMDA"),
    ],
)
def test_symbols_are_the_characters_of_their_names(name, character):
    assert unicodedata.name(SYMBOLS[name]) == character


def test_plain_letters_in_tipa_are_one_sound_each():
    assert "".join(TIPA_LETTERS[letter] for letter in 'S@"N:') == "ʃəˈŋː"
    assert all(len(sound) == 1 for sound in TIPA_LETTERS.values())


def test_macros_without_trace_and_those_of_which_the_last_argument_counts_are_others():
    assert not DROPPED.keys() & LAST_OF.keys()
    assert min(LAST_OF.values()) >= 1
    assert min(DROPPED.values()) >= 0
