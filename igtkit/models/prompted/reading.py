"""From what a model wrote about a text to the prediction for it."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from igtkit.formats import PromptFormat
from igtkit.igt import IGT, Prediction
from igtkit.models.prompted.confidence import Answer, suggestions
from igtkit.models.prompted.decoding import Request

__all__ = ["CUT_OFF", "read_answers", "unasked"]

CUT_OFF = "the output was cut off at the limit of new tokens"
"""In `Prediction.problems`: the model had not come to its end."""


def read_answers(
    prompt_format: PromptFormat, answers: Sequence[tuple[Request, Answer]], system: str
) -> Prediction:
    """One prediction from the answers to all tasks about one text, or one piece of it.

    Args:
        prompt_format: The format of the prompts.
        answers: What was asked, and what the model wrote.
        system: What the prediction says that it is from.
    """
    segmentation: str | None = None
    glosses: str | None = None
    problems: dict[str, None] = {}
    for request, answer in answers:
        example = request.example
        read = prompt_format.decode(answer.text, task=example.task, source=example)
        segmentation = read.segmentation if read.segmentation is not None else segmentation
        glosses = read.glosses if read.glosses is not None else glosses
        problems |= dict.fromkeys(read.problems)
        if not answer.complete:
            problems[CUT_OFF] = None
    request = answers[0][0]
    if request.example.task == "s2g":
        segmentation = request.piece.segmentation
    tokens = [value for _, answer in answers for value in answer.log_probabilities]
    asked = [(request.example, answer) for request, answer in answers]
    return Prediction(
        segmentation,
        glosses,
        problems=tuple(problems),
        score=sum(tokens) / len(tokens) if tokens else None,
        system=system,
        words=suggestions(request.piece, segmentation, glosses, asked),
    )


def unasked(prompt_format: PromptFormat, text: IGT, system: str) -> Prediction:
    """The prediction for a text of which there is nothing to ask: it has no words."""
    read = prompt_format.decode("", source=text)
    words = suggestions(text, read.segmentation, read.glosses, ())
    return attrs.evolve(read, system=system, words=words)
