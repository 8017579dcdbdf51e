"""Praat's TextGrid: intervals and points on tiers over a recording.

Every text that Praat reads is read: long, short and in between, in UTF-8 and UTF-16. Which tier is
which line is told by names, or by a `TierMap`; what belongs together is told by time. An interval
that is empty is a pause, and so is WebMAUS's ``<p:>``, which DoReCo's files have on every tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from igtkit.boundaries import UNKNOWN
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.igt.text import ALL_LINES
from igtkit.io._catalog import built_in
from igtkit.io._losses import made_up, report_differences
from igtkit.io._praat import Form, GridTier, Interval, parse_grid, render_grid
from igtkit.io._sink import Sink
from igtkit.io._source import Source
from igtkit.io._tiers.entries import read_group
from igtkit.io._tiers.groups import group_tiers
from igtkit.io._tiers.map import TierMap
from igtkit.io._tiers.model import IDENTIFIERS, OWN, PAUSE, Annotation, Tier
from igtkit.io._tiers.suggestions import STATUSES, show_numbers
from igtkit.io._tiers.telling import group_and_tell
from igtkit.io._tiers.times import spans

__all__ = ["FORMAT"]

_PAUSES = ("", PAUSE)


def _read(source: Source, *, tiers: TierMap | Mapping[str, Any] | None = None) -> Iterator[IGT]:
    asked = TierMap.of(tiers)
    found = _tiers(_text(source), source.name)
    groups = group_and_tell(found, asked, source)
    entries = [igt for group in groups for igt in read_group(group, source, "textgrid")]
    yield from sorted(entries, key=lambda igt: igt.metadata.get("begin", 0.0))


def _text(source: Source) -> str:
    """The text of a file; Praat's UTF-16 has a byte-order mark."""
    if source.path is None:
        try:
            return source.text().read()
        except UnicodeError as error:
            raise source.undecodable(error) from error
    raw = source.binary().read()
    marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    encoding = "utf-16" if marked else source.encoding
    if not marked and b"\0" in raw[:1000]:
        raise FileFormatError(
            "this is a binary file", path=source.name, expected="a TextGrid that is saved as text"
        )
    try:
        return raw.decode(encoding)
    except UnicodeError as error:
        good = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise FileFormatError(
            f"not in {encoding}; name the file's encoding, for example encoding='cp1252'",
            path=source.name,
            line=raw[:good].count(b"\n") + 1,
        ) from error


def _tiers(text: str, name: str) -> list[Tier]:
    return [_tier(one) for one in parse_grid(text, name)]


def _tier(grid: GridTier) -> Tier:
    tier = Tier(grid.name)
    tier.annotations = [
        Annotation(str(number), text, begin, end, timed=True, tier=tier)
        for number, (begin, end, text) in enumerate(grid.intervals, 1)
        if text.strip() not in _PAUSES
    ]
    return tier


def _write(items: Iterable[IGT], sink: Sink, *, form: Form = "long") -> None:
    entries = list(items)
    made: dict[str, list[Interval]] = {}
    ends: dict[str, float] = {}
    times = spans(entries, sink)
    for igt, (begin, end) in sorted(zip(entries, times, strict=True), key=lambda row: row[1]):
        ending = _ending(igt, begin, ends)
        ends[ending] = end
        for line, text in _texts(igt, sink).items():
            made.setdefault(line + ending, []).append((begin, end, text))
    last = max((end for _, end in times), default=1.0)
    text = render_grid([GridTier(name, rows) for name, rows in made.items()], last, form)
    back = _entries_of(text)
    report_differences(entries, back, sink, "textgrid", (*ALL_LINES, "id"))
    sink.text().write(text)


def _entries_of(text: str) -> list[IGT]:
    groups = group_tiers(_tiers(text, "<text>"), TierMap(), "<text>")
    source = Source(StringIO(text))
    found = [igt for group in groups for igt in read_group(group, source, "textgrid")]
    return sorted(found, key=lambda igt: igt.metadata.get("begin", 0.0))


def _ending(igt: IGT, begin: float, ends: Mapping[str, float]) -> str:
    """The speaker, and a number where he has said something else at that time already."""
    speaker = igt.metadata.get("speaker")
    behind = f"@{speaker}" if isinstance(speaker, str) and speaker else ""
    number = 1
    while ends.get(ending := (f"-{number}" if number > 1 else "") + behind, 0.0) > begin:
        number += 1
    return ending


def _texts(igt: IGT, sink: Sink) -> dict[str, str]:
    """The text of each tier."""
    found = {line: getattr(igt, line) for line in ALL_LINES}
    if not (igt.transcription or "").strip():
        sink.lose(made_up("transcription"))
        found["transcription"] = UNKNOWN
    if igt.id is not None:
        found[IDENTIFIERS] = igt.id
    notes = igt.metadata.get("notes")
    if isinstance(notes, list):
        found["notes"] = "\n".join(map(str, notes))
    mark = igt.metadata.get("prediction")
    if isinstance(mark, Mapping):
        for line in ("segmentation", "glosses"):
            found[OWN + line] = found.pop(line)
        found[OWN + "status"] = STATUSES[bool(mark.get("confirmed"))]
        system = mark.get("system")
        found[OWN + "system"] = None if system is None else str(system)
        if mark.get("score") is not None:
            found[OWN + "score"] = repr(mark["score"])
        if mark.get("probabilities"):
            found[OWN + "probability"] = show_numbers(mark["probabilities"])
    return {line: text for line, text in found.items() if text is not None and text.strip()}


FORMAT = built_in(
    "textgrid",
    read=_read,
    write=_write,
    holds=[*ALL_LINES, "id", "metadata"],
    judgments_in_text=True,
)
