"""What stands under what in an interlinear block, and how its morphemes make up words.

Toolbox keeps columns by byte, in the encoding of the file, and sets spaces between the morphemes
of a word: ``a- b -c``. Files that other programs touched have lost the columns, and then the number
of tokens decides. Where neither fits, every line is put together by its own boundaries, and an
issue says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import attrs

from igtkit.boundaries import INFIX, LEIPZIG, UNKNOWN, is_word
from igtkit.io._joining import group_morphemes, is_mark, opening

__all__ = ["Joined", "Token", "join_block", "tokenize"]

_MARKS = LEIPZIG.joiners
_TOKEN = re.compile(r"\S+")
_UNANALYZED = re.compile(r"(?<![^-=~])\*{1,3}(?![^-=~])")  # Toolbox's own mark
_UNCLEAR = re.compile(r"([-=~]?)\?([-=~]?)")


@attrs.frozen
class Token:
    """A token of a line, and the byte at which it begins."""

    start: int
    text: str


@attrs.frozen
class Joined:
    """An interlinear block in words.

    Attributes:
        lines: The tokens of each line, by marker, morphemes joined to words.
        issues: What does not fit together, in words.
        uneven: That the line of words has another number of them, if it has, in words.
    """

    lines: Mapping[str, list[str]]
    issues: tuple[str, ...] = ()
    uneven: str = ""


def tokenize(line: str, encoding: str) -> list[Token]:
    """The tokens of a line, with their byte columns.

    Example:
        >>> [token.start for token in tokenize("é  b", "utf-8")]
        [0, 4]
    """
    tokens = []
    at = column = 0
    if line.isascii():
        return [Token(match.start(), match[0]) for match in _TOKEN.finditer(line)]
    for text in line.split():
        begin = line.index(text, at)
        column += len(line[at:begin].encode(encoding))
        tokens.append(Token(column, text))
        column += len(text.encode(encoding))
        at = begin + len(text)
    return tokens


def join_block(
    lines: Mapping[str, str], encoding: str, *, words: str, morphemes: str, glosses: str
) -> Joined:
    """Put the morphemes of a block together to words.

    Args:
        lines: The lines of the block, by marker.
        encoding: The encoding whose bytes the columns count.
        words: Marker of the words.
        morphemes: Marker of the morphemes.
        glosses: Marker of the glosses.
    """
    encoding = "utf-8" if encoding.lower().startswith("utf") else encoding
    rows = {marker: tokenize(line, encoding) for marker, line in lines.items()}
    for marker, row in rows.items():
        if marker != words and "*" in lines[marker]:
            row[:] = [Token(one.start, _UNANALYZED.sub(UNKNOWN, one.text)) for one in row]
    joined: dict[str, list[str]] = {}
    if words in rows:
        joined[words] = [token.text for token in rows[words]]
    anchor = rows.get(morphemes, [])
    if not anchor:
        rest = {marker: _by_marks(row) for marker, row in rows.items() if marker != words}
        return Joined(joined | rest)
    issues, uneven = [], ""
    groups, fit = _words(rows.get(words, []), anchor)
    if not fit:
        count = sum(map(is_word, joined[words]))
        uneven = f"words: {len(groups)} by \\{morphemes}, {count} by \\{words}"
    joined[morphemes] = list(_join(groups, [[token.text] for token in anchor], anchor))
    for marker, row in rows.items():
        if marker in (words, morphemes):
            continue
        cells = _cells(anchor, row)
        if cells is not None and "?" in lines[marker]:
            cells = _with_unknown(anchor, cells)
        if cells is not None and _compatible(groups, cells, anchor):
            joined[marker] = list(_join(groups, cells, anchor))
            continue
        joined[marker] = _by_marks(row)
        if marker == glosses:
            counts = [sum(map(_counts, tokens)) for tokens in (anchor, row)]
            issues.append(
                f"tokens: {counts[0]} in \\{morphemes}, {counts[1]} in \\{marker}"
                + ("" if cells is None else ", and their boundaries differ")
            )
        elif len(row) == len(rows.get(words, [])):
            joined[marker] = [token.text for token in row]
    return Joined(joined, tuple(issues), uneven)


def _counts(token: Token) -> bool:
    """Whether a token needs something under it: a word, or a boundary that stands by itself."""
    return is_word(token.text) or is_mark(token.text)


def _cells(anchor: Sequence[Token], row: Sequence[Token]) -> list[list[str]] | None:
    """Return the tokens under each token: by column, or else by number."""
    by_column = _cells_by_column(anchor, row)
    if by_column is not None:
        return by_column
    if len(anchor) == len(row):
        return [[token.text] for token in row]
    rest = [token.text for token in row if _counts(token)]
    if len(rest) != sum(map(_counts, anchor)) or len(rest) < len(row):
        return None
    remaining = iter(rest)
    return [[next(remaining)] if _counts(token) else [] for token in anchor]


def _with_unknown(anchor: Sequence[Token], cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """The cells, a question mark under a word being what nobody knows, no punctuation."""
    return [
        [_UNCLEAR.sub(rf"\g<1>{UNKNOWN}\g<2>", cell[0])]
        if len(cell) == 1 and is_word(token.text) and _UNCLEAR.fullmatch(cell[0])
        else list(cell)
        for token, cell in zip(anchor, cells, strict=True)
    ]


def _cells_by_column(anchor: Sequence[Token], row: Sequence[Token]) -> list[list[str]] | None:
    starts = [token.start for token in anchor]
    cells: list[list[Token]] = [[] for _ in anchor]
    for token in row:
        index = bisect_right(starts, token.start) - 1
        if index < 0:
            return None
        cells[index].append(token)
    for token, cell in zip(anchor, cells, strict=True):
        if cell and cell[0].start != token.start:
            return None
        if not cell and _counts(token):
            return None
    return [[token.text for token in cell] for cell in cells]


Groups = list[list[int]]


def _words(words: Sequence[Token], anchor: Sequence[Token]) -> tuple[Groups, bool]:
    """Return the tokens of each word, and whether the line of words has as many words."""
    groups = _groups_by_column(words, anchor)
    if groups is not None:
        return groups, True
    groups = group_morphemes([token.text for token in anchor], free_marks=True)
    count = sum(is_word(token.text) for token in words)
    made = sum(any(is_word(anchor[index].text) for index in group) for group in groups)
    return groups, not words or made == count


def _groups_by_column(words: Sequence[Token], anchor: Sequence[Token]) -> Groups | None:
    starts = [token.start for token in words]
    groups: Groups = [[] for _ in words]
    for index, token in enumerate(anchor):
        word = bisect_right(starts, token.start) - 1
        if word < 0:
            return None
        groups[word].append(index)
    for token, group in zip(words, groups, strict=True):
        if not group:
            if is_word(token.text):
                return None
            continue
        if anchor[group[0]].start != token.start:
            return None
        ends = (anchor[group[0]].text, token.text[0]), (anchor[group[-1]].text, token.text[-1])
        if any(is_mark(text) and text[0] != edge for text, edge in ends):
            return None  # a boundary by itself that leads out of the word
    return [group for group in groups if group] if words else None


def _by_marks(row: Sequence[Token]) -> list[str]:
    """The words of a line that has nothing but its own boundaries to go by."""
    groups = group_morphemes([token.text for token in row], free_marks=True)
    return list(_join(groups, [[token.text] for token in row], row))


def _compatible(groups: Groups, cells: Sequence[Sequence[str]], anchor: Sequence[Token]) -> bool:
    """Whether no boundary in the cells leads out of the words."""
    for group in groups:
        texts = [text for index in group for text in cells[index]]
        if not texts:
            continue
        own = [anchor[group[0]].text[0], anchor[group[-1]].text[-1]]
        ends = [texts[0][0], texts[-1][-1]]
        if any(end in _MARKS and end != mark for end, mark in zip(ends, own, strict=True)):
            return False
    return True


def _join(groups: Groups, cells: Sequence[Sequence[str]], anchor: Sequence[Token]) -> Iterator[str]:
    """The words of a line, and its punctuation, in order."""
    for group in groups:
        if len(group) == 1 and len(cells[group[0]]) == 1:
            yield cells[group[0]][0]
            continue
        parts: list[tuple[str, str]] = []  # what joins it to the one before, and the morpheme
        loose: list[str] = []
        mark = ""  # at the end of the token before, in this line or in the morphemes
        under = ""
        for index in group:
            form = anchor[index].text
            if is_mark(form) and len(group) > 1:
                mark, under = "".join(cells[index])[:1], form[0]
                mark = mark if mark and mark in _MARKS else under
                continue
            words = [text for text in cells[index] if is_word(text)]
            others = [text for text in cells[index] if not is_word(text)]
            if not words:
                loose += others
                continue
            text = "_".join(words)
            loose += others
            lead, body, trail = _trimmed(text)
            form_lead, _, form_trail = _trimmed(form)
            joiner = lead or mark or form_lead or under
            if opening(body) == INFIX:
                joiner = ""
            elif opening(form) == INFIX and parts:  # its gloss stands in the same brackets
                joiner, body = "", f"<{body}>"
            elif not joiner and parts:
                joiner = "-"
            parts.append((joiner if parts else lead, body))
            mark, under = trail, form_trail
        if parts:
            yield "".join(joiner + body for joiner, body in parts) + mark
        yield from loose


@lru_cache(maxsize=1 << 16)
def _trimmed(text: str) -> tuple[str, str, str]:
    """Return a token as boundary, text and boundary."""
    lead = text[0] if text[0] in _MARKS and len(text) > 1 else ""
    trail = text[-1] if text[-1] in _MARKS and len(text) > 1 + len(lead) else ""
    return lead, text[len(lead) : len(text) - len(trail)], trail
