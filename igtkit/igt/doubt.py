"""How sure a machine was of a text that it glossed, and whether a person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from igtkit.boundaries import is_punctuation, is_word
from igtkit.igt.word import Word

__all__ = ["DOUBTFUL", "describe_suggestion", "is_suggested", "word_probabilities"]

DOUBTFUL = 0.5
"""A word that is less probable than this is more likely wrong than right."""


class _Marked(Protocol):
    """What is asked of a text here; `igtkit.IGT` has it."""

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Anything that is known of the text, by name."""

    @property
    def transcription(self) -> str | None:
        """The text line."""


def is_suggested(igt: _Marked) -> bool:
    """Return whether the lines are a machine's, and nobody has confirmed them.

    Args:
        igt: The text; ``metadata["prediction"]`` is the mark of a machine
            (`igtkit.Prediction.to_igt`).
    """
    mark = igt.metadata.get("prediction")
    return isinstance(mark, Mapping) and not mark.get("confirmed")


def describe_suggestion(igt: _Marked) -> str | None:
    """Return who suggested the lines, and whether that was confirmed; None for a person's own.

    Example:
        >>> from igtkit import IGT
        >>> describe_suggestion(IGT("a", metadata={"prediction": {"system": "lookup"}}))
        'Suggested by lookup, not confirmed'
    """
    mark = igt.metadata.get("prediction")
    if not isinstance(mark, Mapping):
        return None
    state = "confirmed" if mark.get("confirmed") else "not confirmed"
    return f"Suggested by {mark.get('system') or 'a machine'}, {state}"


def word_probabilities(igt: _Marked, words: Sequence[Word]) -> list[float | None]:
    """Return how probable each word of a suggestion is.

    Args:
        igt: The text.
        words: Its words, as `igtkit.IGT.align` gives them.

    Returns:
        A number from 0 to 1 for each of the words; None where nothing is known, for all words of a
        text that is no suggestion, or whose numbers do not fit its words.

    Example:
        >>> from igtkit import IGT
        >>> mark = {"system": "crf", "probabilities": [0.9, 0.3]}
        >>> igt = IGT("cats run", "cat-s run", "cat-PL run", metadata={"prediction": mark})
        >>> word_probabilities(igt, igt.words)
        [0.9, 0.3]
    """
    unknown: list[float | None] = [None] * len(words)
    if not is_suggested(igt):
        return unknown
    given = igt.metadata["prediction"].get("probabilities")
    if not isinstance(given, list):
        return unknown
    # One for each token of the transcription, which may part punctuation otherwise than the
    # analysis does, and be changed since.
    ways = (
        [word.surface is not None for word in words],
        [True] * len(words),
        [is_word(word.form or word.gloss or "") for word in words],
    )
    beside = next((way for way in ways if sum(way) == len(given)), None)
    if beside is None:  # what read it keeps no punctuation beside the words (FLExText)
        count, marks = len(given), sum(map(is_punctuation, igt.transcription or ""))
        given = [value for value in given if value is not None]
        beside = ways[-1]
        if sum(beside) != len(given) or count - len(given) > marks:
            return unknown
    following = iter(given)
    return [_share(next(following)) if one else None for one in beside]


def _share(value: object) -> float | None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if number and 0 <= value <= 1 else None  # type: ignore[operator, arg-type]
