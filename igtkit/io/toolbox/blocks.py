"""The interlinear blocks of a record, and which of its unknown lines are in their columns.

Toolbox lays all lines of a block out together, so a line that is not in the columns that the others
keep is free text, however many words it has: it is kept as it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

import attrs

from igtkit.igt.text import LINES
from igtkit.io.toolbox.fields import Field, text_of
from igtkit.io.toolbox.rows import Row, cells_under
from igtkit.io.toolbox.words import MARKS

__all__ = ["Block", "Blocks", "laid_out"]

_MOST = 2
"""The most that a block can say for a line, or against it; see `_vote`."""

Block = dict[str, Field]
"""The fields of an interlinear block, by marker."""

_FREE = re.compile(r"f[a-z]*|l(it|t)[a-z]*|nt|com|cmt|ref|id|src|st|dt|sa|tag")
_GAP = re.compile(r"[^\s.!?:;…](?: {2}|\t)\s*\S")
"""White space that few write in a sentence: more than a blank, and not after a full stop."""


@attrs.frozen
class Blocks:
    """How the fields of a record part into interlinear blocks and others.

    Attributes:
        words: The marker of the words.
        below: Those of the morphemes and the glosses.
        pos: That of the parts of speech.
        ends: Those of all else that has one, which ends a block.
    """

    words: str
    below: frozenset[str]
    pos: str
    ends: frozenset[str]

    @classmethod
    def by(cls, markers: Mapping[str, str]) -> Blocks:
        """How they do in a file, by the marker of each part."""
        words, *below = (markers[role] for role in LINES)
        pos = markers["pos"]
        return cls(words, frozenset(below), pos, frozenset(markers.values()) - {words, *below, pos})

    def of(self, fields: Iterable[Field]) -> tuple[list[Block], list[Field]]:
        """Return the blocks that may stand in a record, and its other fields.

        Args:
            fields: The fields of the record.
        """
        words, below, pos, ends = self.words, self.below, self.pos, self.ends
        blocks: list[Block] = []
        others: list[Field] = []
        block: Block = {}  # the last one
        is_open = False
        for field in fields:
            marker, _, _, apart = field
            if marker == words or marker in below:
                if (
                    not block
                    or marker in block
                    or (marker == words and not below.isdisjoint(block))
                ):
                    block = {}
                    blocks.append(block)
                block[marker] = field
                is_open = True
                continue
            if is_open and (apart or marker in ends or _is_free(marker)):
                is_open = marker == pos and not apart
            if (is_open or (marker == pos and blocks)) and marker not in block:
                block[marker] = field
            else:
                others.append(field)
        return blocks, others


@lru_cache(maxsize=1 << 10)
def _is_free(marker: str) -> bool:
    return _FREE.fullmatch(marker) is not None


def laid_out(blocks: Iterable[Block], markers: Mapping[str, str], encoding: str) -> dict[str, bool]:
    """Return for each unknown marker of some blocks whether its lines are in their columns.

    Args:
        blocks: The blocks.
        markers: The marker of each part.
        encoding: The encoding whose bytes the columns count.
    """
    votes: dict[str, int] = defaultdict(int)
    known = {*markers.values()}
    told = [(block, [marker for marker in block if marker not in known]) for block in blocks]
    left = Counter(marker for _, unknown in told for marker in unknown)
    for block, unknown in told:
        # What the blocks that are left can no more turn need not be asked of them.
        asked = [marker for marker in unknown if abs(votes[marker]) <= _MOST * left[marker]]
        left.subtract(unknown)
        if not asked:
            continue
        rows = {marker: Row(text, encoding) for marker, text, _, _ in block.values()}
        for marker in asked:
            votes[marker] += _vote(marker, block, rows, markers)
    return {marker: count > 0 for marker, count in votes.items()}


def _vote(marker: str, block: Block, rows: Mapping[str, Row], markers: Mapping[str, str]) -> int:
    """What a block says of a line: 2 that it is laid out, 1 that it may be, less if it is not."""
    own, text = rows[marker], text_of(block[marker])
    words, anchor = (rows.get(markers[role]) for role in LINES[:2])
    anchor = anchor if anchor is not None and anchor.texts else words
    if not own.texts:
        return 0
    if anchor is None or not anchor.texts:
        return 2 if _GAP.search(text) else 0
    if text[:1].isspace():
        return 1  # set off, so that it stands under nothing
    if len(anchor.texts) == 1 or len(own.texts) == 1:
        return 1 if len(own.texts) == len(anchor.texts) else -1
    if own.starts == anchor.starts:
        return 2
    marks = [*map(_edges, own.texts)] if len(own.texts) == len(anchor.texts) else []
    if any(marks) and marks == [*map(_edges, anchor.texts)]:
        return 2
    columns = set(anchor.starts)
    beside = (row.starts for row in rows.values() if row is not own and row is not anchor)
    if any(len(starts) > 1 and columns.issuperset(starts) for starts in beside):
        begun = set(own.starts)  # a token for each word at least, or gaps where none stands
        full = words is not None and set(words.starts) <= begun
        return 2 if begun <= columns and (full or _GAP.search(text)) else -2
    if _GAP.search(text):
        return 2
    fits = cells_under(anchor, own) is not None
    return 2 if fits or (words is not None and len(own.texts) == len(words.texts)) else -2


def _edges(text: str) -> str:
    """The boundaries that a token begins and ends with."""
    first, last = text[0], text[-1]
    return (first if first in MARKS else "") + (last if last in MARKS else "")
