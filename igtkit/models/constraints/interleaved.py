"""The constraint for interleaved outputs: ``gloss(form)-gloss(form) gloss(form)``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import ClassVar

import attrs
import numpy as np
import torch
from numpy.typing import NDArray

from igtkit.boundaries import PAPER, is_word, split_words
from igtkit.errors import InputError
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
from igtkit.models.constraints.spelling import FREE, Spelling, words_to_spell

__all__ = ["InterleavedConstraint", "interleaved_automaton"]

_SPACE, _CLOSE = ord(" "), ord(")")
_JOINERS = [ord(joiner) for joiner in PAPER.joiners]
_WORD = 5  # the fewest bytes of a further word: `x(x)` and the space before it
_MORPHEME = 4  # the fewest bytes of a further morpheme besides those that spell it: `-x()`
_CLOSED = 2  # `)` and the end
_MANY = 1 << 20


@cache
def interleaved_automaton() -> Automaton:
    r"""The automaton of well-formed interleaved lines of at least one word.

    Its states are ``gloss`` and ``form`` at the start of each, ``after`` the closing parenthesis,
    ``empty``, where nothing but the end can come, and what lies between. A gloss or form can only
    be left when it is a word by `igtkit.boundaries.is_word`.

    Returns:
        The automaton. What it accepts is decoded without problems, and encoded comes out the same
        (but for backslashes that are written twice where one would do).
    """
    builder = Builder()
    for part, close, then in (("gloss", "(", "form"), ("form", ")", "after")):
        marks, question, letters = part, f"{part} ?", f"{part} with letters"
        builder.read_character(marks, {MARK: marks, JOINER: marks, LETTER: letters})
        builder.read_character(letters, dict.fromkeys((MARK, JOINER, LETTER), letters))
        for state in (marks, letters):
            escape = f"{state} \\"
            builder.connect(state, "()" + PAPER.joiners, "dead")
            builder.connect(state, "\\", escape)
        builder.copy(marks, question)
        builder.connect(marks, "?", question)
        builder.connect(question, "?", letters)  # `??` is an unknown gloss, no punctuation
        for state in (marks, letters):
            escape = f"{state} \\"
            builder.copy(state, escape)
            builder.connect(escape, "()\\", state)
        builder.connect(letters, close, then)
    builder.connect("after", PAPER.joiners + " ", "gloss")
    for state in ("after", "empty"):
        builder.connect(state, [END_COLUMN], "over")
    return builder.build()


@attrs.frozen(eq=False)
class _Tables:
    """The tables of the constraint, by state or by state and column.

    Attributes:
        step: The next state.
        cost: The tokens needed after a column for the word at hand and the end.
        spelled: The same but for the bytes of the forms, where those spell a text.
        in_form: Whether a state is inside a form.
    """

    step: torch.Tensor
    cost: torch.Tensor
    spelled: torch.Tensor
    in_form: torch.Tensor


@cache
def _tables() -> tuple[NDArray[np.int64 | np.bool_], ...]:
    step, names = interleaved_automaton().step, interleaved_automaton().names
    form, after = names["form"], names["after"]
    to_form = distances(step, [form])
    unopened = step.copy()
    unopened[names["gloss with letters"], ord("(")] = DEAD
    in_form = distances(unopened, [after]) < FAR
    in_form[after] = False
    spelled = np.where(in_form, _CLOSED, to_form + _CLOSED)
    spelled[[OVER, after]] = 0, 1
    cost = np.where(step == DEAD, FAR, distances(step, [OVER])[step])
    spelled_cost = np.where(step == DEAD, FAR, spelled[step])
    return step, cost, spelled_cost, in_form


class InterleavedConstraint(ByteConstraint):
    """Lets a byte model write well-formed interleaved lines only.

    Every output is complete, valid UTF-8, words set apart by single spaces, and no gloss or form is
    empty or punctuation only; so segmentation and glosses align. Escapes are those of
    `igtkit.formats.codec`.

    The limit comes first. A text with `words` or `spell` that does not fit is ended early, after
    any word; one whose first word does not fit is not spelled.

    Args:
        max_new_tokens: The limit that ``generate`` is told; at least 5, which ``x(x)`` takes.
        num_beams: The number of beams that ``generate`` is told.
        words: For each text of the batch how many words the output has; None for any number (at
            least one). None for all is None.
        spell: For each text the transcription that its forms spell word by word, letter by letter
            or in lower case, boundaries apart; None for any forms. It also sets the number of
            words. For corpora that are segmented on the surface.
        offset: The id of byte 0.
        end: The id of the end token.

    Raises:
        InputError: If an argument makes no sense, or the limit is too low for any output.

    Example:
        >>> import torch
        >>> constraint = InterleavedConstraint(5)
        >>> scores = constraint(torch.tensor([[0]]), torch.zeros(1, 384))
        >>> [chr(index - 3) for index in torch.isfinite(scores[0]).nonzero().flatten()][:5]
        ['$', "'", '+', '0', '1']
    """

    minimum: ClassVar[int] = 5

    def __init__(
        self,
        max_new_tokens: int,
        *,
        num_beams: int = 1,
        words: Sequence[int | None] | None = None,
        spell: Sequence[str | None] | None = None,
        offset: int = OFFSET,
        end: int = END,
    ) -> None:
        super().__init__(max_new_tokens, num_beams=num_beams, offset=offset, end=end)
        check_counts(words)
        self._words = words
        self._texts: list[list[str] | None] | None = None
        if spell is not None:
            if isinstance(spell, str):
                raise InputError("spell must be a list of transcriptions, not one string")
            counts = [None] * len(spell) if words is None else list(words)
            if len(counts) != len(spell):
                raise InputError(f"words are for {len(counts)} texts, spell for {len(spell)}")
            self._texts = [None if text is None else words_to_spell(text) for text in spell]
            self._words = [
                count if text is None else sum(map(is_word, split_words(text)))
                for count, text in zip(counts, spell, strict=True)
            ]

    def _begin(self, rows: int, device: torch.device) -> None:
        names = interleaved_automaton().names
        counts = per_row(self._words, rows, "words")
        self._tables = _Tables(*on_device(_tables(), device))
        self._after = names["after"]
        start = [names["empty"] if count == 0 else names["gloss"] for count in counts]
        self._state = torch.tensor(start, device=device)
        left = [_MANY if count is None else max(count - 1, 0) for count in counts]
        self._left = torch.tensor(left, device=device)
        fits = [count is not None and count * _WORD <= self.max_new_tokens for count in counts]
        self._exact = torch.tensor(fits, device=device)
        self._spelling: Spelling | None = None
        if self._texts is not None:
            self._spelling = Spelling.make(self._texts, self.max_new_tokens, device)
            places = per_row(self._spelling.starts, rows, "spell")
            self._place = torch.tensor(places, device=device)

    def _advance(self, parents: torch.Tensor | None, columns: torch.Tensor) -> None:
        before = self._state
        if parents is not None:
            before, self._left = before[parents], self._left[parents]
        self._state = self._tables.step[before, columns]
        running = self._state > OVER
        self._left = torch.where(running, self._left - (columns == _SPACE).long(), 0)
        if self._spelling is not None:
            place = self._place if parents is None else self._place[parents]
            matches = self._spelling.columns[place] == columns[:, None]
            following = (self._spelling.following[place] * matches).sum(dim=1)
            spelling = self._tables.in_form[before] & self._tables.in_form[self._state]
            place = torch.where(spelling, following, place)
            place = torch.where(columns == _SPACE, self._spelling.next_word[place], place)
            self._place = torch.where(running, place, FREE)

    def _needed(self) -> torch.Tensor:
        needed = self._tables.cost[self._state]
        later = torch.where(self._exact, self._left * _WORD, 0)
        needed += later[:, None]
        last = self._left == 0
        needed[:, _SPACE] += torch.where(last, FAR, torch.where(self._exact, -_WORD, 0))
        needed[:, END_COLUMN] += torch.where(self._exact & ~last, FAR, 0)
        if self._spelling is not None:
            spelled = self._needed_to_spell(self._spelling)
            needed = torch.where((self._place != FREE)[:, None], spelled, needed)
        return needed

    def _needed_to_spell(self, spelling: Spelling) -> torch.Tensor:
        place = self._place
        rest, later = spelling.rest[place], spelling.later[place]
        following = spelling.next_word[place]
        whole = rest == 0
        needed = self._tables.spelled[self._state] + (rest + later)[:, None]
        # After a form: further morphemes until the word is spelled, then the next word.
        after = self._state == self._after
        for joiner in _JOINERS:
            needed[:, joiner] += torch.where(after & whole, FAR, 0)
        first = spelling.rest[following] + spelling.later[following] + _MORPHEME
        first = torch.where(following == FREE, FAR, first)
        needed[:, _SPACE] = torch.where(after & whole, first, FAR)
        needed[:, END_COLUMN] = torch.where(after & whole & spelling.stop[place], 0, FAR)
        # Inside a form: what spells the text, and the end of the form.
        columns, targets = spelling.columns[place], spelling.following[place]
        inside = torch.full_like(needed, FAR)
        inside.scatter_(1, columns, spelling.rest[targets] + spelling.later[targets] + _CLOSED)
        inside[:, END_COLUMN] = FAR  # stood for no byte
        close = needed[:, _CLOSE] + torch.where(whole, 0, _MORPHEME)
        close = torch.where(spelling.cut[place], close, FAR)
        escaped = self._tables.step[self._state, _CLOSE] != self._after
        inside[:, _CLOSE] = torch.minimum(close + torch.where(escaped, FAR, 0), inside[:, _CLOSE])
        return torch.where(self._tables.in_form[self._state][:, None], inside, needed)
