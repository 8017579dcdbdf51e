"""Seq2SeqGlosser: any format, batches, scores, what is given, files, and every error."""

from __future__ import annotations

import json
import math
import random
import sys
import warnings

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from igtkit import IGT, formats, load_sample  # noqa: E402
from igtkit.boundaries import is_word, split_morphemes, split_words  # noqa: E402
from igtkit.errors import InputError, MissingExtraError, ModelFileError  # noqa: E402
from igtkit.formats import problems  # noqa: E402
from igtkit.models import byt5  # noqa: E402
from igtkit.models.prompted.confidence import Answer, word_probabilities  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402
from igtkit.models.prompted.tokenizer import ByteTokenizer, SubwordTokenizer  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.separate import NOT_GLOSSED, PipelineGlosser, SeparateGlosser  # noqa: E402
from igtkit.models.seq2seq import CUT_OFF, Seq2SeqGlosser  # noqa: E402
from igtkit.models.seq2seq.backend import Seq2SeqBackend  # noqa: E402
from igtkit.models.seq2seq.checkpoint import load_model, new_model  # noqa: E402

SMALL = {"width": 32, "inner_width": 48, "encoder_layers": 1, "decoder_layers": 1, "heads": 2}
TEXTS = list(load_sample().split("dev")[:6])
FAST = {"max_new_tokens": 40, "num_beams": 2}


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def model():
    return new_model(**SMALL, seed=3).eval()


@pytest.fixture(scope="module")
def folder(model, tmp_path_factory):
    path = tmp_path_factory.mktemp("model")
    glosser_of(model, "interleaved").save_pretrained(path)
    return path


def glosser_of(model, name, **options):
    return Seq2SeqGlosser(Seq2SeqBackend(model), formats.get(name), **options)


def lines(predictions):
    return [(each.segmentation, each.glosses) for each in predictions]


class Parrot(Seq2SeqBackend):
    """Answers each prompt with what a table says; scores with the model."""

    def __init__(self, model, answers):
        super().__init__(model)
        self.answers = {tuple(byt5.encode(prompt)): answer for prompt, answer in answers.items()}
        self.asked = []

    def generate(self, prompts, *, limit, num_beams, constraint, early_stopping):
        self.asked.append([tuple(prompt) for prompt in prompts])
        return [byt5.encode(self.answers[tuple(prompt)])[:limit] for prompt in prompts]


def gold(text, name, task, answer):
    """The prompt for a text, and an answer."""
    plain = text if task == "s2g" else text.replace(segmentation=None)
    return formats.get(name).encode(plain.replace(glosses=None), task).prompt, answer


# --- any format ---------------------------------------------------------------------------------


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


@pytest.mark.parametrize("name", ["interleaved", "concatenated"])
@pytest.mark.parametrize("beams", [1, 2])
def test_constrained_answers_are_aligned_whatever_the_weights(model, name, beams):
    predictions = glosser_of(model, name).predict(TEXTS, num_beams=beams, max_new_tokens=60)
    for text, prediction in zip(TEXTS, predictions, strict=True):
        assert prediction.problems == ()
        assert len(prediction.to_igt(text.replace(transcription=None)).words) > 0  # aligns


def number_of_words(line):
    return sum(map(is_word, split_words(line)))


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


def test_what_is_spelled_in_windows_is_whole(model):
    text = IGT("evde kedi uyur " * 6)
    glosser = glosser_of(model, "interleaved", max_input_length=190)
    prediction = glosser.predict([text], spell=True, long_input="window", num_beams=1)[0]
    assert prediction.segmentation.replace("-", "").replace("=", "") == text.transcription.strip()


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


def test_two_models_of_one_line_each_cannot_be_held_to_the_transcription(model):
    pair = (glosser_of(model, "multitask", tasks=[task]) for task in ("t2s", "t2g"))
    with pytest.raises(InputError, match="answers that hold both lines"):
        SeparateGlosser(*pair).predict(TEXTS, same_words=True)


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


def words_of(line):
    return [token for token in split_words(line) if is_word(token)]


@pytest.mark.parametrize("layers", [(1, 3), (3, 1)])
@pytest.mark.parametrize("beams", [1, 2])
def test_more_layers_may_write_than_read(layers, beams):
    size = {**SMALL, "encoder_layers": layers[0], "decoder_layers": layers[1]}
    glosser = glosser_of(new_model(**size, seed=1).eval(), "glosslm")
    prediction = glosser.predict(TEXTS[:1], num_beams=beams, max_new_tokens=8)[0]
    prompt = torch.tensor([byt5.encode(formats.get("glosslm").encode(TEXTS[0]).prompt)])
    written = glosser.backend.generate(prompt.tolist(), limit=8, num_beams=1, constraint=None)[0]
    start = torch.tensor([[0]])
    for expected in written:  # the oracle: greedy, step by step, without a cache
        with torch.no_grad():
            logits = glosser.backend.model(
                input_ids=prompt, decoder_input_ids=start, use_cache=False
            ).logits
        assert logits[0, -1].argmax().item() == expected
        start = torch.cat([start, torch.tensor([[expected]])], dim=1)
    assert prediction.glosses is not None


