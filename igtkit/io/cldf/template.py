"""Changing a table of examples that is there: its bytes stay, but for the cells that change."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from igtkit.conventions import Conformance, conformance
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io._losses import NOT_IN_TEMPLATE, REPEATED_IDS, changes_of
from igtkit.io._sink import Sink
from igtkit.io._source import PathOrFile, Source
from igtkit.io.cldf.cells import CELLS_ARE_WORDS, cells_of, divide, lines_of, split_cell
from igtkit.io.cldf.dataset import Dataset, open_dataset
from igtkit.io.cldf.reading import Examples

__all__ = ["bears_out", "change_cells", "conformance_of"]

_WRITTEN = {
    "segmentation": "analyzedWord",
    "glosses": "gloss",
    "translation": "translatedText",
}
"""The lines that are written, and the terms of their columns."""

_KEPT = ("transcription", "language", "metalanguage", "pos", "source", "split")


@attrs.define
class _Record:
    """A record of the table: its cells as they stand, with their quotes, and how its line ends."""

    cells: list[str]
    end: str

    def values(self) -> list[str]:
        return [_unquoted(cell) for cell in self.cells]


def change_cells(items: Iterable[IGT], sink: Sink, template: PathOrFile) -> None:
    """Write the table of examples of a dataset again, with what has changed in the entries.

    Args:
        items: Entries that were read from the dataset, all or some.
        sink: Where the table goes; everything else of the dataset is as it was.
        template: The dataset, as reading takes it.

    Raises:
        InputError: If none of the entries is in the table, one is a suggestion that nobody has
            confirmed, or the table is in no CSV that can be written again as it was.
    """
    source = Source(template)
    dataset, table = open_dataset(source)
    path = dataset.path(table)
    dialect = dataset.dialect(table)
    text, encoding = _text_of(path, dialect)
    records = list(_records(text, dialect.delimiter))
    if [record.values() for record in records] != _by_the_library(text, dialect):
        raise InputError(
            f"{path}: a table in this form of CSV cannot be changed without touching the rest; "
            "write a dataset of its own (without template=)"
        )
    header, rows = records[0].values() if records else [], records[1:]
    editor = _Editor(dataset, table, header, sink)
    examples = Examples(dataset, table, source)
    there: dict[str | None, list[tuple[_Record, IGT]]] = {}
    for record in rows:
        if len(record.cells) == len(header) and not _is_comment(record, dialect):
            old = examples.entry(dict(zip(header, record.values(), strict=True)))
            if old is not None:
                there.setdefault(old.id, []).append((record, old))
    source.close()
    known = 0
    given = list(items)
    for igt in given:
        found = there.get(igt.id, [])
        if len(found) != 1:
            sink.lose(REPEATED_IDS if found else NOT_IN_TEMPLATE)
            continue
        known += 1
        editor.change(*found[0], igt)
    if given and not known:
        raise InputError(f"none of the entries is an example of {path}: their ids must be its IDs")
    whole = "".join(_joined(record, editor.delimiter) for record in records)
    sink.binary().write(whole.encode(encoding))


@attrs.define
class _Editor:
    dataset: Dataset
    table: Any
    header: list[str]
    sink: Sink

    @property
    def delimiter(self) -> str:
        return str(self.dataset.dialect(self.table).delimiter)

    def change(self, record: _Record, old: IGT, new: IGT) -> None:
        """Put into a record what an entry says otherwise than the one that was read."""
        for name in _KEPT:
            if getattr(new, name) != getattr(old, name):
                self.sink.lose(changes_of(name))
        changed = [name for name in _WRITTEN if getattr(new, name) != getattr(old, name)]
        if not changed:
            return
        mark = new.metadata.get("prediction")
        if isinstance(mark, Mapping) and not mark.get("confirmed"):
            raise InputError(
                f"example {new.id}: a suggestion that nobody has confirmed; the table has no mark "
                "for it. Confirm it (metadata['prediction']['confirmed'] = True), or write a "
                "dataset of its own (without template=)"
            )
        if "translation" in changed:
            self._set(record, "translation", new.translation or "")
        if "segmentation" in changed or "glosses" in changed:
            self._analyze(record, old, new, changed)

    def _analyze(self, record: _Record, old: IGT, new: IGT, changed: list[str]) -> None:
        cells, whole = _divided(old, new, changed)
        read_back = partial(lines_of, cells["segmentation"], cells["glosses"], new.transcription)
        again = read_back()[:2]
        if CELLS_ARE_WORDS in self.header:
            are_words = again != (new.segmentation, new.glosses)
            again = read_back(are_words=are_words)[:2]
            record.cells[self.header.index(CELLS_ARE_WORDS)] = "true" if are_words else ""
        for name, got in zip(("segmentation", "glosses"), again, strict=True):
            if got != getattr(new, name):  # words with a boundary at an edge read as affixes
                self.sink.lose(name)
        separator = self._separator(record)
        for name, texts in cells.items():
            if name in changed or whole:
                self._set(record, name, separator.join(texts))
        if "LGR_Conformance" in self.header:
            at = self.header.index("LGR_Conformance")
            record.cells[at] = conformance_of(new) or ""

    def _separator(self, record: _Record) -> str:
        """Return what separates the words: in the row, or else as the metadata say."""
        said = " "
        for name in ("segmentation", "glosses"):
            column = self._column(name)
            if column is None:
                continue
            said = column.inherit("separator") or said
            cell = record.values()[self.header.index(column.header)]
            if split_cell(cell, "\t")[1]:
                return "\\t"
            if "\t" in cell:
                return "\t"
        return str(said)

    def _set(self, record: _Record, name: str, text: str) -> None:
        column = self._column(name)
        if column is None:
            self.sink.lose(changes_of(name))
            return
        at = self.header.index(column.header)
        if _unquoted(record.cells[at]) != text:
            record.cells[at] = _quoted(text, self.delimiter)

    def _column(self, name: str) -> Any | None:
        column = self.dataset.column(self.table, _WRITTEN[name])
        return column if column is not None and column.header in self.header else None


Cells = dict[str, list[str]]


def _divided(old: IGT, new: IGT, changed: list[str]) -> tuple[Cells, bool]:
    """The cells of both lines, and whether both are written: not if one can stay as it is."""
    made = cells_of(new.segmentation, new.glosses)
    whole = dict(zip(("segmentation", "glosses"), made, strict=True))
    kept = old.metadata.get("cldf", {}).get("cells", {})
    if not kept:
        return whole, False
    for name, line in (("segmentation", "glosses"), ("glosses", "segmentation")):
        text, other = getattr(old, name), getattr(new, line)
        if name not in changed and text and other:
            cells = divide(kept[name], text, other)
            if cells is not None:
                return {name: list(kept[name]), line: cells}, False
    return whole, True


def conformance_of(igt: IGT) -> str | None:
    """Return how far the glosses are aligned, in CLDF's terms."""
    level = conformance(igt)
    if level >= Conformance.MORPHEMES:
        return "MORPHEME_ALIGNED"
    return "WORD_ALIGNED" if level == Conformance.WORDS else None


