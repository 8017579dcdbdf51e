"""Splitting sentence punctuation from words, in any script.

What is split off: marks that end a clause or sentence, quotation marks, inverted marks, long
dashes, and brackets that enclose more than one word. Only the edges of a token are looked at, so
nothing inside a word or a gloss changes. A character is left where it is when it may be a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import attrs

from igtkit.boundaries import LEIPZIG, PAPER, is_dash
from igtkit.normalize.marks import (
    APOSTROPHES,
    BRACKETS,
    CLOSERS,
    CLOSING,
    DASHES,
    EDGE_MARKS,
    FAMILY,
    INVERTED,
    MARK_CLASS,
    MARKS,
    OPENING,
    balanced_brackets,
)

__all__ = ["split_punctuation"]

_PLAIN = frozenset(".,!")
_AFTER_WORD = re.compile(r"(?<=[^\W_])([.,!])(?!\S)")
_TOKEN = re.compile(r"\S+")
_GROUP = re.compile(rf"[{MARK_CLASS}]+|[¿¡⸘]+|.", re.DOTALL)
_JOINERS = frozenset(LEIPZIG.joiners)
_UNKNOWN = re.compile(r"\?|\.{2,}|…+")
_DOTS = re.compile(r"\.{2,}|…+")
_FREE_COLON = re.compile(r"[\w\u0300-\u036f']:(?!\w)")
_VOWELS = frozenset("aeiouyɐɑɒæɛɜəɘɵɞɤʌɔœøɶɨʉɯɪʏʊıω")
_QUOTE_OR_INVERTED = re.compile(f"[{''.join((*FAMILY, *INVERTED))}]")
_INSIDE = r"[\w\u0300-\u036f]{}\w"
_WORD = re.compile(r"\w")
_NO_WORD = re.compile("[ \t" + re.escape("".join(sorted(MARKS - {":"}))) + "]*")
_ON_VOWELS = frozenset("\u0300\u0301\u0302\u0303\u0304\u030c\u0328'’ʼ")
_AS_LETTER = {
    "?": re.compile(r"\?\w"),
    ";": re.compile(rf";\w|[{PAPER.joiners}];"),
    ":": re.compile(r"(?:[^\W\d]|[\u0300-\u036f]):[^\W\d]"),
}


def split_punctuation(line: str, *, glosses: bool = False, colon: bool = False) -> str:
    """Return a line with spaces between words and sentence punctuation.

    Args:
        line: Any line.
        glosses: Whether it is a gloss line, where ``:`` joins gloss elements.
        colon: Whether a colon after a word is known to be punctuation and no length mark;
            otherwise it is judged by what the line itself shows.

    Returns:
        The line with spaces inserted and nothing else changed.

    Example:
        >>> split_punctuation("¿Qué (no) dijo (ella?) ...?!")
        '¿ Qué (no) dijo (ella?) ...?!'
    """
    marks = EDGE_MARKS.intersection(line)
    if not marks:
        return line
    attached = [
        token
        for token in line.split()
        if (token[-1] in marks or token[0] in marks) and len(token) > 1
    ]
    if not attached:
        return line
    if marks <= _PLAIN and all(map(_is_word_and_mark, attached)):  # most lines
        return _AFTER_WORD.sub(r" \1", line)
    read = _Line.of(line, glosses=glosses, colon=colon)
    tokens = [
        _read_token(match[0], match.start(), read)
        for match in _TOKEN.finditer(line)
        if match[0][0] in EDGE_MARKS or match[0][-1] in EDGE_MARKS
    ]
    _pair_up(tokens, read)
    parts: list[str] = []
    done = 0
    for token in tokens:
        parts += (line[done : token.start], " ".join(token.pieces()))
        done = token.start + len(token.text)
    return "".join([*parts, line[done:]])


def _is_word_and_mark(token: str) -> bool:
    """Whether a token is a word and one of the commonest marks after it."""
    return token[0] not in _PLAIN and token[-2].isalnum()


@attrs.frozen
class _Line:
    """A line, and what of it says how its punctuation is to be read.

    Attributes:
        text: The line.
        letters: The punctuation characters that it uses as letters.
        glosses: Whether it is a gloss line.
        colon: Whether a colon after a word is known to be punctuation.
        first: Where its first letter or digit is; its length where there is none.
        inverted: For each inverted mark how often it is there, and the last place of its partner.
    """

    text: str
    letters: set[str]
    glosses: bool
    colon: bool
    first: int
    inverted: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, text: str, *, glosses: bool, colon: bool) -> _Line:
        return cls(
            text,
            _letters(text, glosses=glosses, colon=colon),
            glosses,
            colon,
            next((at for at, character in enumerate(text) if character.isalnum()), len(text)),
            {mark: (text.count(mark), text.rfind(partner)) for mark, partner in INVERTED.items()},
        )

    def may_have_length(self, at: int) -> bool:
        """Whether the colon at `at`, after a word, may be a length mark or join gloss elements."""
        rest = _NO_WORD.match(self.text, at + 1)
        following = self.text[rest.end() : rest.end() + 1] if rest is not None else ""
        if not following or following in FAMILY:
            return False
        if self.glosses:
            return True
        while at and self.text[at - 1] in _ON_VOWELS:
            at -= 1
        before = self.text[at - 1 : at]
        vowel = unicodedata.normalize("NFD", before)[:1].lower() in _VOWELS
        return vowel and following.isalpha() and not following.isupper()

    def begins_clause(self, at: int) -> bool:
        """Whether a clause may begin at `at`."""
        while at and self.text[at - 1].isspace():
            at -= 1
        return not at or self.text[at - 1] in MARKS or self.first >= at

    def opens_sentence(self, at: int) -> bool:
        """Whether an inverted mark has its partner, or begins the line and is the only one."""
        count, last_partner = self.inverted[self.text[at]]
        return (last_partner >= at and last_partner > 0) or (count == 1 and self.first >= at)


@attrs.define
class _Token:
    """A token with punctuation at an edge.

    ``text[:lead]`` and ``text[trail:]`` may be split off as far as no character in `fixed` (by
    position) is in the way; a token of punctuation only has ``lead == len(text)``.
    """

    text: str
    start: int
    lead: int
    trail: int
    balanced: dict[int, int]
    fixed: set[int] = attrs.field(factory=set)

    @property
    def is_free(self) -> bool:
        return self.lead == len(self.text)

    def outside(self) -> Iterator[int]:
        """The places that are not within brackets that open and close here."""
        at = 0
        while at < len(self.text):
            if at in self.balanced:
                at = self.balanced[at]
            else:
                yield at
            at += 1

    def pieces(self) -> list[str]:
        text = self.text
        if self.is_free:
            return list(self._free_pieces()) if len(text) > 1 else [text]
        start, end = 0, len(text)
        while start < self.lead and start not in self.fixed:
            start += 1
        while end > self.trail and end - 1 not in self.fixed:
            end -= 1
        if is_dash(text[start:end]):
            return [text]
        return [*_GROUP.findall(text[:start]), text[start:end], *_GROUP.findall(text[end:])]

    def _free_pieces(self) -> Iterator[str]:
        at = 0
        openers = sorted(self.balanced, reverse=True)
        while at < len(self.text):
            while openers and openers[-1] <= at:
                openers.pop()
            if at in self.balanced:
                end = self.balanced[at] + 1
            else:
                group = _GROUP.match(self.text, at, openers[-1] if openers else len(self.text))
                assert group is not None
                end = group.end()
            yield self.text[at:end]
            at = end


def _read_token(text: str, start: int, line: _Line) -> _Token:
    """A token with what can be split off its edges; `start` is its place in the line."""
    balanced = balanced_brackets(text)
    if "??" not in text and all(character in EDGE_MARKS for character in text):
        return _Token(text, start, len(text), len(text), balanced)
    closed = set(balanced) | set(balanced.values())
    lead = 0
    while lead < len(text) and lead not in closed and text[lead] not in line.letters:
        width = _leading_width(text, lead, line, start + lead)
        if not width:
            break
        lead += width
    if 0 < lead < len(text) and _combines(text[lead]):
        lead -= 1
    trail = len(text)
    while trail > lead and trail - 1 not in closed and text[trail - 1] not in line.letters:
        at = trail - 1
        may_be_length = text[at] == ":" and not line.colon
        if may_be_length and text[at - 1 : at] not in EDGE_MARKS:
            if line.may_have_length(start + at):
                break
        elif not _is_trailing(text, at):
            break
        trail = at
    if text[trail - 1 : trail] in _JOINERS:  # an unknown or omitted morpheme: `3SG-?`, `go-...`
        unknown = _UNKNOWN.match(text, trail)
        trail = unknown.end() if unknown else trail
    return _Token(text, start, lead, trail, balanced)


def _leading_width(text: str, at: int, line: _Line, place: int) -> int:
    """How many characters from `at` on may be split off before a word; 0 where it begins."""
    dots = _DOTS.match(text, at)
    if dots:
        stands_for_morpheme = text[dots.end() : dots.end() + 1] in _JOINERS
        return 0 if stands_for_morpheme else dots.end() - at
    character = text[at]
    if character in BRACKETS or character in FAMILY or character in DASHES:
        return int(character != "’")  # it may be a letter of the word
    return int(character in INVERTED and line.opens_sentence(place))


def _is_trailing(text: str, at: int) -> bool:
    """Whether the character at `at` may be split off after a word."""
    character, before = text[at], text[at - 1] if at else ""
    if character in MARKS:
        return not character == before == "?"  # `??` is an unknown gloss
    if character in APOSTROPHES:
        return before in MARKS
    return character in CLOSERS or character in FAMILY or character in DASHES


def _pair_up(tokens: list[_Token], line: _Line) -> None:
    """Fix in place the brackets and quotation marks that have no partner and may be letters.

    Whatever is split off has the same effect here as when it stands by itself: that is what makes
    splitting idempotent.
    """
    brackets: dict[str, list[tuple[_Token, int]]] = {opener: [] for opener in BRACKETS}
    quotes: dict[str, tuple[_Token, int] | None] = {}
    for token in tokens:
        places = (
            [*token.outside()]
            if token.is_free
            else [*range(token.lead), *range(token.trail, len(token.text))]
        )
        for at in places:
            character = token.text[at]
            if character in BRACKETS:
                token.fixed.add(at)
                brackets[character].append((token, at))
            elif character in CLOSERS:
                token.fixed.add(at)
                if brackets[CLOSERS[character]]:
                    opener, place = brackets[CLOSERS[character]].pop()
                    opener.fixed.discard(place)
                    token.fixed.discard(at)
            elif character in FAMILY and character not in line.letters:
                _pair_quote(token, at, quotes, line)


def _pair_quote(
    token: _Token, at: int, quotes: dict[str, tuple[_Token, int] | None], line: _Line
) -> None:
    character = token.text[at]
    family = FAMILY[character]
    is_open = family in quotes
    opens = not token.is_free and at == token.lead - 1
    closes = not token.is_free and at == token.trail
    if not (opens or closes) or character in (OPENING if opens else CLOSING):
        pass  # stands by itself, next to other punctuation, or faces the right way
    elif opens and is_open:
        token.fixed.add(at)
        return
    elif opens:
        if character != '"' or not line.begins_clause(token.start + at):
            token.fixed.add(at)
            quotes[family] = (token, at)
            return
    elif not is_open:
        token.fixed.add(at)
        return
    if is_open:
        partner = quotes.pop(family)
        if partner is not None:
            partner[0].fixed.discard(partner[1])
    else:
        quotes[family] = None


def _letters(line: str, *, glosses: bool, colon: bool) -> set[str]:
    """The punctuation characters that this line uses as letters: they stand inside its words."""
    letters = {
        character
        for character in set(_QUOTE_OR_INVERTED.findall(line))
        if re.search(_INSIDE.format(character), line)
    }
    if glosses:
        return letters
    for character, pattern in _AS_LETTER.items():
        known = character == ":" and colon
        start = 0
        if character == "?":  # at the start of a line it is a judgment
            word = _WORD.search(line)
            start = word.end() if word is not None else len(line)
        if character in line and not known and pattern.search(line, start):
            letters.add(character)
    if ":" in line and not colon and len(_FREE_COLON.findall(line)) > 1:
        letters.add(":")
    return letters


def _combines(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"
