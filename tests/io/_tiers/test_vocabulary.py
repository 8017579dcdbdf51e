"""What projects call their tiers."""

from __future__ import annotations

from itertools import combinations

import pytest

from igtkit.io._tiers.vocabulary import OTHERS, VOCABULARY, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("freeTranslation", {"free", "translation"}),
        ("Traducción_ES", {"traduccion", "es"}),
        ("Übersetzung 2", {"ubersetzung"}),
        ("Перевод (русский)", {"перевод", "русскии"}),
        ("AB_001", {"ab"}),
        ("", set()),
    ],
)
def test_the_words_of_a_name(name, words):
    assert words_of(name) == words


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Перевод", "translation"),
        ("traducción", "translation"),
        ("tradução", "translation"),
        ("traduction", "translation"),
        ("Übersetzung", "translation"),
        ("traduzione", "translation"),
        ("vertaling", "translation"),
        ("terjemahan", "translation"),
        ("çeviri", "translation"),
        ("翻译", "translation"),
        ("ترجمة", "translation"),
        ("Глоссы", "glosses"),
        ("glosas", "glosses"),
        ("Glossierung", "glosses"),
        ("морфемы", "segmentation"),
        ("Morphem", "segmentation"),
        ("слова", "words"),
        ("Wörter", "words"),
        ("транскрипция", "transcription"),
        ("Transkription", "transcription"),
        ("трансляция", None),
        ("примечание", "notes"),
    ],
)
def test_names_in_many_languages(name, line):
    assert [each for each, words in VOCABULARY.items() if words_of(name) & words] == (
        [line] if line else []
    )


def test_no_word_says_two_things():
    everything = [*VOCABULARY.values(), *OTHERS.values()]
    for one, other in combinations(everything, 2):
        assert not one & other
