"""The constraint for answers about one word: a form, a space, and its gloss."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import numpy as np
import torch
from numpy.typing import NDArray

from igtkit.boundaries import PAPER
from igtkit.models.byt5 import END, OFFSET
from igtkit.models.constraints.automaton import (
    DEAD,
    END_COLUMN,
    FAR,
    OVER,
    Automaton,
    Builder,
    distances,
)
from igtkit.models.constraints.characters import JOINER, LETTER, MARK
from igtkit.models.constraints.processor import ByteConstraint, on_device

__all__ = ["WordConstraint", "word_automaton"]

_MORPHEME = 2  # the fewest bytes of a further morpheme in the gloss: a boundary and a letter


@cache
def word_automaton() -> Automaton:
    """The automaton of the two tokens, without what the gloss must have of the form.

    In each, ``start`` is before the first letter of a morpheme, and ``letters`` after it, where the
    morpheme may end.
    """
    builder = Builder()
    for token in ("form", "gloss"):
        start, letters = f"{token} start", f"{token} letters"
        question = f"{start} ?"
        builder.read_character(letters, dict.fromkeys((MARK, JOINER, LETTER), letters))
        builder.read_character(start, {MARK: start, LETTER: letters})
        builder.connect(start, PAPER.joiners, "dead")
        builder.copy(start, question)
        builder.connect(start, "?", question)
        builder.connect(question, "?", letters)  # `??` is an unknown gloss, no punctuation
        builder.connect(letters, PAPER.joiners, start)
    builder.connect("form letters", " ", "gloss start")
    builder.connect("gloss letters", [END_COLUMN], "over")
    return builder.build()


@cache
def _tables() -> tuple[NDArray[np.int64 | np.bool_], ...]:
    """By state and column the next state, the tokens needed after it, and the boundary read.

    The tokens are those of one morpheme in the gloss, whatever the form has; and by state whether
    it is in the gloss.
    """
    automaton = word_automaton()
    step, names = automaton.step, automaton.names
    to_gloss, to_end = distances(step, [names["gloss start"]]), distances(step, [OVER])
    in_gloss = distances(step, [names["form letters"]]) == FAR
    needed = np.where(in_gloss, to_end, to_gloss + to_end[names["gloss start"]])
    cost = np.where(step == DEAD, FAR, needed[step])
    boundaries = np.zeros_like(step)
    for number, joiner in enumerate(PAPER.joiners, start=1):
        for state in (names["form letters"], names["gloss letters"]):
            boundaries[state, ord(joiner)] = number
    return step, cost, boundaries, in_gloss


class WordConstraint(ByteConstraint):
    """Lets a byte model write a form, a space and a gloss that aligns with it.

    Both have as many morphemes, with the same boundaries between them. Every answer is complete,
    valid UTF-8, and no morpheme is empty or punctuation only.

    Args:
        max_new_tokens: The limit that ``generate`` is told; at least 4, which a form and a gloss of
            one character each take.
        num_beams: The number of beams that ``generate`` is told.
        offset: The id of byte 0.
        end: The id of the end token.

    Raises:
        InputError: If the limit is too low for any answer.

    Example:
        >>> WordConstraint(3)
        Traceback (most recent call last):
        igtkit.errors.InputError: max_new_tokens must be at least 4, which the shortest output ...
    """

    minimum: ClassVar[int] = 4

    def __init__(
        self, max_new_tokens: int, *, num_beams: int = 1, offset: int = OFFSET, end: int = END
    ) -> None:
        super().__init__(max_new_tokens, num_beams=num_beams, offset=offset, end=end)

    def _begin(self, rows: int, device: torch.device) -> None:
        self._step, self._cost, self._boundaries, self._in_gloss = on_device(_tables(), device)
        start = word_automaton().names["form start"]
        self._state = torch.full((rows,), start, device=device)
        # The boundaries of the form, how many they are, and how many of them the gloss has.
        size = self.max_new_tokens // _MORPHEME + 2
        self._skeleton = torch.zeros((rows, size), dtype=torch.int64, device=device)
        self._count = torch.zeros(rows, dtype=torch.int64, device=device)
        self._done = torch.zeros(rows, dtype=torch.int64, device=device)

    def _advance(self, parents: torch.Tensor | None, columns: torch.Tensor) -> None:
        if parents is not None:
            self._state, self._skeleton = self._state[parents], self._skeleton[parents]
            self._count, self._done = self._count[parents], self._done[parents]
        boundary = self._boundaries[self._state, columns]
        in_gloss = self._in_gloss[self._state]
        at = self._count[:, None]
        kept = torch.where(in_gloss | (boundary == 0), self._skeleton.gather(1, at)[:, 0], boundary)
        self._skeleton.scatter_(1, at, kept[:, None])
        self._count += ((boundary > 0) & ~in_gloss).long()
        self._done += ((boundary > 0) & in_gloss).long()
        self._state = self._step[self._state, columns]

    def _needed(self) -> torch.Tensor:
        boundaries = self._boundaries[self._state]
        in_gloss = self._in_gloss[self._state][:, None]
        left = (self._count - self._done)[:, None]
        left = left + torch.where(in_gloss, -1, 1) * (boundaries > 0)
        needed = self._cost[self._state] + _MORPHEME * left.clamp(min=0)
        due = self._skeleton.gather(1, self._done[:, None])
        wrong = in_gloss & (boundaries > 0) & ((boundaries != due) | (left < 0))
        early = in_gloss & (left > 0)
        needed = needed.masked_fill(wrong, FAR)
        needed[:, END_COLUMN] += torch.where(early[:, END_COLUMN], FAR, 0)
        needed[self._state == OVER, END_COLUMN] = 0
        needed[self._state == DEAD, END_COLUMN] = 0
        return needed
