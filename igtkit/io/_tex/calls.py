r"""What one macro prints where it stands, by the tables of `macros` and `tipa`."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence

import attrs

from igtkit._characters import put_in_form
from igtkit.io._tex import macros as tables
from igtkit.io._tex import tipa
from igtkit.io._tex.scan import KEEPS_SPACE, MACRO, arguments, closing_brace

__all__ = [
    "CLOSE_QUOTE",
    "OPEN_QUOTE",
    "PRINTED",
    "RUNNING",
    "WORD",
    "Call",
    "Mode",
    "accent",
    "end_of_argument",
    "end_of_name",
    "ipa_begins",
    "ipa_macro",
    "macro_name",
    "options",
    "shifted",
    "skip_space",
]

OPEN_QUOTE, CLOSE_QUOTE = "\ue000", "\ue001"  # the quotes of \qu{...}, so that they pair up
_OPTIONAL = re.compile(r"\s*\[((?:[^][{}]|\{[^{}]*\})*)\]")
_ALONE = {"'": "´", "`": "`", "^": "^", "~": "~"}  # accents that have nothing to stand on
_LABEL_LETTERS = 3  # raised at a word: as many letters are a label of the author's, no sound of it


@attrs.frozen
class Mode:
    """Where markup stands: in running text or in a word, and whether TIPA's font is on."""

    running: bool = False
    ipa: bool = False


WORD, RUNNING = Mode(), Mode(running=True)


@attrs.frozen
class Call:
    """A macro where it stands.

    Attributes:
        name: Its name, with the star if it has one.
        tex: The text that it stands in.
        at: Where its name ends.
        mode: Whether it stands in running text, and in TIPA's font.
        render: Gives the text of an argument.
    """

    name: str
    tex: str
    at: int
    mode: Mode
    render: Callable[..., str]

    @property
    def bare(self) -> str:
        """The name without a star."""
        return self.name.rstrip("*")


def _symbol(call: Call) -> tuple[str, int]:
    bare = call.bare
    ends = bare.isalpha() and bare not in KEEPS_SPACE
    label = bare in ("P", "S") and not call.mode.running  # no one glosses with a pilcrow
    return bare if label else tables.SYMBOLS[bare], end_of_name(call.tex, call.at, spaces=ends)


def _nothing(call: Call) -> tuple[str, int]:
    return "", end_of_name(call.tex, call.at)


def _dropped(call: Call) -> tuple[str, int]:
    _, at = options(call.tex, call.at)
    return "", arguments(call.tex, at, tables.DROPPED[call.bare])[1]


def _citation(call: Call) -> tuple[str, int]:
    notes, at = options(call.tex, call.at)
    found, at = arguments(call.tex, at, 1)
    key = ", ".join(re.split(r"\s*,\s*", found[0].strip())) if found else ""
    return f"({': '.join([key, *[call.render(note) for note in notes[-1:] if note]])})", at


def _last_argument(call: Call) -> tuple[str, int]:
    _, at = options(call.tex, call.at)
    found, at = arguments(call.tex, at, tables.LAST_OF[call.bare])
    return call.render(found[-1]) if found else "", at


