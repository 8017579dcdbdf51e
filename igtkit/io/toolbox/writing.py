"""Writing Toolbox files: a new one, or one that is there with what has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping

from igtkit.igt import IGT
from igtkit.io._sink import Sink
from igtkit.io.toolbox.layout import block_lines, field_line, is_marker
from igtkit.io.toolbox.losses import losses_of
from igtkit.io.toolbox.markers import written_markers
from igtkit.io.toolbox.meaning import Meaning
from igtkit.io.toolbox.reading import NO_MARKERS
from igtkit.io.toolbox.records import Field, Record
from igtkit.io.toolbox.template import change_records

__all__ = ["write_toolbox"]

Part = tuple[str, str]


def write_toolbox(
    items: Iterable[IGT],
    sink: Sink,
    *,
    markers: Mapping[str, str] = NO_MARKERS,
    template: str | os.PathLike[str] | None = None,
) -> None:
    """Write entries as records, their interlinear lines in columns.

    Args:
        items: The entries.
        sink: Where to; its encoding is the one whose bytes the columns count.
        markers: Names of markers, by what they mark, where they are not the usual ones.
        template: A file that the entries were read from: only what has changed in them changes.
    """
    if template is not None:
        change_records(items, sink, template, markers)
        return
    roles = written_markers(markers)
    stream = sink.text()
    stream.write("\\_sh v3.0  400  Text\n")
    text: list[str] = [_bare(roles)]
    for igt in items:
        header = _text_lines(igt, roles)
        if header != text:
            stream.write("\n" + "\n".join(header) + "\n")
            text = header
        lines = _record_lines(igt, roles, sink.encoding)
        stream.write("\n" + "\n".join(lines).rstrip("\n") + "\n")
        for what in losses_of(igt, _back([*header, *lines], roles, sink.encoding)):
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
            fields.append((marker, value, number, apart))
        else:
            text.append((marker, value.strip()))
        apart = False
    return Meaning(roles, encoding).entry(Record(1, fields, text)).igt


def _text_lines(igt: IGT, markers: Mapping[str, str]) -> list[str]:
    """The fields of the text that an entry belongs to."""
    lines = []
    for marker, value in _pairs(igt, "text"):
        if marker not in markers.values():
            lines.append(field_line(marker, value))
    title = igt.metadata.get("title")
    if isinstance(title, str):
        lines.append(field_line(markers["title"], title))
    return [field_line(markers["text"], igt.source or ""), *lines]


def _record_lines(igt: IGT, markers: Mapping[str, str], encoding: str) -> list[str]:
    """The fields of an entry."""
    lines = [field_line(markers["record"], igt.id or ""), *block_lines(igt, markers, encoding), ""]
    if igt.translation is not None:
        lines.append(field_line(markers["translation"], igt.translation))
    metadata = igt.metadata
    notes = metadata.get("notes")
    texts = notes if isinstance(notes, list) else []
    lines += [field_line(markers["notes"], note) for note in texts if isinstance(note, str)]
    for name in ("speaker", "begin", "end"):
        value = metadata.get(name)
        if isinstance(value, (str, int, float)):
            lines.append(field_line(markers[name], str(value)))
    if isinstance(metadata.get("prediction"), Mapping):
        mark = json.dumps(dict(metadata["prediction"]), ensure_ascii=False)
        lines.append(field_line(markers["prediction"], mark))
    taken = set(markers.values()) - ({markers["pos"]} if igt.pos else set())  # a second one stays
    lines += [field_line(*pair) for pair in _pairs(igt, "fields") if pair[0] not in taken]
    return lines


def _pairs(igt: IGT, name: str) -> Iterator[Part]:
    """The fields that were read from another Toolbox file."""
    toolbox = igt.metadata.get("toolbox")
    pairs = toolbox.get(name, []) if isinstance(toolbox, Mapping) else []
    for pair in pairs if isinstance(pairs, (list, tuple)) else []:
        if isinstance(pair, (list, tuple)) and len(pair) == 2:
            marker, text = pair
            if is_marker(marker) and isinstance(text, str):
                yield marker, text
