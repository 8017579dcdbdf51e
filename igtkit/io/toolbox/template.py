"""Changing a Toolbox file that is there: its bytes stay, but for the lines that change."""

from __future__ import annotations

import io
import json
import os
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from igtkit.boundaries import split_words
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.igt.text import LINES
from igtkit.io._losses import NOT_IN_TEMPLATE, REPEATED_IDS
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io.toolbox.blocks import Block
from igtkit.io.toolbox.division import divide
from igtkit.io.toolbox.editing import edit_line
from igtkit.io.toolbox.fields import Field, line_of, marker_of, read_fields, text_of
from igtkit.io.toolbox.layout import block_lines, field_line
from igtkit.io.toolbox.losses import losses_of
from igtkit.io.toolbox.meaning import Entry
from igtkit.io.toolbox.reading import read_entries

__all__ = ["change_records"]

_WIDE = ("utf-16", "utf_16", "utf16", "utf-32", "utf_32", "utf32")


def change_records(
    items: Iterable[IGT],
    sink: Sink,
    template: str | os.PathLike[str],
    markers: Mapping[str, str],
) -> None:
    """Write a file again, with what has changed in the entries that were read from it.

    A block of which a word has changed is laid out anew, as far as its lines are in columns. All
    other lines stay as they are, byte for byte.

    Args:
        items: Entries that were read from the file, all or some.
        sink: Where to; its encoding is that of the file.
        template: The file.
        markers: Names of markers, by what they mark, where they are not the usual ones.

    Raises:
        InputError: If none of the entries is in the file, or its encoding is none of single bytes.
    """
    path = Path(template)
    if sink.encoding.lower().startswith(_WIDE):
        raise InputError(f"{path}: a file in {sink.encoding} cannot be changed; save it as UTF-8")
    known = sink.encoding.lower() in ("utf-8", "utf8")
    encoding = None if known else sink.encoding
    entries = list(_entries(path, encoding, markers))
    document = _Document(path.read_bytes(), sink.encoding, _lines_with_markers(path, encoding))
    given = list(items)
    placed = [*_placed(given, entries, sink)]
    if given and not placed:
        raise InputError(f"none of the entries is a record of {path}")
    for igt, at in placed:
        _change(document, entries[at], igt)
    data = document.joined()
    text = data.decode(sink.encoding, errors="replace").removeprefix("\ufeff")
    again = list(_entries(io.StringIO(text, newline=None), encoding, markers))
    if len(again) != len(entries):
        raise InputError(
            f"{path}: with these changes the records of the file would begin elsewhere; write "
            "another file (without template=)"
        )
    for igt, at in placed:
        for what in _lost(igt, entries[at], again[at].igt, again[at].record.fields):
            sink.lose(what)
    if sink.path is None:
        sink.text().write(text)
    else:
        sink.binary().write(data)


def _entries(
    file: str | os.PathLike[str] | io.StringIO, encoding: str | None, markers: Mapping[str, str]
) -> Iterator[Entry]:
    source = Source(file, encoding=encoding, errors="skip")
    yield from read_entries(source, markers, tells=False)
    source.close()


def _lines_with_markers(path: Path, encoding: str | None) -> list[int]:
    source = Source(path, encoding=encoding, errors="skip")
    lines = [*map(line_of, read_fields(source))]
    source.close()
    return lines


def _placed(
    items: Sequence[IGT], entries: Sequence[Entry], sink: Sink
) -> Iterator[tuple[IGT, int]]:
    """Each entry with the place of its record: of several alike in name, that of the same text."""
    if [igt.id for igt in items] == [entry.igt.id for entry in entries]:
        yield from zip(items, range(len(items)), strict=True)
        return
    free: dict[tuple[str | None, ...], dict[int, None]] = defaultdict(dict)
    alike: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for at, entry in [*enumerate(entries)][::-1]:
        name = entry.igt.id, entry.igt.source
        free[name][at] = None
        alike[*name, entry.igt.transcription].append(at)  # the first one last
    for igt in items:
        name = igt.id, igt.source
        places, same = free[name], alike[*name, igt.transcription]
        while same and same[-1] not in places:  # another text of that name has it
            same.pop()
        if not same and len(places) != 1:
            sink.lose(REPEATED_IDS if places else NOT_IN_TEMPLATE)
            continue
        at = same.pop() if same else next(iter(places))
        del places[at]
        yield igt, at


