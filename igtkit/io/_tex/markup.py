r"""From LaTeX markup to text: `Markup.plain` for running text, `Markup.cell` for a word.

What TeX would print is kept, what it would print as layout is not. Small capitals become capitals,
which is what they stand for in glosses. See `igtkit.io._tex.macros` for the tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from igtkit.boundaries import UNKNOWN
from igtkit.errors import InputError
from igtkit.io._tex import macros as tables
from igtkit.io._tex.calls import (
    CLOSE_QUOTE,
    OPEN_QUOTE,
    PRINTED,
    RUNNING,
    WORD,
    Call,
    Mode,
    accent,
    end_of_argument,
    end_of_name,
    ipa_begins,
    ipa_macro,
    macro_name,
    options,
    shifted,
    skip_space,
)
from igtkit.io._tex.definitions import Definition
from igtkit.io._tex.scan import BREAK, COMMENT, closing_brace
from igtkit.io._tex.tipa import ipa_text

__all__ = ["CLOSE_QUOTE", "OPEN_QUOTE", "Markup"]

_TIE, _GONE = "\ue002", "\ue003"  # a space that holds together; where an unknown macro stood
_ALONE = re.compile(rf"(?:(?<=[-=~.])|(?<!.)){_GONE}+(?=[-=~.]|\Z)")
_PRIVATE = str.maketrans({OPEN_QUOTE: "‘", CLOSE_QUOTE: "’", _TIE: " "})
_SINGLE_QUOTES = re.compile(r"(?<!`)`(?!`)([^`']*(?:'\w[^`']*)*)'(?![\w'])")
_TEXT = re.compile(r"[^\\{}$%~^_]+")
_TEXT_TO_QUOTE = re.compile(r"[^\\{}$%~^_\"]+")
_SHIFT = re.compile(r"(?<!\\)[_^]")
_DEPTH = 50  # of braces in braces: chosen far above what papers have, far below Python's own limit
_EXPANSIONS = 2000  # of one example's macros: more is a loop, or meant to do harm
_GROWN = 5000  # characters that they may print beyond their arguments: the same


@attrs.define
class Markup:
    r"""Turns markup into text.

    Attributes:
        defined: What macros stand for, by name.
        unknown: The macros that are in no table.
        shorthands: What the short forms of babel stand for.
        guessed: The names of the rules by which something was guessed.
        automath: Whether ``_`` and ``^`` lower and raise outside of mathematics, too, as in gb4e.
    """

    defined: Mapping[str, Definition] = attrs.field(factory=dict)
    unknown: set[str] = attrs.field(factory=set)
    shorthands: Mapping[str, str] = attrs.field(factory=dict)
    guessed: set[str] = attrs.field(factory=set)
    automath: bool = False
    _expanded: int = attrs.field(default=0, init=False)
    _grown: int = attrs.field(default=0, init=False)

    def plain(self, tex: str) -> str:
        """Return running text, single-spaced.

        Raises:
            InputError: If the markup has no end; so for the other methods.
        """
        return " ".join(self.quoted(tex).translate(_PRIVATE).replace(_GONE, "").split())

    def quoted(self, tex: str) -> str:
        """Return running text with `OPEN_QUOTE` and `CLOSE_QUOTE` for the quotes of a macro."""
        text = self._render(tex, RUNNING).replace(_TIE, " ").replace(_GONE, "")
        return " ".join(text.split())

    def cell(self, tex: str) -> str:
        """Return a word of a glossed line; white space inside braces becomes ``_``.

        A morpheme of which nothing is left but a macro that nobody knows is ``???``.
        """
        text = _ALONE.sub(UNKNOWN, self._render(tex).replace(_TIE, " ")).replace(_GONE, "")
        return "_".join(text.split()).translate(_PRIVATE)

    def _render(self, tex: str, mode: Mode = WORD, depth: int = 0) -> str:
        if depth > _DEPTH:
            raise InputError(f"markup is nested more than {_DEPTH} deep")
        parts: list[str] = []
        capitals_from: int | None = None
        short = self.shorthands and not mode.ipa
        plain = _TEXT_TO_QUOTE if short else _TEXT
        at = 0
        while at < len(tex):
            character = tex[at]
            if match := plain.match(tex, at):
                text = match[0]
                parts.append(ipa_text(text) if mode.ipa else _ligatures(text, mode.running))
                at = match.end()
            elif character == "{":
                end = closing_brace(tex, at)
                parts.append(self._render(tex[at + 1 : end], mode, depth + 1))
                at = end + 1
            elif character == "\\":
                match = BREAK.match(tex, at)
                if match:
                    parts.append(" ")
                    at = match.end()
                    continue
                name, at = macro_name(tex, at)
                if name in tables.SMALL_CAPS_SWITCHES:
                    capitals_from = len(parts)
                    at = skip_space(tex, at)
                elif (begins := ipa_begins(name, tex, at)) is not None:
                    mode, plain, at = attrs.evolve(mode, ipa=True), _TEXT, begins
                else:
                    text, at = self._macro(name, tex, at, mode, depth)
                    parts.append(text)
            elif character == "$" or (self.automath and character in "_^"):
                text, at = self._formula(tex, at, depth)
                parts.append(text)
            elif character == "%":
                match = COMMENT.match(tex, at)
                at = match.end() if match else at + 1
            elif character == '"':
                text, at = self._short_form(tex, at)
                parts.append(text)
            else:
                parts.append(_TIE if character == "~" else "" if character == "}" else character)
                at += 1
        if capitals_from is not None:
            parts[capitals_from:] = ["".join(parts[capitals_from:]).upper()]
        return "".join(parts)

    def _formula(self, tex: str, at: int, depth: int) -> tuple[str, int]:
        """Return the text of a formula, or of what is lowered without one, and where it ends."""
        if tex[at] != "$":
            end = end_of_argument(tex, at + 1)
            return self._mathematics(tex[at:end], depth), end
        end = tex.find("$", at + 1)
        end = len(tex) if end < 0 else end
        return self._mathematics(tex[at + 1 : end], depth), end + 1

    def _short_form(self, tex: str, at: int) -> tuple[str, int]:
        """Return what a short form of babel stands for, and where it ends."""
        for length in (4, 3, 2):
            if (found := self.shorthands.get(tex[at : at + length])) is not None:
                self.guessed.add("latex-babel-shorthands")
                return found, at + length
        return '"', at + 1

    def _macro(self, name: str, tex: str, at: int, mode: Mode, depth: int) -> tuple[str, int]:
        """Return the text that the macro before `at` prints, and where its arguments end."""

        def render(argument: str, mode: Mode = mode) -> str:
            return self._render(argument, mode, depth + 1)

        call = Call(name, tex, at, mode, render)
        if call.bare in self.defined:
            return self._expand(call)
        if mode.ipa and (found := ipa_macro(call)) is not None:
            return found
        if (found := accent(call)) is not None:
            return found
        for names, printed in PRINTED:
            if call.bare in names:
                return printed(call)
        return self._unlisted(call)

    def _expand(self, call: Call) -> tuple[str, int]:
        definition = self.defined[call.bare]
        self._expanded += 1
        if self._expanded > _EXPANSIONS or self._grown + len(definition.body) > _GROWN:
            raise InputError(f"the macro \\{call.bare} expands without end")
        body, end = definition.apply(call.tex, call.at)
        self._grown += max(0, len(body) - (end - call.at))
        return call.render(body), end if end > call.at else end_of_name(call.tex, call.at)

    def _unlisted(self, call: Call) -> tuple[str, int]:
        r"""Return the argument of a macro such as ``\textit``, or the label that its name is."""
        tex = call.tex
        _, after = options(tex, call.at)
        opening = skip_space(tex, after)
        if tex[opening : opening + 1] == "{":
            end = closing_brace(tex, opening)
            inner = tex[opening + 1 : end]
            if not inner.strip():
                return self._label(call.bare), end + 1
            text = call.render(inner)
            if call.bare in tables.CAPITALS:
                return text.upper(), end + 1
            if call.bare not in tables.KEPT:
                self.unknown.add("\\" + call.bare)
            return text, end + 1
        return self._label(call.bare), end_of_name(tex, call.at)

    def _label(self, name: str) -> str:
        """Return the text of a macro without argument: a label, if it is named like one."""
        label = tables.label_of(name)
        if len(name) == 1 and not name.isascii():
            return name  # a letter of its own, such as the saltillo, given a macro
        if label is None:
            if name in tables.KEPT or name in tables.CAPITALS:
                return ""
            self.unknown.add("\\" + name)
            return name.upper() if name.istitle() or name.isupper() else _GONE
        self.guessed.add("latex-macro-named-like-a-label")
        return label

    def _mathematics(self, tex: str, depth: int) -> str:
        """Return the text between dollar signs: symbols, raised and lowered characters."""
        parts: list[str] = []
        last = 0
        for match in _SHIFT.finditer(tex):
            if match.start() < last:
                continue  # in the argument of the one before
            at = skip_space(tex, match.end())
            end = end_of_argument(tex, at)
            table = tables.SUBSCRIPTS if match[0] == "_" else tables.SUPERSCRIPTS
            inner = self._mathematics(tex[at:end], depth + 1) if depth < _DEPTH else ""
            parts += [tex[last : match.start()], shifted(inner, table)]
            last = end
        return self._render("".join([*parts, tex[last:]]), depth=depth + 1)


def _ligatures(text: str, running: bool) -> str:
    if running:
        text = _SINGLE_QUOTES.sub(r"‘\1’", text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return text.replace("`", "‘") if running else text
