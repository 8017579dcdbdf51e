"""Decoding: batches, the progress bar, answers held to the transcription, and settings out of range."""

from __future__ import annotations

import random
import sys

import attrs
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
    number_of_words,
    words_of,
)

from igtkit import IGT, formats, load_sample  # noqa: E402
from igtkit.boundaries import is_word, split_morphemes, split_words  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models import byt5  # noqa: E402
from igtkit.models.prompted.decoding import scorer  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("name", ["interleaved", "concatenated"])
@pytest.mark.parametrize("beams", [1, 2])
def test_constrained_answers_are_aligned_whatever_the_weights(model, name, beams):
    predictions = glosser_of(model, name).predict(TEXTS, num_beams=beams, max_new_tokens=60)
    for text, prediction in zip(TEXTS, predictions, strict=True):
        assert prediction.problems == ()
        assert len(prediction.to_igt(text.replace(transcription=None)).words) > 0  # aligns


@pytest.mark.parametrize("name", ["interleaved", "concatenated"])
def test_as_many_words_as_the_transcription(model, name):
    free = glosser_of(model, name).predict(TEXTS, **FAST)
    held = glosser_of(model, name).predict(TEXTS, same_words=True, num_beams=2)
    counts = [number_of_words(text.transcription) for text in TEXTS]
    assert [number_of_words(each.segmentation) for each in held] == counts
    assert [number_of_words(each.glosses) for each in held] == counts
    assert [number_of_words(each.segmentation) for each in free] != counts


def test_segments_spell_the_transcription(model):
    texts = [*TEXTS, IGT("Ev , EVDE .")]
    for text, prediction in zip(
        texts, glosser_of(model, "interleaved").predict(texts, spell=True), strict=True
    ):
        spelled = [
            "".join(morpheme for _, morpheme in split_morphemes(word))
            for word in split_words(prediction.segmentation)
            if is_word(word)
        ]
        words = [word.replace("-", "") for word in split_words(text.transcription) if is_word(word)]
        assert [word.lower() for word in spelled] == [word.lower() for word in words]
        assert prediction.problems == ()


def test_the_limit_goes_before_the_number_of_words(model):
    prediction = glosser_of(model, "interleaved").predict(
        [IGT("a b c d e f g h")], same_words=True, max_new_tokens=12
    )[0]
    assert 1 <= number_of_words(prediction.segmentation) < 8
    assert prediction.problems == ()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("interleaved", {"spell": True, "constrained": False}, "need constrained=True"),
        ("concatenated", {"spell": True}, "only interleaved answers can spell.*concatenated"),
        ("multitask", {"same_words": True}, "answers that hold both lines.*multitask"),
        ("glosslm", {"spell": True}, "answers that hold both lines.*glosslm"),
        ("interleaved", {"same_words": True, "given": "segmentation"}, "both lines"),
    ],
)
def test_what_answers_cannot_be_held_to(model, name, options, message):
    with pytest.raises(InputError, match=message):
        glosser_of(model, name).predict(TEXTS, **options)


@pytest.mark.parametrize("name", ["multitask", "interleaved"])
def test_a_text_gets_the_same_alone_and_in_any_batch(model, name):
    glosser = glosser_of(model, name)
    together = glosser.predict(TEXTS, **FAST, batch_size=4)
    order = list(range(len(TEXTS)))
    random.Random(1).shuffle(order)
    shuffled = glosser.predict([TEXTS[at] for at in order], **FAST, batch_size=2)
    alone = [glosser.predict([text], **FAST)[0] for text in TEXTS]
    assert lines(together) == lines(alone)
    assert lines(shuffled) == [lines(alone)[at] for at in order]
    for one, other in zip(together, alone, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)


def test_batches_hold_prompts_of_like_length(model):
    texts = [IGT("a " * count) for count in (40, 1, 39, 2, 38, 3)]
    backend = Parrot(model, dict(gold(text, "glosslm", "t2g", "x") for text in texts))
    glosser = Seq2SeqGlosser(backend, formats.get("glosslm"))
    assert len(glosser.predict(texts, batch_size=3)) == 6
    assert all(max(map(len, batch)) - min(map(len, batch)) < 10 for batch in backend.asked)


