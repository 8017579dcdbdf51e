"""Long texts in pieces: whole words, as many as fit into a prompt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from igtkit.boundaries import join_words, split_words
from igtkit.errors import InputError
from igtkit.igt import IGT, Prediction

__all__ = ["join_windows", "split_windows"]


def split_windows(text: IGT, line: str, size: Callable[[IGT], int], limit: int) -> list[IGT]:
    """Return the pieces of a text whose prompts fit.

    Args:
        text: The text.
        line: Name of the line that is asked about: ``"transcription"`` or ``"segmentation"``.
        size: Counts the tokens of the prompt for a piece.
        limit: The most tokens of a prompt.

    Returns:
        Copies of the text that hold some of the words each, in order.

    Raises:
        InputError: If a prompt with a single word is too long.

    Example:
        >>> pieces = split_windows(
        ...     IGT("one two three"), "transcription", lambda igt: len(igt.transcription), 7)
        >>> [piece.transcription for piece in pieces]
        ['one two', 'three']
    """
    pieces: list[IGT] = []
    tokens = split_words(getattr(text, line))
    start = 0
    while start < len(tokens):
        fits, over = start, len(tokens) + 1
        while over - fits > 1:  # the prompt grows with the words
            middle = (fits + over) // 2
            if size(_piece(text, line, tokens[start:middle])) <= limit:
                fits = middle
            else:
                over = middle
        if fits == start:
            raise InputError(
                f"the prompt with the single word {tokens[start]!r:.80} is longer than "
                f"max_input_length={limit}; is the translation too long?"
            )
        pieces.append(_piece(text, line, tokens[start:fits]))
        start = fits
    return pieces


def _piece(text: IGT, line: str, tokens: Sequence[str]) -> IGT:
    return text.replace(**{line: join_words(list(tokens))})


def join_windows(predictions: Sequence[Prediction]) -> Prediction:
    """Return the predictions for the pieces of one text as one.

    The score is the average of theirs.
    """
    first = predictions[0]
    if len(predictions) == 1:
        return first
    scores = [each.score for each in predictions if each.score is not None]
    return attrs.evolve(
        first,
        segmentation=_join([each.segmentation for each in predictions]),
        glosses=_join([each.glosses for each in predictions]),
        problems=tuple(dict.fromkeys(found for each in predictions for found in each.problems)),
        score=sum(scores) / len(scores) if scores else None,
        words=tuple(word for each in predictions for word in each.words)
        if all(each.words for each in predictions)
        else (),
    )


def _join(lines: Sequence[str | None]) -> str | None:
    present = [line for line in lines if line is not None]
    return join_words(present) if present else None
