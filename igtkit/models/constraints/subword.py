"""The constraint for interleaved outputs of decoder models with subwords, by llguidance."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import LogitsProcessor

from igtkit._optional import require
from igtkit.boundaries import PAPER
from igtkit.errors import InputError
from igtkit.models.constraints.automaton import DEAD, END_COLUMN, FAR, OVER, distances
from igtkit.models.constraints.characters import FORBIDDEN, LETTER, character_classes
from igtkit.models.constraints.interleaved import interleaved_automaton
from igtkit.models.constraints.processor import check_limit, choosable, match_parents

__all__ = ["SubwordConstraint", "interleaved_regex"]

_STRUCTURE = "()\\" + PAPER.joiners


@cache
def interleaved_regex() -> str:
    r"""The regular expression of well-formed interleaved lines, in the syntax of Rust.

    It has the language of `interleaved_automaton`. Characters are listed by code point, so that it
    holds to this Python's version of Unicode.

    Returns:
        The expression; it is to match the whole output.
    """
    classes = character_classes().copy()
    classes[[ord(character) for character in _STRUCTURE]] = FORBIDDEN
    text, letter = _ranges(classes != FORBIDDEN), _ranges(classes == LETTER)
    unit = rf"(?:\\?{text}|\\[()\\])"
    morpheme = rf"{unit}*(?:\\?{letter}|\\?\?\?){unit}*"
    pair = rf"{morpheme}\({morpheme}\)"
    joiners = "".join(f"\\{joiner}" for joiner in PAPER.joiners)
    return f"{pair}(?:[{joiners} ]{pair})*"


def _ranges(members: NDArray[np.bool_]) -> str:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], members, [False]]))).tolist()
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return "[" + "".join(rf"\x{{{start:x}}}-\x{{{end - 1:x}}}" for start, end in pairs) + "]"


class SubwordConstraint(LogitsProcessor):
    """Lets a decoder model with subwords write one well-formed interleaved line and nothing else.

    What `InterleavedConstraint` promises for any weights holds here too: llguidance rules out the
    tokens that break the line, and near the limit those after which it cannot be completed. The
    output begins right after the prompt, without a space. Decode it with
    ``clean_up_tokenization_spaces=False``.

    Args:
        tokenizer: A fast tokenizer of transformers, or an ``llguidance.LLTokenizer``, which is
            costly to make from the former: where there are many batches, make it once by
            ``llguidance.hf.from_tokenizer``.
        max_new_tokens: The limit that ``generate`` is told. The least is 5 where the tokenizer has
            a token for each byte.
        num_beams: The number of beams that ``generate`` is told.

    Raises:
        InputError: If the limit is too low, or the tokenizer of another kind or without the tokens
            that it takes to complete an output byte by byte.
        MissingExtraError: If llguidance is not installed.
    """

    def __init__(self, tokenizer: Any, max_new_tokens: int, *, num_beams: int = 1) -> None:
        self._tokenizer = _to_llguidance(tokenizer)
        self._tokens = _Tokens(self._tokenizer)
        check_limit(max_new_tokens, num_beams, self._tokens.minimum)
        self.max_new_tokens = max_new_tokens
        self.num_beams = num_beams
        matcher = require("llguidance", "llguidance").LLMatcher
        self._matcher = matcher(self._tokenizer, matcher.grammar_from_regex(interleaved_regex()))
        if self._matcher.is_error():
            raise InputError(f"llguidance refuses the grammar: {self._matcher.get_error()}")
        self._start = 0
        self._seen: torch.Tensor | None = None
        self._matchers: list[Any] = []
        self._states: list[int] = []

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """Rule out the tokens that cannot stand next.

        Args:
            input_ids: What each row has so far, shape ``(rows, length)``; the beams of a text stand
                side by side. The first call sees the prompts.
            scores: The scores of the next token, shape ``(rows, vocabulary)``.

        Returns:
            The scores with ``-inf`` for what cannot stand; each row keeps at least one token.

        Raises:
            InputError: If the model has fewer tokens than the tokenizer, or the rows cannot be
                split into beams.
        """
        rows, length = input_ids.shape
        if not self._continues(input_ids):
            if scores.shape[1] < self._tokens.size:
                raise InputError(
                    f"the model has {scores.shape[1]} tokens, the tokenizer {self._tokens.size}"
                )
            if rows % self.num_beams:
                raise InputError(
                    f"{rows} rows cannot be split into groups of {self.num_beams} beams"
                )
            self._start = length
            self._matchers = [self._matcher.deep_copy() for _ in range(rows)]
            self._states = [self._tokens.first] * rows
        else:
            assert self._seen is not None
            parents = match_parents(self._seen, input_ids, self.num_beams)
            self._advance(None if parents is None else parents.tolist(), input_ids[:, -1].tolist())
        self._seen = input_ids.clone()
        budget = self.max_new_tokens - (length - self._start) - 1
        allowed = torch.zeros(scores.shape, dtype=torch.bool)
        for row, (matcher, state) in enumerate(zip(self._matchers, self._states, strict=True)):
            allowed[row, : self._tokens.size] = torch.from_numpy(self._mask(matcher, state, budget))
        return choosable(scores).masked_fill(~allowed.to(scores.device), -torch.inf)

    def _continues(self, input_ids: torch.Tensor) -> bool:
        """Return whether these are the rows seen last, each with one more token."""
        rows, length = input_ids.shape
        if self._seen is None or self._seen.shape != (rows, length - 1):
            return False
        return torch.equal(self._seen[:, : self._start], input_ids[:, : self._start])

    def _advance(self, parents: list[int] | None, tokens: list[int]) -> None:
        if parents is not None:
            self._matchers = [self._matchers[parent].deep_copy() for parent in parents]
            self._states = [self._states[parent] for parent in parents]
        for row, token in enumerate(tokens):
            self._states[row] = self._tokens.read(self._states[row], token)
            if self._states[row] > OVER:
                self._matchers[row].consume_token(token)

    def _mask(self, matcher: Any, state: int, budget: int) -> NDArray[np.bool_]:
        tokens = self._tokens
        if state <= OVER:
            return tokens.ends
        bits = np.frombuffer(matcher.compute_bitmask(), dtype=np.uint8)
        mask = np.unpackbits(bits, count=tokens.size, bitorder="little").astype(bool)
        return mask if budget >= tokens.most else mask & (tokens.needed(state) <= budget)


class _Tokens:
    """The tokens of a tokenizer as steps of the automaton.

    Attributes:
        size: How many there are.
        first: The state before the output.
        ends: Which tokens end an output.
        minimum: The fewest tokens of an output, written byte by byte.
        most: The most tokens that any state needs, byte by byte.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.size: int = tokenizer.vocab_size
        automaton = interleaved_automaton()
        self._step = automaton.step
        self.first = automaton.names["gloss"]
        self.ends = np.zeros(self.size, dtype=bool)
        self.ends[list(tokenizer.eos_tokens)] = True
        self._bytes: list[bytes] = [
            b"" if tokenizer.is_special_token(token) or self.ends[token]
            else tokenizer.decode_bytes([token])
            for token in range(self.size)
        ]  # fmt: skip
        single = {text[0] for text in self._bytes if len(text) == 1}
        by_byte = self._step.copy()
        by_byte[:, sorted(set(range(END_COLUMN)) - single)] = DEAD
        self._distances = distances(by_byte, [OVER])
        self.minimum = int(self._distances[self.first])
        if self.minimum >= FAR:
            raise InputError(
                "the tokenizer has no tokens for the single characters that close an output: "
                "parentheses and at least one letter"
            )
        self.most = int(self._distances.max())
        order = np.argsort([-len(text) for text in self._bytes], kind="stable")
        self._order = order
        longest = len(self._bytes[order[0]])
        self._columns = [
            np.array([text[at] for token in order if len(text := self._bytes[token]) > at])
            for at in range(longest)
        ]
        self._needed: dict[int, NDArray[np.int64]] = {}

    def read(self, state: int, token: int) -> int:
        """The state after a token."""
        if token >= self.size or not self._bytes[token]:
            ends = token < self.size and self.ends[token]
            return int(self._step[state, END_COLUMN]) if ends else DEAD
        for byte in self._bytes[token]:
            state = int(self._step[state, byte])
        return state

    def needed(self, state: int) -> NDArray[np.int64]:
        """The tokens needed after each token, byte by byte; `FAR` where it cannot stand."""
        if state not in self._needed:
            states = np.full(self.size, state)
            for column in self._columns:
                states[: len(column)] = self._step[states[: len(column)], column]
            needed = np.empty(self.size, dtype=np.int64)
            needed[self._order] = np.where(states == DEAD, FAR, self._distances[states])
            needed[[not text for text in self._bytes]] = FAR
            needed[self.ends] = 0 if self._step[state, END_COLUMN] == OVER else FAR
            self._needed[state] = needed
        return self._needed[state]


def _to_llguidance(tokenizer: Any) -> Any:
    llguidance = require("llguidance", "llguidance")
    if isinstance(tokenizer, llguidance.LLTokenizer):
        return tokenizer
    try:
        return require("llguidance.hf", "llguidance").from_tokenizer(tokenizer)
    except ValueError as error:
        raise InputError(f"{type(tokenizer).__name__}: {error}") from error
