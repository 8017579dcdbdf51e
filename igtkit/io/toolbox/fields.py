"""The fields of a Toolbox file: a marker, and what follows it until the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from igtkit.io._source import Source

__all__ = ["Field", "read_fields"]

_LINE = re.compile(r"\s*\\(\S+)(?:\s(.*))?$", re.DOTALL)


@attrs.define
class Field:
    """A marker and what follows it; `apart` where a blank line stands before."""

    marker: str
    text: str
    line: int
    apart: bool = False


def read_fields(source: Source) -> Iterator[Field]:
    """Yield the fields as they come; the marker is empty where text stands before the first one."""
    current: Field | None = None
    more: list[str] = []  # the lines that the field goes on for
    apart = False
    for number, line in source.lines():
        if line[:1] == "\\":
            marker, _, text = line.partition(" ")
            marker = marker[1:]
        else:
            marker = ""
        if not marker.isalnum():  # not in the usual manner
            if not line or line.isspace():
                apart = True
                continue
            match = _LINE.match(line)
            marker, text = (match[1], match[2] or "") if match is not None else ("", "")
        if marker:
            if more and current is not None:
                _go_on(current, more)
            if current is not None:
                yield current
            current = Field(marker, text, number, apart)
        elif current is not None:
            more.append(line.strip())
        elif not line.lstrip().startswith("#"):  # a comment, as scripts write them at the top
            current = Field("", line, number, apart)
        apart = False
    if current is not None:
        _go_on(current, more)
        yield current


def _go_on(field: Field, more: list[str]) -> None:
    """Add to a field the lines that follow it, which are no fields."""
    if more:
        field.text = " ".join([field.text.strip(), *more]).strip()
        more.clear()
