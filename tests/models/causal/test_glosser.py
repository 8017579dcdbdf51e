"""Glossing with a chat model that is made on the spot."""

from __future__ import annotations

import copy
import warnings

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.causal.tiny_chat import (  # noqa: E402
    FREE,
    TEXTS,
    glosser_of,
)
from models.tiny_seq2seq import lines  # noqa: E402

from igtkit import IGT, alignment_score, formats  # noqa: E402
from igtkit.errors import InputError  # noqa: E402
from igtkit.models import CausalGlosser  # noqa: E402
from igtkit.models.prompted.reading import CUT_OFF  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.mark.parametrize("name", ["multitask", "concatenated", "interleaved", "glosslm"])
def test_every_text_gets_a_prediction_in_every_format(chat, name):
    glosser = glosser_of(chat, name)
    predictions = glosser.predict(TEXTS, **FREE)
    assert len(predictions) == len(TEXTS)
    for made in predictions:
        assert made.system == "CausalGlosser"
        assert made.score < 0
        assert (made.segmentation is None) == (name == "glosslm")


@pytest.mark.parametrize("beams", [1, 2])
def test_constrained_answers_align_whatever_the_weights(chat, beams):
    pytest.importorskip("llguidance", reason="needs llguidance")
    glosser = glosser_of(chat, "interleaved")
    for made in glosser.predict(TEXTS, num_beams=beams, max_new_tokens=24):
        assert made.problems == ()
        assert made.segmentation
        assert alignment_score(made.segmentation, made.glosses) == 1


@pytest.mark.parametrize("beams", [1, 2])
def test_a_text_gets_the_same_alone_and_in_any_batch(chat, beams):
    glosser = glosser_of(chat, "interleaved")
    together = glosser.predict(TEXTS, num_beams=beams, **FREE)
    alone = [glosser.predict([text], num_beams=beams, **FREE)[0] for text in TEXTS]
    assert lines(together) == lines(alone)
    assert len(set(lines(together))) > 1
    for one, other in zip(together, alone, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)


def test_the_score_is_the_average_log_probability_of_a_token(chat):
    """Against the plain forward pass over prompt and answer, without padding."""
    glosser = glosser_of(chat, "interleaved")
    prompts = [glosser.tokenizer.encode_prompt(prompt) for prompt in ("a", "b " * 9, "cc")]
    answers = [glosser.tokenizer.encode(answer) for answer in ("x(ev)", "", "yy " * 5)]
    found = glosser.backend.score(prompts, answers)
    for prompt, answer, scores in zip(prompts, answers, found, strict=True):
        with torch.no_grad():
            logits = chat[0](input_ids=torch.tensor([prompt + answer])).logits[0].log_softmax(1)
        hand = [logits[len(prompt) + at - 1, token].item() for at, token in enumerate(answer)]
        assert scores == pytest.approx(hand, abs=1e-4)
    assert glosser.backend.score(prompts, [[], [], []]) == [[], [], []]


def test_what_is_done_is_never_changed(chat):
    begun = IGT("Evde su yok", None, "??? water ???")
    made = glosser_of(chat, "interleaved").predict([begun], given="partial", **FREE)[0]
    assert made.glosses.split()[1] == "water"
    given = IGT("Evde su", "ev-de su", None)
    made = glosser_of(chat, "interleaved").predict([given], given="segmentation", **FREE)[0]
    assert made.segmentation == "ev-de su"


def test_an_answer_that_is_cut_off_says_so(chat):
    made = glosser_of(chat, "interleaved").predict(TEXTS, max_new_tokens=1, constrained=False)
    assert all(CUT_OFF in each.problems for each in made)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("concatenated", {}, "only byte models can be constrained in the concatenated format"),
        ("interleaved", {"same_words": True}, "only byte models can be held to the transcription"),
        ("interleaved", {"num_beams": 0}, "num_beams must be"),
        ("interleaved", {"max_new_tokens": 5000, "constrained": False}, "more than the 4096"),
    ],
)
def test_what_cannot_be_done(chat, name, options, message):
    with pytest.raises(InputError, match=message):
        glosser_of(chat, name).predict(TEXTS, **options)


def test_what_can_be_constrained(chat):
    can = {name: glosser_of(chat, name).can_constrain for name in formats.FORMATS}
    assert [name for name, value in can.items() if value] == ["interleaved"]


def test_a_long_text_is_refused_or_glossed_in_windows(chat):
    glosser = glosser_of(chat, "interleaved", max_input_length=150)
    long = IGT("ev " * 60)
    with pytest.raises(InputError, match="max_input_length=150"):
        glosser.predict([long], **FREE)
    assert len(glosser.predict([long], long_input="window", **FREE)) == 1


def test_an_adapter_is_loaded_and_merged(chat, tmp_path):
    peft = pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")
    settings = peft.LoraConfig(r=2, target_modules=["q_proj", "v_proj"], init_lora_weights=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an old name
        adapted = peft.get_peft_model(copy.deepcopy(chat[0]), settings)
    adapted.save_pretrained(tmp_path / "adapter")
    glosser = CausalGlosser(copy.deepcopy(chat[0]), chat[1], formats.get("glosslm"))
    plain = lines(glosser.predict(TEXTS, **FREE))
    glosser.load_adapter(tmp_path / "adapter", "new")
    merged = glosser.merge_adapter("new")
    assert merged.adapters == ()
    assert glosser.adapters == ("new",)
    expected = lines(glosser.predict(TEXTS, **FREE))
    assert lines(merged.predict(TEXTS, **FREE)) == expected != plain
