"""The lines of many interlinear blocks as bytes, and what is to know of their tokens as arrays."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from igtkit.boundaries import is_word
from igtkit.io.toolbox.blocks import Block
from igtkit.io.toolbox.words import MARKS

__all__ = ["STRANGE", "Flags", "Lines", "Places", "Tokens"]

Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

STRANGE = re.compile(
    "[\0\x0b\x0c\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\ud800-\udfff\ufffd]"
)
"""White space but blanks and tabs, and what stands for bytes that are no characters."""

_LETTER, _MARK, _OTHER, _SPACE, _ODD = range(5)


def _kind(byte: int) -> int:
    """What a byte is: a letter if no punctuation begins with it, odd if it may be strange."""
    character = chr(byte)
    if character in " \t\n":
        return _SPACE
    if byte >= 0x80:
        if byte < 0xC0 or 0xC3 <= byte <= 0xCC or 0xCF <= byte <= 0xD4:
            return _LETTER  # within a character, or at the beginning of one of Latin to Cyrillic
        return _ODD if byte in b"\xc2\xe1\xe2\xe3\xed\xef" else _OTHER
    if character == "*" or STRANGE.match(character):
        return _ODD
    if character in MARKS:
        return _MARK
    return _LETTER if is_word(character) and character != "<" else _OTHER


_KINDS = bytes(map(_kind, range(256)))


@attrs.frozen(eq=False)
class Lines:
    """The lines of some blocks, one after the other.

    Attributes:
        texts: Each line.
        block: The block that it is of.
        first: The first line of each block.
        words: Its line of words.
        morphemes: Its line of morphemes.
        glosses: Its line of glosses; where there is none, that of the morphemes again.
        spoken: Whether each line is one of words.
    """

    texts: list[str]
    block: Places
    first: Places
    words: Places
    morphemes: Places
    glosses: Places
    spoken: Flags

    @classmethod
    def of(cls, blocks: Sequence[Block], words: str, morphemes: str, glosses: str) -> Lines:
        """The lines of blocks that have words and morphemes.

        Args:
            blocks: The blocks.
            words: Marker of the words.
            morphemes: Marker of the morphemes.
            glosses: Marker of the glosses.
        """
        shapes = [*map(tuple, blocks)]
        known = {
            shape: (
                len(shape),
                shape.index(words),
                shape.index(morphemes),
                shape.index(glosses if glosses in shape else morphemes),
            )
            for shape in set(shapes)
        }
        table = np.array([known[shape] for shape in shapes])
        first = np.cumsum(table[:, 0]) - table[:, 0]
        of_words, of_morphemes, of_glosses = first + table[:, 1:].T
        texts = [text for block in blocks for _, text, _, _ in block.values()]
        block = np.repeat(np.arange(len(blocks)), table[:, 0])
        spoken = np.zeros(len(texts), bool)
        spoken[of_words] = True
        return cls(texts, block, first, of_words, of_morphemes, of_glosses, spoken)


@attrs.frozen(eq=False)
class Tokens:
    """The tokens of some lines.

    Attributes:
        data: The lines in UTF-8, with a line feed before and behind each.
        blank: Whether each byte is white space, of these line feeds, too.
        feeds: Where the line feeds are.
        first: The first token of each line, and at the end how many tokens there are.
        line: The line of each token.
        starts: Where it begins.
        ends: Where it ends: the byte behind it.
        opens: Whether it begins with a boundary.
        closes: Whether it ends with one.
        follows: Whether the token before it in its line ends with one.
        alone: Whether it is nothing else than one.
        odd: The lines that may have something strange, or a star.
        unsure: The tokens that may be no words, but for boundaries by themselves.
    """

    data: NDArray[np.uint8]
    blank: Flags
    feeds: Places
    first: Places
    line: Places
    starts: Places
    ends: Places
    opens: Flags
    closes: Flags
    follows: Flags
    alone: Flags
    odd: Places
    unsure: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> Tokens:
        """The tokens of some lines."""
        raw = "\n".join(["", *texts, ""]).encode(errors="surrogatepass")
        data, kinds = (np.frombuffer(one, np.uint8) for one in (raw, raw.translate(_KINDS)))
        blank = kinds == _SPACE
        edges = np.flatnonzero(np.diff(blank)) + 1
        starts, ends = edges.reshape(-1, 2).T.copy()
        feeds = np.flatnonzero(data == ord("\n"))
        first = np.searchsorted(starts, feeds)
        line = np.repeat(np.arange(len(texts)), np.diff(first))
        begins = kinds[starts]
        opens, closes = begins == _MARK, kinds[ends - 1] == _MARK
        follows = np.roll(closes, 1)
        follows[first[:-1][np.diff(first) > 0]] = False
        odd = np.unique(np.searchsorted(feeds, np.flatnonzero(kinds == _ODD))) - 1
        alone = opens & (ends - starts == 1)
        doubtful = opens & ~alone & (kinds[starts + 1] != _LETTER)  # as in -(x)
        unsure = np.flatnonzero((begins > _MARK) | doubtful)
        return cls(
            data,
            blank,
            feeds,
            first,
            line,
            starts,
            ends,
            opens,
            closes,
            follows,
            alone,
            odd,
            unsure,
        )

    @property
    def count(self) -> Places:
        """How many tokens each line has."""
        return np.diff(self.first)

    def texts(self, tokens: Places) -> list[str]:
        """Some tokens, by number."""
        data = self.data.tobytes()
        places = zip(self.starts[tokens].tolist(), self.ends[tokens].tolist(), strict=True)
        return [data[start:end].decode(errors="replace") for start, end in places]
