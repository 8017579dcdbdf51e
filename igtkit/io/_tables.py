"""What CSV and Parquet share: rows under the column names of two published corpora."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from igtkit.corpus.columns import COLUMNS, json_part, metadata_to_text, to_row
from igtkit.corpus.glosslm import (
    GLOSSLM_COLUMNS,
    from_any_row,
    is_glosslm,
    join_halves,
    to_glosslm_rows,
)
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import IGT
from igtkit.igt.language import is_no_language
from igtkit.igt.text import LINES
from igtkit.io._losses import empty, metadata_key
from igtkit.io._marks import MARK_COLUMNS, from_cells, to_cells
from igtkit.io._parts import Part, tell
from igtkit.io._sink import Sink
from igtkit.io._source import Source

__all__ = ["LAYOUTS", "Layout", "Row", "fold_name", "read_rows", "write_rows"]

_log = logging.getLogger("igtkit.io")

Row = Mapping[str, Any]
Layout = Literal["polygloss", "glosslm"]
LAYOUTS: Mapping[Layout, tuple[str, ...]] = {
    "polygloss": COLUMNS,
    "glosslm": GLOSSLM_COLUMNS,
}
"""The columns of each layout, in order."""

_NOT_IN_GLOSSLM = ("pos", "split")
_ROW_NUMBERS = ("", "Unnamed: 0", "__index_level_0__")
"""What pandas calls the column of row numbers that it adds."""


def read_rows(
    source: Source,
    header: Sequence[str],
    rows: Iterable[tuple[int | None, Row]],
    columns: Mapping[str, str] | None,
    *,
    parse: Callable[[Row], IGT] = from_any_row,
    expected: str = "",
    marks: bool = True,
) -> Iterator[IGT]:
    """The entries of a table.

    Args:
        source: Where it is from.
        header: Names of its columns.
        rows: Each row with its line; one with an attribute ``text`` is quoted by it.
        columns: For columns of igtkit, what this table calls them.
        parse: What makes an entry of a row.
        expected: What a row must be, for messages.
        marks: Whether the mark of a suggestion has columns of its own.

    Raises:
        FileFormatError: If the table has no line of an interlinear text.
        InputError: If `columns` names what is not there.
    """
    twice = [name for name, count in Counter(header).items() if count > 1]
    if twice:
        raise FileFormatError(f"two columns are named {twice[0]!r:.80}", path=source.name, line=1)
    parts = [*_parts(header, columns or {}, marks=marks)]
    source.parts.extend(parts)
    renamed = {part.name: part.line for part in parts if part.line not in (None, part.name)}
    names = [renamed.get(name) or name for name in header]
    if not {*names} & {*LINES}:
        raise FileFormatError(
            f"no column of an interlinear text among: {_listed(header)}",
            path=source.name,
            line=1,
            expected="transcription, segmentation or glosses; or say which they are, "
            "columns={'transcription': 'Text'}",
        )
    named = {name: new for name, new in renamed.items() if new}
    for name in header:
        if name not in named and name in named.values():  # another column is asked for
            named[name] = f"column {name}"  # and this one is kept in the metadata
    entries = _entries(source, rows, named, parse, expected, marks=marks)
    return _joined(source, entries) if is_glosslm(names) else entries


def _marks(header: Iterable[str]) -> tuple[str, ...]:
    """The columns that hold a machine's mark: all, or none, for each may be a table's own."""
    return MARK_COLUMNS if set(MARK_COLUMNS) <= set(header) else ()


def _joined(source: Source, entries: Iterable[IGT]) -> Iterator[IGT]:
    counts: Counter[str] = Counter()
    yield from join_halves(entries, counts)
    for what, count in counts.items():
        rule = "halves-joined" if what == "joined" else "halves-alone"
        source.parts.append(tell("column", "is_segmented", None, rule, detail=what, count=count))
    alone = counts["without text"]
    if alone:
        what = "1 segmented row has" if alone == 1 else f"{alone} segmented rows have"
        _log.warning("%s: %s no text: no other row has the id and says the same", source.name, what)


def _parts(header: Sequence[str], columns: Mapping[str, str], *, marks: bool) -> Iterator[Part]:
    """What each column is: the one asked for, or else the one of that name, or nearly that name."""
    for name, own in columns.items():
        if name not in COLUMNS:
            raise InputError(f"columns: there is no {name!r}; there are: {', '.join(COLUMNS)}")
        if own not in header:
            raise InputError(f"columns: the table has no {own!r}; it has: {_listed(header)}")
    asked = {own: name for name, own in columns.items()}
    glosslm = GLOSSLM_COLUMNS if is_glosslm(map(fold_name, header)) else ()
    known = {*COLUMNS, *glosslm, *(_marks(header) if marks else ())}
    taken = {*asked.values(), *(name for name in header if name in known)}
    for name in header:
        folded = fold_name(name)
        if name in asked:
            yield tell("column", name, asked[name], "as-asked")
        elif name in known and name not in asked.values():
            yield tell("column", name, name, "column-name")
        elif folded in known - taken:
            taken.add(folded)
            yield tell("column", name, folded, "column-case")
        elif name in _ROW_NUMBERS:
            yield tell("column", name, None, "column-numbers")
        else:
            yield tell("column", name, None, "column-kept")


def _listed(names: Sequence[str]) -> str:
    """Some names in a row for a message, as many as anybody reads."""
    return ", ".join([*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]) or "none"


_SHOWN = 50


def fold_name(name: str) -> str:
    """The name of a column without regard to case and the spaces around it.

    Example:
        >>> fold_name(" Morph  Type")
        'morph_type'
    """
    return "_".join(name.strip("\ufeff \t\u00a0").lower().split())


def _entries(
    source: Source,
    rows: Iterable[tuple[int | None, Row]],
    renamed: Mapping[str, str],
    parse: Callable[[Row], IGT],
    expected: str,
    *,
    marks: bool,
) -> Iterator[IGT]:
    before: tuple[Row, IGT] | None = None
    for line, row in rows:
        if before and row is before[0]:  # where rows repeat each other, a format may give one
            yield before[1]
            continue
        try:
            named = {
                renamed.get(name, name): value
                for name, value in row.items()
                if not (name in _ROW_NUMBERS and _is_row_number(value))
            }
            cells = {name: named.pop(name) or "" for name in _marks(named)} if marks else {}
            igt = parse(named)
            igt = _with_mark(igt, cells) if any(cells.values()) else igt
        except InputError as error:
            text = getattr(row, "text", None) or str(dict(row))
            source.reject(str(error), line=line, expected=expected, text=text)
            continue
        source.line, before = line, (row, igt)
        yield igt


def _with_mark(igt: IGT, cells: Mapping[str, str]) -> IGT:
    rest = igt.metadata.get("prediction", {})
    if not isinstance(rest, Mapping):
        raise InputError(f"the metadata have a prediction that is none: {rest!r:.60}")
    return igt.replace(metadata={**igt.metadata, "prediction": from_cells(cells, rest)})


def _is_row_number(value: object) -> bool:
    return value is None or str(value).isdecimal()


def write_rows(
    items: Iterable[IGT], sink: Sink, layout: Layout, *, marks: bool = False
) -> Iterator[dict[str, str | None]]:
    """The rows of a table, every value text; what they cannot hold is reported.

    Args:
        items: The entries.
        sink: Where losses are counted.
        layout: The columns.
        marks: Whether the marks of suggestions have columns of their own (`MARK_COLUMNS`), in the
            layout of PolyGloss, instead of standing among the metadata.
    """
    for igt in items:
        for name in ("language", "metalanguage"):
            language = getattr(igt, name)
            if language is not None and is_no_language(language):
                sink.lose(empty(name))
        if layout == "polygloss":
            for key in igt.metadata.keys() - json_part(igt.metadata).keys():
                sink.lose(metadata_key(key))
            cells, metadata = _apart(igt.metadata) if marks else ({}, igt.metadata)
            yield {**to_row(igt), "metadata": metadata_to_text(metadata), **cells}
            continue
        for name in _NOT_IN_GLOSSLM:
            if getattr(igt, name):
                sink.lose(name)
        for key in igt.metadata:
            sink.lose(metadata_key(key))
        for name in ("language", "metalanguage"):
            language = getattr(igt, name)
            if language is not None and language.iso639_3:  # there is no column for it
                sink.lose(name)
        yield from to_glosslm_rows(igt)


def _apart(metadata: Mapping[str, Any]) -> tuple[dict[str, str | None], dict[str, Any]]:
    """The cells of the mark of a suggestion, and the metadata without what they say."""
    cells: dict[str, str | None] = dict.fromkeys(MARK_COLUMNS)
    rest = json_part(metadata)
    mark = rest.get("prediction")
    if isinstance(mark, Mapping):
        found, left = to_cells(mark)
        cells |= found
        if left:
            rest["prediction"] = left
        elif found:
            del rest["prediction"]
    return cells, rest
