"""A CLDF dataset on disk: its metadata, its tables row by row, and nothing outside its folder."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from igtkit._json import each_key_once
from igtkit._optional import require
from igtkit.errors import FileFormatError, IGTError, InputError
from igtkit.io._csv import allow_long_cells
from igtkit.io._encodings import checked_encoding, is_wide
from igtkit.io._source import Source

__all__ = ["TERMS", "Dataset", "examples_file", "making_sense", "open_dataset"]

TERMS = "http://cldf.clld.org/v1.0/terms.rdf#"
"""What the names of CLDF's terms begin with."""

# Of a table in an archive: tables take a tenth of their size there, and what would take a hundredth
# is made to fill the memory.
_MOST_PACKED = 50
_ALWAYS_UNPACKED = 1 << 20
_HEAD = 1 << 16  # bytes of a packed table that are looked at
_LONGEST_ADDRESS = 2000  # characters; the library takes time by their square


class Dataset:
    """A dataset and its tables.

    Args:
        metadata: The file of its metadata.

    Raises:
        FileFormatError: If the metadata are damaged, or name a file outside of their folder.
        MissingExtraError: If pycldf is not installed.
    """

    def __init__(self, metadata: Path) -> None:
        self.metadata = metadata
        self.folder = metadata.parent
        _check(_load(metadata), metadata)
        with making_sense(metadata, "the metadata are damaged", _EXPECTED):
            self._dataset = require("pycldf", "cldf").Dataset.from_metadata(metadata)

    def table(self, component: str) -> Any | None:
        """The table of a component, ``"ExampleTable"`` say; None if there is none."""
        return self._dataset.get(component)

    def table_of_file(self, name: str) -> Any | None:
        """The table that is in a file, by its name."""
        return next((table for table in self._dataset.tables if str(table.url) == name), None)

    def column(self, table: Any, term: str) -> Any | None:
        """The column of a table that stands for a term, ``"gloss"`` say; None if none does."""
        return self._dataset.get((table, TERMS + term))

    def path(self, table: Any) -> Path:
        """Return the path of a table's file.

        Raises:
            FileFormatError: If it is not there, or outside of the folder of the dataset.
        """
        path = self._inside(str(table.url))
        zipped = self._inside(f"{table.url}.zip")
        if not path.is_file() and zipped.is_file():
            return zipped
        if not path.is_file():
            raise FileFormatError(
                f"the table {str(table.url)!r} is missing",
                path=str(self.metadata),
                expected=f"the file {path.name} beside the metadata",
            )
        return path

    def _inside(self, name: str) -> Path:
        path = self.folder / name
        with making_sense(self.metadata, f"no name of a file: {name!r:.80}", "tables beside it"):
            is_inside = path.resolve().is_relative_to(self.folder.resolve())
        if "://" in name or not is_inside:
            raise FileFormatError(
                f"the metadata name a file outside of their folder, {name!r}",
                path=str(self.metadata),
                expected="tables beside the metadata",
            )
        return path

    def dialect(self, table: Any) -> Any:
        """The form of CSV that a table is in."""
        default = require("csvw", "cldf").Dialect
        return table.dialect or self._dataset.tablegroup.dialect or default()

    def rows(self, table: Any, source: Source) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a table, each with its line and the text of its cells by column.

        Args:
            table: The table.
            source: Where a row that cannot be read is reported.

        Raises:
            FileFormatError: If the file is missing, binary, damaged or not in the encoding.
        """
        path = self.path(table)
        with making_sense(path, "no readable table", "CSV"), ExitStack() as stack:
            dialect = self.dialect(table)
            encoding = dialect.python_encoding
            encoding = checked_encoding("utf-8-sig" if encoding == "utf-8" else encoding)
            stream = stack.enter_context(_text(path, encoding, stack))
            allow_long_cells()
            reader = stack.enter_context(
                require("csvw.dsv", "cldf").UnicodeReaderWithLineNumber(stream, dialect=dialect)
            )
            header = None if dialect.header else [c.header for c in table.tableSchema.columns]
            for last, cells in reader:
                line = last - sum(cell.count("\n") for cell in cells)
                if header is None:
                    header = cells
                    _refuse_twice(header, path, line)
                    continue
                if not cells:
                    continue  # a blank line
                if len(cells) != len(header):
                    source.reject(
                        f"{path.name}: a row of {len(cells)} cells",
                        line=line,
                        expected=f"{len(header)}, as the header has",
                        text=dialect.delimiter.join(cells),
                    )
                    continue
                yield line, dict(zip(header, cells, strict=True))


def _refuse_twice(header: list[str], path: Path, line: int) -> None:
    twice = [name for name, count in Counter(header).items() if count > 1]
    if twice:
        raise FileFormatError(f"two columns are named {twice[0]!r:.80}", path=str(path), line=line)


@contextlib.contextmanager
def making_sense(path: Path, otherwise: str, expected: str) -> Iterator[None]:
    """Turn what the libraries raise for files that make no sense into one error.

    They take metadata for what it should be, so that there is no telling what they raise.

    Args:
        path: The file.
        otherwise: What to say of it.
        expected: What it should be.

    Raises:
        FileFormatError: For whatever is raised inside that is not for a user to see.
    """
    try:
        yield
    except (IGTError, OSError):
        raise
    except UnicodeDecodeError as error:
        what = f"not in {error.encoding}: byte {error.object[error.start]:#04x}"
        raise FileFormatError(what, path=str(path)) from error
    except Exception as error:
        what = f"{otherwise}: {str(error) or type(error).__name__:.200}"
        raise FileFormatError(what, path=str(path), expected=expected) from error


def open_dataset(source: Source) -> tuple[Dataset, Any]:
    """The dataset that a path means, and its table of examples.

    Args:
        source: A metadata file, a table of examples beside one, or a folder with one in it.

    Raises:
        FileFormatError: If there is no dataset, or no table of examples in it.
        InputError: If the source is an open file, or the folder has several datasets.
    """
    if source.path is None:
        raise InputError(f"{source.name}: a CLDF dataset is several files; give the path")
    given = source.path
    if given.is_dir() or given.suffix.lower() != ".json":
        metadata = _metadata_of(given)
    else:
        source.head()  # refuses a binary file
        metadata = given
    dataset = Dataset(metadata)
    own = not given.is_dir() and metadata != given
    table = dataset.table_of_file(given.name) if own else dataset.table("ExampleTable")
    if table is None:
        raise FileFormatError(
            "the dataset has no table of examples",
            path=str(metadata),
            expected=f"a table that conforms to {TERMS}ExampleTable",
        )
    return dataset, table


def examples_file(path: Path) -> Path:
    """The file of the examples of the dataset that a path means; see `open_dataset`.

    Raises:
        InputError: If it is packed.
    """
    dataset, table = open_dataset(Source(path))
    file = dataset.path(table)
    if file.suffix == ".zip":
        raise InputError(f"{file} is packed; unpack it to work on it")
    return file


def _metadata_of(path: Path) -> Path:
    """The metadata of a folder, or of its folder ``cldf``, or of a table."""
    if path.is_dir():
        found = _datasets_in(path) or _datasets_in(path / "cldf")
    else:
        path.open("rb").close()  # says so if it is not there
        found = [each for each in _datasets_in(path.parent) if _describes(each, path.name)]
    if not found:
        raise FileFormatError(
            "no metadata of a CLDF dataset here", path=str(path), expected="a file *-metadata.json"
        )
    if len(found) > 1:
        names = ", ".join(each.name for each in found)
        raise InputError(f"{path}: several datasets are here; give the path of one of {names}")
    return found[0]


def _datasets_in(folder: Path) -> list[Path]:
    """The metadata files in a folder; others than CLDF's may have such names too."""
    found = []
    for path in sorted(folder.glob("*metadata.json")):
        with contextlib.suppress(FileFormatError):
            _load(path)
            found.append(path)
    return found