# --- batches, order, progress -------------------------------------------------------------------


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


# --- scores -------------------------------------------------------------------------------------


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


# --- what is given ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", formats.FORMATS)
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


# --- long input and output ----------------------------------------------------------------------


def test_a_long_text_is_refused_and_the_limit_named(model):
    glosser = glosser_of(model, "interleaved", max_input_length=200)
    with pytest.raises(
        InputError, match=r"text 1 is \d+ tokens long.*max_input_length=200.*window"
    ):
        glosser.predict([IGT("gel"), IGT("gel " * 50)])


def test_a_long_text_is_glossed_in_windows(model):
    class Echo(Seq2SeqBackend):
        def generate(self, prompts, *, limit, num_beams, constraint, early_stopping):
            texts = [
                byt5.decode(prompt).split("language: ")[1].split("\n")[0] for prompt in prompts
            ]
            self.sizes = [len(prompt) for prompt in prompts]
            return [byt5.encode(text.upper()) for text in texts]

    text = IGT(" ".join(f"word{number}" for number in range(60)), translation="A long one.")
    glosser = Seq2SeqGlosser(Echo(model), formats.get("multitask"), max_input_length=250)
    prediction = glosser.predict([text], long_input="window")[0]
    assert prediction.glosses == text.transcription.upper() == prediction.segmentation
    assert len(prediction.words) == 60
    assert max(glosser.backend.sizes) <= 250


def test_a_word_over_the_limit_is_refused_in_windows_too(model):
    glosser = glosser_of(model, "interleaved", max_input_length=200)
    with pytest.raises(InputError, match=r"single word 'a{79}.*max_input_length=200"):
        glosser.predict([IGT("b " + "a" * 300)], long_input="window")


def test_an_answer_that_is_cut_off_says_so(model):
    prediction = glosser_of(model, "glosslm").predict(TEXTS[:1], max_new_tokens=2)[0]
    assert CUT_OFF in prediction.problems


# --- two models ---------------------------------------------------------------------------------


def parrots(model, text, segmentation, glosses, given):
    segmenter = Parrot(model, dict([gold(text, "multitask", "t2s", segmentation)]))
    glosser = Parrot(model, dict([
        gold(text, "multitask", "t2g", glosses),
        gold(text.replace(segmentation=segmentation), "multitask", "s2g", given),
    ]))  # fmt: skip
    return (
        Seq2SeqGlosser(segmenter, formats.get("multitask"), tasks=["t2s"]),
        Seq2SeqGlosser(glosser, formats.get("multitask"), tasks=["t2g"]),
    )


def test_separate_models_answer_apart_and_a_pipeline_in_turn(model):
    text = IGT("evde")
    pair = parrots(model, text, "ev-de", "house", "house-LOC")
    separate = SeparateGlosser(*pair).predict([text])[0]
    assert (separate.segmentation, separate.glosses) == ("ev-de", "house")
    pipeline = PipelineGlosser(*pair).predict([text])[0]
    assert (pipeline.segmentation, pipeline.glosses) == ("ev-de", "house-LOC")
    for kind, prediction in (("SeparateGlosser", separate), ("PipelineGlosser", pipeline)):
        assert prediction.system == kind
        assert prediction.words[0][0].form == "ev-de"
        assert 0 < prediction.words[0][0].probability < 1


@pytest.mark.parametrize("kind", [SeparateGlosser, PipelineGlosser])
def test_two_models_take_what_is_given_and_come_back_from_a_folder(model, kind, tmp_path):
    glosser = kind(
        glosser_of(model, "multitask", tasks=["t2s"]), glosser_of(model, "multitask", tasks=["t2g"])
    )
    glosser.save_pretrained(tmp_path)
    again = load_glosser(tmp_path)
    assert type(again) is kind
    assert again.segmenter.tasks == ("t2s",)
    for given in (None, "segmentation", "partial"):
        expected = glosser.predict(TEXTS, given=given, **FAST)
        assert lines(again.predict(TEXTS, given=given, **FAST)) == lines(expected)
    kept = kind(again.segmenter, again.glosser).predict(TEXTS, given="segmentation", **FAST)
    assert [each.segmentation for each in kept] == [text.segmentation for text in TEXTS]
    with pytest.raises(InputError, match="list of texts is empty"):
        glosser.predict([])
    with pytest.raises(InputError, match="given must be"):
        glosser.predict(TEXTS[:1], given="glosses", **FAST)


