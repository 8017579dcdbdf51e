"""The chat template: prompts and answers as turns of a conversation."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
transformers = pytest.importorskip("transformers", reason="transformers is not installed")

from models.causal.tiny_chat import (  # noqa: E402
    TEXTS,
)

from igtkit import formats  # noqa: E402
from igtkit.errors import ModelFileError  # noqa: E402
from igtkit.models.causal import ChatTemplate  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


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
