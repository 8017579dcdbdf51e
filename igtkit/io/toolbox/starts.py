"""Where a text begins in a Toolbox file, and where a record.

Toolbox knows it from its settings, which are another file; a text has nothing but its markers, in
their order. FLEx's import of standard format begins a text at a title where the one before has
words, a phrase at a reference, and another one at a text line that follows a translation
(``Sfm2FlexText`` of FieldWorks). ELAN writes a marker of any name above each sentence, and its
times and speaker below that (``ShoeboxEncoder``, ``ToolboxEncoder``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from igtkit.igt.text import LINES
from igtkit.io.toolbox.fields import Field, marker_of

__all__ = ["Starts"]


class Starts:
    """Which fields begin a text, and which a record.

    Args:
        markers: The marker of each part; gets that of the record where it is found here, and loses
            that of the text where it stands within records.
        head: The beginning of the file.
        given: Markers by part, as the user named them.

    Attributes:
        texts: The markers that begin a text.
        records: The markers that can begin a record.
        lines: The markers of the interlinear lines.
        translation: The marker of the translation.
        rules: By which rule of `igtkit.io.GUESSES` a marker was taken for what it is.
    """

    def __init__(
        self, markers: dict[str, str], head: Sequence[Field], given: Mapping[str, str]
    ) -> None:
        seen = [*map(marker_of, head)]
        there = set(seen)
        self.rules: dict[str, str] = {}
        self.lines = frozenset(markers[role] for role in LINES)
        self.translation = markers["translation"]
        self._translated = self.translation in there
        # The line that a sentence begins with: of words, or else of morphemes, or of glosses.
        self._first = next((markers[role] for role in LINES if markers[role] in there), "")
        self._record = markers["record"]
        self._numbered = self._record in there
        if not self._numbered and "record" not in given and self._first:
            self._find_record(markers, head)
        self.texts = set(self._find_texts(markers, head, given))
        first = seen[0] if seen else ""
        known = {marker for role, marker in markers.items() if role != "text"} | {self._record}
        if first not in {"", *known} and markers.get("text") in there:
            self.texts.add(first)
        # Times begin a record only where nothing else does.
        times = () if self._numbered else ("begin", "end")
        self._times = frozenset(markers[role] for role in times)
        self.records = self.lines | self._times | {self._record}

    def begins_record(self, marker: str, inside: set[str] | None, *, ended: bool) -> bool:
        """Whether a field begins a record.

        Args:
            marker: Its marker.
            inside: The markers that the record before it has so far; None if there is none.
            ended: Whether that record has lines and, below them, a translation.
        """
        if marker == self._record:
            return True
        if marker in self.lines:
            if inside is None or (ended and marker == self._first):
                return True
            return not self._numbered and marker in inside and (ended or not self._translated)
        return marker in self._times and (inside is None or marker in inside)

    def _find_texts(
        self, markers: dict[str, str], head: Sequence[Field], given: Mapping[str, str]
    ) -> Iterator[str]:
        """Yield the markers of names and titles of texts, unless they stand within records."""
        for role in ("text", "title"):
            marker = markers.get(role)
            if marker is None:
                continue
            if role in given or not self._is_within(marker, head):
                yield marker
                continue
            self.rules[marker] = "marker-in-records"
            if role == "text":
                del markers[role]

    def _is_within(self, marker: str, head: Sequence[Field]) -> bool:
        """Whether a marker stands within records, not above them."""
        begins = {self._record} if self._numbered else self.lines
        seen = [*map(marker_of, head)]
        first = next((one for one in seen if one in {marker, *begins}), marker)
        found = [apart for one, _, _, apart in head if one == marker]
        if first == marker or not found:
            return False
        records = seen.count(self._record)
        apart = 2 * sum(found) > len(found)
        if len(found) > 1 and 2 * len(found) > records and not apart:
            return True
        return 2 * sum(self._in_head_of_record(marker, seen)) > len(found)

    def _in_head_of_record(self, marker: str, seen: Sequence[str]) -> Iterator[bool]:
        """For each field of a marker, whether it stands between a record's and its lines."""
        is_open = False
        for one in seen:
            if one == self._record:
                is_open = True
            elif one == marker:
                yield is_open
            elif one in self.lines or one == self.translation:
                is_open = False

    def _find_record(self, markers: dict[str, str], head: Sequence[Field]) -> None:
        """Find the marker that stands above the lines of every record, if there is one."""
        seen = [*map(marker_of, head)]
        texts = {markers[role] for role in ("text", "title") if role in markers}
        above = dict.fromkeys(seen[: seen.index(self._first)])
        found = [one for one in above if one not in texts | self.lines]
        found = [one for one in found if self._stands_above(one, seen, texts)][:1]
        if not found:  # in a file of one record, ELAN's, right above the times
            begin = next((at for at, one in enumerate(seen) if one == markers["begin"]), 0)
            apart = head[begin][3]
            near = begin and not apart and seen[begin - 1] not in markers.values()
            found = [seen[begin - 1]] if near and seen.count(seen[begin - 1]) == 1 else []
        for marker in found:
            self._record, self._numbered = marker, True
            self.rules[marker] = "marker-above-lines"
            if marker not in markers.values():
                markers["record"] = marker

    def _stands_above(self, marker: str, seen: Sequence[str], texts: set[str]) -> bool:
        """Whether a marker stands above each sentence, and not once for each text."""
        records = filled = of_texts = sentences = 0
        in_text_head = empty = ended = False
        for one in seen:
            if one == marker:
                records += 1
                of_texts += in_text_head
                empty = True
            elif one in texts:
                in_text_head = True
            elif one in self.lines:
                sentences += one == self._first and (empty or ended)
                filled += empty
                in_text_head = empty = ended = False
            elif one == self.translation:
                ended = True
        return (
            records > 1
            and 5 * filled >= 4 * records
            and 2 * sentences <= 3 * records
            and of_texts < records
            and 2 * of_texts <= records
        )
