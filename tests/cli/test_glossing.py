"""What the commands that gloss and learn share: one language, and a glosser of its texts."""

from __future__ import annotations

import argparse

import pytest
from cli.story import OPEN_SENTENCES, SENTENCES
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Language
from igtkit.cli._glossing import (
    add_language,
    add_learning,
    language_name,
    learn,
    of_one_language,
)
from igtkit.errors import FileFormatError, InputError

TURKISH = Language("nucl1301", "Turkish", "tur")
TEXTS = [IGT("ev", language=TURKISH), IGT("talo", language="Finnish"), IGT("x")]


def options(*given):
    parser = argparse.ArgumentParser()
    add_language(parser)
    add_learning(parser)
    return parser.parse_args(given)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        (None, None),
        (TURKISH, "Turkish"),
        (Language("nucl1301", None, "tur"), "nucl1301"),
        (Language(iso639_3="tur"), "tur"),
    ],
)
def test_a_language_is_called_by_its_name_or_else_by_a_code(language, name):
    assert language_name(IGT("ev", language=language)) == name


@pytest.mark.parametrize("asked", ["Turkish", "TURKISH", "nucl1301", "tur", "Tur"])
def test_a_language_is_asked_for_by_its_name_or_a_code(asked):
    assert of_one_language(TEXTS, options("--language", asked).language) == [0]


def test_of_several_languages_one_must_be_asked_for():
    with pytest.raises(
        InputError,
        match=r"several languages: Turkish \(1\), Finnish \(1\), not said \(1\); choose one with "
        "--language",
    ):
        of_one_language(TEXTS, None)
    with pytest.raises(InputError, match=r"no text is in Turk; there are: Turkish \(1\), Finn"):
        of_one_language(TEXTS, "Turk")
    with pytest.raises(InputError, match=r"no text is in Turkish; there are: $"):
        of_one_language([], "Turkish")


def test_texts_of_one_language_or_of_none_are_all_taken():
    assert of_one_language([TEXTS[0], TEXTS[2], TEXTS[0]], None) == [0, 1, 2]
    assert of_one_language([TEXTS[2]], None) == [0]
    assert of_one_language([], None) == []


@given(st.lists(st.sampled_from(TEXTS)), st.sampled_from(["Turkish", "finnish"]))
def test_the_texts_of_a_language_are_where_they_were(texts, asked):
    expected = [
        index for index, igt in enumerate(texts)
        if igt.language and igt.language.name.lower() == asked.lower()
    ]  # fmt: skip
    if expected:
        assert of_one_language(texts, asked) == expected
    else:
        with pytest.raises(InputError, match=f"no text is in {asked}"):
            of_one_language(texts, asked)


def test_nothing_glossed_gives_no_glosser(capsys):
    assert learn(OPEN_SENTENCES, options(), quiet=False) is None
    assert learn([], options(), quiet=False) is None
    assert capsys.readouterr().err == ""


def test_a_glosser_learns_from_what_is_glossed_and_says_from_how_much(capsys):
    odd = IGT("Kirpi nerede", "kirpi nere-de", "where-LOC")
    glosser = learn([*SENTENCES[:11], odd, *OPEN_SENTENCES], options(), quiet=False)
    assert capsys.readouterr().err.splitlines() == [
        "learning from 12 glossed sentences …",
        "  that is little: from 50 on the suggestions get much better",
        "  left out 1 sentence whose lines do not pair up; igtkit check says where",
    ]
    [made] = glosser.predict([SENTENCES[0].replace(segmentation=None, glosses=None)])
    assert made.glosses.split()[0] == SENTENCES[0].glosses.split()[0]


def test_a_sentence_that_is_begun_teaches_the_words_it_has(capsys):
    begun = IGT("Kirpi uyudu", "kirpi uyu-du", "hedgehog ???")
    glosser = learn([*SENTENCES[:11], begun], options(), quiet=True)
    assert capsys.readouterr().err == ""
    assert glosser.predict([IGT("Kirpi")])[0].glosses == "hedgehog"


def test_a_sentence_that_is_begun_and_does_not_pair_up_does_no_harm():
    begun = IGT("Kirpi uyudu burada", "kirpi uyu-du burada", "hedgehog ???")
    assert learn([*SENTENCES[:11], begun], options(), quiet=True) is not None


LIFT = """<?xml version="1.0" encoding="UTF-8"?>
<lift version="0.13"><entry id="kirpi">
<lexical-unit><form lang="tr"><text>kirpi</text></form></lexical-unit>
<sense id="s"><gloss lang="en"><text>hedgehog</text></gloss></sense></entry></lift>
"""


@pytest.mark.parametrize(
    ("name", "content"), [("words.csv", "form,gloss\nkirpi,hedgehog\n"), ("words.LIFT", LIFT)]
)
def test_words_that_a_person_knows_come_from_a_table_or_a_dictionary(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    known = options("--lexicon", str(tmp_path / name))
    glosser = learn(SENTENCES[:11], known, quiet=True)
    assert glosser.predict([IGT("Kirpi")])[0].glosses == "hedgehog"


def test_a_lexicon_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "words.lift").write_text("no dictionary", encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"words\.lift"):
        learn(SENTENCES[:11], options("--lexicon", str(tmp_path / "words.lift")), quiet=True)
