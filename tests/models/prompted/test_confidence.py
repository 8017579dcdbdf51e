"""The probability of each word, from those of the tokens."""

from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.tiny_seq2seq import (  # noqa: E402
    TEXTS,
    Parrot,
    gold,
    words_of,
)

from igtkit import IGT, formats  # noqa: E402
from igtkit.boundaries import is_word, split_words  # noqa: E402
from igtkit.models import byt5  # noqa: E402
from igtkit.models.prompted.confidence import Answer, word_probabilities  # noqa: E402
from igtkit.models.prompted.tokenizer import ByteTokenizer  # noqa: E402
from igtkit.models.seq2seq import Seq2SeqGlosser  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def test_the_score_is_the_average_log_probability_of_a_token(model):
    text = TEXTS[0]
    prompt, answer = gold(text, "glosslm", "t2g", "ABC-d e")
    glosser = Seq2SeqGlosser(Parrot(model, {prompt: answer}), formats.get("glosslm"))
    batch = {
        "input_ids": torch.tensor([byt5.encode(prompt)]),
        "labels": torch.tensor([byt5.encode(answer)]),
    }
    with torch.no_grad():
        loss = model(**batch).loss.item()  # the oracle: transformers' own
    assert glosser.predict([text])[0].score == pytest.approx(-loss, abs=1e-5)


def test_word_probabilities_multiply_to_that_of_the_line(model):
    text = IGT("gel şimdi , ev")
    prompt, answer = gold(text, "glosslm", "t2g", "come nöw , house")
    glosser = Seq2SeqGlosser(Parrot(model, {prompt: answer}), formats.get("glosslm"))
    prediction = glosser.predict([text])[0]
    assert [word[0].gloss for word in prediction.words] == ["come", "nöw", ",", "house"]
    chances = [word[0].probability for word in prediction.words]
    assert chances[2] is None  # punctuation
    tokens = len(byt5.encode(answer))
    comma = word_probabilities(Answer(answer, *answer_details(glosser.backend, prompt, answer)))[2][
        1
    ]
    product = math.prod(chance for chance in chances if chance is not None) * comma
    assert math.log(product) == pytest.approx(prediction.score * tokens, rel=1e-4)


def answer_details(backend, prompt, answer):
    ids = byt5.encode(answer)
    scores = backend.score([byt5.encode(prompt)], [ids])[0]
    return tuple(scores), tuple(ByteTokenizer().ends(ids))


def test_words_of_both_lines_are_paired_with_those_of_the_text(model):
    for name in ("multitask", "concatenated", "interleaved"):
        answers = {
            example.prompt: example.target
            for text in TEXTS
            for example in formats.get(name).examples(text)
        }
        glosser = Seq2SeqGlosser(Parrot(model, answers), formats.get(name))
        for text, prediction in zip(TEXTS, glosser.predict(TEXTS), strict=True):
            tokens = split_words(text.transcription)
            assert len(prediction.words) == len(tokens)
            for token, (word,) in zip(tokens, prediction.words, strict=True):
                if is_word(token):
                    assert 0 < word.probability < 1
                    assert word.form in words_of(text.segmentation)


def test_another_number_of_words_gets_no_words(model):
    prompt, answer = gold(IGT("a b"), "glosslm", "t2g", "only.one")
    glosser = Seq2SeqGlosser(Parrot(model, {prompt: answer}), formats.get("glosslm"))
    assert glosser.predict([IGT("a b")])[0].words == ()
