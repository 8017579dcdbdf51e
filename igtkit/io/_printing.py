"""What a reader of a paper sees of an entry: shared by the formats that are for people alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import attrs

from igtkit._characters import direction
from igtkit._labels import split_labels
from igtkit.boundaries import join_words, split_words
from igtkit.igt import IGT
from igtkit.igt.doubt import describe_suggestion
from igtkit.igt.judgment import judgment_of
from igtkit.igt.quotes import bare_translation
from igtkit.igt.text import LINES
from igtkit.io._losses import NO_WORDS, EntryLosses, metadata_key
from igtkit.io._sink import Sink
from igtkit.io._small_caps import meaning_of, tell_unexplained
from igtkit.io._xml.writing import legal

__all__ = ["PRINTED", "Example", "Row", "explain_labels", "print_example"]

PRINTED = frozenset(
    ["transcription", "segmentation", "glosses", "translation", "language", "metadata"]
)
"""The attributes of a text that such a format shows, its metadata in part."""

_CLOSING = ".,;:!?…»”’)]}"
_SHOWN = frozenset(["judgment", "citation", "notes", "prediction"])


@attrs.frozen
class Row:
    """One line of an example, a cell for each word.

    Attributes:
        line: Which one it is: the name of an attribute of `IGT`.
        cells: The words; empty where the line has none.
    """

    line: str
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The line as a whole."""
        return join_words(self.cells)


@attrs.frozen
class Example:
    """An entry as it is printed.

    Attributes:
        heading: The name of its language, or nothing.
        above: The transcription, if its words do not pair up with those of the other lines.
        rows: The lines whose words stand beneath each other.
        translation: In quotes, with the citation after it; or nothing.
        notes: What stands below.
    """

    heading: str
    above: str
    rows: tuple[Row, ...]
    translation: str
    notes: tuple[str, ...]

    @property
    def is_from_right(self) -> bool:
        """Whether the words follow each other from right to left."""
        forms = [row for row in self.rows if row.line != "glosses"] or self.rows
        return bool(forms) and direction(forms[0].text) == "rtl"


def print_example(igt: IGT, sink: Sink) -> Example:
    """Return what is printed of an entry, and report what is not.

    Args:
        igt: The entry; it may be misaligned.
        sink: Where to report.
    """
    losses = EntryLosses(sink)
    for key in igt.metadata.keys() - _SHOWN:
        losses.lose(metadata_key(key))
    columns = _joined(
        [word.surface or "", word.form or "", word.gloss or ""] for word in igt.align(strict=False)
    )
    rows = [
        Row(name, tuple(legal(cell, losses) for cell in cells))
        for name, cells in zip(LINES, zip(*columns, strict=True), strict=False)
        if any(cells)
    ]
    judgment = legal(judgment_of(igt), losses)
    is_paired = (
        len(rows) > 1
        and rows[0].line == "transcription"
        and direction(rows[0].text) == direction(rows[1].text)
    )
    if not is_paired:
        rows = [row for row in rows if row.line != "transcription"]
    above = "" if is_paired else join_words(split_words(igt.transcription))
    if above:
        above = judgment + above
    elif rows:
        first, *others = rows[0].cells
        rows[0] = Row(rows[0].line, (judgment + first, *others))
    citation = igt.metadata.get("citation")
    meant = join_words(split_words(bare_translation(igt.translation or "")))
    quoted = f"‘{meant}’" if meant else ""
    free = join_words([quoted, citation if isinstance(citation, str) else ""])
    if not (above or rows or free):
        losses.lose(NO_WORDS)
    return Example(
        heading=legal((igt.language.name or "") if igt.language is not None else "", losses),
        above=legal(above, losses),
        rows=tuple(rows),
        translation=legal(free, losses),
        notes=tuple(legal(note, losses) for note in _notes(igt)),
    )


def _joined(columns: Iterable[list[str]]) -> list[list[str]]:
    """The columns, marks that close a word or a sentence joined to the one before."""
    joined: list[list[str]] = []
    for column in columns:
        cells = [cell for cell in column if cell]
        if joined and cells and all(not cell.strip(_CLOSING) for cell in cells):
            joined[-1] = [before + cell for before, cell in zip(joined[-1], column, strict=True)]
        else:
            joined.append(column)
    return joined


def _notes(igt: IGT) -> list[str]:
    given = igt.metadata.get("notes")
    notes = [note for note in given if isinstance(note, str)] if isinstance(given, list) else []
    mark = describe_suggestion(igt)
    return [*notes, f"({mark})"] if mark else notes


def explain_labels(
    items: Iterable[IGT], labels: Collection[str], meanings: Mapping[str, str], sink: Sink
) -> list[tuple[str, str]]:
    """Return the list of abbreviations: each label of some texts with what it means.

    Args:
        items: The texts.
        labels: The labels that are in lower case.
        meanings: What labels mean that are not in the Leipzig list.
        sink: Where to say of which labels nobody tells the meaning.

    Returns:
        The labels, in lower case, in order; ``?`` where nobody tells the meaning.

    Example:
        >>> sink = Sink("examples.md")
        >>> explain_labels([IGT(None, None, "go-PST.3sg-EVID")], {"3sg"}, {}, sink)
        [('3sg', 'third person singular'), ('evid', '?'), ('pst', 'past')]
        >>> sink.notes
        ['no meaning is known of evid (abbreviations= says it)']
    """
    found = {
        piece.lower()
        for igt in items
        for token in split_words(igt.glosses)
        for piece, is_label in split_labels(token, labels)
        if is_label
    }
    tell_unexplained(sorted(found), meanings, sink)
    return [(label, meaning_of(label, meanings) or "?") for label in sorted(found)]
