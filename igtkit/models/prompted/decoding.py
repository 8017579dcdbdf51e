"""Decoding: prompts in batches of like length, and answers that may be kept well formed."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any, Literal, get_args

import attrs

from igtkit._progress import Progress
from igtkit.boundaries import is_word, split_words
from igtkit.errors import InputError
from igtkit.formats import Example
from igtkit.formats.base import Score
from igtkit.igt import IGT
from igtkit.models.prompted.backend import Backend
from igtkit.models.prompted.confidence import Answer
from igtkit.models.prompted.tokenizer import ByteTokenizer, Tokenizer

__all__ = ["Decoding", "LongInput", "Request", "ask", "make_request", "scorer"]

LongInput = Literal["raise", "window"]
"""What is done about a prompt over the limit."""


@attrs.frozen
class Decoding:
    """The settings of decoding; the arguments of `igtkit.models.Seq2SeqGlosser.predict`.

    Raises:
        InputError: If a setting is out of its range, or goes without one that it needs.
    """

    num_beams: int
    max_new_tokens: int | None
    constrained: bool
    same_words: bool
    spell: bool
    early_stopping: bool | None
    batch_size: int
    long_input: LongInput
    choose: bool = True

    def __attrs_post_init__(self) -> None:
        if self.long_input not in get_args(LongInput):
            raise InputError(f"long_input must be 'raise' or 'window', not {self.long_input!r}")
        for name in ("num_beams", "batch_size", "max_new_tokens"):
            value = getattr(self, name)
            if value is not None and (not isinstance(value, int) or value < 1):
                raise InputError(f"{name} must be a whole number from 1 on, not {value!r}")
        if self.strict and not self.constrained:
            raise InputError("same_words and spell need constrained=True")

    @property
    def strict(self) -> bool:
        """Whether answers are to fit the transcription in any way."""
        return self.same_words or self.spell

    def check(
        self, format_name: str, backend: Backend, tokenizer: Tokenizer, *, joint: bool
    ) -> None:
        """Raise an error for what answers cannot be held to.

        Args:
            format_name: The prompt format.
            backend: What runs the model.
            tokenizer: What it writes.
            joint: Whether answers with both lines are asked for.

        Raises:
            InputError: If there is such a setting.
        """
        if self.early_stopping is False and not backend.can_search:
            raise InputError(f"a model under {backend.name} always stops early")
        if self.strict and not joint:
            raise InputError(
                "same_words and spell are for answers that hold both lines, from the "
                f"transcription; the {format_name} model is not asked for any here"
            )
        if self.spell and format_name != "interleaved":
            raise InputError(f"only interleaved answers can spell; this model's are {format_name}")
        if not (self.constrained and joint):
            return
        if format_name not in tokenizer.constrained_formats or (
            self.strict and not isinstance(tokenizer, ByteTokenizer)
        ):
            held = "held to the transcription" if self.strict else "constrained"
            raise InputError(
                f"only byte models can be {held} in the {format_name} format; pass "
                f"{'same_words=False, spell=False' if self.strict else 'constrained=False'}"
            )
        if not backend.can_constrain:
            raise InputError(
                f"a model under {backend.name} cannot be constrained; pass constrained=False"
            )

    def constraint(self, tokenizer: Tokenizer, examples: Sequence[Example], limit: int) -> Any:
        """The logits processor for the answers to a batch, or None."""
        if not self.constrained or examples[0].task != "t2sg":
            return None
        if examples[0].format not in tokenizer.constrained_formats:
            return None  # a joint format of the user's own
        lines = [example.text or "" for example in examples]
        options: dict[str, Any] = {}
        if self.same_words and examples[0].format != "word":  # which asks about one
            options["words"] = [sum(map(is_word, split_words(line))) for line in lines]
        if self.spell:
            options["spell"] = lines
        return tokenizer.constraint(examples[0].format, limit, self.num_beams, **options)


@attrs.frozen
class Request:
    """One prompt.

    Attributes:
        text: Index of the text that it is about.
        piece: The text, or the piece of it that fits into a prompt.
        example: The prompt.
        ids: The prompt's ids.
        limit: The most tokens of an answer.
    """

    text: int
    piece: IGT
    example: Example
    ids: list[int] = attrs.field(repr=False)
    limit: int


def make_request(
    text: int, piece: IGT, example: Example, tokenizer: Tokenizer, most: int | None
) -> Request:
    """Return a prompt as ids, with a limit for its answer: `most`, or one by the text's size."""
    size = len(tokenizer.encode(example.text or ""))
    limit = most or _limit(size, 2 if example.task == "t2sg" else 1)
    return Request(text, piece, example, tokenizer.encode_prompt(example.prompt), limit)


