"""Praat's TextGrid: intervals and points on tiers over a recording.

Every kind that Praat writes is read: long and short text, UTF-8 and UTF-16. Which tier is which
line is told by names, or by a `TierMap`; what belongs together is told by time. An interval that is
empty is a pause, and so is WebMAUS's ``<p:>``, which DoReCo's files have on every tier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any, Literal

from igtkit._optional import require
from igtkit.boundaries import UNKNOWN
from igtkit.errors import FileFormatError
from igtkit.igt import IGT
from igtkit.io._catalog import built_in
from igtkit.io._losses import made_up, report_differences
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

_KIND = re.compile(r'"(?:IntervalTier|TextTier)"')
_SIZES = (
    re.compile(r"(?:intervals|points) ?: size ?= ?(\d+)"),
    re.compile(r'"(?:IntervalTier|TextTier)"\s+"(?:[^"]|"")*"\s+\S+\s+\S+\s+(\d+)'),
)
_TIERS = re.compile(r"<exists>\s+(?:size ?= ?)?(\d+)")
_NO_TIERS = re.compile(r"<absent>|<exists>\s+(?:size ?= ?)?0\s")
_LINES = ("transcription", "segmentation", "glosses", "translation", "pos")
_PAUSES = ("", PAUSE)
_Interval = tuple[float, float, str]


def _praat() -> Any:
    return require("praatio.utilities.textgrid_io", "praat")


def _read(source: Source, *, tiers: TierMap | Mapping[str, Any] | None = None) -> Iterator[IGT]:
    asked = TierMap.of(tiers)
    found = _tiers(_text(source), source.name)
    groups = group_and_tell(found, asked, source)
    entries = [igt for group in groups for igt in read_group(group, source, "textgrid")]
    yield from sorted(entries, key=lambda igt: igt.metadata.get("begin", 0.0))


def _text(source: Source) -> str:
    """The text of a file; Praat's UTF-16 has a byte-order mark."""
    if source.path is None:
        return source.text().read()
    raw = source.binary().read()
    marked = raw[:2] in (b"\xff\xfe", b"\xfe\xff")
    encoding = "utf-16" if marked else source.encoding
    if not marked and b"\0" in raw[:1000]:
        raise FileFormatError("this is a binary file", path=source.name, expected="a TextGrid")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileFormatError(
            f"not in {encoding}; name the file's encoding, for example encoding='latin-1'",
            path=source.name,
            line=raw[: error.start].count(b"\n") + 1,
        ) from error


def _tiers(text: str, name: str) -> list[Tier]:
    if '"TextGrid"' not in text[:200]:
        raise FileFormatError("no TextGrid", path=name, expected='Object class = "TextGrid"')
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"
    if not _KIND.search(text):
        if not _NO_TIERS.search(text):
            raise FileFormatError("no whole TextGrid", path=name, expected="tiers, or <absent>")
        return []
    praat = _praat()
    try:
        grid = praat.parseTextgridStr(text, includeEmptyIntervals=True)
    except Exception as error:  # the library lets whatever went wrong through
        raise FileFormatError(f"no whole TextGrid: {error}", path=name) from error
    sizes = [int(size) for size in (_SIZES[0].findall(text) or _SIZES[1].findall(text))]
    counts = [len(tier["entries"]) for tier in grid["tiers"]]
    declared = _TIERS.search(text)
    if sizes != counts or declared is None or int(declared[1]) != len(counts):
        raise FileFormatError(
            f"the file has {len(counts)} tiers with {counts} intervals, and says "
            f"{declared[1] if declared else 'nothing'} with {sizes}",
            path=name,
            expected="a TextGrid, whole",
        )
    return [_tier(tier["name"], tier["entries"]) for tier in grid["tiers"]]


def _tier(name: str, entries: Iterable[Sequence[Any]]) -> Tier:
    tier = Tier(name)
    for number, (begin, *end, text) in enumerate(entries, 1):
        if text.strip() not in _PAUSES:
            last = float(end[0]) if end else float(begin)
            tier.annotations.append(
                Annotation(str(number), text, float(begin), last, timed=True, tier=tier)
            )
    return tier


def _write(items: Iterable[IGT], sink: Sink, *, form: Literal["long", "short"] = "long") -> None:
    praat = _praat()
    entries = list(items)
    made: dict[str, list[_Interval]] = {}
    ends: dict[str, float] = {}
    times = spans(entries, sink)
    for igt, (begin, end) in sorted(zip(entries, times, strict=True), key=lambda row: row[1]):
        ending = _ending(igt, begin, ends)
        ends[ending] = end
        for line, text in _texts(igt, sink).items():
            made.setdefault(line + ending, []).append((begin, end, text))
    last = max((end for _, end in times), default=1.0)
    grid = {
        "xmin": 0.0,
        "xmax": last,
        "tiers": [
            {"class": "IntervalTier", "name": name, "xmin": 0.0, "xmax": last, "entries": rows}
            for name, rows in made.items()
        ],
    }
    text = praat.getTextgridAsStr(grid, f"{form}_textgrid", includeBlankSpaces=True)
    back = _entries_of(text)
    report_differences(entries, back, sink, "textgrid", (*_LINES, "id"))
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
    found = {line: getattr(igt, line) for line in _LINES}
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
        found[OWN + "system"] = mark.get("system")
        if mark.get("score") is not None:
            found[OWN + "score"] = repr(mark["score"])
        if mark.get("probabilities"):
            found[OWN + "probability"] = show_numbers(mark["probabilities"])
    return {line: text for line, text in found.items() if text is not None and text.strip()}


FORMAT = built_in("textgrid", read=_read, write=_write, holds=[*_LINES, "id", "metadata"])
