"""Interlinear blocks as most are, put together to words many at a time.

`join_block` looks at every line and every token of a block. Most blocks need no such look: all
their tokens are words, there is one under each morpheme, and one boundary at most between two of
the same word. Of many such blocks at once the words are made by leaving out of their bytes the
blanks that stand within words. A block of which this may not give what `join_block` does is none of
the usual ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import attrs
import numpy as np

from igtkit.boundaries import UNKNOWN, is_word
from igtkit.io.toolbox.arrays import STRANGE, Flags, Lines, Places, Tokens
from igtkit.io.toolbox.blocks import Block
from igtkit.io.toolbox.columns import Joined
from igtkit.io.toolbox.words import MARKS

__all__ = ["join_usual"]

_UNDONE = "***"
"""What Toolbox writes where it finds no analysis."""
_BLANK, _JOINER, _TILDE = b" -~"


def join_usual(
    blocks: Sequence[Block], *, words: str, morphemes: str, glosses: str
) -> list[Joined | None]:
    """Put the morphemes of blocks together to words, the columns of which count bytes of UTF-8.

    Args:
        blocks: The blocks.
        words: Marker of the words.
        morphemes: Marker of the morphemes.
        glosses: Marker of the glosses.

    Returns:
        Each as `join_block` gives it; None for a block that is none of the usual ones.
    """
    whole = [at for at, block in enumerate(blocks) if words in block and morphemes in block]
    joined: list[Joined | None] = [None] * len(blocks)
    if not whole:
        return joined
    lines = Lines.of([blocks[at] for at in whole], words, morphemes, glosses)
    tokens = Tokens.of(lines.texts)
    spans = _Spans.of(lines, tokens)
    unusual, undone = _unusual(lines, tokens, spans)
    texts = _joined(tokens, spans)
    for line in undone:
        texts[line] = texts[line].replace(_UNDONE, UNKNOWN)
    following = iter(texts)
    told = (each.tolist() for each in (unusual, spans.fits, spans.made, spans.spoken))
    for at, is_unusual, fits, made, spoken in zip(whole, *told, strict=True):
        own = dict(zip(blocks[at], following, strict=False))
        if not is_unusual:
            uneven = "" if fits else f"words: {made} by \\{morphemes}, {spoken} by \\{words}"
            joined[at] = Joined(own, (), uneven)
    return joined


@attrs.frozen(eq=False)
class _Spans:
    """Which tokens make up a word.

    Attributes:
        under: For each token the morpheme that it stands under, or itself where that is not told.
        begins: Whether it begins a word.
        apart: The lines of which every token is a word, whatever boundaries it has.
        made: How many words the morphemes of each block make.
        spoken: How many its line of words has.
        stray: Whether one of these stands above no morpheme, so that the block has no columns.
        fits: Whether there are as many words as the morphemes make.
    """

    under: Places
    begins: Flags
    apart: Flags
    made: Places
    spoken: Places
    stray: Flags
    fits: Flags

    @classmethod
    def of(cls, lines: Lines, tokens: Tokens) -> _Spans:
        """The words of some lines: by column where these fit, or else by boundaries."""
        count, firsts = tokens.count, tokens.first[:-1]
        begins = ~(tokens.opens | tokens.follows)
        begins[firsts[count > 0]] = True
        spoken, stray, by_column = _set_by_column(begins, lines, tokens)
        made = np.bincount(tokens.line[begins], minlength=len(count))[lines.morphemes]
        said, above = (count[one][lines.block] for one in (lines.words, lines.morphemes))
        dense = (count == above) & ~lines.spoken
        apart = lines.spoken | (~dense & (count == said))
        up = np.where(dense, firsts[lines.morphemes][lines.block] - firsts, 0)
        under = np.arange(len(begins)) + up[tokens.line]
        begins = begins[under] | apart[tokens.line]
        return cls(under, begins, apart, made, spoken, stray, by_column | (made == spoken))


def _set_by_column(begins: Flags, lines: Lines, tokens: Tokens) -> tuple[Places, Flags, Flags]:
    """Let morphemes begin words where these stand above them, if all words of the block do.

    Args:
        begins: Whether each token begins a word.
        lines: The lines.
        tokens: The tokens.

    Returns:
        How many words each block has, whether one stands above no morpheme, and whether all words
        stand as they should.
    """
    dash = tokens.alone & (tokens.data[tokens.starts] != _TILDE)
    words = np.flatnonzero(lines.spoken[tokens.line] & ~dash)
    block = lines.block[tokens.line[words]]
    line = lines.morphemes[block]
    place = tokens.starts[words] + (tokens.feeds[line] - tokens.feeds[tokens.line[words]])
    found = np.minimum(np.searchsorted(tokens.starts, place), len(begins) - 1)
    missed = (tokens.starts[found] != place) | (tokens.line[found] != line)
    has_word = np.zeros(len(begins) + 1, bool)
    has_word[found[~missed]] = True
    spoken = np.bincount(block, minlength=len(lines.first))
    stray: Flags = np.bincount(block[missed], minlength=len(lines.first)) > 0
    by_column = ~stray & has_word[tokens.first[lines.morphemes]]
    stand = np.zeros(len(lines.texts), bool)
    stand[lines.morphemes] = by_column
    np.copyto(begins, has_word[:-1], where=stand[tokens.line])
    return spoken, stray, by_column


def _unusual(lines: Lines, tokens: Tokens, spans: _Spans) -> tuple[Flags, list[int]]:
    """Whether each block is none of the usual ones, and the lines with something not analyzed."""
    count, above = tokens.count, tokens.count[lines.morphemes]
    unusual = (above == 0) | (spans.spoken == 0) | (count[lines.glosses] != above)
    strange = (count > above[lines.block]) & ~lines.spoken
    strange[tokens.line[_are_wrong(lines, tokens, spans)]] = True
    spoken, unsure = lines.spoken.tolist(), tokens.unsure
    found = [
        line
        for text, line in zip(tokens.texts(unsure), tokens.line[unsure].tolist(), strict=True)
        if not _is_usual(text) and (text != _UNDONE or spoken[line])
    ]
    undone = []
    for line in tokens.odd.tolist():
        text = lines.texts[line]
        stars = text.count("*")
        if stars:
            undone.append(line)
        if stars != len(_UNDONE) * text.split().count(_UNDONE) or STRANGE.search(text):
            found.append(line)
    strange[found] = True
    unusual[lines.block[strange]] = True
    return unusual, undone


def _are_wrong(lines: Lines, tokens: Tokens, spans: _Spans) -> Flags:
    """Whether each token has a boundary where none may be: beside another, or out of a word."""
    opens, follows, alone = tokens.opens, tokens.follows, tokens.alone
    wrong: Flags = np.where(spans.begins, opens | follows, opens & follows)
    wrong |= alone != alone[spans.under]
    last = tokens.first[1:][tokens.count > 0] - 1
    wrong[last] |= tokens.closes[last]
    wrong &= ~spans.apart[tokens.line]  # where each is a word as it stands
    wrong |= alone & (lines.spoken & ~spans.stray[lines.block])[tokens.line]  # by column, too
    return wrong


@lru_cache(maxsize=1 << 10)  # few that are unsure are seen once
def _is_usual(token: str) -> bool:
    """Whether a token is a word with one boundary before it at most, no infix, nothing unclear."""
    body = token[1:] if token[0] in MARKS else token
    return body[0] not in "<?" + MARKS and is_word(body)


def _joined(tokens: Tokens, spans: _Spans) -> list[str]:
    """The lines in words."""
    starts, opens, follows = tokens.starts, tokens.opens, tokens.follows
    made, kept = tokens.data.copy(), ~tokens.blank
    kept[tokens.feeds] = True
    spaced = spans.begins.copy()
    spaced[tokens.first[:-1][tokens.count > 0]] = False
    blanks = starts[spaced] - 1
    bare = np.flatnonzero(~(spans.begins | opens | follows))  # joined as the morphemes are
    under = spans.under[bare]
    mark = np.where(follows[under], tokens.data[tokens.ends[under - 1] - 1], _JOINER)
    marks = starts[bare] - 1
    made[blanks] = _BLANK
    made[marks] = np.where(opens[under], tokens.data[starts[under]], mark)
    kept[blanks] = kept[marks] = True
    text = made.compress(kept).tobytes().decode(errors="surrogatepass")
    return text.split("\n")[1:-1]