def test_a_pipeline_survives_any_segmentation(model):
    for answer in ("", "a" * 3000):
        segmenter = Parrot(model, dict([gold(IGT("evde"), "multitask", "t2s", answer)]))
        glosser = PipelineGlosser(
            Seq2SeqGlosser(segmenter, formats.get("multitask"), tasks=["t2s"]),
            glosser_of(model, "multitask"),
        )
        prediction = glosser.predict([IGT("evde")], max_new_tokens=3001)[0]
        assert prediction.glosses == ""
        assert NOT_GLOSSED in prediction.problems


def test_a_glosslm_model_cannot_segment(model):
    with pytest.raises(InputError, match="glosslm model cannot segment"):
        SeparateGlosser(glosser_of(model, "glosslm"), glosser_of(model, "glosslm"))


# --- files --------------------------------------------------------------------------------------


def logits(model):
    batch = {
        "input_ids": torch.tensor([byt5.encode("Text: evde")]),
        "labels": torch.tensor([byt5.encode("ev-de")]),
    }
    with torch.no_grad():
        return model(**batch).logits


def test_a_saved_glosser_predicts_the_same(model, folder):
    again = Seq2SeqGlosser.from_pretrained(folder)
    assert again.format.name == "interleaved"
    assert torch.equal(logits(again.backend.model), logits(model))
    expected = glosser_of(model, "interleaved").predict(TEXTS, **FAST)
    assert lines(again.predict(TEXTS, **FAST)) == lines(expected)
    assert lines(load_glosser(folder).predict(TEXTS, **FAST)) == lines(expected)
    assert Seq2SeqGlosser.from_pretrained(folder, format="glosslm").lines == ("glosses",)


def test_a_head_of_its_own_is_still_one_after_saving_twice(model, folder, tmp_path):
    config = json.loads((folder / "config.json").read_text("utf-8"))
    assert config["tie_word_embeddings"] is False
    again = load_model(folder)
    assert not torch.equal(again.lm_head.weight, again.shared.weight)
    save_model(again, tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["tie_word_embeddings"] is False
    assert torch.equal(logits(load_model(tmp_path)), logits(model))


def test_a_tied_head_stays_tied(tmp_path):
    config = transformers.T5Config(
        vocab_size=384,
        d_model=16,
        d_kv=8,
        d_ff=16,
        num_layers=1,
        num_heads=2,
        decoder_start_token_id=0,
    )
    tied = transformers.T5ForConditionalGeneration(config).eval()
    save_model(tied, tmp_path)
    assert json.loads((tmp_path / "config.json").read_text("utf-8"))["tie_word_embeddings"] is True
    assert torch.equal(logits(load_model(tmp_path)), logits(tied))


def test_a_new_byt5_checkpoint_loads_as_transformers_computes_it(tmp_path):
    """As google/byt5-base is laid out: an untied head, the setting false, no file of igtkit's."""
    config = transformers.T5Config(
        vocab_size=384, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2,
        feed_forward_proj="gated-gelu", tie_word_embeddings=False, decoder_start_token_id=0,
    )  # fmt: skip
    source = transformers.T5ForConditionalGeneration(config).eval()
    source.lm_head.weight = torch.nn.Parameter(torch.randn(384, 16))
    save_model(source, tmp_path)
    transformers.ByT5Tokenizer().save_pretrained(tmp_path)
    glosser = Seq2SeqGlosser.from_pretrained(tmp_path, format="multitask", dtype="float32")
    assert isinstance(glosser.tokenizer, ByteTokenizer)
    assert torch.equal(logits(glosser.backend.model), logits(source))
    with pytest.raises(InputError, match=r"does not say which prompt format.*'interleaved'"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_device_and_dtype(folder):
    glosser = Seq2SeqGlosser.from_pretrained(folder, device="cpu", dtype="bfloat16")
    assert glosser.backend.model.dtype is torch.bfloat16
    assert len(glosser.predict(TEXTS[:2], max_new_tokens=20)) == 2
    with pytest.raises(InputError, match="dtype must be one of 'float32'"):
        Seq2SeqGlosser.from_pretrained(folder, dtype="int8")
    with pytest.raises(InputError, match="no device 'toaster'"):
        Seq2SeqGlosser.from_pretrained(folder, device="toaster")


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
def test_a_device_that_is_not_there(folder):
    with pytest.raises(InputError, match="cannot be put on the device 'cuda'"):
        Seq2SeqGlosser.from_pretrained(folder, device="cuda")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "config.json").unlink(), "config.json is not there"),
        (lambda path: (path / "config.json").write_text("{"), "config.json is damaged"),
        (lambda path: (path / "config.json").write_text('{"model_type": "gpt2"}'), "kind 'gpt2'"),
        (lambda path: (path / "model.safetensors").unlink(), "no weights in safetensors"),
        (lambda path: (path / "model.safetensors").write_bytes(b"x" * 100), "no model that can be"),
        (lambda path: (path / "seq2seq.json").write_text("[]"), "not of a Seq2SeqGlosser"),
        (lambda path: (path / "tokenizer_config.json").write_text("{"), "is damaged"),
    ],
    ids=[
        "no config",
        "bad config",
        "other kind",
        "no weights",
        "bad weights",
        "bad settings",
        "bad tokenizer",
    ],
)
def test_a_spoiled_folder_is_one_clear_error(folder, tmp_path, spoil, message):
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    spoil(tmp_path)
    with pytest.raises(ModelFileError, match=message):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_weights_that_are_pickled_are_not_read(model, tmp_path):
    glosser_of(model, "interleaved").save_pretrained(tmp_path)
    (tmp_path / "model.safetensors").unlink()
    torch.save(model.state_dict(), tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelFileError, match="safetensors"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_missing_weights_are_an_error_not_random_numbers(model, tmp_path):
    from safetensors.torch import load_file, save_file

    glosser_of(model, "interleaved").save_pretrained(tmp_path)
    weights = load_file(tmp_path / "model.safetensors")
    del weights["decoder.block.0.layer.0.SelfAttention.q.weight"]
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelFileError, match="1 weights are missing"):
        Seq2SeqGlosser.from_pretrained(tmp_path)


