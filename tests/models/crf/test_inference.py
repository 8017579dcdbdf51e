"""The analyses of words: probabilities, what is done, and corrections."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import igtkit
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


@given(st.lists(st.lists(st.integers(0, 29), min_size=1, max_size=4), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_a_text_is_glossed_alone_as_among_others_to_the_last_bit(glosser, held_out, chosen):
    texts = []
    for numbers in chosen:  # sentences joined, so that lengths differ
        parts = [held_out[number] for number in numbers]
        line = " ".join(one.transcription for one in parts)
        texts.append(IGT(line, translation=" ".join(one.translation for one in parts)))
    together = glosser.predict(texts, n_best=3)
    assert together == [glosser.predict([text], n_best=3)[0] for text in texts]


def test_a_real_text_is_glossed_alone_as_among_others(shared, small):
    folder = shared / "data/sigmorphon2023/git"
    train, dev = (
        [igtkit.normalize(one) for one in igtkit.read(folder / f"git-{part}-track2-uncovered")]
        for part in ("train", "dev")
    )
    glosser = CrfGlosser(small).fit(train)
    together = glosser.predict(dev, n_best=3)
    assert together == [glosser.predict([text], n_best=3)[0] for text in dev]


def test_an_unknown_stem_has_options_and_the_rest_of_the_probability(glosser):
    (first, *_) = hypotheses(glosser, IGT("Zuvak haneta .", translation="The lamp did see it."))
    unknown = [one for one in first if one.stem >= 0]
    assert {"lamp", OTHER_GLOSS} <= {one.glosses[one.stem] for one in unknown}
    assert {one.forms for one in unknown if one.glosses == ("lamp",)} == {("zuvak",)}


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


_LETTERS = st.text("aeikmtu'-=~<>á", min_size=1, max_size=8)
_WORDS = st.one_of(
    _LETTERS,
    st.lists(st.sampled_from(["kalon", "miten", "haneta", "zuvak"]), min_size=2).map("-".join),
)


@given(st.lists(_WORDS, min_size=1, max_size=4))
def test_suggestions_align_whatever_marks_words_are_written_with(glosser, words):
    text = IGT(" ".join(words), translation="The man saw it.")
    (prediction,) = glosser.predict([text], n_best=4)
    for word in prediction.words:
        for one in word:
            assert not igtkit.check(IGT(None, one.form, one.gloss)), (words, one)


def test_a_hyphen_that_a_word_is_written_with_is_no_part_of_a_new_stem(glosser):
    known, new = glosser.predict([IGT("mite-n"), IGT("zuv-ten")])
    assert (known.segmentation, known.glosses) == ("mite-n", "dog-ACC")
    assert new.segmentation == "zuvte-n"
