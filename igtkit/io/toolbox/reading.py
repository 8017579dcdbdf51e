"""From the records of a Toolbox file to its entries."""

from __future__ import annotations

import itertools
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._parts import tell
from igtkit.io._source import Source
from igtkit.io.toolbox.fields import marker_of
from igtkit.io.toolbox.markers import LINES, tell_markers
from igtkit.io.toolbox.meaning import Entry, Heading, Meaning
from igtkit.io.toolbox.recordings import media_in
from igtkit.io.toolbox.records import Records
from igtkit.io.toolbox.rows import column_encoding
from igtkit.io.toolbox.unknown import Unknown

__all__ = ["NO_MARKERS", "read_entries", "read_toolbox"]

_log = logging.getLogger("igtkit.io")
_LINES = (*LINES, "translation", "pos")
_HEAD = 100
"""Records that are looked at before it is said which unknown markers are in the columns."""

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
    unfit = 0
    has_lines = False
    heading: Heading | None = None
    counts: Counter[str] = Counter()
    records = Records(source, markers)
    roles = records.markers
    stream = iter(records)
    head = list(itertools.islice(stream, _HEAD))
    unknown = Unknown(head, roles, column_encoding(source.encoding))
    meaning = Meaning(roles, source.encoding, unknown.laid_out, media_in(source))
    for record in itertools.chain(head, stream):
        counts.update(map(marker_of, record.fields))
        if record.problem:
            source.reject(
                record.problem,
                line=record.line,
                expected="a line that begins with a backslash and a marker",
                text=record.fields[0].text,
            )
            continue
        if heading is None or record.text is not heading.of:
            heading = meaning.heading(record.text)
        entry = meaning.entry(record, heading)
        unfit += "issues" in entry.igt.metadata.get("toolbox", {})
        has_lines = has_lines or any(getattr(entry.igt, name) is not None for name in _LINES)
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
