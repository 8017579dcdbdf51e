"""Rewards for reinforcement learning: what can be told of an output without a reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from igtkit.alignment import alignment_score
from igtkit.formats import get

__all__ = ["Reward", "alignment_reward"]

Reward = Callable[..., list[float]]
"""Takes ``completions`` by keyword, and any other column of the data; gives one number for each."""


def alignment_reward(format: str = "concatenated") -> Reward:  # noqa: A002 -- the word for it
    r"""Make a reward that is the alignment score of an output (PolyGloss, section 9).

    An output that is not well formed, or lacks one of the two lines, gets 0.

    Args:
        format: The prompt format that the outputs are in. In the interleaved format every
            well-formed output aligns, so that there is little to be learned.

    Returns:
        A function that TRL takes as one of its ``reward_funcs``, and `train_grpo` as its reward:
        ``completions`` are texts, or conversations whose last turn is the text.

    Raises:
        InputError: If there is no such format.

    Example:
        >>> reward = alignment_reward("concatenated")
        >>> outputs = ["ev-de\nGlosses: house-LOC", "ev-de\nGlosses: house", "ev"]
        >>> [round(each, 2) for each in reward(completions=outputs)]
        [1.0, 0.33, 0.0]
    """
    prompt_format = get(format)

    def reward(*, completions: Sequence[Any], **_: Any) -> list[float]:
        return [_score(prompt_format, _text(each)) for each in completions]

    reward.__name__ = "alignment_reward"  # what TRL logs
    return reward


def _text(completion: Any) -> str:
    return completion if isinstance(completion, str) else str(completion[-1]["content"])


def _score(prompt_format: Any, output: str) -> float:
    found = prompt_format.decode(output, task="t2sg")
    if found.problems or not found.segmentation or not found.glosses:
        return 0.0
    return alignment_score(found.segmentation, found.glosses)
