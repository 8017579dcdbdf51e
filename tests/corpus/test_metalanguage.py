"""Guessing the language of translations, offline."""

from __future__ import annotations

import pickle

import pytest

pytest.importorskip("py3langid", reason="py3langid is not installed (the extra `langid`)")

import igtkit
from igtkit.corpus import steps
from igtkit.corpus.metalanguage import METALANGUAGES, guesser
from igtkit.errors import InputError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The woman is washing the clothes in the river.", "eng"),
        ("La mujer está lavando la ropa en el río.", "spa"),
        ("La femme lave les vêtements dans la rivière.", "fra"),
        ("Die Frau wäscht die Kleider im Fluss.", "deu"),
        ("Женщина стирает одежду в реке.", "rus"),
        ("女人在河里洗衣服。", "cmn"),
    ],
)
def test_plain_sentences_are_told_for_sure(text, code):
    language, sure = guesser()(text)
    assert language.iso639_3 == code
    assert 0.95 <= sure <= 1


@pytest.mark.parametrize("text", ["", "12", "...", "?"])
def test_without_letters_there_is_no_guess(text):
    assert guesser()(text) == (None, 0.0)


def test_a_word_alone_is_no_certainty():
    assert guesser()("I")[1] < 0.95


def test_candidates_are_languages_by_any_name():
    assert guesser(["English", "deu", "stan1288"]).labels == ("en", "de", "es")
    with pytest.raises(InputError, match="'Tsez' is no language that py3langid knows"):
        guesser(["English", "Tsez"])


def test_a_guesser_goes_to_another_process():
    guess = pickle.loads(pickle.dumps(guesser()))
    assert guess("They have gone to the village.")[0].name == "English"


def test_guesses_of_real_translations_are_right(shared):
    for code, expected in (("usp", "spa"), ("ddo", "eng"), ("lez", "eng")):
        folder = shared / "data/sigmorphon2023" / code
        items = list(igtkit.read(folder / f"{code}-dev-track2-uncovered", "sigmorphon"))
        out = list(steps.identify_metalanguages(guesser())(items))
        guessed = [igt.metalanguage.iso639_3 for igt in out if igt.metalanguage]
        assert guessed.count(expected) >= 0.99 * len(guessed)
        assert len(guessed) > 0.4 * len(items)


def test_every_candidate_can_be_guessed():
    assert len(guesser(METALANGUAGES).labels) == len(METALANGUAGES)
