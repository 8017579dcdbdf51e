r"""Toolbox and Shoebox: records of marked lines, interlinear blocks in columns.

::

    \id Houses
    \ref Houses.001
    \tx palasilu       buro
    \mb pala  -si =lu  buro
    \ge house -PL =and burn
    \ps n     -sf =cl  v

    \ft And the houses burned.

What is read how:

- A record begins at ``\ref`` and is one entry. Markers are guessed from the beginning of the file;
  the option ``markers`` names others: ``{"transcription": "txt", "glosses": "gf"}``.
- The interlinear blocks of a record, wrapped as Toolbox wraps them, are put together again. What
  stands under what is told by byte column, in the encoding of the file, then by the number of
  tokens. Where neither fits, each line is put together by its own boundaries, and the entry says
  so in ``metadata["toolbox"]["issues"]``; a warning is logged with the number of such entries.
- ``a- b =c`` is the word ``a-b=c``. Morphemes under one word without a boundary are joined by
  ``-``; words under one morpheme by ``_``.
- ``\id`` begins a text: the entry's source. What stands between it and the first record belongs to
  all of its records.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from igtkit.boundaries import split_words
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._registry import Format
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io.toolbox.markers import ONLY_TOOLBOX, written_markers
from igtkit.io.toolbox.records import Field, Record, read_records, to_igt
from igtkit.io.toolbox.writing import record_lines, text_lines

__all__ = ["FORMAT"]

_log = logging.getLogger("igtkit.io")
_LINES = ("transcription", "segmentation", "glosses", "translation", "pos")
_HELD = ("begin", "end", "speaker", "notes", "title", "prediction", "toolbox")
_MARKER = re.compile(r"^[ \t]*\\(\S+)", re.MULTILINE)
_NONE: Mapping[str, str] = MappingProxyType({})


def _read(source: Source, *, markers: Mapping[str, str] = _NONE) -> Iterator[IGT]:
    unfit = 0
    found: set[str] = set()
    for record, roles in read_records(source, markers):
        if record.problem:
            source.reject(
                record.problem,
                line=record.line,
                expected="a line that begins with a backslash and a marker",
                text=record.fields[0].text,
            )
            continue
        igt = to_igt(record, roles, source.encoding)
        unfit += "issues" in igt.metadata.get("toolbox", {})
        found.update(name for name in _LINES if getattr(igt, name) is not None)
        source.line = record.line
        yield igt
    if source.line is not None and not found:
        raise FileFormatError(
            "no record has a line of interlinear text",
            path=source.name,
            expected="such markers as \\tx, \\mb, \\ge, \\ft; or name them with markers=",
        )
    if unfit:
        what = "1 entry has" if unfit == 1 else f"{unfit} entries have"
        _log.warning(
            "%s: %s lines that do not fit; see metadata['toolbox']['issues']", source.name, what
        )


def _write(items: Iterable[IGT], sink: Sink, *, markers: Mapping[str, str] = _NONE) -> None:
    roles = written_markers(markers)
    stream = sink.text()
    stream.write("\\_sh v3.0  400  Text\n")
    text: list[str] = [_bare(roles)]
    for igt in items:
        header = text_lines(igt, roles)
        if header != text:
            stream.write("\n" + "\n".join(header) + "\n")
            text = header
        lines = record_lines(igt, roles, sink.encoding)
        stream.write("\n" + "\n".join(lines).rstrip("\n") + "\n")
        for what in _losses(igt, _back([*header, *lines], roles, sink.encoding)):
            sink.lose(what)


def _bare(roles: Mapping[str, str]) -> str:
    return f"\\{roles['text']}"


def _back(lines: list[str], roles: Mapping[str, str], encoding: str) -> IGT:
    """The entry as it will be read."""
    names = {marker: role for role, marker in roles.items()}
    fields: list[Field] = []
    text: list[tuple[str, str]] = []
    apart = inside = False
    for number, line in enumerate(lines):
        if not line:
            apart = True
            continue
        marker, _, value = line[1:].partition(" ")
        inside = inside or names.get(marker) == "record"
        if inside:
            fields.append(Field(marker, value, number, apart))
        else:
            text.append((marker, value.strip()))
        apart = False
    return to_igt(Record(1, fields, text), roles, encoding)


def _losses(igt: IGT, back: IGT) -> Iterator[str]:
    for name in _LINES:
        given, got = getattr(igt, name), getattr(back, name)
        if given == got:
            continue
        if given is not None and not given.strip():
            yield f"{name} of white space only"
        else:
            yield f"spacing of {name}" if split_words(given) == split_words(got) else name
    for name in ("id", "source"):
        if getattr(igt, name) != getattr(back, name):
            yield name
    if any(name not in _HELD for name in igt.metadata):
        yield "metadata"
    for name in _HELD:
        if name in igt.metadata and _comparable(igt, name) != _comparable(back, name):
            yield f"metadata: {name}"


def _comparable(igt: IGT, name: str) -> object:
    """A part of the metadata; of Toolbox's own, all but the issues, which are found anew."""
    value = igt.metadata.get(name)
    if name == "toolbox" and isinstance(value, Mapping):
        return {key: part for key, part in value.items() if key != "issues"} or None
    return value


def _sniff(head: str) -> bool:
    markers = set(_MARKER.findall(head))
    if "_sh" in markers:
        return True
    if markers & {"t", "m"}:  # SIGMORPHON's files have these, and none of the markers below
        return bool(markers & ONLY_TOOLBOX)
    return len(markers & {"tx", "mb", "ge", "ps", "ft", "ref"}) > 1


FORMAT = Format(
    "toolbox",
    extensions=(".txt", ".db", ".sfm", ".tbt"),
    read=_read,
    write=_write,
    sniff=_sniff,
    holds=frozenset([*_LINES, "id", "source", "metadata"]),
)
