"""What tiers do not hold, told by reading back what was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from igtkit.igt import IGT
from igtkit.io._sink import Sink

__all__ = ["report_losses"]

_FIELDS = (
    "transcription",
    "segmentation",
    "glosses",
    "translation",
    "pos",
    "id",
    "source",
    "language",
    "metalanguage",
)
_SHARED = ("begin", "end", "speaker", "notes", "prediction")


def report_losses(
    items: Sequence[IGT],
    back: Iterable[IGT],
    sink: Sink,
    name: str,
    held: Collection[str] = _FIELDS,
) -> None:
    """Report every field of the entries that does not come back.

    Args:
        items: The entries as they were given.
        back: The entries as they are read again.
        sink: Where to report.
        name: Name of the format, whose own metadata is made anew.
        held: The fields that the format holds; `write` reports the others.
    """
    found = list(back)
    if len(found) != len(items):
        sink.lost["entries"] += abs(len(items) - len(found))
        return
    if [igt.id for igt in found] != [
        igt.id or new.id for igt, new in zip(items, found, strict=True)
    ]:
        by_time = sorted(items, key=lambda igt: igt.metadata.get("begin", 0.0))
        moved = sum(a is not b for a, b in zip(items, by_time, strict=True))
        sink.lost["order"] += moved
        items = by_time
    for igt, new in zip(items, found, strict=True):
        for field in _FIELDS:
            if field not in held:
                continue
            if getattr(igt, field) not in (None, getattr(new, field)):
                sink.lose(field)
        for key, value in igt.metadata.items():
            if key == name and not _has_more(value):
                continue
            if value in (None, [], {}):
                continue
            told = new.metadata.get(key)
            if key not in _SHARED:
                sink.lose(f"metadata {key}")
            elif told != value and not (key in ("begin", "end") and _near(told, value)):
                sink.lose(key)


def _has_more(own: object) -> bool:
    """Whether a format's own metadata has texts of tiers that were not read as lines."""
    return isinstance(own, dict) and "tiers" in own


def _near(told: object, value: object) -> bool:
    numbers = isinstance(told, (int, float)) and isinstance(value, (int, float))
    return numbers and abs(float(told) - float(value)) < 0.001  # type: ignore[arg-type]