def _describes(metadata: Path, name: str) -> bool:
    tables = _load(metadata).get("tables")
    return isinstance(tables, list) and any(
        isinstance(table, dict) and table.get("url") == name for table in tables
    )


_EXPECTED = "the metadata of a CLDF dataset; for JSON Lines name format='jsonl'"


def _load(metadata: Path) -> dict[str, Any]:
    def refuse_long(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        part = each_key_once(pairs)
        for name, value in part.items():
            if name.endswith("Url") and len(str(value)) > _LONGEST_ADDRESS:
                what = f"{name} has more than {_LONGEST_ADDRESS:,} characters"
                raise FileFormatError(what, path=str(metadata), expected="the form of an address")
        return part

    try:
        text = metadata.read_text(encoding="utf-8-sig")
        loaded = json.loads(text, object_pairs_hook=refuse_long)
    except json.JSONDecodeError as error:
        raise FileFormatError(
            f"not JSON: {error.msg}", path=str(metadata), line=error.lineno, expected=_EXPECTED
        ) from error
    except FileFormatError:
        raise
    except (ValueError, RecursionError) as error:
        raise FileFormatError(
            f"not JSON: {error}", path=str(metadata), expected=_EXPECTED
        ) from error
    if not isinstance(loaded, dict) or "cldf.clld.org" not in str(loaded.get("dc:conformsTo")):
        raise FileFormatError(
            "no metadata of a CLDF dataset", path=str(metadata), expected=_EXPECTED
        )
    return loaded


def _check(loaded: dict[str, Any], metadata: Path) -> None:
    """Refuse metadata that are somewhere else: the library would fetch them."""
    tables = loaded.get("tables", [])
    parts = [loaded, *(tables if isinstance(tables, list) else [None])]
    for part in parts:
        if not isinstance(part, dict) or not isinstance(part.get("url", ""), str):
            raise FileFormatError(
                "a table without description", path=str(metadata), expected=_EXPECTED
            )
        for name in ("tableSchema", "dialect"):
            if isinstance(part.get(name), str):
                raise FileFormatError(
                    f"the {name} is not in the file but at {part[name]!r}",
                    path=str(metadata),
                    expected="metadata that are whole; nothing is fetched",
                )


def _text(path: Path, encoding: str, stack: ExitStack) -> io.TextIOWrapper:
    """The text of a table; line ends are left as they are."""
    if path.suffix == ".zip":
        archive = stack.enter_context(zipfile.ZipFile(path))
        member = next((n for n in archive.namelist() if n == path.stem), None)
        if member is None:
            raise FileFormatError(f"no {path.stem} in the archive", path=str(path))
        packed = archive.getinfo(member)
        if packed.file_size > max(_ALWAYS_UNPACKED, _MOST_PACKED * packed.compress_size):
            raise FileFormatError(
                f"{member} is {packed.file_size:,} bytes, packed to {packed.compress_size:,}",
                path=str(path),
                expected=f"a table that is at most {_MOST_PACKED} times as large as in the archive",
            )
        with archive.open(member) as opened:
            if b"\0" in opened.read(_HEAD) and not is_wide(encoding):
                raise FileFormatError(f"{member} is a binary file", path=str(path), expected="text")
        return io.TextIOWrapper(archive.open(member), encoding=encoding, newline="")
    Source(path, encoding=encoding).head()  # refuses a binary file
    return path.open(encoding=encoding, newline="")
