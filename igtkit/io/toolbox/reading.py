"""From the records of a Toolbox file to its entries."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from igtkit._json import read_object
from igtkit.boundaries import is_word, join_words
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._parts import tell
from igtkit.io._source import Source
from igtkit.io.toolbox.blocks import Block, blocks_of
from igtkit.io.toolbox.blocks import laid_out as laid_out_in
from igtkit.io.toolbox.columns import join_block
from igtkit.io.toolbox.fields import Field
from igtkit.io.toolbox.markers import LINES, tell_markers
from igtkit.io.toolbox.recordings import MEDIA, Media, media_in, seconds_of
from igtkit.io.toolbox.records import Pairs, Record, Records
from igtkit.io.toolbox.unknown import Unknown

__all__ = ["NO_MARKERS", "read_toolbox", "to_igt"]

_log = logging.getLogger("igtkit.io")
_LINES = (*LINES, "translation", "pos")
_HEAD = 100
"""Records that are looked at before it is said which unknown markers are in the columns."""

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
    media = media_in(source)
    records = Records(source, markers)
    roles = records.markers
    stream = iter(records)
    head = list(itertools.islice(stream, _HEAD))
    unknown = Unknown(head, roles, source.encoding)
    for record in itertools.chain(head, stream):
        counts.update([field.marker for field in record.fields])
        if record.problem:
            source.reject(
                record.problem,
                line=record.line,
                expected="a line that begins with a backslash and a marker",
                text=record.fields[0].text,
            )
            continue
        igt = to_igt(record, roles, source.encoding, laid_out=unknown.laid_out, media=media)
        unfit += "issues" in igt.metadata.get("toolbox", {})
        if len(found) < len(_LINES):
            found.update(name for name in _LINES if getattr(igt, name) is not None)
        source.line = record.line
        yield igt
    source.parts.extend(
        tell_markers(counts, roles, markers, {**unknown.rules, **records.starts.rules})
    )
    _tell_left_out(records.without_records, source)
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
    if said := unknown.said(counts):
        _log.warning("%s: %s", source.name, said)


def _tell_left_out(texts: Sequence[tuple[str, int]], source: Source) -> None:
    """Tell of texts that have no record, and so no entry that could keep their fields."""
    for name, fields in texts:
        source.parts.append(tell("text", name, None, "text-without-records", count=fields))
    if texts:
        listed = ", ".join(
            f"{name or 'without a name'} ({fields} field{'s' * (fields != 1)})"
            for name, fields in texts
        )
        _log.warning("%s: texts without records were left out: %s", source.name, listed)


def to_igt(
    record: Record,
    markers: Mapping[str, str],
    encoding: str,
    *,
    laid_out: Mapping[str, bool] = MappingProxyType({}),
    media: Media = (),
) -> IGT:
    """The text that a record holds.

    Args:
        record: The record.
        markers: The marker of each part.
        encoding: The encoding whose bytes the columns count.
        laid_out: For each other marker whether its lines are in the columns of the blocks; what is
            not said is told from the record alone.
        media: The recordings of the file.
    """
    blocks, others = _blocks(record, markers, encoding, laid_out)
    lines: dict[str, list[str]] = {}
    issues: list[str] = []
    uneven: list[str] = []
    for number, block in enumerate(blocks, 1):
        joined = join_block(
            {marker: field.text for marker, field in block.items()},
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
    if uneven and not _even(lines, markers):  # as they are where the lines wrap at different words
        issues = uneven + issues
    own = {markers[role]: role for role in (*LINES, "pos")}
    texts = {role: join_words(lines.pop(marker, [])) or None for marker, role in own.items()}
    attributes, metadata, fields = _attributes(others, record.text, markers, has_media=bool(media))
    if media:
        metadata["media"] = [dict(one) for one in media]
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


def _blocks(
    record: Record, markers: Mapping[str, str], encoding: str, laid_out: Mapping[str, bool]
) -> tuple[list[Block], list[Field]]:
    """The interlinear blocks of a record, and its other fields, free text beside the lines too."""
    blocks, others = blocks_of(record.fields, markers)
    known = {*markers.values()}
    if all(block.keys() <= known for block in blocks):
        return blocks, others
    alone = laid_out_in(blocks, markers, encoding)
    free: list[Field] = []
    for block in blocks:
        unknown = [marker for marker in block if marker not in known]
        free += [block.pop(one) for one in unknown if not laid_out.get(one, alone[one])]
    return blocks, sorted([*others, *free], key=lambda field: field.line)


def _even(lines: Mapping[str, list[str]], markers: Mapping[str, str]) -> bool:
    """Whether all blocks together have as many words by one line as by the other."""
    words, forms = (lines.get(markers[role], []) for role in ("transcription", "segmentation"))
    return sum(map(is_word, words)) == sum(map(is_word, forms))


def _attributes(
    fields: list[Field], text: Pairs, markers: Mapping[str, str], *, has_media: bool
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
        elif role in ("begin", "end") and (seconds := seconds_of(value)) is not None:
            metadata[role] = seconds
        elif role == "prediction" and (mark := _mark(value)) is not None:
            metadata[role] = mark
        elif value and not (has_media and field.marker in MEDIA):
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


def _mark(text: str) -> dict[str, Any] | None:
    try:
        return read_object(text)
    except InputError:
        return None
