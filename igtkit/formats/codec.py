r"""The interleaved line: ``gloss(form)`` for each morpheme, in both directions.

::

    house(ev)-PL(ler)-LOC(de) who(kim)

A parenthesis inside a gloss or a form is written ``\(`` or ``\)``. A backslash is written twice
where it would otherwise escape what follows it (before a parenthesis or a backslash, and at the
end), else once. So a line that holds none of the three is written as PolyGloss writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

import attrs

from igtkit.boundaries import PAPER, UNKNOWN, is_word, join_morphemes, split_morphemes, split_words
from igtkit.formats import problems

__all__ = ["Token", "read_line", "write_line"]

_JOINERS = re.escape(PAPER.joiners)
_SPECIAL = frozenset("()\\")
_ESCAPE = re.compile(r"[()]|\\(?=[()\\]|\Z)")
_ESCAPED = re.compile(r"\\([()\\])")
# Atomic, so that any text is read in linear time.
_TEXT = rf"(?>(?:[^()\\{_JOINERS}]++|\\[()\\]|\\)*)"
_MORPHEME = re.compile(rf"({_TEXT})\(({_TEXT})\)([{_JOINERS}]?)")
_ATOM = re.compile(rf"\\[()\\]|[()\\{_JOINERS}]|[^()\\{_JOINERS}]+")


@attrs.frozen
class Token:
    """A word of an interleaved line, or a dash that both lines have.

    Attributes:
        glosses: The glosses of its morphemes.
        forms: As many forms.
        boundaries: The boundary before each morpheme but the first.
    """

    glosses: tuple[str, ...]
    forms: tuple[str, ...]
    boundaries: str

    @classmethod
    def from_lines(cls, form: str, gloss: str) -> Token:
        """Return the token of a form and its gloss; the boundaries are the gloss line's.

        Example:
            >>> Token.from_lines("ev-de", "house=LOC")
            Token(glosses=('house', 'LOC'), forms=('ev', 'de'), boundaries='=')
        """
        glosses = split_morphemes(gloss)
        return cls(
            tuple(text for _, text in glosses),
            tuple(text for _, text in split_morphemes(form)),
            "".join(boundary for boundary, _ in glosses),
        )

    @cached_property
    def gloss(self) -> str:
        """The token of the gloss line."""
        return join_morphemes(tuple(zip(("", *self.boundaries), self.glosses, strict=True)))

    @cached_property
    def form(self) -> str:
        """The token of the segmentation line."""
        return self.form_with(self.boundaries)

    def form_with(self, boundaries: str) -> str:
        """The token of the segmentation line, where its boundaries are of another kind."""
        return join_morphemes(tuple(zip(("", *boundaries), self.forms, strict=True)))

    @cached_property
    def is_mark(self) -> bool:
        """Whether it is a dash, or punctuation, in both lines."""
        return not is_word(self.gloss) and not is_word(self.form)


def write_line(tokens: Sequence[Token]) -> str:
    r"""Return tokens as an interleaved line.

    Example:
        >>> write_line([Token.from_lines("ev-de", "house(N)-LOC")])
        'house\\(N\\)(ev)-LOC(de)'
    """
    return " ".join(
        "".join(
            f"{boundary}{_escape(gloss)}({_escape(form)})"
            for boundary, gloss, form in zip(
                ("", *token.boundaries), token.glosses, token.forms, strict=True
            )
        )
        for token in tokens
    )


def read_line(line: str) -> tuple[list[Token], list[str]]:
    """Return the tokens of an interleaved line, well formed or not.

    Boundaries are found first, then gloss and form of each morpheme. Parentheses that are not
    escaped, as the released checkpoints write them, are paired up from the end of the morpheme. A
    form or gloss that is not there becomes `UNKNOWN`, so that both lines stay aligned.

    Args:
        line: Any text.

    Returns:
        The tokens, and what was wrong (each problem once).

    Example:
        >>> tokens, wrong = read_line("house(ev)-LOC(d")
        >>> tokens[0].form, tokens[0].gloss, wrong
        ('ev-d', 'house-LOC', ['a parenthesis is not closed'])
    """
    tokens: list[Token] = []
    found: dict[str, None] = {}  # in the order of the line
    for text in split_words(line):
        read = _read_short if len(text) < _SHORT else _read_any
        token, wrong = read(text)
        found.update(dict.fromkeys(wrong))
        if token is not None:
            tokens.append(token)
    return tokens, list(found)


def _escape(text: str) -> str:
    return _ESCAPE.sub(r"\\\g<0>", text) if _SPECIAL.intersection(text) else text


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _read_any(text: str) -> tuple[Token | None, tuple[str, ...]]:
    found: dict[str, None] = {}
    token = _read_well_formed(text) or _read(text, found)
    if token is not None:
        token = _completed(token, found)
    return token, tuple(found)


# Words come again and again; what is longer than a word does not.
_SHORT = 100
_read_short = lru_cache(maxsize=1 << 15)(_read_any)


def _read_well_formed(text: str) -> Token | None:
    glosses: list[str] = []
    forms: list[str] = []
    boundaries = ""
    at = 0
    while match := _MORPHEME.match(text, at):
        gloss, form, boundary = match.groups()
        glosses.append(_unescape(gloss))
        forms.append(_unescape(form))
        at = match.end()
        if at == len(text) and not boundary:
            token = Token(tuple(glosses), tuple(forms), boundaries)
            return token if boundaries or gloss or form else None
        if at == len(text) or not boundary:
            return None
        boundaries += boundary
    return None


def _read(text: str, found: dict[str, None]) -> Token | None:
    """Return the best reading of a malformed token; None if nothing is in it."""
    if not is_word(text) and "(" not in text and ")" not in text:
        return Token((text,), (text,), "")
    glosses: list[str] = []
    forms: list[str] = []
    boundaries = ""
    chunks, joiners = _chunks(text)
    for boundary, chunk in zip(("", *joiners), chunks, strict=True):
        if not chunk:
            found[problems.LOOSE_BOUNDARY] = None
            continue
        gloss, form = _read_morpheme(chunk, found)
        boundaries += boundary if glosses else ""
        glosses.append(gloss)
        forms.append(form)
    if not any(glosses) and not any(forms):
        found[problems.NO_FORM] = None
        return None
    return Token(tuple(glosses), tuple(forms), boundaries)


def _completed(token: Token, found: dict[str, None]) -> Token:
    """The token with what it has none of at all filled in."""
    if not any(token.glosses) and not any(token.forms):
        return token  # a dash
    unknown = (UNKNOWN,) * len(token.forms)
    if not any(token.forms):
        found[problems.NO_FORM] = None
        token = attrs.evolve(token, forms=unknown)
    if not any(token.glosses):
        found[problems.NO_GLOSS] = None
        token = attrs.evolve(token, glosses=unknown)
    if not is_word(token.gloss) or not is_word(token.form):
        found[problems.PUNCTUATION] = None
    return token


def _chunks(token: str) -> tuple[list[list[str]], list[str]]:
    """A token's morphemes as lists of atoms, and the boundaries between them."""
    chunks: list[list[str]] = [[]]
    joiners = []
    for atom in _ATOM.findall(token):
        if atom in PAPER.joiners:
            joiners.append(atom)
            chunks.append([])
        else:
            chunks[-1].append(atom)
    return chunks, joiners


