"""Files with one sentence a line, and bars between its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from igtkit import IGT
from igtkit.io import Format, Sink, Source

__all__ = ["BARS"]

LINES = ("transcription", "segmentation", "glosses", "translation")


def read_bars(source: Source, *, empty: str = "") -> Iterator[IGT]:
    """The texts of a file; a cell that is `empty` is a line that is not there."""
    for number, line in source.lines():
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(LINES):
            source.reject(
                f"{len(cells)} cells", line=number, expected="four, with bars between", text=line
            )
            continue
        source.line = number
        yield IGT(*(None if cell == empty else cell for cell in cells))


def write_bars(items: Iterable[IGT], sink: Sink, *, empty: str = "") -> None:
    """Write texts, a line each."""
    for igt in items:
        sink.text().write(" | ".join(getattr(igt, line) or empty for line in LINES) + "\n")


BARS = Format("bars", (".bars",), read=read_bars, write=write_bars, holds=frozenset(LINES))
