"""Lexicons from tables: one morpheme a row, under named columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from igtkit.boundaries import LEIPZIG
from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import FileFormatError, InputError
from igtkit.io._csv import open_table
from igtkit.io._source import PathOrFile, Source

__all__ = ["read_lexicon"]

_COLUMNS = ("form", "gloss", "morph_type", "pos", "id")


def read_lexicon(
    path: PathOrFile,
    *,
    columns: Mapping[str, str] | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
) -> tuple[LexiconEntry, ...]:
    r"""Read a lexicon from a CSV or TSV file, such as a spreadsheet exports.

    The first row names the columns: ``form``, ``gloss``, ``morph_type``, ``pos``, ``id``; all but
    ``form`` may be missing, others are passed over. Boundaries at the edges of a form (``-ler``,
    ``du-``, ``=de``) are taken off, and say its type where no column does. A stem with several
    glosses has a row for each.

    Args:
        path: The file, or an open text file.
        columns: For columns that the table calls otherwise, their names there.
        delimiter: The mark between cells; by default a tab in ``.tsv`` files, else what the header
            has most of ``,``, ``;`` and tab.
        encoding: Name of the encoding; by default UTF-8, with or without byte-order mark.

    Raises:
        FileFormatError: For a malformed file, or a row without form or with too few or many cells;
            names file and line.
        InputError: If `columns` names what is not there.

    Example:
        >>> import io
        >>> table = io.StringIO("Lemma;Meaning\nkavun;melon\n-ler;PL\n")
        >>> for entry in read_lexicon(table, columns={"form": "Lemma", "gloss": "Meaning"}):
        ...     print(entry.form, entry.gloss, entry.morph_type)
        kavun melon None
        ler PL suffix
    """
    source = Source(path, encoding=encoding)
    try:
        table = open_table(source, delimiter)
        if table is None:
            raise FileFormatError("the table is empty", path=source.name, expected="a header")
        header, rows = table
        return tuple(_entries(source, rows, _names(source, header, columns or {})))
    finally:
        source.close()


def _names(source: Source, header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the table's own name of each column that it has."""
    for name, own in columns.items():
        if name not in _COLUMNS:
            raise InputError(f"columns: there is no {name!r}; there are: {', '.join(_COLUMNS)}")
        if own not in header:
            raise InputError(f"columns: the table has no {own!r}; it has: {', '.join(header)}")
    names = {name: columns.get(name, name) for name in _COLUMNS}
    if names["form"] not in header:
        raise FileFormatError(
            f"no column of forms among: {', '.join(header)}",
            path=source.name,
            line=1,
            expected="form; or say which it is, columns={'form': 'Lexeme'}",
        )
    return {name: own for name, own in names.items() if own in header}


def _entries(
    source: Source, rows: Iterator[tuple[int, dict[str, str | None]]], names: Mapping[str, str]
) -> Iterator[LexiconEntry]:
    for line, row in rows:
        cells = {name: (row[own] or "").strip() or None for name, own in names.items()}
        entry = _entry(cells)
        if entry is None:
            source.reject("the row has no form", line=line, text=str(row))
        else:
            yield entry


def _entry(cells: dict[str, str | None]) -> LexiconEntry | None:
    written = cells.pop("form") or ""
    form = written.strip(LEIPZIG.joiners)
    if not form:
        return None
    entry = LexiconEntry(form, **cells)  # type: ignore[arg-type]
    if entry.gloss is not None:
        entry = attrs.evolve(entry, gloss=entry.gloss.strip(LEIPZIG.joiners) or None)
    if entry.morph_type is None:
        entry = attrs.evolve(entry, morph_type=_type(written, form))
    return entry


def _type(written: str, form: str) -> str | None:
    """Return the type of a morpheme, as the boundaries at the edges of its form say."""
    before, after = written[: written.index(form)], written[written.index(form) + len(form) :]
    if before and after:
        return "infix"
    if before:
        return "enclitic" if "=" in before else "suffix"
    if after:
        return "proclitic" if "=" in after else "prefix"
    return None
