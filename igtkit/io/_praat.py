"""Praat's text files: the tiers of a TextGrid, read and written.

What Praat reads (its manual, "TextGrid file formats") are the numbers, the texts in quotes and the
flags in angle brackets that stand free, in their order. All else is for the eye, and so is what
follows an exclamation mark on its line. So the long form, the short one and any between them are
one, and a label may hold what looks like Praat's own words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from igtkit.errors import FileFormatError

__all__ = ["Form", "GridTier", "Interval", "parse_grid", "render_grid"]

Form = Literal["long", "short"]
Interval = tuple[float, float, str]
"""Begin, end and label; both times of a point are the same."""

_TOKEN = re.compile(
    r"""
    "(?P<text>(?:[^"]|"")*)"
    | <(?P<flag>\w+)>
    | (?<!\S)(?P<number>[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?)(?!\S)
    | !.*
    | (?:(?![!"<])\S)+ | <
    | (?P<open>")
    """,
    re.VERBOSE,
)
_CHRONOLOGICAL = '"Praat chronological TextGrid text file"'
_KINDS = {"IntervalTier": 3, "TextTier": 2}
"""How many values an interval has, and a point."""


@attrs.define
class GridTier:
    """A tier: its name, and its intervals or points."""

    name: str
    intervals: list[Interval] = attrs.field(factory=list)


class _Tokens:
    """What stands free in a file, in order."""

    def __init__(self, text: str, name: str) -> None:
        self._found = _TOKEN.finditer(text)
        self._text, self._name = text, name
        self._at = 0

    def error(self, message: str, expected: str = "a TextGrid, whole") -> FileFormatError:
        line = self._text.count("\n", 0, self._at) + 1
        return FileFormatError(message, path=self._name, line=line, expected=expected)

    def next(self, kind: str, what: str) -> str:
        """The next value, which must be of a kind."""
        for match in self._found:
            self._at = match.start()
            if match.lastgroup is None:
                continue
            if match.lastgroup == kind:
                return match[kind]
            raise self.error(f"{match[0][:40]!r} where {what} should be")
        self._at = len(self._text)
        raise self.error(f"the file ends where {what} should be")

    def text(self, what: str) -> str:
        return self.next("text", what).replace('""', '"')

    def number(self, what: str) -> float:
        told = float(self.next("number", what))
        if not math.isfinite(told):
            raise self.error(f"{told} where {what} should be")
        return told

    def count(self, what: str) -> int:
        told = self.number(what)
        if told < 0 or not float(told).is_integer():
            raise self.error(f"{told} where {what} should be")
        return int(told)

    def next_number(self) -> float | None:
        """The next value, which must be a number, or None at the end."""
        for match in self._found:
            if match.lastgroup is not None:
                self._at = match.start()
                if match.lastgroup != "number":
                    raise self.error(f"{match[0][:40]!r} where a number should be")
                return float(match[0])
        return None

    def end(self) -> None:
        """Make sure that there is no more."""
        for match in self._found:
            if match.lastgroup is not None:
                self._at = match.start()
                raise self.error(f"{match[0][:40]!r} behind the last tier that the file announces")


def parse_grid(text: str, name: str) -> list[GridTier]:
    r"""The tiers of a TextGrid.

    Args:
        text: The text of the file.
        name: The file, for messages.

    Raises:
        FileFormatError: If it is no TextGrid, or not whole.

    Example:
        >>> parse_grid('"ooTextFile" "TextGrid" 0 1 <exists> 1 "TextTier" "t" 0 1 1 0.5 "a"', "a")
        [GridTier(name='t', intervals=[(0.5, 0.5, 'a')])]
    """
    tokens = _Tokens(text, name)
    if text[:200].lstrip("\ufeff").startswith(_CHRONOLOGICAL):
        return _chronological(tokens)
    if '"TextGrid"' not in text[:200]:
        raise tokens.error("no TextGrid", 'Object class = "TextGrid"')
    tokens.text("the type of the file")
    tokens.text("its class")
    for what in ("the beginning", "the end"):
        tokens.number(f"{what} of the recording")
    flag = tokens.next("flag", "<exists> or <absent>")
    tiers = [] if flag == "absent" else list(_tiers(tokens))
    tokens.end()
    return tiers


def _chronological(tokens: _Tokens) -> list[GridTier]:
    """The tiers of a file that has the labels of all in the order of time."""
    tokens.text("the type of the file")
    for what in ("the beginning", "the end"):
        tokens.number(f"{what} of the recording")
    tiers: list[tuple[int, GridTier]] = []
    for _ in range(tokens.count("the number of tiers")):
        kind = tokens.text("the kind of a tier")
        if kind not in _KINDS:
            raise tokens.error(f"a tier of the kind {kind!r}", " or ".join(_KINDS))
        tiers.append((_KINDS[kind], GridTier(tokens.text("the name of a tier"))))
        for what in ("the beginning", "the end"):
            tokens.number(f"{what} of a tier")
    while (place := tokens.next_number()) is not None:
        if not 1 <= place <= len(tiers) or place != int(place):
            raise tokens.error(f"{place} where the number of a tier should be")
        values, tier = tiers[int(place) - 1]
        begin = tokens.number("a time")
        end = tokens.number("a time") if values > 2 else begin
        tier.intervals.append((begin, end, tokens.text("a label")))
    return [tier for _, tier in tiers]


def _tiers(tokens: _Tokens) -> Iterator[GridTier]:
    for _ in range(tokens.count("the number of tiers")):
        kind = tokens.text("the kind of a tier")
        if kind not in _KINDS:
            raise tokens.error(f"a tier of the kind {kind!r}", " or ".join(_KINDS))
        tier = GridTier(tokens.text("the name of a tier"))
        for what in ("the beginning", "the end"):
            tokens.number(f"{what} of a tier")
        for _ in range(tokens.count(f"the number of intervals of {tier.name!r}")):
            begin = tokens.number("a time")
            end = tokens.number("a time") if _KINDS[kind] > 2 else begin
            tier.intervals.append((begin, end, tokens.text("a label")))
        yield tier


def render_grid(tiers: Sequence[GridTier], end: float, form: Form = "long") -> str:
    r"""The text of a TextGrid.

    Args:
        tiers: The tiers, each with its intervals in order; empty ones fill the gaps.
        end: Where the recording ends, in seconds.
        form: Which of Praat's two forms.

    Example:
        >>> text = render_grid([GridTier("tx", [(0.5, 1.0, "ev")])], 1.0, "short")
        >>> text.split()[-6:]
        ['0', '0.5', '""', '0.5', '1', '"ev"']
    """
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    is_long = form == "long"

    def add(depth: int, label: str, value: str) -> None:
        lines.append(f"{'    ' * depth}{label} {value} " if is_long else value)

    def head(depth: int, line: str) -> None:
        if is_long:
            lines.append("    " * depth + line)

    add(0, "xmin =", "0")
    add(0, "xmax =", _number(end))
    add(0, "tiers?", "<exists>")
    add(0, "size =", str(len(tiers)))
    head(0, "item []: ")
    for at, tier in enumerate(tiers, 1):
        intervals = list(_filled(tier.intervals, end))
        head(1, f"item [{at}]:")
        add(2, "class =", _quoted("IntervalTier"))
        add(2, "name =", _quoted(tier.name))
        add(2, "xmin =", "0")
        add(2, "xmax =", _number(end))
        add(2, "intervals: size =", str(len(intervals)))
        for number, (begin, until, text) in enumerate(intervals, 1):
            head(2, f"intervals [{number}]:")
            add(3, "xmin =", _number(begin))
            add(3, "xmax =", _number(until))
            add(3, "text =", _quoted(text))
    return "\n".join(lines) + "\n"


def _filled(intervals: Sequence[Interval], end: float) -> Iterator[Interval]:
    """The intervals, and empty ones between them."""
    at = 0.0
    for begin, until, text in intervals:
        if begin > at:
            yield at, begin, ""
        yield begin, until, text
        at = until
    if at < end or not intervals:
        yield at, end, ""


def _number(seconds: float) -> str:
    return repr(float(seconds)).removesuffix(".0")


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
