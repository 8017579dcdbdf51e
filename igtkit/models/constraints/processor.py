"""The common part of the constraints on bytes: following beams, and masking tokens."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

import torch
from numpy.typing import NDArray
from transformers import LogitsProcessor

from igtkit.errors import InputError
from igtkit.models.constraints.automaton import END_COLUMN

__all__ = [
    "ByteConstraint",
    "check_counts",
    "check_limit",
    "choosable",
    "mask_scores",
    "match_parents",
    "on_device",
    "per_row",
]

_LOWEST = -3e4  # below the scores of any model; sums stay far above the -1e9 of no beam at all


class ByteConstraint(LogitsProcessor):
    """Follows each row through an automaton, and rules out what cannot be completed.

    Attributes:
        minimum: The fewest new tokens, the end token included, that hold an output.
    """

    minimum: ClassVar[int]

    def __init__(self, max_new_tokens: int, *, num_beams: int = 1, offset: int, end: int) -> None:
        check_limit(max_new_tokens, num_beams, self.minimum)
        self.max_new_tokens = max_new_tokens
        self.num_beams = num_beams
        self._offset = offset
        self._end = end
        self._start = 0
        self._seen: torch.Tensor | None = None

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Rule out the tokens that cannot stand next.

        Args:
            input_ids: What each row has so far, shape ``(rows, length)``; the beams of a text stand
                side by side. The first call sees what generation starts from.
            scores: The scores of the next token, shape ``(rows, vocabulary)``.

        Returns:
            The scores with ``-inf`` for what cannot stand; each row keeps at least one token.

        Raises:
            InputError: If the vocabulary has too few tokens, or the rows are not as many as the
                beams and texts that the constraint was told about.
        """
        rows, length = input_ids.shape
        if self._seen is None or self._seen.shape != (rows, length - 1):
            self._check(rows, scores.shape[1])
            self._start = length
            self._begin(rows, scores.device)
        else:
            parents = match_parents(self._seen, input_ids, self.num_beams)
            last = input_ids[:, -1] - self._offset
            columns = torch.where((last < 0) | (last >= END_COLUMN), END_COLUMN, last)
            self._advance(parents, columns)
        self._seen = input_ids.clone()
        budget = self.max_new_tokens - (length - self._start) - 1
        return mask_scores(scores, self._needed() <= budget, self._offset, self._end)

    def _check(self, rows: int, tokens: int) -> None:
        if tokens < self._offset + 256:
            raise InputError(
                f"the model has {tokens} tokens, but bytes begin at {self._offset}: it is no byte "
                "model; use SubwordConstraint"
            )
        if rows % self.num_beams:
            raise InputError(f"{rows} rows cannot be split into groups of {self.num_beams} beams")

    @abstractmethod
    def _begin(self, rows: int, device: torch.device) -> None:
        """Put every row into its first state."""

    @abstractmethod
    def _advance(self, parents: torch.Tensor | None, columns: torch.Tensor) -> None:
        """Take over the parents' states, then read one column in each row."""

    @abstractmethod
    def _needed(self) -> torch.Tensor:
        """For each row and column: the tokens still needed after it, shape ``(rows, 257)``."""


def check_limit(max_new_tokens: int, num_beams: int, minimum: int) -> None:
    """Refuse limits that no output fits into.

    Raises:
        InputError: If the limit is below the minimum, or there is no beam.
    """
    if not isinstance(max_new_tokens, int) or max_new_tokens < minimum:
        raise InputError(
            f"max_new_tokens must be at least {minimum}, which the shortest output takes, "
            f"not {max_new_tokens!r}"
        )
    if not isinstance(num_beams, int) or num_beams < 1:
        raise InputError(f"num_beams must be at least 1, not {num_beams!r}")


def match_parents(before: torch.Tensor, now: torch.Tensor, group: int) -> torch.Tensor | None:
    """Return the row that each row continues, among the beams of the same text.

    Args:
        before: Shape ``(rows, length)``.
        now: Shape ``(rows, length + 1)``.
        group: Rows of one text.

    Returns:
        Shape ``(rows,)``; None where every row continues itself. Rows that are equal have the same
        state, so that the first will do.
    """
    if group == 1:
        return None
    rows, length = before.shape
    old = before.view(-1, 1, group, length)
    new = now[:, :-1].reshape(-1, group, 1, length)
    within = (old == new).all(dim=-1).to(torch.int8).argmax(dim=-1)
    return within.view(-1) + torch.arange(rows, device=now.device) // group * group


def mask_scores(scores: torch.Tensor, allowed: torch.Tensor, offset: int, end: int) -> torch.Tensor:
    """Keep the scores of the allowed columns; those of all other tokens are ``-inf``."""
    scores = choosable(scores)
    ruled_out = ~allowed
    masked = torch.full_like(scores, -torch.inf)
    span = slice(offset, offset + 256)
    masked[:, span] = scores[:, span].masked_fill(ruled_out[:, :256], -torch.inf)
    masked[:, end] = scores[:, end].masked_fill(ruled_out[:, END_COLUMN], -torch.inf)
    return masked


def choosable(scores: torch.Tensor) -> torch.Tensor:
    """The scores, where each is a finite number, so that something is left to choose.

    Another processor may rule out what the grammar needs, and broken weights give no numbers.
    """
    return scores.nan_to_num(nan=_LOWEST, posinf=-_LOWEST, neginf=_LOWEST)


def per_row(values: Sequence[Any] | None, rows: int, what: str) -> list[Any]:
    """Return the value of each row's text; None for every row if there are no values.

    Raises:
        InputError: If the rows do not divide by the number of texts.
    """
    if values is None:
        return [None] * rows
    if not values or rows % len(values):
        raise InputError(f"{what} are for {len(values)} texts, but generation has {rows} rows")
    return [value for value in values for _ in range(rows // len(values))]


def on_device(tables: Iterable[NDArray[Any]], device: torch.device) -> Iterator[torch.Tensor]:
    """The tables as tensors."""
    return (torch.from_numpy(table).to(device) for table in tables)


def check_counts(words: Sequence[int | None] | None) -> None:
    """Refuse numbers of words that are none.

    Raises:
        InputError: If one is negative or no whole number.
    """
    for index, count in enumerate(words or ()):
        if count is not None and (not isinstance(count, int) or count < 0):
            raise InputError(f"words[{index}] must be a number of words or None, not {count!r}")
