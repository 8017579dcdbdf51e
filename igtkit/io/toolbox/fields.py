"""The fields of a Toolbox file: a marker, and what follows it until the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from igtkit.io._source import Source

__all__ = ["Field", "marker_of", "read_fields", "read_runs"]

_LINE = re.compile(r"\s*\\(\S+)(?:\s(.*))?$", re.DOTALL)


class Field(NamedTuple):
    """A marker and what follows it; `apart` where a blank line stands before."""

    marker: str
    text: str
    line: int
    apart: bool = False


marker_of = itemgetter(0)
"""Gives the marker of a field."""

_make = partial(tuple.__new__, Field)  # in half of the time that its own constructor takes


def read_fields(source: Source) -> Iterator[Field]:
    """Yield the fields as they come; the marker is empty where text stands before the first one."""
    return chain.from_iterable(read_runs(source))


def read_runs(source: Source) -> Iterator[list[Field]]:
    """Yield the same fields in lists: those that a piece of the file has."""
    fields: list[Field] = []
    more: list[str] = []  # the lines that the last of them goes on for
    apart = False
    for number, text in source.texts():
        above, *cells = ("\n" + text.removesuffix("\n")).split("\n\\")
        if above:
            apart = _add_lines(above[1:], number, fields, more, apart=apart)
            number += above.count("\n")  # noqa: PLW2901 -- of the line that comes next
        for cell in cells:
            line = cell.removesuffix("\n")  # of a blank line that follows it
            marker, _, value = line.partition(" ")
            if "\n" in line or not marker.isalnum():  # not in the usual manner
                apart = _add_lines("\\" + cell, number, fields, more, apart=apart)
                number += cell.count("\n") + 1  # noqa: PLW2901
                continue
            if more:
                _go_on(fields, more)
            fields.append(_make((marker, value, number, apart)))
            apart = line is not cell
            number += 1 + apart  # noqa: PLW2901
        yield fields[:-1]
        del fields[:-1]
    _go_on(fields, more)
    yield fields


def _add_lines(
    text: str, number: int, fields: list[Field], more: list[str], *, apart: bool
) -> bool:
    """Add the fields of some lines, of whatever kind; return whether the last one is blank.

    Args:
        text: The lines.
        number: The number of the first.
        fields: The fields so far.
        more: The lines that the last of them goes on for so far.
        apart: Whether a blank line stands before.
    """
    for at, line in enumerate(text.split("\n"), number):
        if not line or line.isspace():
            apart = True
            continue
        match = _LINE.match(line)
        if match is not None:
            _go_on(fields, more)
            fields.append(Field(match[1], match[2] or "", at, apart))
        elif fields:
            more.append(line.strip())
        elif not line.lstrip().startswith("#"):  # a comment, as scripts write them at the top
            fields.append(Field("", line, at, apart))
        apart = False
    return apart


def _go_on(fields: list[Field], more: list[str]) -> None:
    """Add to the last field the lines that follow it, which are no fields."""
    if more:
        last = fields[-1]
        fields[-1] = last._replace(text=" ".join([last.text.strip(), *more]).strip())
        more.clear()
