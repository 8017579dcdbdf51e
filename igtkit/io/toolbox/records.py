"""The records of a Toolbox file: the fields of each, and of the text it belongs to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

import attrs

from igtkit.errors import FileFormatError
from igtkit.io._source import Source
from igtkit.io.toolbox.markers import guess_markers

__all__ = ["Field", "Pairs", "Record", "read_records"]

_LINE = re.compile(r"\s*\\(\S+)(?:\s(.*))?$", re.DOTALL)
_HEAD = 1 << 16  # characters at the beginning whose markers tell which is which

Pairs = list[tuple[str, str]]


@attrs.define
class Field:
    """A marker and what follows it; `apart` where a blank line stands before."""

    marker: str
    text: str
    line: int
    apart: bool = False


@attrs.define
class Record:
    """The fields of a record, those of the text it belongs to, and the line it begins on."""

    line: int
    fields: list[Field]
    text: Pairs
    problem: str | None = None


def _fields(source: Source) -> Iterator[Field]:
    """The fields as they come; the marker is empty where text stands before the first one."""
    current: Field | None = None
    apart = False
    for number, line in source.lines():
        if not line.strip():
            apart = True
            continue
        match = _LINE.match(line)
        if match is not None:
            if current is not None:
                yield current
            current = Field(match[1], match[2] or "", number, apart)
        elif current is None and line.lstrip().startswith("#"):
            continue  # a comment, as scripts write them at the top
        elif current is None:
            current = Field("", line, number, apart)
        else:
            current.text = f"{current.text.rstrip()} {line.strip()}".strip()
        apart = False
    if current is not None:
        yield current


def _with_markers(
    source: Source, given: Mapping[str, str]
) -> tuple[dict[str, str], list[str], Iterator[Field]]:
    """The markers, guessed from the beginning of the file; that beginning's own; all fields."""
    stream = _fields(source)
    head: list[Field] = []
    size = 0
    for field in stream:
        head.append(field)
        size += len(field.text)
        if size > _HEAD:
            break
    seen = [field.marker for field in head]
    return guess_markers(seen, given), seen, itertools.chain(head, stream)


def read_records(
    source: Source, given: Mapping[str, str]
) -> Iterator[tuple[Record, dict[str, str]]]:
    """Yield each record, with the marker of each part."""
    markers, seen, fields = _with_markers(source, given)
    _check(seen, markers, given, source.name)
    starts = _Starts(markers, seen)
    text: Pairs = []
    record: Record | None = None
    header = True  # whether the fields belong to a text, until its first record begins
    for field in fields:
        if field.marker.startswith("_"):
            continue  # about the file
        if field.marker in starts.texts:
            if record is not None:
                yield record, markers
                record = None
            if not header:
                text = []
            header = True
        elif starts.record(field, record):
            if record is not None:
                yield record, markers
            record, header = Record(field.line, [], text), False
        if not field.marker:
            record, header = (
                Record(field.line, [field], text, "text before the first marker"),
                False,
            )
        elif record is None:
            if value := field.text.strip():
                text = [*text, (field.marker, value)]
        elif not record.problem:
            record.fields.append(field)
        else:
            yield record, markers
            record, header = Record(field.line, [field], text), False
    if record is not None:
        yield record, markers


def _check(
    seen: Sequence[str], markers: Mapping[str, str], given: Mapping[str, str], name: str
) -> None:
    """Refuse a dictionary, and a file of which no marker would begin a record."""
    own = [marker for marker in dict.fromkeys(seen) if marker and not marker.startswith("_")]
    lines = {markers[role] for role in ("transcription", "segmentation", "glosses")}
    begins = lines | {markers["record"]}
    if not own or "" in seen:
        return
    texts = begins - {markers["glosses"]}
    if not given and "lx" in own and not texts & set(own):
        raise FileFormatError(
            "this is a dictionary, with an entry at each \\lx, and no texts",
            path=name,
            expected="such markers as \\ref, \\tx, \\mb, \\ge, \\ft; or name them with markers=",
        )
    if not begins & set(own) and set(own) - {markers.get("text"), markers["title"]}:
        listed = ", ".join(f"\\{marker}" for marker in own[:12])
        raise FileFormatError(
            f"no marker that begins a record; the file has {listed}",
            path=name,
            expected="such markers as \\ref, \\tx, \\mb, \\ge, \\ft; or name them with markers=",
        )


class _Starts:
    """Which fields begin a text, and which a record."""

    def __init__(self, markers: Mapping[str, str], seen: list[str]) -> None:
        content = [marker for marker in seen if not marker.startswith("_")]
        self._markers = markers
        self._numbered = markers["record"] in seen
        self._translated = markers["translation"] in seen
        self._lines = {markers[role] for role in ("transcription", "segmentation", "glosses")}
        self.texts = {markers["text"]} if "text" in markers else set()
        first = content[:1]
        known = {*self._lines, markers["record"], markers["translation"], markers["pos"]}
        if self.texts & set(seen) and first and first[0] and first[0] not in known:
            self.texts.add(first[0])

    def record(self, field: Field, record: Record | None) -> bool:
        """Whether a field begins a record."""
        if field.marker not in self._lines:
            return field.marker == self._markers["record"]
        if record is None:
            return True
        if self._numbered:
            return False
        there = {other.marker for other in record.fields}
        if self._translated:
            return self._markers["translation"] in there
        return field.marker in there
