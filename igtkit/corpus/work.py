"""How far the glossing of texts has come: what people have done, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import attrs

from igtkit._labels.placeholders import mark_unknown
from igtkit.boundaries import (
    UNKNOWN,
    is_word,
    list_words,
    split_words,
)
from igtkit.igt import IGT

__all__ = ["Work", "WorkState", "count_work", "work_state"]

WorkState = Literal["glossed", "begun", "suggested", "open", "empty"]
"""``glossed``: a person has glossed every word; ``begun``: some words; ``open``: none;
``suggested``: a machine has, and nobody has confirmed it; ``empty``: there is no word to gloss."""


@attrs.frozen
class Work:
    """What is done of some texts, and what is to do.

    Attributes:
        sentences: Number of texts in each state.
        words: Number of their words, punctuation apart, in each of the same states; the words of
            a text that is begun are counted as glossed or open one by one.

    Example:
        >>> count_work([IGT("cats run", "cat-s run", "cat-PL run"), IGT("dogs")]).words["open"]
        1
    """

    sentences: Mapping[WorkState, int]
    words: Mapping[WorkState, int]


def work_state(igt: IGT) -> WorkState:
    """Return how far a person has come with a text.

    A word is glossed if its gloss is there and has no placeholder in it (``???``, ``??``, ``***``).
    Where a placeholder is, something is to do, whether the lines pair up or not.

    Args:
        igt: The text. ``metadata["prediction"]`` says whether its analysis is a suggestion.

    Example:
        >>> work_state(IGT("cats run", None, "cat-PL ???"))
        'begun'
    """
    glossed, to_do = _words(igt)
    if not glossed:
        return "open" if to_do else "empty"
    mark = igt.metadata.get("prediction")
    if isinstance(mark, Mapping) and not mark.get("confirmed"):
        return "suggested"
    return "begun" if to_do else "glossed"


def count_work(texts: Iterable[IGT]) -> Work:
    """Return how much of texts is done and how much is to do; see `Work`."""
    sentences: dict[WorkState, int] = {
        "glossed": 0,
        "begun": 0,
        "suggested": 0,
        "open": 0,
        "empty": 0,
    }
    words = dict.fromkeys(sentences, 0)
    for igt in texts:
        state = work_state(igt)
        glossed, to_do = _words(igt)
        sentences[state] += 1
        words["suggested" if state == "suggested" else "glossed"] += glossed
        words["open"] += to_do
    return Work(sentences, words)


def _words(igt: IGT) -> tuple[int, int]:
    """Number of words that are glossed, and that are not."""
    glosses = list_words(mark_unknown(igt.glosses))
    glossed = sum(UNKNOWN not in gloss for gloss in glosses)
    if glosses and glossed == len(glosses):
        return glossed, 0
    line = igt.transcription or igt.segmentation or igt.glosses
    count = sum(is_word(token) for token in split_words(line))
    return glossed, max(count, len(glosses)) - glossed