def test_a_folder_that_is_not_there(tmp_path, monkeypatch):
    with pytest.raises(ModelFileError, match="there is no folder"):
        Seq2SeqGlosser.from_pretrained(tmp_path / "nothing")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelFileError, match="no such repository could be fetched"):
        Seq2SeqGlosser.from_pretrained("nobody/has-this-model", format="interleaved")
    with pytest.raises(ModelFileError, match="no glosser"):
        load_glosser(tmp_path)


# --- settings -----------------------------------------------------------------------------------


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


def test_a_missing_package_names_the_extra(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match=r"igtkit\[models\]"):
        Seq2SeqGlosser.from_pretrained(folder)


# --- adapters -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def adapted(folder, tmp_path_factory):
    peft = pytest.importorskip("peft", reason="peft is not installed (the extra `train`)")
    path = tmp_path_factory.mktemp("adapted")
    for file in folder.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    for name, seed in (("tsez", 1), ("lezgi", 2)):
        torch.manual_seed(seed)
        settings = peft.LoraConfig(r=2, target_modules=["q", "v"], init_lora_weights=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # peft asks transformers by an old name
            with_adapter = peft.get_peft_model(load_model(folder), settings)
        with_adapter.save_pretrained(path / "adapters" / name)
    return path


def test_adapters_by_name_and_by_folder(adapted, folder):
    plain = Seq2SeqGlosser.from_pretrained(folder)
    named = Seq2SeqGlosser.from_pretrained(adapted, adapter="tsez")
    by_folder = Seq2SeqGlosser.from_pretrained(folder, adapter=adapted / "adapters" / "tsez")
    there = logits(named.backend.model)
    assert not torch.allclose(there, logits(plain.backend.model))
    assert torch.equal(there, logits(by_folder.backend.model))
    named.load_adapter(adapted / "adapters" / "lezgi", "lezgi")
    assert not torch.allclose(logits(named.backend.model), there)
    named.use_adapter("tsez")
    assert torch.equal(logits(named.backend.model), there)
    named.use_adapter(None)
    assert torch.equal(logits(named.backend.model), logits(plain.backend.model))
    named.use_adapter("tsez")
    assert torch.equal(logits(named.backend.model), there)


def test_adapters_that_are_not_there(adapted, tmp_path):
    glosser = Seq2SeqGlosser.from_pretrained(adapted, adapter="tsez")
    with pytest.raises(InputError, match=r"no adapter 'git' is loaded; there are: .'tsez'"):
        glosser.use_adapter("git")
    with pytest.raises(InputError, match="'tsez' is loaded already"):
        glosser.load_adapter(adapted / "adapters" / "tsez", "tsez")
    for wrong in ("git", "../adapters/git", tmp_path):
        with pytest.raises(ModelFileError, match="holds no adapter"):
            Seq2SeqGlosser.from_pretrained(adapted, adapter=wrong)


# --- CTranslate2 --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def converted(folder, tmp_path_factory):
    pytest.importorskip("ctranslate2", reason="ctranslate2 is not installed (the extra `fast`)")
    from igtkit.models.seq2seq.ctranslate2 import convert

    path = tmp_path_factory.mktemp("converted")
    convert(folder, path)
    return path


@pytest.mark.parametrize("beams", [1, 2])
@pytest.mark.parametrize("name", formats.FORMATS)
def test_ctranslate2_gives_the_same_answers(folder, converted, name, beams):
    options = {
        "num_beams": beams,
        "max_new_tokens": 24,
        "constrained": False,
        "early_stopping": True,
    }
    slow = Seq2SeqGlosser.from_pretrained(folder, format=name).predict(TEXTS, **options)
    fast = Seq2SeqGlosser.from_pretrained(converted, format=name).predict(TEXTS, **options)
    assert lines(slow) == lines(fast)
    for one, other in zip(slow, fast, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-4)
        assert one.problems == other.problems


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


def test_what_a_converted_model_cannot_do(folder, converted, tmp_path):
    from igtkit.models.seq2seq.ctranslate2 import convert

    glosser = Seq2SeqGlosser.from_pretrained(converted)
    assert glosser.format.name == "interleaved"
    with pytest.raises(
        InputError, match="CTranslate2 cannot be constrained; pass constrained=False"
    ):
        glosser.predict(TEXTS)
    with pytest.raises(InputError, match="always stops early"):
        glosser.predict(TEXTS, constrained=False, early_stopping=False)
    with pytest.raises(InputError, match="cannot be saved"):
        glosser.save_pretrained(tmp_path)
    with pytest.raises(InputError, match="takes no adapters"):
        glosser.use_adapter(None)
    with pytest.raises(InputError, match="no dtype and no adapter"):
        Seq2SeqGlosser.from_pretrained(converted, dtype="float32")
    with pytest.raises(InputError, match="is not empty"):
        convert(folder, converted)
    with pytest.raises(InputError, match="quantization must be one of"):
        convert(folder, tmp_path / "new", quantization="int4")


# --- subwords -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def subword_folder(tmp_path_factory):
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed")
    path = tmp_path_factory.mktemp("subwords")
    pieces = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token="<unk>"))
    pieces.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<pad>", "</s>", "<unk>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
    )
    pieces.train_from_iterator([text.glosses for text in load_sample()], trainer)
    pieces.post_processor = tokenizers.processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=pieces, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    tokenizer.save_pretrained(path)
    config = transformers.T5Config(
        vocab_size=len(tokenizer), d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2,
        decoder_start_token_id=0,
    )  # fmt: skip
    save_model(transformers.T5ForConditionalGeneration(config), path)
    return path


