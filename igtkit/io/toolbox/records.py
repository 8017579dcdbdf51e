"""The records of a Toolbox file: the fields of each, and of the text it belongs to."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import attrs

from igtkit.errors import FileFormatError
from igtkit.igt.text import LINES
from igtkit.io._source import Source
from igtkit.io.toolbox.fields import Field, marker_of, read_runs, text_of
from igtkit.io.toolbox.markers import guess_markers
from igtkit.io.toolbox.starts import Starts

__all__ = ["Field", "Pairs", "Record", "Records"]

_HEAD = 1 << 16  # characters at the beginning whose markers tell which is which

Pairs = list[tuple[str, str]]


@attrs.define
class Record:
    """The fields of a record, those of the text it belongs to, and the line it begins on."""

    line: int
    fields: list[Field]
    text: Pairs
    problem: str | None = None


class Records:
    """The records of a file, one after the other.

    Args:
        source: The file.
        given: Markers by part, as the user named them.

    Attributes:
        markers: The marker of each part.
        starts: Which fields begin a text, and which a record.
        heads: How many fields above the records of a text have each marker.
        without_records: For each text that has no record, its name and how many fields it has.

    Raises:
        FileFormatError: If the file is a dictionary, or no marker begins a record.
    """

    def __init__(self, source: Source, given: Mapping[str, str]) -> None:
        stream = itertools.chain.from_iterable(map(_of_texts, read_runs(source)))
        head: list[Field] = []
        size = 0
        for field in stream:
            head.append(field)
            size += len(text_of(field))
            if size > _HEAD:
                break
        seen = [*map(marker_of, head)]
        self.markers = guess_markers(seen, given)
        _check(seen, self.markers, given, source.name)
        self.starts = Starts(self.markers, head, given)
        self.heads: Counter[str] = Counter()
        self.without_records: list[tuple[str, int]] = []
        self._fields = itertools.chain(head, stream)

    def __iter__(self) -> Iterator[Record]:
        starts = self.starts
        special = starts.texts | starts.records | {starts.translation, ""}  # others change nothing
        text: Pairs = []
        record: Record | None = None
        inside: set[str] = set()  # of these those of the record, or else of the text, so far
        ended = False  # whether lines and their translation are there
        for field in self._fields:
            marker, _, line, _ = field
            if marker not in special:
                if record is not None:
                    record.fields.append(field)
                else:
                    self._add(field, text)
                continue
            if not marker:
                yield Record(line, [field], text, "text before the first marker")
                continue
            if marker in starts.texts and (record is not None or marker in inside):
                if record is not None:
                    yield record
                else:
                    self._leave(text)
                record, text, inside = None, [], set()
            elif marker in starts.records and starts.begins_record(
                marker, inside if record is not None else None, ended=ended
            ):
                if record is not None:
                    yield record
                record, inside, ended = Record(line, [], text), set(), False
            inside.add(marker)
            if record is None:
                self._add(field, text)
                continue
            record.fields.append(field)
            if marker == starts.translation and not starts.lines.isdisjoint(inside):
                ended = True
        if record is not None:
            yield record
        elif not starts.texts.isdisjoint(inside):
            self._leave(text)

    def _add(self, field: Field, text: Pairs) -> None:
        """Add a field to those above the records of a text."""
        marker, value, _, _ = field
        self.heads[marker] += 1
        if value := value.strip():
            text.append((marker, value))

    def _leave(self, text: Pairs) -> None:
        """Note a text that has no record."""
        names = [value for marker, value in text if marker in self.starts.texts]
        self.without_records.append((names[0] if names else "", len(text) - len(names)))


def _of_texts(fields: list[Field]) -> list[Field]:
    """Those that are not about the file."""
    if any(marker[:1] == "_" for marker in set(map(marker_of, fields))):
        return [field for field in fields if not marker_of(field).startswith("_")]
    return fields


def _check(
    own: Sequence[str], markers: Mapping[str, str], given: Mapping[str, str], name: str
) -> None:
    """Refuse a dictionary, and a file of which no marker would begin a record."""
    seen = dict.fromkeys(own)
    begins = {markers[role] for role in (*LINES, "record")}
    if not seen or "" in seen:
        return
    texts = begins - {markers["glosses"]}
    if not given and "lx" in seen and not texts & seen.keys():
        raise FileFormatError(
            "this is a dictionary, with an entry at each \\lx, and no texts",
            path=name,
            expected="such markers as \\ref, \\tx, \\mb, \\ge, \\ft; or name them with markers=",
        )
    if not begins & seen.keys() and seen.keys() - {markers.get("text"), markers["title"]}:
        listed = ", ".join(f"\\{marker}" for marker in list(seen)[:12])
        raise FileFormatError(
            f"no marker that begins a record; the file has {listed}",
            path=name,
            expected="such markers as \\ref, \\tx, \\mb, \\ge, \\ft; or name them with markers=",
        )
