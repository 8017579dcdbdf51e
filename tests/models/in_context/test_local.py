"""A chat model of transformers on this computer: a toy one, made on the spot."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs torch (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="needs transformers (the extra `models`)")
tokenizers = pytest.importorskip("tokenizers", reason="needs transformers (the extra `models`)")

from igtkit import IGT, alignment_score, load_sample  # noqa: E402
from igtkit.errors import InputError, ModelFileError  # noqa: E402
from igtkit.models.in_context import InContextGlosser, LocalChat, build_messages  # noqa: E402

TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% if enable_thinking is defined %}"
    "{% if enable_thinking %}<think>{% else %}<think></think>{% endif %}{% endif %}{% endif %}"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chat")
    toy = tokenizers.Tokenizer(tokenizers.models.BPE())
    toy.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    toy.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|end|>", "<|user|>", "<|assistant|>", "<|system|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
    )
    toy.train_from_iterator((igt.transcription for igt in load_sample()), trainer)
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=toy, eos_token="<|end|>")
    fast.chat_template = TEMPLATE
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=len(fast),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=2048,
        eos_token_id=fast.eos_token_id,
        bos_token_id=None,
        pad_token_id=None,
    )
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    return folder


TEXTS = list(load_sample().split("test")[:5])


def test_answers_do_not_depend_on_company(folder):
    conversations = [build_messages(text) for text in TEXTS]
    together = LocalChat(folder, max_new_tokens=12, batch_size=3).answer(conversations)
    alone = LocalChat(folder, max_new_tokens=12, batch_size=1)
    assert together == [alone.answer([each])[0] for each in conversations]
    assert any(together)


def test_constrained_answers_align_whatever_the_model(folder):
    pytest.importorskip("llguidance", reason="needs llguidance")
    chat = LocalChat(folder, max_new_tokens=24, constrained=True)
    train = load_sample().split("train")[:20]
    predictions = InContextGlosser(chat, examples=2).fit(train).predict(TEXTS)
    for made in predictions:
        assert made.segmentation
        assert alignment_score(made.segmentation, made.glosses) == 1
        assert made.problems == ()


def test_thinking_is_left_to_the_template_or_told(folder):
    prompts = {
        thinking: LocalChat(folder, thinking=thinking)._prompts([build_messages(IGT("ev"))])[0]
        for thinking in (None, True, False)
    }
    assert prompts[None].endswith("<|assistant|>")
    assert prompts[True].endswith("<think>")
    assert prompts[False].endswith("<think></think>")


def test_a_conversation_that_is_too_long_is_refused(folder):
    with pytest.raises(InputError, match="more than the 2048 that the model can read"):
        LocalChat(folder, max_new_tokens=2000).answer([build_messages(IGT("ev " * 60))])


def test_it_is_saved_and_loaded(folder, tmp_path):
    train = load_sample().split("train")[:20]
    glosser = InContextGlosser(LocalChat(folder, max_new_tokens=8), examples=1).fit(train)
    glosser.save_pretrained(tmp_path)
    with pytest.raises(InputError, match="a file does not decide: pass chat_directory="):
        InContextGlosser.from_pretrained(tmp_path)
    loaded = InContextGlosser.from_pretrained(tmp_path, chat_directory=folder)
    assert loaded.predict(TEXTS) == glosser.predict(TEXTS)


def test_what_cannot_be_loaded(folder, tmp_path):
    with pytest.raises(ModelFileError, match="there is no folder"):
        LocalChat(tmp_path / "nowhere")
    with pytest.raises(ModelFileError, match="holds no chat model"):
        LocalChat(tmp_path)
    fast = transformers.AutoTokenizer.from_pretrained(folder)
    fast.chat_template = None
    fast.save_pretrained(tmp_path)
    transformers.AutoModelForCausalLM.from_pretrained(folder).save_pretrained(tmp_path)
    with pytest.raises(ModelFileError, match="no chat template"):
        LocalChat(tmp_path)


@pytest.mark.parametrize(
    ("settings", "message"),
    [({"batch_size": 0}, "1 or more"), ({"constrained": True, "thinking": True}, "constrained")],
)
def test_settings_that_make_no_sense(folder, settings, message):
    with pytest.raises(InputError, match=message):
        LocalChat(folder, **settings)
