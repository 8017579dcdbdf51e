"""From the records of a Toolbox file to its entries."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType

from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.igt.text import ALL_LINES
from igtkit.io._parts import tell
from igtkit.io._source import Source
from igtkit.io.toolbox.fields import marker_of, text_of
from igtkit.io.toolbox.markers import tell_markers
from igtkit.io.toolbox.meaning import Entry, Meaning
from igtkit.io.toolbox.recordings import media_in
from igtkit.io.toolbox.records import Record, Records
from igtkit.io.toolbox.rows import column_encoding
from igtkit.io.toolbox.unknown import Unknown

__all__ = ["NO_MARKERS", "read_entries", "read_toolbox"]

_log = logging.getLogger("igtkit.io")
_BATCH = 100
"""Records that are read in one go; the first ones tell which unknown markers are in the columns."""

NO_MARKERS: Mapping[str, str] = MappingProxyType({})
"""What a user who names no markers gives."""


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
    unfit, first = 0, ""
    has_lines = False
    counts: Counter[str] = Counter()
    records = Records(source, markers)
    roles = records.markers
    batches = _batches(records)
    head = next(batches)
    unknown = Unknown(head, roles, column_encoding(source.encoding))
    meaning = Meaning(roles, source.encoding, unknown.laid_out, media_in(source))
    for batch in chain([head], batches):
        fields = (record.fields for record in batch if not record.problem)
        counts.update(map(marker_of, chain.from_iterable(fields)))
        for record, entry in zip(batch, meaning.entries(batch), strict=True):
            if record.problem:
                source.reject(
                    record.problem,
                    line=record.line,
                    expected="a line that begins with a backslash and a marker",
                    text=text_of(record.fields[0]),
                )
                continue
            if issues := entry.igt.metadata.get("toolbox", {}).get("issues"):
                unfit += 1
                first = first or f"line {record.line}: {issues[0]}"
            has_lines = has_lines or any(getattr(entry.igt, one) is not None for one in ALL_LINES)
            source.line = record.line
            yield entry
    source.parts.extend(
        tell_markers(
            records.heads + counts, roles, markers, {**unknown.rules, **records.starts.rules}
        )
    )
    if tells:
        _tell_left_out(records.without_records, source)
    if source.line is not None and not has_lines:
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
            "%s: %s lines that do not fit, the first at %s; see metadata['toolbox']['issues']",
            source.name,
            what,
            first,
        )
    if said := unknown.said(counts):
        _log.warning("%s: %s", source.name, said)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield records in batches; the first one may have none."""
    stream = iter(records)
    yield [*islice(stream, _BATCH)]
    while batch := [*islice(stream, _BATCH)]:
        yield batch


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