def bears_out(aligned: str | None, given: object) -> bool:
    """Whether lines that are aligned so far are aligned as far as somebody said.

    Example:
        >>> bears_out("MORPHEME_ALIGNED", "WORD_ALIGNED"), bears_out(None, "WORD_ALIGNED")
        (True, False)
    """
    return given == aligned or (given, aligned) == ("WORD_ALIGNED", "MORPHEME_ALIGNED")


def _text_of(path: Path, dialect: Any) -> tuple[str, str]:
    encoding = dialect.python_encoding
    raw = path.read_bytes()
    if path.suffix == ".zip":
        raise InputError(f"{path}: the table is zipped; unpack it to have it changed")
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not in {encoding}: byte {raw[error.start]:#04x}") from error


def _is_comment(record: _Record, dialect: Any) -> bool:
    return bool(dialect.commentPrefix) and record.cells[0].startswith(dialect.commentPrefix)


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """The records of a table, such that joined again they are the text."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'\ufeff?(?:"(?:[^"]|"")*"|[^"{mark}\r\n][^{mark}\r\n]*|)')
    line_end = re.compile("\r\n|\n|\r|$")
    at, cells = 0, list[str]()
    while at < len(text):
        found = cell.match(text, at)
        assert found is not None  # an empty cell matches everywhere
        cells.append(found[0])
        at = found.end()
        end = line_end.match(text, at)
        if end is not None:
            yield _Record(cells, end[0])
            at, cells = end.end(), []
        elif text[at] == delimiter:
            at += 1
            if at == len(text):
                yield _Record([*cells, ""], "")
        else:  # something behind a closing quote, which no two readers take alike
            cells[-1] += text[at:]
            yield _Record(cells, "")
            return


def _by_the_library(text: str, dialect: Any) -> list[list[str]] | None:
    """The cells as a CSV reader gives them: what the records must agree with."""
    if (
        not dialect.header
        or dialect.skipRows
        or dialect.quoteChar != '"'
        or not dialect.doubleQuote
    ):
        return None
    stream = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return [row or [""] for row in csv.reader(stream, delimiter=dialect.delimiter)]


def _joined(record: _Record, delimiter: str) -> str:
    return delimiter.join(record.cells) + record.end


def _quoted(text: str, delimiter: str) -> str:
    return (
        '"' + text.replace('"', '""') + '"'
        if re.search(rf'["\r\n{re.escape(delimiter)}]', text)
        else text
    )


def _unquoted(cell: str) -> str:
    cell = cell.removeprefix("\ufeff")
    return (
        cell[1:-1].replace('""', '"')
        if cell.startswith('"') and cell.endswith('"') and len(cell) > 1
        else cell
    )
