"""The constraint for concatenated outputs: a segmentation, a newline, ``Glosses:`` and glosses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import ClassVar

import attrs
import numpy as np
import torch
from numpy.typing import NDArray

from igtkit.boundaries import PAPER
from igtkit.formats.templates import GLOSSES_LABEL, SEGMENTATION_LABEL
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
from igtkit.models.constraints.processor import (
    ByteConstraint,
    check_counts,
    on_device,
    per_row,
)

__all__ = ["ConcatenatedConstraint", "concatenated_automaton"]

_SPACE, _NEWLINE = ord(" "), ord("\n")
_BETWEEN = f"\n{GLOSSES_LABEL} "
_LETTERS = "with letters"  # in the names of states in which a word may end
_MANY = 1 << 20
_WORD = 4  # the fewest bytes of a further word: a space and a character in both lines
_MORPHEME = 2  # what each morpheme of the segmentation takes in the glosses, and each dash

# What ends a morpheme, as both lines must have it; a dash is both morpheme and end.
_AFFIX, _CLITIC, _WORD_END, _DASH = range(1, 5)
_DOUBLE_DASH = _DASH + 1
_BOUNDARIES = dict(zip(PAPER.joiners, (_AFFIX, _CLITIC), strict=True))
_DASHES = dict(zip(PAPER.joiners, (_DASH, _DOUBLE_DASH), strict=True))


@cache
def concatenated_automaton() -> Automaton:
    """The automaton of the two lines, without what the glosses must have of the segmentation.

    In each line ``start`` is at the start of a token; ``marks`` in one that is punctuation so far;
    ``with letters`` where a word may end; ``joined`` after a boundary; ``dash`` after a
    free-standing dash. From ``only`` on the line has only punctuation. The glosses have ``dashed``
    where a dash must follow. From ``empty`` nothing but the end can come.
    """
    builder = Builder()
    for line in ("segmentation", "glosses"):
        _add_line(builder, line)
    builder.connect("segmentation start", PAPER.joiners, "segmentation dash")
    builder.connect("glosses dashed", PAPER.joiners, "glosses dash")
    states = [f"after {_BETWEEN[:end]!r}" for end in range(1, len(_BETWEEN))]
    for state, character, then in zip(
        states, _BETWEEN[1:], (*states[1:], "glosses start"), strict=True
    ):
        builder.connect(state, character, then)
    for state in _ending(builder, "segmentation"):
        builder.connect(state, "\n", states[0])
    for state in _ending(builder, "glosses"):
        if state not in ("glosses marks", "glosses marks ?"):  # a word must still come
            builder.connect(state, [END_COLUMN], "over")
    builder.connect("empty", [END_COLUMN], "over")
    return builder.build()


def _add_line(builder: Builder, line: str) -> None:
    start, marks, letters = f"{line} start", f"{line} marks", f"{line} {_LETTERS}"
    joined, only, only_marks = f"{line} joined", f"{line} only", f"{line} only marks"
    # A joiner stands after a letter only: with punctuation it would make a word of nothing.
    builder.read_character(letters, dict.fromkeys((MARK, JOINER, LETTER), letters))
    builder.read_character(marks, {MARK: marks, LETTER: letters})
    builder.read_character(joined, {MARK: joined, LETTER: letters})
    builder.read_character(only_marks, {MARK: only_marks})
    for state in (marks, joined, only_marks):
        builder.connect(state, PAPER.joiners, "dead")
        question = f"{state} ?"
        builder.copy(state, question)
        builder.connect(state, "?", question)
        # `??` is an unknown gloss, no punctuation
        builder.connect(question, "?", "dead" if state == only_marks else letters)
    builder.copy(marks, start)
    builder.copy(only_marks, only)
    for state in (marks, f"{marks} ?", letters, f"{line} dash"):
        builder.connect(state, " ", start)
    for state in (only_marks, f"{only_marks} ?"):
        builder.connect(state, " ", only)
    builder.connect(letters, PAPER.joiners, joined)
    for label in (SEGMENTATION_LABEL, GLOSSES_LABEL):  # a word like this would be read as a label
        before = start
        for end, character in enumerate(label[:-1], start=1):
            state = f"{letters} {label[:end]}"
            builder.copy(letters, state)
            builder.connect(before, character, state)
            before = state
        builder.connect(before, label[-1], "dead")


def _ending(builder: Builder, line: str) -> list[str]:
    starts = (f"{line} marks", f"{line} only marks", f"{line} {_LETTERS}")
    return [name for name in builder.names if name.startswith(starts)]


@attrs.frozen(eq=False)
class _Tables:
    """The tables of the constraint, by state or by state and column.

    Attributes:
        step: The next state.
        cost: The tokens needed after a column, without what the morphemes so far take.
        events: What ends a morpheme, or 0.
        in_glosses: Whether a state is in the second line.
        words: Whether a word may end in a state.
        marks: Whether a token that is punctuation may end, and a word has still to come.
    """

    step: torch.Tensor
    cost: torch.Tensor
    events: torch.Tensor
    in_glosses: torch.Tensor
    words: torch.Tensor
    marks: torch.Tensor


@cache
def _tables() -> tuple[NDArray[np.int64 | np.bool_], ...]:
    automaton = concatenated_automaton()
    step, names = automaton.step, automaton.names

    def named(prefix: str) -> list[int]:
        return [number for name, number in names.items() if name.startswith(prefix)]

    to_word, to_mark, to_gloss, to_last_mark = (
        distances(step, named(prefix))
        for prefix in (
            f"segmentation {_LETTERS}", "segmentation only marks",
            f"glosses {_LETTERS}", "glosses only marks",
        )
    )  # fmt: skip
    # The tokens needed are these and `_MORPHEME` for each morpheme that has no gloss yet. In the
    # glosses that is one too many for the last, which no boundary follows, and the end takes one;
    # in the segmentation the morpheme at hand is not among those that are counted.
    label = len(_BETWEEN)
    needed = to_gloss - 1
    needed = np.where(to_last_mark < FAR, to_last_mark + 1, needed)
    needed = np.where(to_mark < FAR, to_mark + label, needed)
    needed = np.where(to_word < FAR, to_word + label + _MORPHEME, needed)
    needed[[DEAD, OVER, names["empty"], names["glosses dashed"]]] = 1, 0, 1, 0
    in_glosses = (to_word == FAR) & (to_mark == FAR)

    events, words, marks = np.zeros_like(step), *np.zeros((2, len(step)), dtype=bool)
    words[named(f"segmentation {_LETTERS}") + named(f"glosses {_LETTERS}")] = True
    marks[named("segmentation marks")] = True
    for column in (_SPACE, _NEWLINE, END_COLUMN):
        events[words, column] = _WORD_END
    for joiner in PAPER.joiners:
        events[words, ord(joiner)] = _BOUNDARIES[joiner]
        for start in ("segmentation start", "glosses dashed"):
            events[names[start], ord(joiner)] = _DASHES[joiner]
    events[step == DEAD] = 0
    change = np.where(in_glosses[:, None], -_MORPHEME, _MORPHEME) * (events > 0)
    cost = np.where(step == DEAD, FAR, needed[step] + change)
    return step, cost, events, in_glosses, words, marks


class ConcatenatedConstraint(ByteConstraint):
    """Lets a byte model write two lines that align: a segmentation, and its glosses.

    Both lines have as many words, as many morphemes in each, and the same boundaries between them.
    Tokens that are punctuation may stand anywhere in either. A free-standing ``-`` or ``=`` before
    a word must stand before it in both. Every output is complete, valid UTF-8, tokens set apart by
    single spaces, and no form or gloss is empty or punctuation only.

    The limit comes first: a text with `words` that does not fit has fewer.

    Args:
        max_new_tokens: The limit that ``generate`` is told; at least 13, which a word and a gloss
            of one character each take.
        num_beams: The number of beams that ``generate`` is told.
        words: For each text of the batch how many words the output has, punctuation and dashes not
            counted; None for any number (at least one). None for all is None.
        offset: The id of byte 0.
        end: The id of the end token.

    Raises:
        InputError: If an argument makes no sense, or the limit is too low for any output.

    Example:
        >>> ConcatenatedConstraint(12)
        Traceback (most recent call last):
        igtkit.errors.InputError: max_new_tokens must be at least 13, which the shortest output ...
    """

    minimum: ClassVar[int] = len(_BETWEEN) + 3

    def __init__(
        self,
        max_new_tokens: int,
        *,
        num_beams: int = 1,
        words: Sequence[int | None] | None = None,
        offset: int = OFFSET,
        end: int = END,
    ) -> None:
        super().__init__(max_new_tokens, num_beams=num_beams, offset=offset, end=end)
        check_counts(words)
        self._words = words

    def _begin(self, rows: int, device: torch.device) -> None:
        self._names = concatenated_automaton().names
        self._tables = _Tables(*on_device(_tables(), device))
        counts = per_row(self._words, rows, "words")
        start = self._names["segmentation start"]
        states = [self._names["empty"] if count == 0 else start for count in counts]
        self._state = torch.tensor(states, device=device)
        left = [_MANY if count is None else max(count - 1, 0) for count in counts]
        self._left = torch.tensor(left, device=device)
        fits = [
            count is not None and self.minimum + (count - 1) * _WORD <= self.max_new_tokens
            for count in counts
        ]
        self._exact = torch.tensor(fits, device=device)
        # What ended each morpheme of the segmentation, how many did, how many have their gloss.
        size = self.max_new_tokens // _WORD + 2
        self._skeleton = torch.zeros((rows, size), dtype=torch.int64, device=device)
        self._count = torch.zeros(rows, dtype=torch.int64, device=device)
        self._done = torch.zeros(rows, dtype=torch.int64, device=device)

    def _advance(self, parents: torch.Tensor | None, columns: torch.Tensor) -> None:
        if parents is not None:
            self._state, self._left = self._state[parents], self._left[parents]
            self._skeleton = self._skeleton[parents]
            self._count, self._done = self._count[parents], self._done[parents]
        event = self._tables.events[self._state, columns]
        in_glosses = self._tables.in_glosses[self._state]
        state = self._tables.step[self._state, columns]
        running = state > OVER
        recorded = (event > 0) & ~in_glosses
        at = self._count[:, None]
        kept = torch.where(recorded[:, None], event[:, None], self._skeleton.gather(1, at))
        self._skeleton.scatter_(1, at, kept)
        self._count = torch.where(running, self._count + recorded.long(), 0)
        self._done = torch.where(running, self._done + (in_glosses & (event > 0)).long(), 0)
        new_word = recorded & (event == _WORD_END) & (columns == _SPACE)
        state = torch.where(new_word & (self._left == 0), self._names["segmentation only"], state)
        self._left = torch.where(running, (self._left - new_word.long()).clamp(min=0), 0)
        follows = torch.where(
            self._skeleton.gather(1, self._done[:, None])[:, 0] >= _DASH,
            self._names["glosses dashed"], self._names["glosses start"],
        )  # fmt: skip
        follows = torch.where(self._done == self._count, self._names["glosses only"], follows)
        self._state = torch.where(state == self._names["glosses start"], follows, state)

    def _needed(self) -> torch.Tensor:
        state, exact, left = self._state, self._exact, self._left
        needed = self._tables.cost[state]
        to_gloss = self._count - self._done
        needed += (to_gloss * _MORPHEME + torch.where(exact, left * _WORD, 0))[:, None]
        in_glosses = self._tables.in_glosses[state]
        word = self._tables.words[state]
        # The segmentation: how many words there are.
        last, ends = left == 0, word & ~in_glosses
        saved = torch.where(last, -_MORPHEME, torch.where(exact, -_WORD, 0))
        needed[:, _SPACE] += torch.where(ends, saved, 0)
        before = self._skeleton.gather(1, (self._count - 1).clamp(min=0)[:, None])[:, 0]
        early = torch.where(word, exact & ~last, exact | (before != _WORD_END))
        needed[:, _NEWLINE] += torch.where(early & (ends | self._tables.marks[state]), FAR, 0)
        # The glosses: what the segmentation has.
        due = self._skeleton.gather(1, self._done[:, None])[:, 0]
        final = to_gloss == 1
        ends = word & in_glosses
        needed[:, _SPACE] += torch.where(ends & final, _MORPHEME, 0)
        needed[:, END_COLUMN] += torch.where(ends & ~final, FAR, 0)
        events = self._tables.events[state]
        wrong = in_glosses[:, None] & (events > 0) & (events != due[:, None])
        return needed.masked_fill(wrong, FAR)
