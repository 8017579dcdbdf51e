"""The markers that nothing is known of: what became of their fields, and what they could be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from igtkit.io.toolbox.blocks import Blocks, laid_out
from igtkit.io.toolbox.fields import marker_of
from igtkit.io.toolbox.records import Record
from igtkit.io.toolbox.rows import Row
from igtkit.io.toolbox.spans import count_words

__all__ = ["Unknown"]

_COULD_BE = {
    "transcription": "marker-could-be-words",
    "glosses": "marker-could-be-glosses",
    "translation": "marker-could-be-translation",
}
"""For a line that a file lacks the rule by which an unknown marker could be it."""

_OTHERS = frozenset(
    [
        "dt",
        "src",
        "so",
        "st",
        "sd",
        "au",
        "loc",
        "date",
        "rec",
        "tag",
        "com",
        "cmt",
        "nt",
        "not",
        "rem",
        "th",
        "file",
        "wav",
        "snd",
        "audio",
        "aud",
    ]
)
"""Markers of free text that is no translation: date, source, status, author, sound, …"""


class Unknown:
    """What the beginning of a file tells of the markers that stand for no part.

    Args:
        records: The records at the beginning.
        markers: The marker of each part.
        encoding: The encoding whose bytes the columns count.

    Attributes:
        laid_out: For each marker within blocks whether its lines are in the columns.
        rules: For each marker the rule of `igtkit.io.GUESSES` that says what it is.
    """

    def __init__(
        self, records: Sequence[Record], markers: Mapping[str, str], encoding: str
    ) -> None:
        parting = Blocks.by(markers)
        blocks = [block for one in records for block in parting.of(one.fields)[0]]
        self.laid_out = laid_out(blocks, markers, encoding)
        self.rules = {
            marker: "marker-line" if line else "marker-free"
            for marker, line in self.laid_out.items()
        }
        self._markers = markers
        there = {marker_of(field) for record in records for field in record.fields}
        missing = [line for line in _COULD_BE if markers[line] not in there]
        self._could_be = dict(self._guesses(records, missing, encoding)) if missing else {}
        self.rules |= {marker: _COULD_BE[line] for line, marker in self._could_be.items()}

    def said(self, there: Collection[str]) -> str:
        """Say which lines a file lacks, and which markers could be theirs; empty if none could.

        Args:
            there: The markers that the file has.
        """
        missing = [line for line in _COULD_BE if self._markers[line] not in there]
        could_be = {line: self._could_be[line] for line in missing if line in self._could_be}
        if not could_be:
            if any(self._markers[line] in there for line in ("transcription", "segmentation")):
                return ""
            markers = ", ".join(f"\\{marker}" for marker in there)
            return f"no text is found under {markers}; name them with markers="
        guesses = ", ".join(f"\\{marker} could be the {line}" for line, marker in could_be.items())
        known = {*self._markers.values(), *could_be.values()}
        others = ", ".join(f"\\{marker}" for marker in there if marker not in known)
        named = ", ".join(f"{line!r}: {marker!r}" for line, marker in could_be.items())
        return (
            f"no marker of the {', '.join(missing)} was found; {guesses}"
            + (f" (others: {others})" if others else "")
            + f"; say so with markers={{{named}}}"
        )

    def _guesses(
        self, records: Sequence[Record], missing: Collection[str], encoding: str
    ) -> Iterator[tuple[str, str]]:
        """Yield a marker for each missing line that may have one."""
        signs: dict[str, Counter[str]] = defaultdict(Counter)
        for record in records:
            for marker, sign in self._signs(record, encoding):
                signs[marker][sign] += 1
        taken: set[str] = set()
        for line in missing:
            for marker, seen in signs.items():
                if marker not in taken and 2 * seen[line] > seen.total():
                    taken.add(marker)
                    yield line, marker
                    break

    def _signs(self, record: Record, encoding: str) -> Iterator[tuple[str, str]]:
        """Yield for each unknown field the line that it looks like."""
        known = {*self._markers.values()}
        first = next(
            (
                (place, text)
                for line in ("segmentation", "transcription")
                for place, (marker, text, _, _) in enumerate(record.fields)
                if marker == self._markers[line] and text.strip()
            ),
            None,
        )
        if first is None:
            return
        below, anchor = first[0], Row(first[1], encoding)
        for place, (marker, text, _, _) in enumerate(record.fields):
            tokens = text.split()
            if marker in known or not tokens:
                continue
            sign = ""
            if place < below:
                sign = "transcription" if len(tokens) == count_words(anchor) else ""
            elif self.laid_out.get(marker):
                sign = "glosses" if len(tokens) == len(anchor.texts) else ""
            elif len(tokens) > 1 and marker not in _OTHERS:
                letters = sum(map(str.isalpha, text))
                sign = "translation" if 2 * letters > len(text) else ""
            yield marker, sign
