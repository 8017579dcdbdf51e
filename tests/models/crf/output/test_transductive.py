"""Texts glossed together: a stem has one gloss where translations agree, and it is said."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.hypothesis import Hypothesis
from igtkit.models.crf.output.transductive import pool
from igtkit.models.crf.unknown import OTHER_GLOSS


def _guesses(shares: dict[str, float], source: str = "word") -> list[list[Hypothesis]]:
    """One word, a stem with a plural, with these guesses for its stem."""
    return [
        [
            Hypothesis(("kora", "t"), (gloss, "PL"), share, ("", "-"), source, stem=0)
            for gloss, share in shares.items()
        ]
    ]


def _read(words: list[list[Hypothesis]]) -> dict[str, float]:
    return {one.glosses[0]: pytest.approx(one.probability) for one in words[0]}


def test_the_gloss_that_two_translations_offer_wins_everywhere() -> None:
    texts = [
        _guesses({"river": 0.5, "cold": 0.3, OTHER_GLOSS: 0.2}),
        _guesses({"big": 0.5, "river": 0.4, OTHER_GLOSS: 0.1}),
        _guesses({"kora": 0.8, OTHER_GLOSS: 0.2}, "copy"),
    ]
    shares = {"river": 0.3, "cold": 0.1, "big": 0.5 / 3, "kora": 0.8 / 3, OTHER_GLOSS: 0.5 / 3}
    for words in pool(texts):
        assert _read(words) == shares
        assert words[0][0].glosses == ("river", "PL")
        assert words[0][0].boundaries == ("", "-")


def test_without_agreement_nothing_changes() -> None:
    texts = [_guesses({"river": 0.6, OTHER_GLOSS: 0.4}), _guesses({"big": 0.6, OTHER_GLOSS: 0.4})]
    assert pool(texts) == texts


def test_known_analyses_keep_their_probability() -> None:
    known = Hypothesis(("korat",), ("winter",), 0.5, ("",), "", 2.0)
    half = [_guesses({"river": 0.3, OTHER_GLOSS: 0.2})[0], [known]]
    texts = [[[*half[0], known]], [[*half[0], known]]]
    for words in pool(texts):
        assert known in words[0]
        assert sum(one.probability for one in words[0]) == pytest.approx(1.0)


def test_a_prediction_says_that_texts_were_glossed_together() -> None:
    train = [
        IGT("kato ven", "kat-o ven", "cat-N come", "The cat comes."),
        IGT("hundo dir", "hund-o dir", "dog-N say", "The dog says it."),
    ] * 5
    glosser = CrfGlosser().fit(train)
    texts = [
        IGT("muso ven", translation="The mouse comes."),
        IGT("muso dir", translation="Says the mouse."),
    ]
    together = glosser.predict(texts, transductive=True)
    assert {one.system for one in together} == {"CrfGlosser (texts glossed together)"}
    assert {one.system for one in glosser.predict(texts)} == {"CrfGlosser"}
    assert len({(one.glosses or "").split()[0] for one in together}) == 1