def ask(
    backend: Backend,
    tokenizer: Tokenizer,
    requests: Sequence[Request],
    decoding: Decoding,
    bar: Progress,
) -> list[Answer]:
    """Return the answers of a model to prompts, put in batches of like length and the same limit.

    Args:
        backend: What runs the model.
        tokenizer: What it reads and writes.
        requests: The prompts, of one task.
        decoding: How answers are written.
        bar: Advances by the prompts that are answered.

    Returns:
        One answer for each, in order; requests that are the same are answered once.
    """
    same: dict[Hashable, list[int]] = {}
    for at, request in enumerate(requests):
        held_to = request.example.text if decoding.strict else None
        key = tuple(request.ids), request.limit, held_to, request.example.choices
        same.setdefault(key, []).append(at)
    twins = {each[0]: each for each in same.values()}
    chosen = [at for at in twins if decoding.choose and requests[at].example.choices]
    answers: dict[int, Answer] = {}
    for start in range(0, len(chosen), decoding.batch_size):
        batch = chosen[start : start + decoding.batch_size]
        found = _choose(backend, tokenizer, [requests[at] for at in batch])
        for at, answer in zip(batch, found, strict=True):
            answers |= dict.fromkeys(twins[at], answer)
        bar.advance(sum(len(twins[at]) for at in batch))
    order = sorted(
        twins.keys() - chosen, key=lambda at: (requests[at].limit, len(requests[at].ids))
    )
    while order:
        limit = requests[order[0]].limit
        batch = [at for at in order[: decoding.batch_size] if requests[at].limit == limit]
        order = order[len(batch) :]
        prompts = [requests[at].ids for at in batch]
        constraint = decoding.constraint(tokenizer, [requests[at].example for at in batch], limit)
        rows = backend.generate(
            prompts,
            limit=limit,
            num_beams=decoding.num_beams,
            constraint=constraint,
            early_stopping=decoding.early_stopping,
        )
        scores = backend.score(prompts, rows)
        for at, row, score in zip(batch, rows, scores, strict=True):
            answers |= dict.fromkeys(twins[at], _answer(tokenizer, row, score))
        bar.advance(sum(len(twins[at]) for at in batch))
    return [answers[at] for at in range(len(requests))]


def scorer(backend: Backend, tokenizer: Tokenizer) -> Score:
    """What tells how likely answers to a prompt are to a model, in nats."""

    def score(prompt: str, answers: Sequence[str]) -> list[float]:
        rows = [tokenizer.encode(answer) for answer in answers]
        found = backend.score([tokenizer.encode_prompt(prompt)] * len(rows), rows)
        return [sum(row) for row in found]

    return score


def _choose(backend: Backend, tokenizer: Tokenizer, requests: Sequence[Request]) -> list[Answer]:
    """The best of each request's choices, by the model and by what they cost without it."""
    options = [
        (at, tokenizer.encode(text), cost)
        for at, request in enumerate(requests)
        for text, cost in request.example.choices
    ]
    scores = backend.score(
        [requests[at].ids for at, _, _ in options], [row for _, row, _ in options]
    )
    best: dict[int, tuple[float, list[int], list[float]]] = {}
    for (at, row, cost), score in zip(options, scores, strict=True):
        rated = sum(score) - cost
        if at not in best or rated > best[at][0]:
            best[at] = rated, row, score
    return [
        _answer(tokenizer, row, score) for _, row, score in map(best.__getitem__, range(len(best)))
    ]


def _answer(tokenizer: Tokenizer, row: Sequence[int], score: Sequence[float]) -> Answer:
    ends = tokenizer.ends(row)
    return Answer(
        tokenizer.decode(row),
        tuple(score),
        None if ends is None else tuple(ends),
        complete=list(row[-1:]) == [tokenizer.end],
    )


def _limit(size: int, lines: int) -> int:
    """The most tokens of an answer of one or two lines about a text of a size.

    It goes in steps, so that texts share it and can be put into one batch.
    """
    return min(128 * math.ceil((64 + 3 * lines * size) / 128), 2048)
