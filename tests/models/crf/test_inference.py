"""The analyses of words: probabilities, what is done, and corrections."""

from __future__ import annotations

import pytest

from igtkit import IGT
from igtkit.models import CrfGlosser
from igtkit.models.crf.inference import analyze
from igtkit.models.crf.sentences import make_sentence
from igtkit.models.crf.unknown import OTHER_GLOSS


def hypotheses(glosser, text, done=None):
    return analyze(glosser._fitted(), [make_sentence(text)], None if done is None else [done])[0]


def test_probabilities_of_a_word_add_up_to_nearly_one_and_fall(glosser, held_out):
    for text in held_out[:10]:
        for word in hypotheses(glosser, text):
            chances = [one.probability for one in word]
            assert chances == sorted(chances, reverse=True)
            assert 0.8 < sum(chances) <= 1 + 1e-6


def test_sentences_do_not_change_each_other(glosser, held_out):
    sentences = [make_sentence(text) for text in held_out[:5]]
    together = analyze(glosser._fitted(), sentences)
    for text, found in zip(held_out, together, strict=False):
        alone = hypotheses(glosser, text)
        assert [[one.glosses for one in word] for word in found] == [
            [one.glosses for one in word] for word in alone
        ]
        for word, other in zip(found, alone, strict=True):
            assert [one.probability for one in word] == pytest.approx(
                [one.probability for one in other]
            )


def test_an_unknown_stem_has_options_and_the_rest_of_the_probability(glosser):
    (first, *_) = hypotheses(glosser, IGT("Zuvak haneta .", translation="The lamp did see it."))
    unknown = [one for one in first if one.stem >= 0]
    assert {"lamp", OTHER_GLOSS} <= {one.glosses[one.stem] for one in unknown}
    assert {one.forms for one in unknown if one.glosses == ("lamp",)} == {("Zuvak",)}


def test_a_form_and_a_gloss_that_are_done_stay(glosser):
    text = IGT("Kalon miten haneta .")
    done = [("ka-lon", None), (None, "dog-DAT"), (None, None)]
    by_form, by_gloss, free = hypotheses(glosser, text, done)
    assert {one.forms for one in by_form} == {("ka", "lon")}
    assert {one.glosses for one in by_gloss} <= {("dog", "DAT"), ("dog", "ACC")}
    assert free[0].glosses == ("see", "PST")


def test_no_words_have_no_analyses(glosser):
    assert hypotheses(glosser, IGT(". ,")) == []


def test_a_correction_makes_its_analysis_likelier(small, texts):
    glosser = CrfGlosser(small).fit(texts)
    text = IGT("Kalon haneta .", "kalon haneta .", "hut-X see.PST .")

    def chance():
        found = hypotheses(glosser, text)[0]
        return sum(one.probability for one in found if one.glosses == ("hut.X",))

    before = chance()
    glosser.update(text.replace(glosses="hut.X see.PST ."))
    assert chance() > before
