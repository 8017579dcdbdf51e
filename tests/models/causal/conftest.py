"""A tiny chat model that is made on the spot."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def chat():
    """A model and its tokenizer."""
    torch = pytest.importorskip("torch", reason="torch is not installed (the extra `models`)")
    pytest.importorskip("transformers", reason="transformers is not installed")
    from models.causal.tiny_chat import SAMPLE

    from igtkit.models.causal import new_chat_model

    lines = [igt.transcription for igt in SAMPLE]
    model, tokenizer = new_chat_model(lines, width=32, inner_width=48, layers=2, seed=1)
    with torch.no_grad():
        for weight in model.parameters():  # as new ones are, every answer is much the same
            weight.mul_(3)
    return model.eval(), tokenizer


@pytest.fixture(scope="module")
def template(chat):
    """What the glosser puts prompts into."""
    from igtkit.models.causal import ChatTemplate

    return ChatTemplate(chat[1])


@pytest.fixture(scope="module")
def folder(chat, tmp_path_factory):
    """The folder of the model as a glosser that answers interleaved."""
    from models.causal.tiny_chat import glosser_of

    path = tmp_path_factory.mktemp("chat")
    glosser_of(chat, "interleaved").save_pretrained(path)
    return path