def _read_morpheme(atoms: list[str], found: dict[str, None]) -> tuple[str, str]:
    """Gloss and form; what is there although it should not be goes to the problems."""
    opened: list[int] = []
    first, start, end = -1, -1, -1  # the first "(", and the last ")" with its partner
    for at, atom in enumerate(atoms):
        if atom == "(":
            first = at if first < 0 else first
            opened.append(at)
        elif atom == ")":
            start, end = (opened.pop() if opened else -1), at
    if first < 0 and end < 0:
        found[problems.NO_FORM] = None
        return _text(atoms), UNKNOWN
    if first < 0:
        found[problems.NOT_OPENED] = None
        found[problems.NO_GLOSS] = None
        return UNKNOWN, _text(atoms[:end]) + _text(atoms[end + 1 :])
    if end < first:
        found[problems.NOT_CLOSED] = None
        return _text(atoms[:first]), _text(atoms[first + 1 :])
    if start < 0:
        found[problems.NOT_OPENED] = None
        start = first
    elif not opened and any(a in "()" for a in (*atoms[:start], *atoms[start + 1 : end])):
        found[problems.NOT_ESCAPED] = None
    if opened:
        found[problems.NOT_CLOSED] = None
        start = min(start, opened[0])
    if atoms[end + 1 :]:
        found[problems.AFTER_FORM] = None
    return _text(atoms[:start]), _text(atoms[start + 1 : end])


def _text(atoms: list[str]) -> str:
    return "".join(atom[1:] if len(atom) == 2 and atom[0] == "\\" else atom for atom in atoms)
