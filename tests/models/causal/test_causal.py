"""CausalGlosser: chat models that are trained to gloss, made on the spot."""

from __future__ import annotations

import json
import math
import shutil

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from igtkit import IGT, Language, alignment_score, formats, load_sample  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models import CausalGlosser  # noqa: E402
from igtkit.models.causal import ChatTemplate, load_chat_model, new_chat_model  # noqa: E402
from igtkit.models.prompted.glosser import CUT_OFF  # noqa: E402
from igtkit.models.prompted.saving import save_model  # noqa: E402
from igtkit.models.registry import load_glosser  # noqa: E402
from igtkit.models.seq2seq.checkpoint import new_model  # noqa: E402

SAMPLE = load_sample()
TEXTS = list(SAMPLE.split("dev")[:5])
FREE = {"max_new_tokens": 16, "constrained": False}


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def chat():
    lines = [igt.transcription for igt in SAMPLE]
    model, tokenizer = new_chat_model(lines, width=32, inner_width=48, layers=2, seed=1)
    with torch.no_grad():
        for weight in model.parameters():  # as new ones are, every answer is much the same
            weight.mul_(3)
    return model.eval(), tokenizer


@pytest.fixture(scope="module")
def template(chat):
    return ChatTemplate(chat[1])


@pytest.fixture(scope="module")
def folder(chat, tmp_path_factory):
    path = tmp_path_factory.mktemp("chat")
    glosser_of(chat, "interleaved").save_pretrained(path)
    return path


def glosser_of(chat, name, **options):
    return CausalGlosser(*chat, formats.get(name), **options)


def lines(predictions):
    return [(each.segmentation, each.glosses) for each in predictions]


# --- the template -------------------------------------------------------------------------------


def test_a_prompt_is_what_the_template_makes_of_it(chat, template):
    tokenizer = chat[1]
    for text in TEXTS:
        prompt = formats.get("interleaved").encode(text.replace(segmentation=None, glosses=None))
        whole = tokenizer.apply_chat_template(
            [{"role": "user", "content": prompt.prompt}], add_generation_prompt=True
        )["input_ids"]
        assert template.encode_prompt(prompt.prompt) == whole
    answer = template.encode("house(ev)")
    assert tokenizer.decode(answer) == "house(ev)<|end|>"


def test_text_never_becomes_a_turn(template):
    text = "<|end|><|assistant|>ş\n a  b"
    assert template.encode(text).count(template.end) == 1
    assert template.decode(template.encode(text)) == text
    assert template.encode_prompt(text).count(template.end) == 1
    ids = template.encode("şev")
    assert template.ends(ids)[-1] == 3


def test_the_prompt_is_no_target(template):
    """Each label is what comes after its input; those within the prompt are left out."""
    row = template.encode_pair("Gloss: ev", "house")
    asked, answer = template.encode_prompt("Gloss: ev"), template.encode("house")
    assert row["input_ids"] == (asked + answer)[:-1]
    assert row["labels"] == [-100] * (len(asked) - 1) + answer
    assert len(row["input_ids"]) == len(row["labels"])


def test_thinking_is_off_and_a_turn_may_end_otherwise_than_a_text(chat):
    made = transformers.PreTrainedTokenizerFast(
        tokenizer_object=chat[1].backend_tokenizer, eos_token="<|end|>"
    )
    made.chat_template = (
        "{% for m in messages %}{% if m.role == 'user' %}<|user|>{{ m.content }}"
        "{% else %}<|assistant|>{{ m.content }}<|system|>{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}{{ '' if enable_thinking else 'not thinking' }}{% endif %}"
    )
    template = ChatTemplate(made)
    assert made.decode(template.encode_prompt("a")) == "<|user|>anot thinking"
    assert made.convert_ids_to_tokens(template.end) == "<|system|>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no chat template"),
        ("hello", "exactly once"),
        ("{{ messages[0].content }}{{ messages[0].content }}", "exactly once"),
        ("{% for m in messages %}{{ m.content }}{% endfor %}", "what ends an answer"),
    ],
)
def test_templates_that_will_not_do(chat, text, message):
    made = transformers.PreTrainedTokenizerFast(tokenizer_object=chat[1].backend_tokenizer)
    made.chat_template = text
    with pytest.raises(ModelFileError, match=message):
        ChatTemplate(made)


# --- predicting ---------------------------------------------------------------------------------


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


# --- folders ------------------------------------------------------------------------------------


def test_a_saved_glosser_predicts_the_same(chat, folder, tmp_path):
    loaded = CausalGlosser.from_pretrained(folder)
    assert loaded.format.name == "interleaved"
    expected = glosser_of(chat, "interleaved").predict(TEXTS, **FREE)
    assert loaded.predict(TEXTS, **FREE) == expected
    assert type(load_glosser(folder)) is CausalGlosser
    loaded.save_pretrained(tmp_path)
    assert CausalGlosser.from_pretrained(tmp_path).predict(TEXTS, **FREE) == expected


def test_a_checkpoint_of_another_origin_names_its_format(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "model")
    (tmp_path / "model" / "causal.json").unlink()
    with pytest.raises(InputError, match=r"does not say which prompt format.*'interleaved'"):
        CausalGlosser.from_pretrained(tmp_path / "model")
    assert type(load_glosser(tmp_path / "model", format="multitask")) is CausalGlosser


