"""The probability of each word, from the log-probabilities of the tokens that a model wrote."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import attrs

from igtkit.boundaries import is_word, list_words, split_words
from igtkit.formats import Example, templates
from igtkit.formats.codec import read_line
from igtkit.igt import IGT, Suggestion

__all__ = ["Answer", "suggestions", "word_probabilities"]

_TOKEN = re.compile(r"\S+")


@attrs.frozen
class Answer:
    """The answer of a model to one prompt.

    Attributes:
        text: The text.
        log_probabilities: Of each token, in nats, the end token included; empty if not computed.
        ends: For each token the number of characters of `text` that are begun with it; None where
            tokens and characters do not pair up.
        complete: Whether the model ended by itself, not at the limit.
    """

    text: str
    log_probabilities: tuple[float, ...] = ()
    ends: tuple[int, ...] | None = attrs.field(default=None, repr=False)
    complete: bool = True


def word_probabilities(answer: Answer) -> list[tuple[str, float]] | None:
    """Return the white-space tokens of an answer, with the probability of each.

    It is the probability that the model writes this token and ends it there, given all before.

    Args:
        answer: What the model wrote.

    Returns:
        ``(token, probability)``; None where it cannot be told.

    Example:
        >>> answer = Answer("a bc", (-1.0, 0.0, -0.5, -0.5, 0.0), (1, 2, 3, 4, 4))
        >>> [(token, round(p, 3)) for token, p in word_probabilities(answer)]
        [('a', 0.368), ('bc', 0.368)]
    """
    if answer.ends is None or len(answer.ends) != len(answer.log_probabilities):
        return None
    found = []
    at = 0
    tokens = list(_TOKEN.finditer(answer.text))
    nexts = [token.start() for token in tokens[1:]] + [len(answer.text)]
    for token, following in zip(tokens, nexts, strict=True):
        total = 0.0
        while at < len(answer.ends) and answer.ends[at] <= token.end():
            total += answer.log_probabilities[at]
            at += 1
        if at < len(answer.ends) and answer.ends[at] <= following:  # the space after it
            total += answer.log_probabilities[at]
            at += 1
        found.append((token[0], math.exp(total)))
    return found


def suggestions(
    text: IGT,
    segmentation: str | None,
    glosses: str | None,
    answers: Sequence[tuple[Example, Answer]],
) -> tuple[tuple[Suggestion, ...], ...]:
    """Return a suggestion for each token of a text, with its probability.

    Args:
        text: What was segmented and glossed.
        segmentation: The predicted line.
        glosses: The predicted line.
        answers: What the model was asked about the text, and what it wrote; the probability of a
            word is the product over them.

    Returns:
        For each token of the transcription one suggestion; empty where the prediction has another
        number of words, so that nobody can tell which word is which.
    """
    tokens = split_words(text.transcription or text.segmentation)
    count = sum(map(is_word, tokens))
    lines: list[list[str | None]] = []
    for line in (segmentation, glosses):
        words: list[str | None] = [*list_words(line)]
        if line is not None and len(words) != count:
            return ()
        lines.append(words or [None] * count)
    chances = _chances(answers, count)
    rows = iter(zip(*lines, chances, strict=True))
    return tuple(
        (Suggestion(*next(rows)),)
        if is_word(token)
        else (Suggestion(_mark(token, segmentation), _mark(token, glosses)),)
        for token in tokens
    )


def _mark(token: str, line: str | None) -> str | None:
    return token if line is not None and token in split_words(line) else None


def _chances(answers: Sequence[tuple[Example, Answer]], count: int) -> list[float | None]:
    total: list[float] = [1.0] * count
    known = False
    for example, answer in answers:
        for line in _lines(example, answer):
            if len(line) != count:
                return [None] * count
            total = [product * chance for product, chance in zip(total, line, strict=True)]
            known = True
    return list(total) if known else [None] * count


def _lines(example: Example, answer: Answer) -> list[list[float]]:
    """The probabilities of the words of each line in an answer; an empty line if none are known."""
    tokens = word_probabilities(answer)
    if tokens is None:
        return [[]]
    if example.format == "word":  # a form and a gloss
        return [[chance] for _, chance in tokens]
    if example.task != "t2sg":
        return [[chance for token, chance in tokens if is_word(token)]]
    names = [token for token, _ in tokens]
    if templates.GLOSSES_LABEL in names:  # concatenated
        at = names.index(templates.GLOSSES_LABEL)
        return [
            [chance for token, chance in part if is_word(token)]
            for part in (tokens[:at], tokens[at + 1 :])
        ]
    found = []
    for token, chance in tokens:
        read, _ = read_line(token)
        found += [chance for each in read if not each.is_mark]
    return [found]
