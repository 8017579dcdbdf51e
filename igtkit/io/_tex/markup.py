r"""From LaTeX markup to text: `Markup.plain` for running text, `Markup.cell` for a word.

What TeX would print is kept, what it would print as layout is not. Small capitals become capitals,
which is what they stand for in glosses. See `igtkit.io._tex.macros` for the tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Mapping, Sequence

import attrs

from igtkit.errors import InputError
from igtkit.io._tex import macros as tables
from igtkit.io._tex.definitions import Definition
from igtkit.io._tex.scan import BREAK, COMMENT, KEEPS_SPACE, MACRO, arguments, closing_brace

__all__ = [
    "CLOSE_QUOTE",
    "OPEN_QUOTE",
    "Markup",
]

OPEN_QUOTE, CLOSE_QUOTE = "\ue000", "\ue001"  # the quotes of \qu{...}, so that they pair up
_TIE = "\ue002"
_PRIVATE = str.maketrans({OPEN_QUOTE: "‘", CLOSE_QUOTE: "’", _TIE: " "})
_OPTIONAL = re.compile(r"\s*\[((?:[^][{}]|\{[^{}]*\})*)\]")
_TIPA_PIECE = re.compile(r"\\[a-zA-Z]+|\\?.", re.DOTALL)
_SINGLE_QUOTES = re.compile(r"(?<!`)`(?!`)([^`']*(?:'\w[^`']*)*)'(?![\w'])")
_TEXT = re.compile(r"[^\\{}$%~^_]+")
_SHIFT = re.compile(r"([_^])\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+|.))")
_DEPTH = 50  # of braces in braces: chosen far above what papers have, far below Python's own limit
_EXPANSIONS = 2000  # of one example's macros: more is a loop, or meant to do harm
_LABEL_LETTERS = 3  # raised at a word: as many letters are a label of the author's, no sound of it


@attrs.define
class Markup:
    r"""Turns markup into text.

    Attributes:
        defined: What macros stand for, by name.
        unknown: The macros that are in no table and were left out.
    """

    defined: Mapping[str, Definition] = attrs.field(factory=dict)
    unknown: set[str] = attrs.field(factory=set)
    _expanded: int = attrs.field(default=0, init=False)

    def plain(self, tex: str) -> str:
        """Return running text, single-spaced.

        Raises:
            InputError: If the markup has no end; so for the other methods.
        """
        return " ".join(self.quoted(tex).translate(_PRIVATE).split())

    def quoted(self, tex: str) -> str:
        """Return running text with `OPEN_QUOTE` and `CLOSE_QUOTE` for the quotes of a macro."""
        return " ".join(self._render(tex, running=True).replace(_TIE, " ").split())

    def cell(self, tex: str) -> str:
        """Return a word of a glossed line; white space inside braces becomes ``_``."""
        return "_".join(self._render(tex).replace(_TIE, " ").split()).translate(_PRIVATE)

    def _render(self, tex: str, *, running: bool = False, depth: int = 0) -> str:
        if depth > _DEPTH:
            raise InputError(f"markup is nested more than {_DEPTH} deep")
        parts: list[str] = []
        capitals_from: int | None = None
        at = 0
        while at < len(tex):
            character = tex[at]
            if match := _TEXT.match(tex, at):
                parts.append(_ligatures(match[0], running=running))
                at = match.end()
            elif character == "{":
                end = closing_brace(tex, at)
                parts.append(self._render(tex[at + 1 : end], running=running, depth=depth + 1))
                at = end + 1
            elif character == "\\":
                match = BREAK.match(tex, at)
                if match:
                    parts.append(" ")
                    at = match.end()
                    continue
                name, at = _name(tex, at)
                if name in tables.SMALL_CAPS_SWITCHES:
                    capitals_from = len(parts)
                    at = _skip_space(tex, at)
                    continue
                text, at = self._macro(name, tex, at, running=running, depth=depth)
                parts.append(text)
            elif character == "$":
                end = tex.find("$", at + 1)
                end = len(tex) if end < 0 else end
                parts.append(self._mathematics(tex[at + 1 : end], depth))
                at = end + 1
            elif character == "%":
                match = COMMENT.match(tex, at)
                at = match.end() if match else at + 1
            else:
                parts.append(_TIE if character == "~" else "" if character == "}" else character)
                at += 1
        if capitals_from is not None:
            parts[capitals_from:] = ["".join(parts[capitals_from:]).upper()]
        return "".join(parts)

    def _macro(self, name: str, tex: str, at: int, *, running: bool, depth: int) -> tuple[str, int]:
        """Return the text that the macro before `at` prints, and where its arguments end."""

        def render(argument: str) -> str:
            return self._render(argument, running=running, depth=depth + 1)

        call = _Call(name, tex, at, running, render)
        if call.bare in self.defined:
            return self._expand(call)
        if name in tables.ACCENTS and not (name.isalpha() and _at_word_end(tex, at)):
            found, end = arguments(tex, at, 1)
            return _accented(call.render(found[0]) if found else "", tables.ACCENTS[name]), end
        for names, printed in _PRINTED:
            if call.bare in names:
                return printed(call)
        return self._unlisted(call)

    def _expand(self, call: _Call) -> tuple[str, int]:
        self._expanded += 1
        if self._expanded > _EXPANSIONS:
            raise InputError(f"the macro \\{call.bare} expands without end")
        body, end = self.defined[call.bare].apply(call.tex, call.at)
        return call.render(body), end if end > call.at else _end_of_name(call.tex, call.at)

    def _unlisted(self, call: _Call) -> tuple[str, int]:
        r"""Return the argument of a macro such as ``\textit``, or the label that its name is."""
        tex = call.tex
        _, after = _optional(tex, call.at)
        opening = _skip_space(tex, after)
        if tex[opening : opening + 1] == "{":
            end = closing_brace(tex, opening)
            inner = tex[opening + 1 : end]
            if not inner.strip():
                return self._label(call.bare), end + 1
            text = call.render(inner)
            return text.upper() if call.bare in tables.CAPITALS else text, end + 1
        return self._label(call.bare), _end_of_name(tex, call.at)

    def _label(self, name: str) -> str:
        """Return the text of a macro without argument: a label, if it is named like one."""
        label = tables.label_of(name)
        if len(name) == 1 and not name.isascii():
            return name  # a letter of its own, such as the saltillo, given a macro
        if label is None:
            self.unknown.add("\\" + name)
            return name.upper() if name.istitle() or name.isupper() else ""
        return label

    def _mathematics(self, tex: str, depth: int) -> str:
        """Return the text between dollar signs: symbols, raised and lowered characters."""

        def shift(match: re.Match[str]) -> str:
            table = tables.SUBSCRIPTS if match[1] == "_" else tables.SUPERSCRIPTS
            inner = self._render(match[2] or match[3] or "", depth=depth + 1)
            return _shifted(inner, table)

        shifted = _SHIFT.sub(shift, tex)
        return self._render(shifted, depth=depth + 1)


@attrs.frozen
class _Call:
    """A macro where it stands.

    Attributes:
        name: Its name, with the star if it has one.
        tex: The text that it stands in.
        at: Where its name ends.
        running: Whether it stands in running text.
        render: Gives the text of an argument.
    """

    name: str
    tex: str
    at: int
    running: bool
    render: Callable[[str], str]

    @property
    def bare(self) -> str:
        """The name without a star."""
        return self.name.rstrip("*")


def _symbol(call: _Call) -> tuple[str, int]:
    bare = call.bare
    ends = bare.isalpha() and bare not in KEEPS_SPACE
    label = bare in ("P", "S") and not call.running  # no one glosses with a pilcrow
    return bare if label else tables.SYMBOLS[bare], _end_of_name(call.tex, call.at, spaces=ends)


def _nothing(call: _Call) -> tuple[str, int]:
    return "", _end_of_name(call.tex, call.at)


def _dropped(call: _Call) -> tuple[str, int]:
    _, at = _optional(call.tex, call.at)
    return "", arguments(call.tex, at, tables.DROPPED[call.bare])[1]


def _citation(call: _Call) -> tuple[str, int]:
    notes, at = _optional(call.tex, call.at)
    found, at = arguments(call.tex, at, 1)
    key = ", ".join(re.split(r"\s*,\s*", found[0].strip())) if found else ""
    return f"({': '.join([key, *[call.render(note) for note in notes[-1:] if note]])})", at


def _last_argument(call: _Call) -> tuple[str, int]:
    _, at = _optional(call.tex, call.at)
    found, at = arguments(call.tex, at, tables.LAST_OF[call.bare])
    return call.render(found[-1]) if found else "", at


def _raised_or_lowered(call: _Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    table = tables.SUBSCRIPTS if "sub" in call.bare else tables.SUPERSCRIPTS
    text = call.render(found[0]) if found else ""
    if not call.running and sum(map(str.isalpha, text)) >= _LABEL_LETTERS:
        return "", at
    return _shifted(text, table), at


def _ipa(call: _Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    return "".join(map(_tipa, _TIPA_PIECE.findall("".join(found)))), at


def _in_quotes(call: _Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    return OPEN_QUOTE + "".join(map(call.render, found)) + CLOSE_QUOTE, at


_PRINTED: Sequence[tuple[Container[str], Callable[[_Call], tuple[str, int]]]] = (
    (tables.SYMBOLS, _symbol),
    (tables.FONT_SWITCHES, _nothing),
    (tables.DROPPED, _dropped),
    (tables.CITATIONS, _citation),
    (tables.LAST_OF, _last_argument),
    (tables.SHIFTS, _raised_or_lowered),
    (("textipa",), _ipa),
    (tables.QUOTING, _in_quotes),
)
"""What macros print, by name: the first table that has the name tells."""


def _name(tex: str, at: int) -> tuple[str, int]:
    match = MACRO.match(tex, at)
    assert match is not None
    name, end = match[1], match.end()
    if name.endswith("*") and name[:-1] in tables.SYMBOLS:  # `\ldots*` is no starred form
        return name[:-1], end - 1
    return name, end


def _skip_space(tex: str, at: int) -> int:
    while at < len(tex) and tex[at].isspace():
        at += 1
    return at


def _end_of_name(tex: str, at: int, *, spaces: bool = True) -> int:
    r"""Return the place after the ``{}`` or the space that ends a macro's name."""
    if tex.startswith("{}", at):
        return at + 2
    return _skip_space(tex, at) if spaces else at


