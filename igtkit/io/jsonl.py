"""JSON Lines: one object a line, one key a column; holds every attribute of an entry.

The keys are those of `igtkit.corpus.columns`. Any may be missing; one that igtkit has no attribute
for is kept in `IGT.metadata`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import attrs

from igtkit._json import read_object
from igtkit.corpus.columns import from_row, json_part, to_row
from igtkit.errors import InputError
from igtkit.igt import IGT, Language
from igtkit.io._catalog import built_in
from igtkit.io._losses import empty, metadata_key
from igtkit.io._sink import Sink
from igtkit.io._source import Source

__all__ = ["FORMAT"]


def _read(source: Source) -> Iterator[IGT]:
    for number, line in source.lines():
        if not line or line.isspace():
            continue
        try:
            igt = from_row(read_object(line))
        except InputError as error:
            source.reject(str(error), line=number, expected=_EXPECTED, text=line)
            continue
        source.line = number
        yield igt


_EXPECTED = "one JSON object on each line, each key once, its texts strings or null"


def _write(items: Iterable[IGT], sink: Sink) -> None:
    stream = sink.text()
    for igt in items:
        row = to_row(igt)
        metadata = json_part(igt.metadata)
        for key in igt.metadata.keys() - metadata.keys():
            sink.lose(metadata_key(key))
        row["metadata"] = metadata or None
        for name in ("language", "metalanguage"):
            if getattr(igt, name) == Language():
                sink.lose(empty(name))
        line = json.dumps(row, ensure_ascii=False)
        try:
            line.encode(sink.encoding)
        except UnicodeEncodeError:
            line = json.dumps(row)
        stream.write(line + "\n")


FORMAT = built_in(
    "jsonl",
    read=_read,
    write=_write,
    holds=[field.name for field in attrs.fields(IGT)],
    holds_nul=True,
)
