"""The conversation that shows examples."""

from __future__ import annotations

from igtkit import load_sample
from igtkit.models.in_context.prompt import build_messages


def test_a_prompt_shows_real_sentences_in_one_line():
    sample = load_sample()[:3]
    messages = build_messages(sample[0], sample[1:])
    assert all(
        "\n" not in message["content"] for message in messages if message["role"] == "assistant"
    )
