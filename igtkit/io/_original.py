"""A file that is worked on: read, changed in some of its texts, and written again as what it is."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import attrs

from igtkit.corpus.collection import Corpus
from igtkit.errors import IGTError, InputError
from igtkit.igt import IGT
from igtkit.io._api import Reader, read, stream, write
from igtkit.io._options import option_names
from igtkit.io._registry import get
from igtkit.io._sink import WriteReport

__all__ = ["TEMPLATES", "Original", "keep_copy", "what_more"]

TEMPLATES = ("cldf", "eaf", "toolbox")
"""Formats in which the file itself says what is around the lines that are changed in it."""

_WHOLE = ("csv", "flextext", "jsonl", "sigmorphon", "text")
"""Formats of which the texts hold all that is in a file."""

_TABLES = ("csv", "parquet", "xlsx")
"""Formats that are written in columns of igtkit's own, whatever stood beside those."""

_OWN_COLUMNS = ("as-asked", "column-kept", "sheet-left-out")
"""The rules by which a column is another than igtkit's, or a sheet is not read."""


def what_more(reader: Reader) -> str | None:
    r"""What a file may hold that is lost when its texts are written into it; None for nothing.

    Args:
        reader: A reader of the file.

    Example:
        >>> import io
        >>> what_more(stream(io.StringIO("Page,transcription\n7,cats\n"), "csv"))
        "the table has columns or sheets of its own ('Page')"
    """
    name = reader.format.name
    if name not in {*TEMPLATES, *_WHOLE, *_TABLES}:
        return f"a file of the format {name} can hold more than its texts"
    own = [part.name for part in reader.parts if part.rule in _OWN_COLUMNS]
    if name in _TABLES and own:
        return f"the table has columns or sheets of its own ({', '.join(map(repr, own))})"
    return None


@attrs.frozen
class Original:
    """A file as it was read, to be written again in its own format, once or more often.

    Attributes:
        path: The file, or the folder or the metadata of a CLDF dataset.
        file: What is written: the file, or the dataset's table of examples.
        format: Name of its format.
        texts: What was read.
        digest: SHA-256 of `file` as it was read or written last, by which another program's changes
            are noticed.
        encoding: Name of the encoding; None for UTF-8.
        copy: The copy that was made when it was first written; None before.
        options: The options of its format that it was read with.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = f"{folder}/story.jsonl"
        ...     _ = write([IGT("cats")], path)
        ...     story = Original.open(path)
        ...     story, report = story.write([IGT("cats", "cat-s", "cat-PL")])
        ...     read(path)[0].glosses, read(story.copy)[0].glosses
        ('cat-PL', None)
    """

    path: Path
    file: Path
    format: str
    texts: Corpus
    digest: str
    encoding: str | None = None
    copy: Path | None = None
    options: Mapping[str, Any] = attrs.field(factory=dict)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        format: str | None = None,  # noqa: A002 -- the word for it
        *,
        encoding: str | None = None,
        **options: Any,
    ) -> Self:
        """Read a file to work on.

        Args:
            path: The file; for CLDF the folder of the dataset or its metadata.
            format: Name of the format, as for `read`.
            encoding: Name of the encoding.
            **options: Options of the format, as for `read`: it is written with the same.

        Raises:
            FileFormatError: For a malformed file.
            InputError: If the format is unknown, or files of it cannot be written back with all
                that they hold.
            OSError: If the file cannot be read.
        """
        if "errors" in options:
            raise InputError("errors: a file that is to be written back is read whole")
        with stream(path, format, encoding=encoding, **options) as reader:
            name, more = reader.format.name, what_more(reader)
            if name not in TEMPLATES + _WHOLE:
                more = more or f"a file of the format {name} is written anew"
            if more:
                raise InputError(
                    f"{path}: {more}, and is not written back; work on a copy: "
                    "igtkit convert FILE FILE.jsonl"
                )
            file_of = reader.format.file_of
            file = Path(path) if file_of is None else file_of(Path(path))
            digest = _digest(file)
            texts = Corpus(list(reader))
        found = cls(Path(path), file, name, texts, digest, encoding, options=options)
        if name in _WHOLE:
            found._require_whole()
        return found

    def is_current(self) -> bool:
        """Whether the file is what it was when it was read."""
        return self.file.is_file() and _digest(self.file) == self.digest

    def write(self, texts: Sequence[IGT]) -> tuple[Self, WriteReport]:
        """Write the file again, with what differs in its texts; all else in it stays.

        The first time a copy of it is kept, as ``FILE.bak`` (`keep_copy`).

        Args:
            texts: The texts of the file, in its order.

        Returns:
            What to write the next time with, and what was written, and what could not be held.

        Raises:
            InputError: If another program has changed the file meanwhile, or these are not as many
                texts as were read. Nothing is written then.
            OSError: If the file cannot be written.
        """
        if len(texts) != len(self.texts):
            raise InputError(f"{self.file} has {len(self.texts)} texts, not {len(texts)}")
        if not self.is_current():
            raise InputError(f"{self.file} has been changed by another program; nothing is written")
        copy = self.copy or keep_copy(self.file)
        report = self._write(texts, self.file, copy if self.format != "cldf" else self.path)
        return attrs.evolve(self, digest=_digest(self.file), copy=copy), report

    def _write(self, texts: Sequence[IGT], target: Path, template: Path) -> WriteReport:
        writer = get(self.format).write
        assert writer is not None  # each of these formats has one
        taken = option_names(writer)
        options = {name: value for name, value in self.options.items() if name in taken}
        if self.format in TEMPLATES:
            options["template"] = template
        return write(texts, target, self.format, encoding=self.encoding or "utf-8", **options)

    def _require_whole(self) -> None:
        """Refuse a file that would not be the same if it were written as it was read."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / self.file.name
            report = self._write(self.texts, target, self.file)
            try:
                again = read(target, self.format, encoding=self.encoding, **self.options)
            except IGTError:  # it is written in igtkit's way, and these options are of another
                again = Corpus([])
        lost = ", ".join(report.lost)
        if lost or len(again) != len(self.texts) or not all(map(_same, again, self.texts)):
            raise InputError(
                f"{self.file} cannot be written back as it is{lost and ': it would lose '}{lost}; "
                "work on a copy: igtkit convert FILE FILE.jsonl"
            )


def keep_copy(path: str | os.PathLike[str]) -> Path:
    """Keep a copy of a file beside it, as ``FILE.bak``, or ``FILE.bak2`` where that is there.

    Returns:
        The copy.
    """
    numbers = itertools.chain([""], itertools.count(2))
    copies = (Path(f"{os.fspath(path)}.bak{number}") for number in numbers)
    copy = next(copy for copy in copies if not copy.exists())
    shutil.copy2(path, copy)
    return copy


def _same(one: IGT, other: IGT) -> bool:
    mine, theirs = _prediction(one.metadata), _prediction(other.metadata)
    return one == other and mine == theirs


def _prediction(metadata: Mapping[str, Any]) -> object:
    return metadata.get("prediction")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
