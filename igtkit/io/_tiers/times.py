"""When each entry begins and ends, where a format needs to be told."""

from __future__ import annotations

from collections.abc import Sequence

from igtkit.igt import IGT
from igtkit.io._losses import made_up
from igtkit.io._media import time_of
from igtkit.io._sink import Sink

__all__ = ["Span", "spans"]

_MADE_UP = 2.0  # seconds of a sentence that has no times

Span = tuple[float, float]


def spans(items: Sequence[IGT], sink: Sink) -> list[Span]:
    """Return the beginning and the end of each entry, in seconds.

    Entries without times lie evenly in the gap where they stand, or after each other, at most two
    seconds each; the report says so.
    """
    known = [_told(igt) for igt in items]
    found: list[Span] = []
    at = 0.0
    for index, span in enumerate(known):
        if span is not None:
            found.append(span)
        else:
            sink.lose(made_up("times"))
            later = [n for n, one in enumerate(known[index:]) if one is not None][:1]
            room = _MADE_UP
            if later and (after := known[index + later[0]]) is not None and after[0] > at:
                room = min(room, (after[0] - at) / later[0])
            found.append((at, at + room))
        at = max(at, found[-1][1])
    return found


def _told(igt: IGT) -> Span | None:
    begin, end = (time_of(igt.metadata.get(name)) for name in ("begin", "end"))
    return (begin, end) if begin is not None and end is not None and 0 <= begin < end else None
