"""From the records of a Toolbox file to its entries."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs

from igtkit._json import read_object
from igtkit.boundaries import join_words, list_words
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.io._parts import tell
from igtkit.io._source import Source
from igtkit.io.toolbox.blocks import Block, blocks_of
from igtkit.io.toolbox.blocks import laid_out as laid_out_in
from igtkit.io.toolbox.columns import Joined, join_block
from igtkit.io.toolbox.fields import Field
from igtkit.io.toolbox.markers import LINES, tell_markers
from igtkit.io.toolbox.recordings import MEDIA, Media, media_in, seconds_of
from igtkit.io.toolbox.records import Pairs, Record, Records
from igtkit.io.toolbox.unknown import Unknown

__all__ = ["NO_MARKERS", "Entry", "read_entries", "read_toolbox", "to_igt"]

_log = logging.getLogger("igtkit.io")
_LINES = (*LINES, "translation", "pos")
_HEAD = 100
"""Records that are looked at before it is said which unknown markers are in the columns."""

NO_MARKERS: Mapping[str, str] = MappingProxyType({})
"""What a user who names no markers gives."""


@attrs.frozen
class Entry:
    """A record, what it says, and where its lines stand.

    Attributes:
        record: The record.
        igt: The text that it holds.
        blocks: Its interlinear blocks.
        joined: The same in words.
        markers: The marker of each part.
        encoding: The encoding whose bytes the columns count.
        laid_out: For each other marker whether its lines are in the columns of the blocks.
        media: The recordings of the file.
    """

    record: Record
    igt: IGT
    blocks: Sequence[Block]
    joined: Sequence[Joined]
    markers: Mapping[str, str]
    encoding: str
    laid_out: Mapping[str, bool]
    media: Media

    def reread(self, fields: list[Field]) -> IGT:
        """Return the text that the record would hold if it had these fields."""
        record = attrs.evolve(self.record, fields=fields)
        blocks, others = _blocks(record, self.markers, self.encoding, self.laid_out)
        joined = _join(blocks, self.markers, self.encoding)
        heading = _Heading.read(record.text, self.markers)
        return _to_igt(heading, joined, others, self.markers, media=self.media)


def read_toolbox(source: Source, *, markers: Mapping[str, str] = NO_MARKERS) -> Iterator[IGT]:
    """Yield the texts of a Toolbox file; see `read_entries`."""
    for entry in read_entries(source, markers):
        yield entry.igt


def read_entries(
    source: Source, markers: Mapping[str, str], *, tells: bool = True
) -> Iterator[Entry]:
    """Yield the entries of a Toolbox file.

    Args:
        source: The file.
        markers: Names of markers, by what they mark, where they are not the usual ones.
        tells: Whether to warn of what does not fit.

    Raises:
        FileFormatError: If no record has a line of interlinear text.
    """
    unfit = 0
    heading = _Heading()
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
        blocks, others = _blocks(record, roles, source.encoding, unknown.laid_out)
        joined = _join(blocks, roles, source.encoding)
        if record.text is not heading.of:
            heading = _Heading.read(record.text, roles)
        igt = _to_igt(heading, joined, others, roles, media=media)
        unfit += "issues" in igt.metadata.get("toolbox", {})
        if len(found) < len(_LINES):
            found.update(name for name in _LINES if getattr(igt, name) is not None)
        source.line = record.line
        yield Entry(record, igt, blocks, joined, roles, source.encoding, unknown.laid_out, media)
    source.parts.extend(
        tell_markers(
            records.heads + counts, roles, markers, {**unknown.rules, **records.starts.rules}
        )
    )
    if tells:
        _tell_left_out(records.without_records, source)
    if source.line is not None and not found:
        raise FileFormatError(
            "no record has a line of interlinear text; the file has "
            + ", ".join(f"\\{marker}" for marker in list(counts)[:12]),
            path=source.name,
            expected="such markers as \\tx, \\mb, \\ge, \\ft; or name them with markers=",
        )
    if not tells:
        return
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


def to_igt(record: Record, markers: Mapping[str, str], encoding: str) -> IGT:
    """The text that a record holds, as far as the record alone tells.

    Args:
        record: The record.
        markers: The marker of each part.
        encoding: The encoding whose bytes the columns count.
    """
    blocks, others = _blocks(record, markers, encoding, {})
    heading = _Heading.read(record.text, markers)
    return _to_igt(heading, _join(blocks, markers, encoding), others, markers)


def _join(blocks: Sequence[Block], markers: Mapping[str, str], encoding: str) -> list[Joined]:
    """The blocks in words."""
    return [
        join_block(
            {marker: field.text for marker, field in block.items()},
            encoding,
            words=markers["transcription"],
            morphemes=markers["segmentation"],
            glosses=markers["glosses"],
        )
        for block in blocks
    ]


@attrs.frozen
class _Heading:
    """What the fields above the records of a text say; its records share it.

    Attributes:
        of: The fields.
        source: The name of the text.
        title: Its title.
        rest: The other fields.
    """

    of: Pairs | None = None
    source: str | None = None
    title: str | None = None
    rest: list[list[str]] = attrs.field(factory=list)

    @classmethod
    def read(cls, fields: Pairs, markers: Mapping[str, str]) -> _Heading:
        told = dict(pair for pair in fields if pair[1])
        name, title = markers.get("text"), markers["title"]
        rest = [
            [marker, value]
            for marker, value in fields
            if marker != name and (marker != title or value != told.get(title))
        ]
        return cls(fields, told.get(name or ""), told.get(title), rest)


def _to_igt(
    heading: _Heading,
    blocks: Sequence[Joined],
    others: list[Field],
    markers: Mapping[str, str],
    *,
    media: Media = (),
) -> IGT:
    """The text that a record under a heading, of these blocks and other fields, holds."""
    parts: dict[str, list[str]] = {}
    issues: list[str] = []
    uneven: list[str] = []
    for number, joined in enumerate(blocks, 1):
        for marker, line in joined.lines.items():
            parts.setdefault(marker, []).append(line)
        where = f"block {number}: " if len(blocks) > 1 else ""
        issues += [where + issue for issue in joined.issues]
        uneven += [where + joined.uneven] if joined.uneven else []
    lines = {marker: join_words(found) for marker, found in parts.items()}
    if uneven and not _even(lines, markers):  # as they are where the lines wrap at different words
        issues = uneven + issues
    own = {markers[role]: role for role in (*LINES, "pos")}
    texts = {role: lines.pop(marker, None) or None for marker, role in own.items()}
    attributes, metadata, fields = _attributes(others, heading, markers, has_media=bool(media))
    if media:
        metadata["media"] = media
    toolbox: dict[str, Any] = {
        "text": heading.rest,
        "lines": {marker: line for marker, line in lines.items() if line},
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
    new = {marker for block in blocks for marker in block} - known - laid_out.keys()
    alone = laid_out_in(blocks, markers, encoding) if new else {}
    free: list[Field] = []
    for block in blocks:
        unknown = [marker for marker in block if marker not in known]
        free += [block.pop(one) for one in unknown if not laid_out.get(one, alone.get(one))]
    return blocks, sorted([*others, *free], key=lambda field: field.line)


def _even(lines: Mapping[str, str], markers: Mapping[str, str]) -> bool:
    """Whether all blocks together have as many words by one line as by the other."""
    words, forms = (lines.get(markers[role]) for role in ("transcription", "segmentation"))
    return len(list_words(words)) == len(list_words(forms))


def _attributes(
    fields: list[Field], heading: _Heading, markers: Mapping[str, str], *, has_media: bool
) -> tuple[dict[str, str], dict[str, Any], list[list[str]]]:
    """Return what the fields outside the blocks say: attributes, metadata, and other fields."""
    roles = {marker: role for role, marker in markers.items()}
    attributes: dict[str, str] = {}
    metadata: dict[str, Any] = {}
    rest: list[list[str]] = []
    if heading.source is not None:
        attributes["source"] = heading.source
    if heading.title is not None:
        metadata["title"] = heading.title
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


def _mark(text: str) -> dict[str, Any] | None:
    try:
        return read_object(text)
    except InputError:
        return None
