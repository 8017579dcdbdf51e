"""Conversations as the chat template of a tokenizer writes them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from igtkit.errors import ModelFileError

__all__ = ["render"]

Conversation = Sequence[Mapping[str, Any]]

_SANDBOX = Path(__file__).with_name("_sandbox.py")
_SECONDS = 30  # on the clock, for a busy machine; processor time is limited in the sandbox
_LARGEST = 2**26  # characters of all prompts


def render(tokenizer: Any, asked: Sequence[tuple[Conversation, Mapping[str, Any]]]) -> list[str]:
    """Write conversations with the chat template of a tokenizer.

    The template came with the model, so it is rendered by a process of its own, in Jinja's sandbox,
    with little time and memory.

    Args:
        tokenizer: A tokenizer of transformers with a chat template.
        asked: For each conversation its turns, and what else the template is told, such as
            ``add_generation_prompt``.

    Returns:
        One text for each conversation.

    Raises:
        ModelFileError: If the template is damaged, refuses a conversation, or takes too much.
    """
    told = {"tools": None, "documents": None, "add_generation_prompt": False}
    told |= tokenizer.special_tokens_map
    given = {
        "template": tokenizer.get_chat_template(),
        "variables": [{"messages": list(turns), **told, **more} for turns, more in asked],
    }
    try:
        done = subprocess.run(  # noqa: S603 -- our own script
            [sys.executable, "-I", str(_SANDBOX)],
            input=json.dumps(given).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ModelFileError("the chat template takes too long") from None
    if done.returncode:
        raise ModelFileError("the chat template takes too long, or too much memory")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise ModelFileError(f"the chat template cannot be used: {answer['error']}")
    rendered: list[str] = answer["rendered"]
    if sum(map(len, rendered)) > _LARGEST:
        raise ModelFileError("the chat template writes too much")
    return rendered