@attrs.define
class _Document:
    """The lines of the file, each with what comes to stand in its place."""

    data: bytes
    encoding: str
    starts: Sequence[int]
    cells: list[list[bytes]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.cells = [[line] for line in self.data.splitlines(keepends=True)]

    @property
    def _line_end(self) -> bytes:
        """How the first line ends."""
        first = self.data[: len(self.data.split(b"\n", 1)[0]) + 1]
        return b"\r\n" if first.endswith(b"\r\n") else b"\n"

    def span(self, field: Field) -> range:
        """The lines of a field, without blank ones after it."""
        first = line_of(field)
        after = bisect_right(self.starts, first)
        end = self.starts[after] - 1 if after < len(self.starts) else len(self.cells)
        lines = range(first - 1, end)
        while len(lines) > 1 and not b"".join(self.cells[lines[-1]]).strip():
            lines = lines[:-1]
        return lines

    def fields(self, rows: slice) -> list[Field]:
        """The fields that stand in some lines now."""
        data = b"".join(line for cell in self.cells[rows] for line in cell)
        text = data.decode(self.encoding, errors="replace").removeprefix("\ufeff")
        stream = io.StringIO(text, newline=None)
        return [one for one in read_fields(Source(stream)) if not marker_of(one).startswith("_")]

    def lay_out(self, igt: IGT, entry: Entry) -> dict[str, str]:
        """The lines of a block in columns, by marker."""
        lines = block_lines(igt, entry.meaning.markers, self.encoding)
        return {marker: text for marker, _, text in (line[1:].partition(" ") for line in lines)}

    def replace(self, field: Field, text: str | None) -> None:
        """Put another line in the place of a field, or none."""
        lines = self.span(field)
        for at in lines:
            self.cells[at] = []
        if text is not None:
            self.insert(lines[0], text)

    def insert(self, at: int, text: str) -> None:
        """Add a line after another, or what stands in its place."""
        cell = self.cells[at]
        if cell and not cell[-1].endswith((b"\n", b"\r")):
            cell[-1] += self._line_end
        cell.append(text.encode(self.encoding) + self._line_end)

    def joined(self) -> bytes:
        """The whole file."""
        return b"".join(line for cell in self.cells for line in cell)


def _change(document: _Document, entry: Entry, igt: IGT) -> None:
    """Put into the lines of a record what an entry says otherwise than the one that was read.

    Of two ways the one that changes less is taken, unless reading then gives less of the entry.
    """
    if not any(losses_of(igt, entry.igt)) and not any(losses_of(entry.igt, igt)):
        return
    fields = entry.record.fields
    rows = slice(line_of(fields[0]) - 1, document.span(fields[-1])[-1] + 1)
    before = document.cells[rows]
    ways: list[tuple[int, list[list[bytes]]]] = []
    for change_blocks in (_edit_blocks, _lay_out_blocks):
        document.cells[rows] = [list(cell) for cell in before]
        if _has_other_lines(entry.igt, igt) and not change_blocks(document, entry, igt):
            continue
        _change_others(document, entry, igt)
        now = document.fields(rows)
        ways.append((len(_lost(igt, entry, entry.reread(now), now)), document.cells[rows]))
        if not ways[-1][0]:
            break
    document.cells[rows] = min(ways, key=lambda way: way[0])[1]


def _lost(igt: IGT, entry: Entry, again: IGT, now: Sequence[Field]) -> list[str]:
    """What a record does not hold of an entry: not what its own lines, unchanged, never told."""
    before, after = _tokens(entry.record.fields), _tokens(now)
    same = {marker for marker in before.keys() | after.keys() if before[marker] == after[marker]}
    kept = {role for role, marker in entry.meaning.markers.items() if marker in same}
    if (before.keys() | after.keys()) - {*entry.meaning.markers.values()} <= same:
        kept.add("toolbox")
    found = losses_of(igt, again)
    return [what for what in found if what.rpartition(" ")[2] not in kept]


def _tokens(fields: Iterable[Field]) -> Mapping[str, list[str]]:
    """The tokens of all fields of a record, by marker."""
    tokens: dict[str, list[str]] = defaultdict(list)
    for marker, text, _, _ in fields:
        tokens[marker] += text.split()
    return tokens


def _has_other_lines(old: IGT, new: IGT) -> bool:
    names = (*LINES, "pos")
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _change_others(document: _Document, entry: Entry, igt: IGT) -> None:
    """Change the translation, and the mark of a suggestion."""
    markers, fields = entry.meaning.markers, entry.record.fields
    last = document.span(fields[-1])[-1]
    if igt.translation != entry.igt.translation:
        marker, text = markers["translation"], igt.translation
        line = None if text is None else field_line(marker, text)
        _change_field(document, _fields_of(marker, fields), line, last)
    mark = igt.metadata.get("prediction")
    if mark != entry.igt.metadata.get("prediction"):
        marker, line = markers["prediction"], None
        if isinstance(mark, Mapping):
            line = field_line(marker, json.dumps(dict(mark), ensure_ascii=False))
        _change_field(document, _fields_of(marker, fields), line, last)


def _fields_of(marker: str, fields: Iterable[Field]) -> list[Field]:
    """The fields with a marker; an empty one only if there is no other."""
    found = [field for field in fields if marker_of(field) == marker]
    return [field for field in found if text_of(field).strip()] or found[:1]


def _change_field(document: _Document, there: Sequence[Field], text: str | None, last: int) -> None:
    for field in there[1:]:
        document.replace(field, None)
    if there:
        document.replace(there[0], text)
    elif text is not None:
        document.insert(last, text)


def _edit_blocks(document: _Document, entry: Entry, igt: IGT) -> bool:
    """Change the tokens that have changed in lines that are there; return whether that will do."""
    old, new = _divided(entry, entry.igt), _divided(entry, igt)
    if not entry.blocks or old is None or new is None:
        return False
    for block, before, after in zip(entry.blocks, old, new, strict=True):
        was, now = (
            {marker: text.split() for marker, text in document.lay_out(one, entry).items()}
            for one in (before, after)
        )
        for marker in now.keys() | was.keys():
            if now.get(marker) == was.get(marker):
                continue
            if marker not in block or marker not in was:
                return False
            tokens = was[marker], now.get(marker, [])
            edited = edit_line(text_of(block[marker]), *tokens, document.encoding)
            if edited is None:
                return False
            document.replace(block[marker], f"\\{marker} {edited}".rstrip())
    return True


def _lay_out_blocks(document: _Document, entry: Entry, igt: IGT) -> bool:
    """Lay out anew the blocks of which a word has changed."""
    blocks = entry.blocks
    old, new = _divided(entry, entry.igt), _divided(entry, igt)
    if not blocks:
        first = document.span(entry.record.fields[0])[-1]
        for line in block_lines(igt, entry.meaning.markers, document.encoding):
            document.insert(first, line)
    elif new is None or old is None:  # which word is in which block cannot be told
        lines = document.lay_out(igt, entry)
        _lay_out(document, blocks[0], lines)
        for block in blocks[1:]:
            for marker in block.keys() & lines.keys():
                document.replace(block[marker], None)
    else:
        for block, before, after in zip(blocks, old, new, strict=True):
            lines = document.lay_out(after, entry)
            if lines != document.lay_out(before, entry):
                _lay_out(document, block, lines)
    return True


def _divided(entry: Entry, igt: IGT) -> list[IGT] | None:
    blocks = [
        {marker: split_words(line) for marker, line in joined.lines.items()}
        for joined in entry.joined
    ]
    return divide(igt, blocks, entry.meaning.markers)


def _lay_out(document: _Document, block: Block, lines: Mapping[str, str]) -> None:
    """Put lines in the place of those of a block; new ones stand where Toolbox has them."""
    after = document.span(next(iter(block.values())))[-1]
    for marker, text in lines.items():
        line = f"\\{marker} {text}"
        if marker in block:
            document.replace(block[marker], line)
            after = document.span(block[marker])[-1]
        else:
            document.insert(after, line)
