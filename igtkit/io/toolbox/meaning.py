"""What the records of a Toolbox file say: from their fields to texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import attrs

from igtkit._json import read_object
from igtkit.boundaries import join_words, list_words
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.text import LINES
from igtkit.io.toolbox.blocks import Block, Blocks, laid_out
from igtkit.io.toolbox.columns import Joined
from igtkit.io.toolbox.fields import Field, line_of
from igtkit.io.toolbox.joining import join_blocks
from igtkit.io.toolbox.recordings import MEDIA, Media, seconds_of
from igtkit.io.toolbox.records import Pairs, Record
from igtkit.io.toolbox.rows import column_encoding

__all__ = ["Entry", "Heading", "Meaning"]


@attrs.frozen
class Heading:
    """What the fields above the records of a text say; its records share it.

    Attributes:
        of: The fields.
        source: The name of the text.
        title: Its title.
        rest: The other fields.
    """

    of: Pairs
    source: str | None
    title: str | None
    rest: list[list[str]]


@attrs.frozen
class Entry:
    """A record, what it says, and where its lines stand.

    Attributes:
        record: The record.
        igt: The text that it holds.
        blocks: Its interlinear blocks.
        joined: The same in words.
        meaning: By what it was read.
    """

    record: Record
    igt: IGT
    blocks: Sequence[Block]
    joined: Sequence[Joined]
    meaning: Meaning

    def reread(self, fields: list[Field]) -> IGT:
        """Return the text that the record would hold if it had these fields."""
        return self.meaning.entry(attrs.evolve(self.record, fields=fields)).igt


@attrs.frozen
class Meaning:
    """What a file means by its markers.

    Attributes:
        markers: The marker of each part.
        encoding: The encoding of the file; then that whose bytes the columns count.
        laid_out: For each other marker whether its lines are in the columns of the blocks, where
            that is known.
        media: The recordings of the file.
    """

    markers: Mapping[str, str]
    encoding: str = attrs.field(converter=column_encoding)
    laid_out: Mapping[str, bool] = attrs.field(factory=dict)
    media: Media = ()
    _roles: Mapping[str, str] = attrs.field(init=False)
    _in_columns: frozenset[str] = attrs.field(init=False)
    _parting: Blocks = attrs.field(init=False)

    @_roles.default
    def _roles_by_marker(self) -> Mapping[str, str]:
        return {marker: role for role, marker in self.markers.items()}

    @_in_columns.default
    def _markers_in_columns(self) -> frozenset[str]:
        """The markers that may stand in a block, as far as that is known."""
        told = {marker for marker, is_laid_out in self.laid_out.items() if is_laid_out}
        return frozenset({*self.markers.values()} | told)

    @_parting.default
    def _blocks_by_marker(self) -> Blocks:
        return Blocks.by(self.markers)

    def heading(self, fields: Pairs) -> Heading:
        """What the fields above the records of a text say."""
        told = dict(pair for pair in fields if pair[1])
        name, title = self.markers.get("text"), self.markers["title"]
        rest = [
            [marker, value]
            for marker, value in fields
            if marker != name and (marker != title or value != told.get(title))
        ]
        return Heading(fields, told.get(name or ""), told.get(title), rest)

    def entry(self, record: Record) -> Entry:
        """What a record says."""
        [entry] = self.entries([record])
        return entry

    def entries(self, records: Sequence[Record]) -> Iterator[Entry]:
        """What each of some records says; their blocks are put together in one go."""
        parted = [*map(self._blocks, records)]
        joined = iter(self._join([block for blocks, _ in parted for block in blocks]))
        heading: Heading | None = None
        for record, (blocks, others) in zip(records, parted, strict=True):
            if heading is None or record.text is not heading.of:
                heading = self.heading(record.text)
            own = [*islice(joined, len(blocks))]
            yield Entry(record, self._igt(heading, own, others), blocks, own, self)

    def _blocks(self, record: Record) -> tuple[list[Block], list[Field]]:
        """The interlinear blocks, and the other fields, free text beside the lines too."""
        blocks, others = self._parting.of(record.fields)
        if self._in_columns.issuperset(chain.from_iterable(blocks)):
            return blocks, others
        new = {marker for block in blocks for marker in block}
        new -= self._roles.keys() | self.laid_out.keys()
        alone = laid_out(blocks, self.markers, self.encoding) if new else {}
        free: list[Field] = []
        for block in blocks:
            unknown = [marker for marker in block if marker not in self._roles]
            free += [
                block.pop(one) for one in unknown if not self.laid_out.get(one, alone.get(one))
            ]
        return blocks, sorted([*others, *free], key=line_of)

    def _join(self, blocks: Sequence[Block]) -> list[Joined]:
        """The blocks in words."""
        words, morphemes, glosses = (self.markers[role] for role in LINES)
        return join_blocks(blocks, self.encoding, words=words, morphemes=morphemes, glosses=glosses)

    def _igt(self, heading: Heading, blocks: Sequence[Joined], others: Sequence[Field]) -> IGT:
        """The text of a record under a heading, of these blocks and other fields."""
        lines = {**blocks[0].lines} if len(blocks) == 1 else _lines_of(blocks)
        issues = self._issues(blocks, lines)
        attributes, metadata, rest = self._attributes(others)
        if heading.title is not None:
            metadata = {"title": heading.title, **metadata}
        if self.media:
            metadata["media"] = self.media
        texts = {role: lines.pop(self.markers[role], None) or None for role in (*LINES, "pos")}
        toolbox: dict[str, Any] = {}
        if heading.rest:
            toolbox["text"] = heading.rest
        if lines and any(lines.values()):
            toolbox["lines"] = {marker: line for marker, line in lines.items() if line}
        if rest:
            toolbox["fields"] = rest
        if issues:
            toolbox["issues"] = issues
        if toolbox:
            metadata["toolbox"] = toolbox
        return IGT(**texts, **attributes, source=heading.source, metadata=metadata)

    def _issues(self, blocks: Sequence[Joined], lines: Mapping[str, str]) -> list[str]:
        """What does not fit in some blocks, which have these lines together."""
        issues: list[str] = []
        uneven: list[str] = []
        for number, joined in enumerate(blocks, 1):
            if joined.issues or joined.uneven:
                where = f"block {number}: " if len(blocks) > 1 else ""
                issues += [where + issue for issue in joined.issues]
                uneven += [where + joined.uneven] if joined.uneven else []
        if uneven:
            words, forms = (lines.get(self.markers[role]) for role in LINES[:2])
            if len(list_words(words)) == len(list_words(forms)):
                return issues  # the lines wrap at different words
        return uneven + issues

    def _attributes(
        self, fields: Sequence[Field]
    ) -> tuple[dict[str, str], dict[str, Any], list[list[str]]]:
        """What the fields outside the blocks say: attributes, metadata, and other fields."""
        attributes: dict[str, str] = {}
        metadata: dict[str, Any] = {}
        rest: list[list[str]] = []
        translations: list[str] = []
        for marker, text, _, _ in fields:
            value = text.strip()
            if not value:
                continue
            role = self._roles.get(marker)
            if role is None:
                if marker not in MEDIA or not self.media:
                    rest.append([marker, value])
            elif role == "translation":
                translations.append(value)
            elif role == "record" and "id" not in attributes:
                attributes["id"] = value
            elif role == "notes":
                metadata.setdefault("notes", []).append(value)
            elif role == "speaker" and role not in metadata:
                metadata[role] = value
            elif role in ("begin", "end") and (seconds := seconds_of(value)) is not None:
                metadata[role] = seconds
            elif role == "prediction" and (mark := _mark(value)) is not None:
                metadata[role] = mark
            elif marker not in MEDIA or not self.media:
                rest.append([marker, value])
        if translations:
            attributes["translation"] = " ".join(translations)
        return attributes, metadata, rest


def _lines_of(blocks: Sequence[Joined]) -> dict[str, str]:
    """The lines of some blocks, one after the other, by marker."""
    parts: dict[str, list[str]] = {}
    for joined in blocks:
        for marker, line in joined.lines.items():
            parts.setdefault(marker, []).append(line)
    return {marker: join_words(found) for marker, found in parts.items()}


def _mark(text: str) -> dict[str, Any] | None:
    try:
        return read_object(text)
    except InputError:
        return None