def test_a_model_with_a_tokenizer(subword_folder):
    glosser = Seq2SeqGlosser.from_pretrained(subword_folder, format="multitask")
    assert isinstance(glosser.tokenizer, SubwordTokenizer)
    text = "house-LOC </s> çok"
    ids = glosser.tokenizer.encode(text)
    assert ids.count(glosser.tokenizer.end) == 1
    assert glosser.tokenizer.decode(ids) == text
    assert glosser.tokenizer.ends(ids)[-1] == len(text)
    predictions = glosser.predict(TEXTS, max_new_tokens=12)
    assert len(predictions) == len(TEXTS)
    interleaved = Seq2SeqGlosser.from_pretrained(subword_folder, format="interleaved")
    with pytest.raises(InputError, match="only byte models can be constrained"):
        interleaved.predict(TEXTS)
    assert interleaved.predict(TEXTS[:1], constrained=False, max_new_tokens=5)[0].problems


def test_a_model_that_lacks_its_tokenizer(subword_folder, tmp_path):
    for name in ("config.json", "model.safetensors"):
        (tmp_path / name).write_bytes((subword_folder / name).read_bytes())
    with pytest.raises(ModelFileError, match="400 ids and no tokenizer"):
        Seq2SeqGlosser.from_pretrained(tmp_path, format="multitask")


def test_an_empty_answer_is_a_problem(model):
    prompt, answer = gold(IGT("ev"), "glosslm", "t2g", "")
    prediction = Seq2SeqGlosser(Parrot(model, {prompt: answer}), formats.get("glosslm")).predict(
        [IGT("ev")]
    )[0]
    assert prediction.problems == (problems.EMPTY,)
