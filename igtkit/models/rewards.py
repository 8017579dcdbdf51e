"""Rewards for reinforcement learning, from outputs without references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from igtkit._characters import fold_case
from igtkit.alignment import alignment_score
from igtkit.boundaries import split_words, unsegment
from igtkit.errors import InputError
from igtkit.formats import get

__all__ = ["Reward", "alignment_reward", "known_glosses_reward"]

Reward = Callable[..., list[float]]
"""Takes ``completions`` by keyword, and any other column of the data; gives one number for each."""


def alignment_reward(format: str = "concatenated") -> Reward:  # noqa: A002 -- the word for it
    r"""Return a reward that is the alignment score of an output (PolyGloss, section 9).

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


def known_glosses_reward(*, spelled: bool = False) -> Reward:
    r"""Return a reward for segmentations of texts whose glosses are known.

    It is the alignment score of the segmentation that is put out and the glosses that a person
    wrote: for a language that was glossed but never segmented. PolyGloss suggests it (section 9).
    The glosses say how many morphemes a word has, not where they end: that is left to the model.

    Args:
        spelled: Whether a segmentation gets 0 that does not spell the transcription, letter by
            letter and whatever their case. Without it any letters will do.

    Returns:
        A function as `alignment_reward` gives it, for outputs of the task ``t2s`` in the multitask
        format; besides ``completions`` it takes ``glosses`` and, if they are to be spelled,
        ``transcription``, one of each for each output. Without these it raises an `InputError`.

    Example:
        >>> reward = known_glosses_reward(spelled=True)
        >>> glosses, transcription = ["house-LOC"] * 3, ["Evde"] * 3
        >>> outputs = ["ev-de", "evde", "a-b"]
        >>> found = reward(completions=outputs, glosses=glosses, transcription=transcription)
        >>> [round(each, 2) for each in found]
        [1.0, 0.33, 0.0]
    """
    prompt_format = get("multitask")

    def reward(
        *,
        completions: Sequence[Any],
        glosses: Sequence[str],
        transcription: Sequence[str] | None = None,
        **_: Any,
    ) -> list[float]:
        if spelled and transcription is None:
            raise InputError("to see what is spelled, the reward needs the column transcription")
        words = transcription or [""] * len(glosses)
        scores = []
        for completion, known, word in zip(completions, glosses, words, strict=True):
            found = prompt_format.decode(_text(completion), task="t2s")
            line = None if found.problems else found.segmentation
            wrong = spelled and _letters(line) != _letters(word)
            scores.append(0.0 if not line or wrong else alignment_score(line, known))
        return scores

    reward.__name__ = "known_glosses_reward"
    return reward


def _letters(line: str | None) -> str:
    """A line without what separates words and morphemes, in one case."""
    return fold_case("".join(split_words(unsegment(line or ""))))


def _text(completion: Any) -> str:
    return completion if isinstance(completion, str) else str(completion[-1]["content"])


def _score(prompt_format: Any, output: str) -> float:
    found = prompt_format.decode(output, task="t2sg")
    if found.problems or not found.segmentation or not found.glosses:
        return 0.0
    return alignment_score(found.segmentation, found.glosses)
