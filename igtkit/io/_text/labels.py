"""Numbers and letters of examples in plain text, and where one example ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

__all__ = ["Label", "Numbered", "numbered", "take_label", "without_mail_quotes"]

_PRIME = r"['’′]*"
_ROMAN = r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
_NUMBER = rf"\d+(?:[.–-]\d+)*{_PRIME}"
_LABEL = re.compile(
    rf"\s*(?:\((?P<n1>{_NUMBER})[ ]?(?P<a1>[a-z]?)(?P<p1>{_PRIME})\.?\)"
    rf"|\[(?P<n2>{_NUMBER})[ ]?(?P<a2>[a-z]?)(?P<p2>{_PRIME})\]"
    rf"|(?P<n3>{_NUMBER})(?P<a3>[a-z]?)(?P<p3>{_PRIME})[.)]"
    rf"|\((?P<r1>{_ROMAN}){_PRIME}\)|(?P<r2>(?=[ivx]{{2}}){_ROMAN})[.)]"
    r"|(?=\(?[a-z]['’′]*[.)]))"
    rf"(?:\s*\(?(?P<letter>[a-z])(?P<prime>{_PRIME})[.)])?(?=\s|$)"
)
_MAIL = re.compile(r"\s*>(?: ?>)* ?")


@attrs.frozen
class Label:
    """The number of an example and the letter of its part, with their primes; one may be empty."""

    number: str = ""
    letter: str = ""

    def __str__(self) -> str:
        return self.number + self.letter

    def follows(self, other: Label) -> bool:
        """Whether it is the label that comes next: ``b`` after ``a``, ``(4)`` after ``(3)``."""
        if not self.number or self.number == other.number:
            mine, before = self.letter.rstrip("'’′"), other.letter.rstrip("'’′")
            if not before:
                return mine == "a" and not other.letter
            return mine == chr(ord(before) + 1) or (mine == before and self.letter > other.letter)
        mine, before = self.number.rstrip("'’′"), other.number.rstrip("'’′")
        if mine == before:
            return len(self.number) > len(other.number)  # (5') after (5)
        if mine in _ROMANS and before in _ROMANS:
            return _ROMANS.index(mine) == _ROMANS.index(before) + 1
        head, _, last = mine.rpartition(".")
        head_before, _, last_before = before.rpartition(".")
        is_number = (
            last.isdecimal()
            and last_before.isdecimal()
            and max(len(last), len(last_before)) < _MOST_DIGITS
        )
        return head == head_before and is_number and int(last) == int(last_before) + 1


_MOST_DIGITS = 10  # no example has a longer number

_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()  # noqa: SIM905


@attrs.frozen
class Numbered:
    """The lines of one example, without its label.

    Attributes:
        first: The place of its first line in the block.
        lines: The lines.
        label: Its label, or None.
        lead: What stands above the first of several parts, ``(3) Turkish``, for each of them.
    """

    first: int
    lines: tuple[str, ...]
    label: Label | None = None
    lead: str = ""


def take_label(line: str) -> tuple[Label | None, str]:
    """The label that begins a line, and the rest of the line.

    Example:
        >>> take_label("(5') ev-ler"), take_label("3.SG ev")
        ((Label(number="5'", letter=''), ' ev-ler'), (None, '3.SG ev'))
    """
    match = _LABEL.match(line)
    if match is None or not match[0].strip():
        return None, line
    number = next((match[name] for name in ("n1", "n2", "n3", "r1", "r2") if match[name]), "")
    letter = "".join(match[name] or "" for name in ("a1", "p1", "a2", "p2", "a3", "p3"))
    if match["letter"]:
        letter = match["letter"] + (match["prime"] or "")
    elif letter and not letter[0].isalpha():
        number, letter = number + letter, ""
    return Label(number, letter), line[match.end() :]


def without_mail_quotes(block: Sequence[str]) -> list[str] | None:
    """The lines without the ``>`` of a quoted mail; None if no two lines in a row begin with it."""
    marked = [line.lstrip().startswith(">") for line in block]
    if not any(map(all, pairwise(marked))) and not all(marked):
        return None
    return [
        _MAIL.sub("", line, count=1) if mark else line
        for line, mark in zip(block, marked, strict=True)
    ]


def numbered(block: Sequence[str]) -> Iterator[Numbered]:
    """Divide lines without a blank one between them at each label that comes next."""
    first, lead = 0, ""
    label, rest = take_label(block[0])
    lines = [rest] if rest.strip() or label is None else []
    for at, line in enumerate(block[1:], 1):
        new, rest = take_label(line)
        if new is None or label is None or not new.follows(label) or _is_alone(new, block, at):
            lines.append(line)
            continue
        if new.number != label.number and new.number:
            yield Numbered(first, tuple(lines), label, lead)
            lead = ""
        elif not label.letter:  # (3) Turkish / a. …
            lead = " ".join(line.strip() for line in lines)
            if len(lines) > 1:
                lines.append(line)  # more than a heading: no part begins here
                lead = ""
                continue
        else:
            yield Numbered(first, tuple(lines), label, lead)
        label = Label(new.number or label.number, new.letter)
        first, lines = at, [rest] if rest.strip() else []
    yield Numbered(first, tuple(lines), label, lead)


def _is_alone(label: Label, block: Sequence[str], at: int) -> bool:
    """Whether a label has no line but its own: a translation, more likely, than an example."""
    if at + 1 == len(block):
        return True
    after, _ = take_label(block[at + 1])
    return after is not None and after.follows(label)
