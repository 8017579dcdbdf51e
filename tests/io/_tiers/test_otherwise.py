"""What says that a tier is none of the lines."""

from __future__ import annotations

import pytest
from documents.tiers import ASSOCIATION, tier, under

from igtkit.io._tiers.otherwise import otherwise, says_otherwise


@pytest.mark.parametrize(
    ("name", "kind", "rule"),
    [
        ("A-IPA", "", "tier-sounds"),
        ("phone@A", "", "tier-sounds"),
        ("ph@A", "", "tier-sounds"),
        ("KAN-MAU", "", "tier-sounds"),
        ("syllable", "", "tier-sounds"),
        ("A-2", "phonetic_transcription", "tier-sounds"),
        ("lexid", "", "tier-identifiers"),
        ("ref@A", "", "tier-identifiers"),
        ("homonym number", "", "tier-identifiers"),
        ("Person1 (Language)", "", "tier-codes"),
        ("vcm@CHI", "", "tier-codes"),
        ("xds@MA1", "", "tier-codes"),
        ("A-3", "UtteranceLanguage", "tier-codes"),
        ("A-3", "language", "tier-codes"),
        ("Context", "", "tier-else"),
        ("lemma@A", "", "tier-else"),
        ("morph type", "", None),  # 'morph' is a line
        ("A", "Transcription type", None),
        ("A", "sentence type", None),
        ("tx@A", "phonetic", None),
        ("free translation", "language", None),
        ("Speaker 1", "", None),
        ("A", "default-lt", None),
    ],
)
def test_what_names_and_types_say(name, kind, rule):
    assert says_otherwise(tier(name, kind=kind)) == rule


def test_a_controlled_vocabulary_gives_no_text():
    found = tier("A-2", "yes", "no")
    found.vocabulary = True
    assert says_otherwise(found) == "tier-vocabulary"
    found.name = "ft@A"
    assert says_otherwise(found) is None


def beside(sentences, texts, name="x"):
    above = tier("tx", *sentences)
    return under(name, above, *([text] for text in texts), constraint=ASSOCIATION)


@pytest.mark.parametrize(
    ("sentences", "texts", "rule"),
    [
        (["ben geldim", "kim o"], ["I came", "who is it"], None),
        (["ben geldim", "kim o"], ["tr", "ku"], "tier-codes"),
        (["ben geldim", "kim o"], ["Turkish", "Kurdish"], "tier-codes"),
        (["baba"], ["C"], "tier-codes"),
        (["baba", "gel"], ["N/A", "CHI"], "tier-codes"),
        (["ben geldim", "kim o"], ["1", "2"], "tier-identifiers"),
        (["ben geldim", "kim o"], ["rec_001", "rec_002"], "tier-identifiers"),
        (["ben geldim", "kim o"], ["ban galdim", "kim u"], "tier-again"),
        (["abc def", "ghi"], ["ʃʊtŋ ɟɛldɪm", "ʔɔʔ ɲa"], "tier-sounds"),
        (["gel", "git"], ["Come!", "Go!"], None),
        (["geliyorum", "kim o"], ["I am coming", "Who?"], None),
        (["我来了", "谁"], ["来", "谁"], None),
    ],
)
def test_what_texts_beside_sentences_say(sentences, texts, rule):
    assert otherwise(beside(sentences, texts), "translation") == rule


@pytest.mark.parametrize(
    ("texts", "rule"),
    [
        (["101", "102", "103"], "tier-identifiers"),
        (["prefix", "stem", "suffix"], "tier-types"),
        (["bound root", "-suffix"], "tier-types"),
        (["tr", "tr", "ku", "tr", "tr", "tr"], "tier-codes"),
        (["house", "PL", "3PL"], None),
        (["1SG", "2PL", "go"], None),
        (["go", "in", "to"], None),
        (["bɛn", "ɟɛl", "dɪm"], "tier-sounds"),
    ],
)
def test_what_texts_under_morphemes_say(texts, rule):
    assert otherwise(tier("x", *texts), "glosses") == rule


def test_single_sounds_are_no_morphemes_and_single_signs_are():
    words = tier("wd", "ben", "geli")
    assert otherwise(under("x", words, "ben", "geli"), "segmentation") == "tier-sounds"
    assert otherwise(under("x", words, ["b", "en"], ["gel", "i"]), "segmentation") is None
    assert otherwise(under("x", tier("wd", "你好"), "你好"), "segmentation") is None
    assert otherwise(under("x", tier("wd", "o", "a"), ["o"], ["a"]), "segmentation") is None


@pytest.mark.parametrize(
    ("name", "line", "rule"),
    [
        ("tx2", "translation", "tier-other-line"),
        ("orthographic transcription", "translation", "tier-other-line"),
        ("morph type", "glosses", "tier-other-line"),
        ("tx", "words", None),
        ("English", "translation", None),
        ("A-x", "translation", None),
    ],
)
def test_a_name_that_says_another_line(name, line, rule):
    assert otherwise(tier(name, "some words here"), line) == rule


def test_sounds_may_be_all_that_was_transcribed():
    assert otherwise(tier("IPA", "bɛn ɟɛldim"), "transcription") is None
    assert otherwise(tier("lang", "tr"), "transcription") == "tier-codes"
