"""What stands below the glosses in plain text: the translation, its source, remarks on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from igtkit.boundaries import is_word, split_words
from igtkit.io._quotes import QUOTES, REMARK, unquote
from igtkit.io._text.layout import are_glossed

__all__ = ["Free", "find_free"]

_BRACKET = re.compile(r"[(\[](?:[^()\[\]]|[(\[][^()\[\]]*[)\]])*[)\]]\.?")
_INTENDED = re.compile(
    r"\(?(?:intended|attempted|int\.|meaning)(?: \w+){0,2}[:.]?\s*", re.IGNORECASE
)
_SOURCE_LIKE = re.compile(r"[(\[]\s*(?:[*?#%]+\s*[‘'“\"]|[=≈])")
_ABOVE, _BELOW, _REMARKS = 60, 30, 50
"""Lines above a translation, lines of it and below it, and remarks: no example has more."""
_LETTERS = frozenset("'’ʼ`´")
"""Quotes that are apostrophes as well, and glottal stops."""


@attrs.frozen
class Free:
    """A translation and what follows it.

    Attributes:
        lines: How many lines of the example it takes.
        translation: The text in the quotes.
        citation: Where the example is from, with its brackets.
        notes: Remarks.
    """

    lines: int
    translation: str
    citation: str | None = None
    notes: tuple[str, ...] = ()


def find_free(lines: Sequence[str], first: int = 0) -> tuple[int, Free] | None:
    """Return where the translation begins, and what it says; None if nothing stands in quotes.

    Args:
        lines: The lines of one example or several.
        first: Where the example begins.
    """
    shown = lines[first : first + _ABOVE + _BELOW]
    begun: dict[int, Free | None] = {}
    for start in range(1, min(len(shown), _ABOVE)):
        free = _begun(shown, start, begun)
        if free is None:
            continue
        later = [
            at
            for at in range(start + 1, start + free.lines)
            if _begun(shown, at, begun) is not None
        ]
        if not _is_text(shown, start, free, later):
            if start > 2 and REMARK.match(shown[start - 1].strip()):
                note = " ".join(shown[start - 1].split())
                return first + start - 1, attrs.evolve(
                    free, lines=free.lines + 1, notes=(note, *free.notes)
                )
            return first + start, free
    return None


def _begun(lines: Sequence[str], start: int, known: dict[int, Free | None]) -> Free | None:
    """The translation that begins at a line, if one does."""
    if start in known:
        return known[start]
    known[start] = None
    text = lines[start].strip()
    note = _INTENDED.match(text)
    below = lines[start : start + _BELOW]
    if note is not None and text[note.end() : note.end() + 1] in QUOTES:
        known[start] = _read(below, text[note.end() :], note[0].strip())
    elif text[:1] in QUOTES or text[:2] in (",,", "<<"):
        known[start] = _read(below, text, "")
    return known[start]


def _is_text(lines: Sequence[str], start: int, free: Free, later: Sequence[int]) -> bool:
    """Whether a line more likely is text or glosses that begin with a quote, or an apostrophe.

    So is one that another line in quotes follows with as many words, or that would end within one.
    """
    over = free.translation.count("\n")
    if any(at <= start + over for at in later):
        return True
    above, line, *below = (_words(each) for each in lines[start - 1 : start + 2])
    quoted_above = lines[start - 1].strip()[:1] in QUOTES
    glossed_above = start > 1 and not quoted_above and are_glossed(*lines[start - 2 : start])
    if later and above == line and (quoted_above or below == [line]) and not glossed_above:
        return True
    if lines[start].strip()[0] not in _LETTERS or not over or glossed_above:
        return False
    counts = [_words(line) for line in lines[max(0, start - 2) : start]]
    return (
        len(counts) < 2
        or counts[0] != counts[1]
        or _words(lines[start]) == _words(lines[start + 1])
    )


def _words(line: str) -> int:
    """How many words a line has, or columns that tabs set apart."""
    columns = [column for column in line.split("\t") if column.strip()]
    return len(columns) if len(columns) > 1 else sum(map(is_word, split_words(line)))


def _read(lines: Sequence[str], first: str, intended: str) -> Free | None:
    """Read the translation that begins the lines, and remarks after it."""
    text = "\n".join([first, *(line.strip() for line in lines[1:])])
    found = unquote(text)
    if found is None:
        return None
    translation, rest = found
    if intended.startswith("(") and rest.startswith(")"):
        intended, rest = intended[1:], rest[1:].lstrip()
    citations: list[str] = []
    notes = [intended] if intended else []
    while rest:
        bracket = _BRACKET.match(rest)
        if len(notes) + len(citations) >= _REMARKS:
            part = rest.partition("\n")[0]
            notes.append(part)
        elif bracket is not None:
            part = bracket[0]
            remark = REMARK.match(part) or _SOURCE_LIKE.match(part)
            (notes if remark or citations else citations).append(part)
        elif REMARK.match(rest) or (rest[0] in QUOTES and unquote(rest) is not None):
            part = _remark(rest)
            notes.append(" ".join(part.split()))
        elif text.endswith(rest) and rest in ".,;!?":
            part = rest
        else:
            break
        rest = rest[len(part) :].lstrip(" \t").removeprefix("\n").lstrip()
    used = len(lines) - (rest.count("\n") + 1 if rest else 0)
    if rest and not _begins_a_line(rest, lines):
        return None
    return Free(used, translation, " ".join(citations) or None, tuple(notes))


def _remark(text: str) -> str:
    """The remark that begins a text: to the end of its line, or of its quotes."""
    at = next((at for at, character in enumerate(text) if character in QUOTES), len(text))
    end = text.find("\n")
    end = len(text) if end < 0 else end
    if at < end and (found := unquote(text[at:])) is not None:
        after = text[: len(text) - len(found[1])] if found[1] else text
        if after.count("\n") or not found[1]:
            return after.rstrip()
    return text[:end]


def _begins_a_line(rest: str, lines: Sequence[str]) -> bool:
    """Whether what is left is whole lines: the next example, or a line of text."""
    return rest.partition("\n")[0] in {line.strip() for line in lines[1:]}
