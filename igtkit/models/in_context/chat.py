"""The base class of chat models, wherever they run."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

__all__ = ["Chat", "Message", "without_thoughts"]

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


class Message(TypedDict):
    """One turn of a conversation: who speaks (``system``, ``user``, ``assistant``), and what."""

    role: str
    content: str


class Chat(ABC):
    """A chat model."""

    @abstractmethod
    def answer(
        self,
        conversations: Sequence[Sequence[Message]],
        *,
        advance: Callable[[int], object] = lambda _: None,
    ) -> list[str]:
        """Return the next turn of each conversation.

        Args:
            conversations: Each ends with a turn of the user.
            advance: Called with the number of answers that have just come in.

        Returns:
            The answers, in order.
        """

    @abstractmethod
    def settings(self) -> Mapping[str, Any]:
        """Return the arguments that make the same chat again, without secrets, for JSON."""


def without_thoughts(answer: str) -> str:
    """The answer of a model that thinks first, without the thoughts.

    Example:
        >>> without_thoughts("<think>A cat, so...</think> cat(kedi)")
        'cat(kedi)'
    """
    return _THOUGHTS.sub("", answer).strip()
