"""Lexicons from tables: one morpheme a row, under named columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from igtkit.boundaries import LEIPZIG
from igtkit.corpus.lexicon import LexiconEntry
from igtkit.errors import FileFormatError, InputError
from igtkit.io._csv import open_table
from igtkit.io._lexicons.glosses import checked_separator, split_glosses
from igtkit.io._morphs import circumfix_halves, marked_type
from igtkit.io._source import PathOrFile, Source
from igtkit.io._tables import fold_name

__all__ = ["read_lexicon"]

_COLUMNS = ("form", "gloss", "morph_type", "pos", "id")


def read_lexicon(
    path: PathOrFile,
    *,
    columns: Mapping[str, str] | None = None,
    delimiter: str | None = None,
    gloss_separator: str | None = None,
    encoding: str | None = None,
) -> tuple[LexiconEntry, ...]:
    r"""Read a lexicon from a CSV or TSV file, such as a spreadsheet exports.

    The first row names the columns: ``form``, ``gloss``, ``morph_type``, ``pos``, ``id``, in
    capitals or not; all but ``form`` may be missing, others are passed over. Boundaries at the
    edges of a form (``-ler``, ``du-``, ``=de``) are taken off, and say its type where no column
    does; a circumfix (``ge- -t``) is a prefix and a suffix. A stem with several glosses has a row
    for each, or, with `gloss_separator`, all of them in one cell. Blank rows are passed over.

    Args:
        path: The file, or an open text file.
        columns: For columns that the table calls otherwise, their names there.
        delimiter: The mark between cells; by default a tab in ``.tsv`` files, else what the header
            has most of ``,``, ``;``, ``|`` and tab.
        gloss_separator: What stands between several glosses in one cell, ``";"`` say; each then
            gives an entry. By default a gloss is one.
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
        separator = checked_separator(gloss_separator)
        return tuple(_entries(source, rows, _names(source, header, columns or {}), separator))
    finally:
        source.close()


def _names(source: Source, header: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the table's own name of each column that it has."""
    for name, own in columns.items():
        if name not in _COLUMNS:
            raise InputError(f"columns: there is no {name!r}; there are: {', '.join(_COLUMNS)}")
        if own not in header:
            raise InputError(f"columns: the table has no {own!r}; it has: {', '.join(header)}")
    folded = {fold_name(name): name for name in reversed(header)}
    names = {name: columns.get(name) or folded.get(name, name) for name in _COLUMNS}
    names |= {name: name for name in _COLUMNS if name in header and name not in columns}
    if names["form"] not in header:
        raise FileFormatError(
            f"no column of forms among: {', '.join(header)}",
            path=source.name,
            line=1,
            expected="form; or say which it is, columns={'form': 'Lexeme'}",
        )
    return {name: own for name, own in names.items() if own in header}


def _entries(
    source: Source,
    rows: Iterator[tuple[int, dict[str, str | None]]],
    names: Mapping[str, str],
    separator: str | None,
) -> Iterator[LexiconEntry]:
    for line, row in rows:
        if not any((cell or "").strip() for cell in row.values()):
            continue
        cells = {name: (row[own] or "").strip() or None for name, own in names.items()}
        entries = _of_row(cells, separator)
        if not entries:
            source.reject("the row has no form", line=line, text=str(row))
        yield from entries


def _of_row(cells: dict[str, str | None], separator: str | None) -> list[LexiconEntry]:
    written, gloss = cells.pop("form") or "", cells.pop("gloss", None)
    kind = cells.pop("morph_type", None) or marked_type(written)
    halves = circumfix_halves(written) if kind == "circumfix" else None
    forms = [(kind, written.strip(LEIPZIG.joiners))]
    if halves is not None:
        forms = list(zip(("prefix", "suffix"), halves, strict=True))
    glosses = [
        part.strip(LEIPZIG.joiners) or None for part in split_glosses(gloss or "", separator)
    ]
    return [
        LexiconEntry(form, gloss, morph_type, **cells)  # type: ignore[arg-type]
        for morph_type, form in forms
        if form
        for gloss in glosses or [None]
    ]
