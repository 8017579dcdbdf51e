"""JSON Lines: one object a line, one key a column; holds every attribute of an entry.

The keys are those of `igtkit.corpus.columns`, or those of the GlossLM corpus, which is told by its
``is_segmented``. Any may be missing; one that igtkit has no attribute for is kept in
`IGT.metadata`, and ``columns=`` says what a file of your own calls them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import attrs

from igtkit._json import read_object
from igtkit.corpus.columns import from_row, json_part, to_row
from igtkit.corpus.glosslm import from_any_row, is_glosslm
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.language import is_no_language
from igtkit.igt.text import LINES
from igtkit.io._catalog import built_in
from igtkit.io._losses import empty, metadata_key
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tables import read_rows

__all__ = ["FORMAT"]


_AHEAD = 1000  # objects that are looked at before a file without any line is refused


class _Object(dict[str, Any]):
    """An object of a line, and the line as it stands."""

    text = ""


def _read(source: Source, *, columns: Mapping[str, str] | None = None) -> Iterator[IGT]:
    rows = _objects(source)
    first: list[tuple[int, _Object]] = []
    wanted = {*LINES, *(columns or {}).values()}
    for numbered in islice(rows, _AHEAD):
        first.append(numbered)
        if any(name in wanted or name.strip().lower() in LINES for name in numbered[1]):
            break
    if not first:
        return iter(())
    header = [*dict.fromkeys(name for _, row in first for name in row)]
    return read_rows(source, header, chain(first, rows), columns, parse=_entry, expected=_EXPECTED)


def _entry(row: Mapping[str, Any]) -> IGT:
    return from_any_row(row) if is_glosslm(row) else from_row(row)


def _objects(source: Source) -> Iterator[tuple[int, _Object]]:
    for number, line in source.lines():
        if not line or line.isspace():
            continue
        try:
            row = _Object(read_object(line))
        except InputError as error:
            source.reject(str(error), line=number, expected=_EXPECTED, text=line)
            continue
        row.text = line
        yield number, row


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
            language = getattr(igt, name)
            if language is not None and is_no_language(language):
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