def test_settings_of_a_conversation_are_left_aside(chat, folder, tmp_path):
    """A checkpoint may ask for sampling and penalties; glossing does neither."""
    shutil.copytree(folder, tmp_path / "model")
    path = tmp_path / "model" / "generation_config.json"
    asked = {"do_sample": True, "temperature": 2.0, "repetition_penalty": 5.0, "top_k": 3}
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **asked}), encoding="utf-8")
    loaded = CausalGlosser.from_pretrained(tmp_path / "model")
    assert loaded.predict(TEXTS, **FREE) == glosser_of(chat, "interleaved").predict(TEXTS, **FREE)
    assert loaded.backend.model.generation_config.repetition_penalty == 5.0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: (path / "config.json").unlink(), "config.json is not there"),
        (lambda path: (path / "config.json").write_text("{"), "config.json is damaged"),
        (lambda path: (path / "model.safetensors").unlink(), "no chat model in safetensors"),
        (lambda path: (path / "model.safetensors").write_bytes(b"x" * 100), "holds no chat model"),
        (lambda path: (path / "tokenizer.json").write_text("{"), "holds no chat model"),
        (lambda path: (path / "causal.json").write_text("{"), "causal.json is damaged"),
    ],
)
def test_a_spoiled_folder_is_one_clear_error(folder, tmp_path, spoil, message):
    shutil.copytree(folder, tmp_path / "model")
    spoil(tmp_path / "model")
    with pytest.raises(ModelFileError, match=message):
        CausalGlosser.from_pretrained(tmp_path / "model")


def test_models_that_encode_are_refused(tmp_path):
    save_model(new_model(width=16, inner_width=16, heads=2), tmp_path)
    with pytest.raises(ModelFileError, match="'t5' encodes and decodes"):
        CausalGlosser.from_pretrained(tmp_path, format="interleaved")
    with pytest.raises(ModelFileError, match="there is no file"):
        load_chat_model(tmp_path, gguf_file="missing.gguf")


def test_new_models_that_cannot_be():
    with pytest.raises(InputError, match="do not divide"):
        new_chat_model(["a"], width=10, heads=3)
    with pytest.raises(InputError, match="260 or more"):
        new_chat_model(["a"], vocabulary_size=10)


# --- training -----------------------------------------------------------------------------------


def test_perplexity_is_that_of_every_target_token(chat, template):
    """Against one example at a time, prompt and target put together by hand."""
    pytest.importorskip("accelerate", reason="needs the extra `train`")
    from igtkit.models import training

    texts = [igt.replace(language=Language("nucl1301")) for igt in SAMPLE.split("train")[:3]]
    totals = []
    for text in texts:
        total, count = 0.0, 0
        for example in training.make_examples([text], ["interleaved"]):
            asked = template.encode_prompt(example.prompt)
            answer = template.encode(example.target)
            with torch.no_grad():
                logits = chat[0](input_ids=torch.tensor([asked + answer])).logits[0].log_softmax(1)
            total -= sum(logits[len(asked) + at - 1, id_].item() for at, id_ in enumerate(answer))
            count += len(answer)
        totals.append((total, count))
    found = training.sentence_perplexities(chat[0], texts, ["interleaved"], tokenizer=template)
    for each, (total, count) in zip(found, totals, strict=True):
        assert each.tokens == count
        assert each.negative_log_likelihood == pytest.approx(total, rel=1e-4)
    whole = training.glottocode_perplexities(chat[0], texts, ["interleaved"], tokenizer=template)
    total, count = (sum(column) for column in zip(*totals, strict=True))
    assert whole == {"nucl1301": pytest.approx(math.exp(total / count), rel=1e-4)}


def test_it_learns_and_the_first_step_is_that_of_plain_torch(chat, template, tmp_path):
    """The oracle: AdamW by hand, on the mean over all target tokens of the step."""
    pytest.importorskip("accelerate", reason="needs the extra `train`")
    import copy

    from igtkit.models import training

    examples = training.make_examples(SAMPLE.split("train")[:4], ["glosslm"])
    encoded = training.encode_examples(examples, tokenizer=template)
    size = len(encoded)
    settings = training.TrainingSettings(
        learning_rate=1e-3, batch_size=size, micro_batch_size=1, steps=1, warmup=0, bf16=False
    )
    trained = copy.deepcopy(chat[0])
    training.train_model(trained, encoded, None, tmp_path, settings)

    oracle = copy.deepcopy(chat[0]).train()
    optimizer = torch.optim.AdamW(oracle.parameters(), lr=1e-3, weight_decay=0)
    total, count = 0, 0
    for example in examples:
        asked, answer = template.encode_prompt(example.prompt), template.encode(example.target)
        logits = oracle(input_ids=torch.tensor([asked + answer])).logits[0].log_softmax(1)
        total = total - logits[range(len(asked) - 1, len(asked + answer) - 1), answer].sum()
        count += len(answer)
    (total / count).backward()
    torch.nn.utils.clip_grad_norm_(oracle.parameters(), 1)
    optimizer.step()
    for mine, theirs in zip(trained.parameters(), oracle.parameters(), strict=True):
        assert torch.allclose(mine, theirs, atol=2e-4)
    before = training.perplexity(chat[0], encoded).perplexity
    assert training.perplexity(trained, encoded).perplexity < before


def test_long_conversations_are_left_out_and_counted(template):
    from igtkit.models import training

    made = training.make_examples([IGT("ev", None, "x"), IGT("ev " * 99, None, "x")], ["glosslm"])
    found = training.encode_examples(made, max_length=200, tokenizer=template)
    assert (len(found), found.left_out) == (1, 1)
    with pytest.raises(InputError, match="at most 3 tokens long"):
        training.encode_examples(made, max_length=3, tokenizer=template)
