"""The records of a Toolbox file, and what each of them says."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from igtkit.boundaries import is_word, join_words
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._source import Source
from igtkit.io.toolbox.columns import join_block
from igtkit.io.toolbox.markers import guess_markers

__all__ = ["Field", "Record", "read_records", "to_igt"]

_LINE = re.compile(r"\s*\\(\S+)(?:\s(.*))?$", re.DOTALL)
_HEAD = 1 << 16
_FREE = re.compile(r"f[a-z]*|l(it|t)[a-z]*|nt|com|cmt|ref|id|src|st|dt|sa|tag")

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
    """Each record, with the marker of each part."""
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


def to_igt(record: Record, markers: Mapping[str, str], encoding: str) -> IGT:
    """The text that a record holds."""
    blocks, others = _blocks(record, markers)
    lines: dict[str, list[str]] = {}
    issues: list[str] = []
    uneven: list[str] = []
    for number, block in enumerate(blocks, 1):
        joined = join_block(
            block,
            encoding,
            words=markers["transcription"],
            morphemes=markers["segmentation"],
            glosses=markers["glosses"],
        )
        for marker, tokens in joined.lines.items():
            lines.setdefault(marker, []).extend(tokens)
        where = f"block {number}: " if len(blocks) > 1 else ""
        issues += [where + issue for issue in joined.issues]
        uneven += [where + joined.uneven] if joined.uneven else []
    if not _even(lines, markers):  # as they are where the lines wrap at different words
        issues = uneven + issues
    own = {markers[role]: role for role in ("transcription", "segmentation", "glosses", "pos")}
    texts = {role: join_words(lines.pop(marker, [])) or None for marker, role in own.items()}
    attributes, metadata, fields = _attributes(others, record.text, markers)
    toolbox: dict[str, Any] = {
        "text": [list(pair) for pair in record.text if not _taken(pair, markers, metadata)],
        "lines": {marker: text for marker, tokens in lines.items() if (text := join_words(tokens))},
        "fields": fields,
        "issues": issues,
    }
    if any(toolbox.values()):
        metadata["toolbox"] = {name: value for name, value in toolbox.items() if value}
    return IGT(
        texts.pop("transcription"),
        translation=attributes.pop("translation", None),
        **texts,
        **attributes,
        metadata=metadata,
    )


def _even(lines: Mapping[str, list[str]], markers: Mapping[str, str]) -> bool:
    """Whether all blocks together have as many words by one line as by the other."""
    words, forms = (lines.get(markers[role], []) for role in ("transcription", "segmentation"))
    return sum(map(is_word, words)) == sum(map(is_word, forms))


def _blocks(record: Record, markers: Mapping[str, str]) -> tuple[list[dict[str, str]], list[Field]]:
    """The interlinear blocks of a record, and its other fields."""
    main = [markers[role] for role in ("transcription", "segmentation", "glosses")]
    roles = set(markers.values()) - {*main, markers["pos"]}
    blocks: list[dict[str, str]] = []
    others: list[Field] = []
    is_open = False
    for field in record.fields:
        if field.marker in main:
            last = blocks[-1] if blocks else None
            if (
                last is None
                or field.marker in last
                or (field.marker == main[0] and any(marker in last for marker in main))
            ):
                blocks.append({})
            blocks[-1][field.marker] = field.text
            is_open = True
            continue
        if field.apart or field.marker in roles or _FREE.fullmatch(field.marker):
            is_open = is_open and field.marker == markers["pos"] and not field.apart
        fits = is_open or (field.marker == markers["pos"] and blocks)
        if fits and field.marker not in blocks[-1]:
            blocks[-1][field.marker] = field.text
        else:
            others.append(field)
    return blocks, others


def _attributes(
    fields: list[Field], text: Pairs, markers: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, Any], list[list[str]]]:
    """What the fields outside the blocks say: attributes, metadata, and the rest as it stands."""
    roles = {marker: role for role, marker in markers.items()}
    attributes: dict[str, str] = {}
    metadata: dict[str, Any] = {}
    rest: list[list[str]] = []
    for marker, value in text:
        role = roles.get(marker)
        if value and role == "text":
            attributes["source"] = value
        elif value and role == "title":
            metadata["title"] = value
    for field in fields:
        value, role = field.text.strip(), roles.get(field.marker)
        if role == "record" and "id" not in attributes:
            if value:
                attributes["id"] = value
        elif role == "translation":
            attributes["translation"] = f"{attributes.get('translation', '')} {value}".strip()
        elif role == "notes" and value:
            metadata.setdefault("notes", []).append(value)
        elif role == "speaker" and value and role not in metadata:
            metadata[role] = value
        elif role in ("begin", "end") and (seconds := _number(value)) is not None:
            metadata[role] = seconds
        elif role == "prediction" and (mark := _mark(value)) is not None:
            metadata[role] = mark
        elif value:
            rest.append([field.marker, value])
    if not attributes.get("translation"):
        attributes.pop("translation", None)
    return attributes, metadata, rest


def _taken(pair: tuple[str, str], markers: Mapping[str, str], metadata: dict[str, Any]) -> bool:
    """Whether a field of the text is told by the source or the title already."""
    marker, value = pair
    return marker == markers.get("text") or (
        marker == markers["title"] and value == metadata.get("title")
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _mark(text: str) -> dict[str, Any] | None:
    try:
        mark = json.loads(text)
    except ValueError:
        return None
    return mark if isinstance(mark, dict) else None
