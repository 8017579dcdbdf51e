"""Gloss lines as tokens, and tokens as characters: what every figure is counted on.

Each distinct token becomes one character, so a line becomes a short string: a *code*. Two tokens
are equal exactly when their characters are, edit distance works on the codes as on any string, and
the codes of a whole corpus turn into one numpy array at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from igtkit.boundaries import PAPER, is_punctuation, split_words
from igtkit.errors import InputError

__all__ = [
    "EMPTY_CODE",
    "SEPARATOR_CODE",
    "UNKNOWN_CODE",
    "Codes",
    "Flat",
    "GlossCodes",
    "encode_glosses",
    "flatten",
    "gloss_words",
    "morphemes",
]

Integers = NDArray[np.int64]

_RESERVED = (" ", "[UNK]", "")
SEPARATOR_CODE, UNKNOWN_CODE, EMPTY_CODE = map(chr, range(3))
"""The codes of the space between words (the paper's ``[SEP]``, which no token can be mistaken for),
of the gloss ``[UNK]``, and of an empty morpheme."""


def gloss_words(line: str | None) -> list[str]:
    """The words of a line: its tokens without those that are punctuation only.

    Example:
        >>> gloss_words("« yes » , ??? - say-3SG")
        ['yes', '???', '-', 'say-3SG']
    """
    return [token for token in split_words(line) if not is_punctuation(token)]


def morphemes(word: str) -> list[str]:
    """The morphemes of a word, split on ``-`` and ``=``; a lone ``-`` is two empty ones.

    Example:
        >>> morphemes("palasi=lu-PL"), morphemes("-")
        (['palasi', 'lu', 'PL'], ['', ''])
    """
    first = PAPER.joiners[0]
    for mark in PAPER.joiners[1:]:
        word = word.replace(mark, first)
    return word.split(first)  # what `split_morphemes` gives, without the boundaries: 10x faster


@attrs.frozen
class Codes:
    """The lines of two systems (or a system and the gold), as codes in one numbering.

    Attributes:
        predicted: One code per sentence.
        gold: One code per sentence.
        tokens: The token of each character, by its code point.
    """

    predicted: list[str]
    gold: list[str]
    tokens: tuple[str, ...]


@attrs.frozen
class GlossCodes:
    """Gloss lines at the three levels.

    Attributes:
        words: Codes of words, punctuation-only tokens left out.
        morphemes: Codes of morphemes, with `SEPARATOR_CODE` between words.
        characters: The lines themselves, as they were given.
    """

    words: Codes
    morphemes: Codes
    characters: Codes


class _Numbering(dict[str, str]):
    """Numbers for tokens: each new one gets the next character."""

    def __init__(self) -> None:
        super().__init__(zip(_RESERVED, (SEPARATOR_CODE, UNKNOWN_CODE, EMPTY_CODE), strict=True))

    def __missing__(self, token: str) -> str:
        try:
            character = self[token] = chr(len(self))
        except ValueError:
            raise InputError(
                "more than 1,114,112 different tokens; score the corpus in parts"
            ) from None
        return character


class _WordCodes(dict[str, str]):
    """The code of a token as a word: nothing for punctuation."""

    def __init__(self) -> None:
        self.numbering = _Numbering()

    def __missing__(self, token: str) -> str:
        code = self[token] = "" if is_punctuation(token) else self.numbering[token]
        return code


class _MorphemeCodes(dict[str, str]):
    """The code of a token as a sequence of morphemes: nothing for punctuation."""

    def __init__(self) -> None:
        self.numbering = _Numbering()

    def __missing__(self, token: str) -> str:
        parts = [] if is_punctuation(token) else morphemes(token)
        code = self[token] = "".join(map(self.numbering.__getitem__, parts))
        return code


def encode_glosses(predicted: Sequence[str], gold: Sequence[str]) -> GlossCodes:
    """Return gloss lines as codes at the level of words, of morphemes and of characters.

    Args:
        predicted: One line per sentence.
        gold: One line per sentence.
    """
    words, parts = _WordCodes(), _MorphemeCodes()

    def encode(lines: Iterable[str]) -> tuple[list[str], list[str]]:
        split = [line.split() for line in lines]
        return (
            ["".join(map(words.__getitem__, tokens)) for tokens in split],
            [SEPARATOR_CODE.join(filter(None, map(parts.__getitem__, tokens))) for tokens in split],
        )

    predicted_words, predicted_parts = encode(predicted)
    gold_words, gold_parts = encode(gold)
    return GlossCodes(
        Codes(predicted_words, gold_words, tuple(words.numbering)),
        Codes(predicted_parts, gold_parts, tuple(parts.numbering)),
        Codes(list(predicted), list(gold), ()),
    )


@attrs.frozen(eq=False)
class Flat:
    """The codes of many sentences, one after the other.

    Attributes:
        values: Code points, all sentences end to end.
        lengths: Number of code points of each sentence.
        starts: Where each sentence begins in `values`.
    """

    values: Integers
    lengths: Integers
    starts: Integers

    @property
    def sentences(self) -> Integers:
        """For each value the number of its sentence."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)


def flatten(codes: Sequence[str]) -> Flat:
    """Return the codes as one array.

    Example:
        >>> flatten(["ab", "", "c"]).values.tolist()
        [97, 98, 99]
    """
    data = "".join(codes).encode("utf-32-le", "surrogatepass")
    values = np.frombuffer(data, dtype="<u4").astype(np.int64)
    lengths = np.fromiter(map(len, codes), dtype=np.int64, count=len(codes))
    return Flat(values, lengths, np.cumsum(lengths) - lengths)
