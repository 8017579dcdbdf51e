"""From the records of a Toolbox file to its entries."""

from __future__ import annotations

import json
import logging
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from igtkit.boundaries import is_word, join_words
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._source import Source
from igtkit.io.toolbox.columns import join_block
from igtkit.io.toolbox.markers import tell_markers
from igtkit.io.toolbox.records import Field, Pairs, Record, read_records

__all__ = ["NO_MARKERS", "read_toolbox", "to_igt"]

_log = logging.getLogger("igtkit.io")
_LINES = ("transcription", "segmentation", "glosses", "translation", "pos")
_FREE = re.compile(r"f[a-z]*|l(it|t)[a-z]*|nt|com|cmt|ref|id|src|st|dt|sa|tag")

NO_MARKERS: Mapping[str, str] = MappingProxyType({})
"""What a user who names no markers gives."""


def read_toolbox(source: Source, *, markers: Mapping[str, str] = NO_MARKERS) -> Iterator[IGT]:
    """Yield the entries of a Toolbox file.

    Args:
        source: The file.
        markers: Names of markers, by what they mark, where they are not the usual ones.

    Raises:
        FileFormatError: If no record has a line of interlinear text.
    """
    unfit = 0
    found: set[str] = set()
    counts: Counter[str] = Counter()
    roles: Mapping[str, str] = {}
    for record, roles in read_records(source, markers):
        counts.update(field.marker for field in record.fields)
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
    source.parts.extend(tell_markers(counts, roles, markers))
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
    """Return what the fields outside the blocks say: attributes, metadata, and other fields."""
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
