"""Characters that look like the mark of a boundary, and characters that nobody sees.

Word processors and typesetters write ``‑`` for ``-``, ``꞊`` for ``=``, ``∼`` for ``~`` and ``⟨⟩``
for ``<>``, and leave characters behind that have no width. To a program these are letters.
"""

from __future__ import annotations

import re
import unicodedata

from igtkit.boundaries import AFFIX, CLITIC, REDUPLICATION

__all__ = [
    "describe",
    "find_invisible",
    "find_lookalikes",
    "mend_lookalikes",
    "remove_invisible",
    "without_lookalikes",
]

_HYPHENS = "\u2010\u2011"  # never a dash, so they count at the edge of a word too
_DASHES = "\u00ad\u2012\u2013\u2212\ufe63\uff0d"  # only inside a word; not in `1914–1918`
_JOINERS = {"\ua78a": CLITIC, "\uff1d": CLITIC, "\u223c": REDUPLICATION}
_BRACKETS = (("⟨", "⟩"), ("‹", "›"), ("〈", "〉"))  # quotation marks where they enclose words
_LETTER = r"[\w\u0300-\u036f]"
_EDGED = re.compile(
    rf"(?<=\S)[{_HYPHENS}{''.join(_JOINERS)}]|[{_HYPHENS}{''.join(_JOINERS)}](?=\S)"
)
_INNER = re.compile(rf"(?<=\S)[{_DASHES}](?=\S)(?!(?<=\d.)\d)")
_ENCLOSED = f"[^\\s{''.join(map(''.join, _BRACKETS))}]+"  # no bracket within brackets
_INFIX = re.compile(
    "|".join(
        rf"(?<={_LETTER}){left}{_ENCLOSED}{right}|{left}{_ENCLOSED}{right}(?={_LETTER})"
        for left, right in _BRACKETS
    )
)
_SUSPECT = re.compile(f"[{_HYPHENS}{_DASHES}{''.join(_JOINERS)}{''.join(a for a, _ in _BRACKETS)}]")
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def mend_lookalikes(line: str) -> str:
    """Write the look-alikes of boundary marks as the marks they stand for.

    A dash between spaces, or between digits, stays. A soft hyphen (U+00AD) inside a word is one.

    Example:
        >>> mend_lookalikes("ev‑ler – je꞊te꞊aime s⟨um⟩u∼sulat")
        'ev-ler – je=te=aime s<um>u~sulat'
    """
    if not _SUSPECT.search(line):  # most lines
        return line
    line = _EDGED.sub(lambda match: _JOINERS.get(match[0], AFFIX), line)
    return _INFIX.sub(lambda match: f"<{match[0][1:-1]}>", _INNER.sub(AFFIX, line))


def find_lookalikes(line: str) -> tuple[str, ...]:
    """The distinct characters of a line that stand where a boundary mark should.

    Example:
        >>> find_lookalikes("ev‑ler 1914–1918 – kim"), find_lookalikes("s⟨um⟩ulat")
        (('‑',), ('⟨', '⟩'))
    """
    mended = mend_lookalikes(line)
    if mended == line:
        return ()
    pairs = zip(line, mended, strict=True)  # it is mended character by character
    return tuple(dict.fromkeys(old for old, new in pairs if old != new))


def find_invisible(line: str) -> tuple[str, ...]:
    """The distinct characters of a line that have no width: direction marks, soft hyphens, ...

    The two joiners U+200C and U+200D are not among them; scripts are spelled with these.

    Example:
        >>> [describe(character) for character in find_invisible("e\u200bv")]
        ['U+200B ZERO WIDTH SPACE']
    """
    return () if line.isascii() else tuple(dict.fromkeys(_INVISIBLE.findall(line)))


def remove_invisible(line: str) -> str:
    """A line without the characters that `find_invisible` finds."""
    return line if line.isascii() else _INVISIBLE.sub("", line)


def without_lookalikes(line: str) -> str:
    """A line as it looks: boundary marks for their look-alikes, and nothing invisible."""
    return remove_invisible(mend_lookalikes(line))


def describe(character: str) -> str:
    """A character with its number and name, so that a person can search for it.

    Example:
        >>> describe("‑")
        '‑ (U+2011 NON-BREAKING HYPHEN)'
    """
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return name if _INVISIBLE.match(character) else f"{character} ({name})"