def _at_word_end(tex: str, at: int) -> bool:
    """Whether a macro that could be an accent has nothing to stand on."""
    at = _skip_space(tex, at)
    return at >= len(tex) or not (tex[at] in "{\\" or tex[at].isalnum())


def _optional(tex: str, at: int) -> tuple[list[str], int]:
    found = []
    while match := _OPTIONAL.match(tex, at):
        found.append(match[1])
        at = match.end()
    return found, at


def _ligatures(text: str, *, running: bool) -> str:
    if running:
        text = _SINGLE_QUOTES.sub(r"‘\1’", text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return text.replace("`", "‘") if running else text


def _accented(text: str, mark: str) -> str:
    plain = text.lstrip()
    base = {"ı": "i", "ȷ": "j"}.get(plain[:1], plain[:1])
    return unicodedata.normalize("NFC", base + mark) + plain[1:] if base else ""


def _shifted(text: str, table: Mapping[str, str]) -> str:
    """Raised or lowered, where every character can be; an index that cannot be is left out."""
    if all(character in table for character in text):
        return "".join(table[character] for character in text)
    return "" if table is tables.SUBSCRIPTS else text


def _tipa(piece: str) -> str:
    if piece.startswith("\\"):
        return tables.SYMBOLS.get(piece[1:], "" if len(piece) > 2 else piece[1:])
    return tables.TIPA_LETTERS.get(piece, piece.strip("{}"))