def test_the_progress_bar_is_silent_without_terminal_or_tqdm(model, capsys, monkeypatch):
    glosser = glosser_of(model, "glosslm")
    glosser.predict(TEXTS[:1], max_new_tokens=3, progress=True)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setitem(sys.modules, "tqdm", None)
    glosser.predict(TEXTS[:1], max_new_tokens=3)
    glosser.predict(TEXTS[:1], max_new_tokens=3, progress=False)
    assert capsys.readouterr().err == ""


def test_the_progress_bar_is_shown_on_a_terminal(model, capsys, monkeypatch):
    pytest.importorskip("tqdm", reason="tqdm is not installed (the extra `progress`)")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    glosser_of(model, "glosslm").predict(TEXTS[:2], max_new_tokens=3)
    assert "2/2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"num_beams": 0}, "num_beams must be a whole number from 1 on"),
        ({"batch_size": 1.5}, "batch_size must be"),
        ({"max_new_tokens": -1}, "max_new_tokens must be"),
        ({"given": "glosses"}, "given must be None, 'segmentation' or 'partial'"),
        ({"long_input": "cut"}, "long_input must be 'raise' or 'window'"),
    ],
)
def test_settings_out_of_range(model, options, message):
    with pytest.raises(InputError, match=message):
        glosser_of(model, "interleaved").predict(TEXTS, **options)


def test_a_search_may_stop_as_soon_as_enough_answers_are_complete(folder):
    glosser = Seq2SeqGlosser.from_pretrained(folder)
    asked = []
    write = glosser.backend.model.generate

    def listen(**options):
        asked.append(options.get("early_stopping", "as it is"))
        return write(**options)

    glosser.backend.model.generate = listen
    try:
        for setting in (None, True, False):
            glosser.predict(TEXTS[:1], max_new_tokens=8, early_stopping=setting)
        glosser.predict(TEXTS[:1], max_new_tokens=8, num_beams=1, early_stopping=True)
    finally:
        del glosser.backend.model.generate
    assert asked == ["as it is", True, False, "as it is"]


def test_a_scorer_adds_up_what_an_answer_takes(model):
    glosser = glosser_of(model, "word")
    score = scorer(glosser.backend, glosser.tokenizer)
    found = score("ev\n^ $\n\n", ["ev house", "e"])
    for answer, value in zip(["ev house", "e"], found, strict=True):
        [row] = glosser.backend.score([byt5.encode("ev\n^ $\n\n")], [byt5.encode(answer)])
        assert value == pytest.approx(sum(row), abs=1e-4)


def test_the_same_prompt_with_other_choices_is_another_question(model):
    texts = [IGT("ev", language=name) for name in ("one", "two")]
    learned = formats.get("word").learn(
        [IGT("ev", "ev", gloss, language=name) for name in ("one", "two") for gloss in "ab"]
    )
    memories = dict(learned.memories)
    memories["two"] = attrs.evolve(memories["two"], known_weight=0.0)
    costly = attrs.evolve(learned.memories["one"], known_weight=1e9)
    mixed = attrs.evolve(learned, memories={"one": costly, "two": memories["two"]})
    assert mixed.encode(texts[0]).prompt == mixed.encode(texts[1]).prompt
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model), mixed)
    alone = [glosser.predict([text]) for text in texts]
    assert lines(glosser.predict(texts)) == [lines(each)[0] for each in alone]


@pytest.mark.parametrize("size", [1, 32])
def test_a_word_has_the_best_of_its_analyses(model, size):
    learned = formats.get("word").learn(load_sample().split("train")[:200])
    glosser = Seq2SeqGlosser(Seq2SeqBackend(model), learned)
    text = TEXTS[0]
    parts = learned.parts(text.replace(segmentation=None, glosses=None))
    best = []
    for part in parts:
        rated = {
            answer: sum(
                glosser.backend.score([byt5.encode(part.prompt)], [byt5.encode(answer)])[0]
            ) - cost
            for answer, cost in part.choices
        }  # fmt: skip
        best.append(max(rated, key=rated.__getitem__))
    assert any(len(part.choices) > 1 for part in parts)
    [prediction] = glosser.predict([text], batch_size=size)
    pairs = zip(*map(words_of, (prediction.segmentation, prediction.glosses)), strict=True)
    assert [f"{form} {gloss}" for form, gloss in pairs] == best
    assert prediction.problems == ()
    assert prediction.words[0][0].probability > 0