def _raised_or_lowered(call: Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    table = tables.SUBSCRIPTS if "sub" in call.bare else tables.SUPERSCRIPTS
    text = call.render(found[0]) if found else ""
    if not call.mode.running and sum(map(str.isalpha, text)) >= _LABEL_LETTERS:
        return "", at
    return shifted(text, table), at


def _ipa(call: Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    return "".join(call.render(one, attrs.evolve(call.mode, ipa=True)) for one in found), at


def _tone(call: Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    return "".join(tipa.TONES.get(digit, "") for digit in "".join(found)), at


def _begin(call: Call) -> tuple[str, int]:
    """The beginning of an environment, with its options and arguments."""
    found, at = arguments(call.tex, call.at, 1)
    name = found[0].rstrip("*") if found else ""
    count = tables.ENVIRONMENTS.get(name, 0)
    _, at = options(call.tex, at)
    if count:
        _, at = arguments(call.tex, at, count)
    return "", options(call.tex, at)[1]


def _labeled_bracket(call: Call) -> tuple[str, int]:
    _, at = arguments(call.tex, call.at, 1)
    return tables.LABELED_BRACKETS[call.bare], options(call.tex, at)[1]


def _in_quotes(call: Call) -> tuple[str, int]:
    found, at = arguments(call.tex, call.at, 1)
    return OPEN_QUOTE + "".join(map(call.render, found)) + CLOSE_QUOTE, at


PRINTED: Sequence[tuple[Container[str], Callable[[Call], tuple[str, int]]]] = (
    (tables.SYMBOLS, _symbol),
    (tables.FONT_SWITCHES, _nothing),
    (("begin",), _begin),
    (tables.DROPPED, _dropped),
    (tables.CITATIONS, _citation),
    (tables.LAST_OF, _last_argument),
    (tables.SHIFTS, _raised_or_lowered),
    (("textipa",), _ipa),
    (("tone", "stone", "rtone"), _tone),
    (tables.QUOTING, _in_quotes),
    (tables.LABELED_BRACKETS, _labeled_bracket),
)
"""What macros print, by name: the first table that has the name tells."""


def accent(call: Call) -> tuple[str, int] | None:
    """Return a letter with the diacritic that a macro sets on it; None if it is no accent."""
    if call.name not in tables.ACCENTS:
        return None
    if call.name.isalpha() and _at_word_end(call.tex, call.at):
        return None
    found, end = arguments(call.tex, call.at, 1)
    letters = call.render(found[0]) if found else ""
    if not letters.strip():
        return _ALONE.get(call.name, ""), end
    return _accented(letters, tables.ACCENTS[call.name]), end


def ipa_begins(name: str, tex: str, at: int) -> int | None:
    """Where the text begins that stands in TIPA's font to the end of its group, if it does."""
    if name == "tipaencoding":
        return end_of_name(tex, at)
    if name == "begin" and tex.startswith("{IPA}", at):
        return at + len("{IPA}")
    return None


def ipa_macro(call: Call) -> tuple[str, int] | None:
    r"""Return what a macro prints that is another one inside ``\textipa``."""
    name, tex, at = call.name, call.tex, call.at
    if name in tipa.SELECTED:
        return _selected(call)
    if name == "super":
        found, at = arguments(tex, at, 1)
        return shifted("".join(map(call.render, found)), tables.SUPERSCRIPTS), at
    bare = call.bare if name[:1].isalpha() else name
    if name.endswith("*") and bare in tipa.STARRED:
        mark = tipa.STARRED[bare]
    elif tex.startswith("*", at) and bare in tipa.STARRED:
        mark, at = tipa.STARRED[bare], at + 1
    elif (stacked := tipa.STACKED.get(bare + tex[at : at + 1])) is not None:
        mark, at = stacked, at + 1
    else:
        return None
    found, at = arguments(tex, at, 1)
    return _accented("".join(map(call.render, found)), mark), at


def _selected(call: Call) -> tuple[str, int]:
    r"""What one of ``\*``, ``\;``, ``\:``, ``\!`` and ``\|`` makes of what follows."""
    table = tipa.SELECTED[call.name]
    found, at = arguments(call.tex, call.at, 1)
    sign = found[0].strip() if found else ""
    if call.name == "|" and sign in table:
        found, at = arguments(call.tex, at, 1)
        return _accented("".join(map(call.render, found)), table[sign]), at
    if sign in table:
        return table[sign], at
    roman = attrs.evolve(call.mode, ipa=False) if call.name == "*" else call.mode
    return call.render(sign, roman), at


def macro_name(tex: str, at: int) -> tuple[str, int]:
    match = MACRO.match(tex, at)
    assert match is not None
    name, end = match[1], match.end()
    if name.endswith("*") and name[:-1] in tables.SYMBOLS:  # `\ldots*` is no starred form
        return name[:-1], end - 1
    return name, end


def skip_space(tex: str, at: int) -> int:
    while at < len(tex) and tex[at].isspace():
        at += 1
    return at


def end_of_name(tex: str, at: int, *, spaces: bool = True) -> int:
    r"""Return the place after the ``{}`` or the space that ends a macro's name."""
    if tex.startswith("{}", at):
        return at + 2
    return skip_space(tex, at) if spaces else at


def end_of_argument(tex: str, at: int) -> int:
    r"""Return where what is raised or lowered ends: a group, a macro with its own, a character."""
    _, end = arguments(tex, at, 1)
    if tex[at : at + 1] == "\\":
        while tex[end : end + 1] == "{":
            end = closing_brace(tex, end) + 1
    return end


def _at_word_end(tex: str, at: int) -> bool:
    """Whether a macro that could be an accent has nothing to stand on."""
    at = skip_space(tex, at)
    return at >= len(tex) or not (tex[at] in "{\\" or tex[at].isalnum())


def options(tex: str, at: int) -> tuple[list[str], int]:
    found = []
    while match := _OPTIONAL.match(tex, at):
        found.append(match[1])
        at = match.end()
    return found, at


def _accented(text: str, mark: str) -> str:
    plain = text.lstrip()
    base = {"ı": "i", "ȷ": "j"}.get(plain[:1], plain[:1])
    return put_in_form(base + mark, "NFC") + plain[1:] if base else ""


def shifted(text: str, table: Mapping[str, str]) -> str:
    """Raised or lowered, where every character can be; an index that cannot be is left out."""
    if all(character in table for character in text):
        return "".join(table[character] for character in text)
    return "" if table is tables.SUBSCRIPTS else text
