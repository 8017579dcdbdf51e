"""Which texts a command takes, of those of several languages."""

from __future__ import annotations

import argparse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT, Language
from igtkit.cli._languages import (
    add_language,
    is_of_language,
    language_name,
    of_language,
    of_one_language,
)
from igtkit.errors import InputError

TURKISH = Language("nucl1301", "Turkish", "tur")
TEXTS = [IGT("ev", language=TURKISH), IGT("talo", language="Finnish"), IGT("x")]


def options(*given):
    parser = argparse.ArgumentParser()
    add_language(parser)
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


def test_a_name_is_the_same_in_any_case():
    assert is_of_language(IGT("ev", language="İngilizce"), "ingilizce")


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


def test_texts_are_taken_as_they_come():
    assert list(of_language(TEXTS, "TUR")) == TEXTS[:1]
    assert list(of_language(TEXTS, None)) == TEXTS
    with pytest.raises(InputError, match=r"no text is in Tsez; there are: Turkish \(1\), Finn"):
        list(of_language(TEXTS, "Tsez"))
