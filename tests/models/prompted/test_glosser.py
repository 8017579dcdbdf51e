"""Any prompt format: every text gets a prediction, and what is given is kept."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    FAST,
    TEXTS,
    Parrot,
    glosser_of,
    gold,
    lines,
    words_of,
)

from igtkit import IGT, formats  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.formats import problems  # noqa: E402
from igtkit.models.seq2seq import CUT_OFF, Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("name", formats.FORMATS)
def test_every_text_gets_a_prediction(model, name):
    glosser = glosser_of(model, name)
    predictions = glosser.predict(TEXTS, **FAST)
    assert len(predictions) == len(TEXTS)
    for prediction in predictions:
        present = [
            line for line in ("segmentation", "glosses") if getattr(prediction, line) is not None
        ]
        assert tuple(present) == glosser.lines
        assert prediction.system == "Seq2SeqGlosser"
        assert prediction.score < 0


def test_a_perfect_answer_is_read_in_every_format(model):
    answers = {}
    for name in formats.FORMATS:
        for text in TEXTS:
            for example in formats.get(name).examples(text):
                answers[example.prompt] = example.target
    for name in formats.FORMATS:
        glosser = Seq2SeqGlosser(Parrot(model, answers), formats.get(name))
        for text, prediction in zip(TEXTS, glosser.predict(TEXTS), strict=True):
            assert words_of(prediction.glosses) == words_of(text.glosses)
            if "segmentation" in glosser.lines:
                assert words_of(prediction.segmentation) == words_of(text.segmentation)
            assert prediction.problems == ()


@pytest.mark.parametrize("name", sorted(formats.FORMATS.keys() - {"word"}))
def test_a_given_segmentation_is_glossed_and_kept(model, name):
    text = IGT("evde", "ev-de", "wrong")
    answers = dict([gold(text, name, "s2g", "house-LOC")])
    prediction = Seq2SeqGlosser(Parrot(model, answers), formats.get(name)).predict(
        [text], given="segmentation"
    )[0]
    assert (prediction.segmentation, prediction.glosses) == ("ev-de", "house-LOC")


def test_what_is_done_is_never_changed(model):
    text = IGT("evde kim var", "ev-de ??? ???", "??? who.Q ???-???")
    plain = text.replace(segmentation=None, glosses=None)
    merged = text.replace(segmentation="ev-de kim var-ø")
    answers = dict([
        gold(plain, "interleaved", "t2sg", "evde(evde) who(kim) there(var)-be(ø)"),
        gold(merged, "interleaved", "s2g", "house-LOC who there-EX"),
    ])  # fmt: skip
    glosser = Seq2SeqGlosser(Parrot(model, answers), formats.get("interleaved"))
    prediction = glosser.predict([text], given="partial", constrained=False)[0]
    assert prediction.segmentation == "ev-de kim var-ø"
    assert prediction.glosses == "house-LOC who.Q there-EX"
    assert prediction.words[0][0].form == "ev-de"


def test_a_known_word_stays_when_the_model_gives_nonsense(model):
    text = IGT("gel , şimdi", "gel ???", "??? now")
    for name in formats.FORMATS:
        prediction = glosser_of(model, name).predict([text], given="partial", **FAST)[0]
        assert words_of(prediction.segmentation)[0] == "gel"
        assert words_of(prediction.glosses)[1] == "now"
        assert len(words_of(prediction.segmentation)) == 2


def test_a_partly_done_line_with_other_words_is_refused_before_the_model_is_asked(model):
    backend = Parrot(model, {})
    with pytest.raises(InputError, match="the transcription has 2 words, the glosses 1"):
        Seq2SeqGlosser(backend, formats.get("interleaved")).predict(
            [IGT("a b", None, "X")], given="partial"
        )
    assert backend.asked == []


def test_segmentation_and_glosses_of_the_input_are_ignored_otherwise(model):
    glosser = glosser_of(model, "interleaved")
    plain = [text.replace(segmentation=None, glosses=None) for text in TEXTS]
    broken = [text.replace(segmentation="x-y", glosses="z") for text in TEXTS]
    assert lines(glosser.predict(broken, **FAST)) == lines(glosser.predict(plain, **FAST))


def test_an_answer_that_is_cut_off_says_so(model):
    prediction = glosser_of(model, "glosslm").predict(TEXTS[:1], max_new_tokens=2)[0]
    assert CUT_OFF in prediction.problems


def test_texts_that_cannot_be_glossed(model):
    glosser = glosser_of(model, "interleaved")
    with pytest.raises(InputError, match="the list of texts is empty"):
        glosser.predict([])
    with pytest.raises(InputError, match="put it into a list"):
        glosser.predict(TEXTS[0])
    with pytest.raises(InputError, match="text 1 has no transcription"):
        glosser.predict([TEXTS[0], IGT(None, "ev-de")])
    with pytest.raises(InputError, match="text 0 has no segmentation"):
        glosser.predict([IGT("evde")], given="segmentation")


def test_formats_and_tasks_that_do_not_exist(model, folder):
    with pytest.raises(InputError, match="no prompt format 'prose'"):
        Seq2SeqGlosser.from_pretrained(folder, format="prose")
    with pytest.raises(InputError, match="glosslm format has no task 't2s'"):
        glosser_of(model, "glosslm", tasks=["t2s"])


def test_an_empty_answer_is_a_problem(model):
    prompt, answer = gold(IGT("ev"), "glosslm", "t2g", "")
    prediction = Seq2SeqGlosser(Parrot(model, {prompt: answer}), formats.get("glosslm")).predict(
        [IGT("ev")]
    )[0]
    assert prediction.problems == (problems.EMPTY,)
