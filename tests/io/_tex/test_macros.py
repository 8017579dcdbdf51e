r"""What LaTeX macros stand for."""

from __future__ import annotations

import unicodedata

import pytest

from igtkit.conventions import ABBREVIATIONS
from igtkit.io._tex.macros import (
    ACCENTS,
    LEIPZIG_MACROS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    label_of,
)
from igtkit.io._tex.markup import Markup


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
        if plain in "ʔʕ":  # of which Unicode does not say so
            assert unicodedata.name(shifted).startswith("MODIFIER LETTER")
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


@pytest.mark.parametrize(
    "tex",
    [
        r"\textcolor{red}{ev}",
        r"\colorbox{red}{ev}",
        r"\fcolorbox{red}{blue}{ev}",
        r"\href{https://example.org}{ev}",
        r"\multicolumn{2}{l}{ev}",
        r"\multirow{2}{*}{ev}",
        r"\raisebox{1pt}{ev}",
        r"\foreignlanguage{turkish}{ev}",
        r"\parbox{2cm}{ev}",
        r"\scalebox{2}{ev}",
        r"\resizebox{1cm}{!}{ev}",
        r"\hyperref[sec:a]{ev}",
        r"\hyperlink{a}{ev}",
        r"\rotatebox{90}{ev}",
        r"ev\footnote{said so}",
        r"ev\vspace{1em}",
        r"\setlength{\parindent}{0pt}ev",
        r"\usefont{T1}{ptm}{m}{n}ev",
        r"\rule{1pt}{2pt}ev",
        r"\bfseries ev",
    ],
)
def test_of_what_lays_out_only_the_text_is_read(tex):
    markup = Markup()
    assert markup.plain(tex + " de") == "ev de"
    assert not markup.unknown
