"""What a format reads from: a file, opened, decoded line by line, with the errors it gives rise to."""

from __future__ import annotations

import codecs
import errno
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TextIO

from igtkit.corpus.collection import Skipped
from igtkit.errors import FileFormatError, InputError

__all__ = ["ErrorPolicy", "Source"]

ErrorPolicy = Literal["raise", "skip"]

_HEAD = 1 << 16
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NEWLINE = re.compile(r"\r\n|\r|\n")


class Source:
    """An input that a format reads from; what `stream` opens and hands to ``Format.read``.

    Args:
        file: A path, or a text file that is open for reading.
        encoding: Name of the encoding; None is UTF-8, with or without byte-order mark.
        errors: Whether `reject` raises or keeps what was rejected.

    Attributes:
        path: The path, or None for an open file.
        name: What error messages call the input.
        encoding: As above.
        line: Line number where the entry that the format gave last begins; formats set it.
        skipped: What was rejected so far.

    Raises:
        InputError: For another kind of file, an unknown encoding or error policy.
        OSError: If the file cannot be opened (FileNotFoundError, PermissionError, ...).
    """

    def __init__(
        self,
        file: str | os.PathLike[str] | TextIO,
        *,
        encoding: str | None = None,
        errors: ErrorPolicy = "raise",
    ) -> None:
        self._raw: io.BufferedReader | None = None
        self._text: TextIO | None = None
        if errors not in ("raise", "skip"):
            raise InputError(f"errors must be 'raise' or 'skip', not {errors!r}")
        self.encoding = encoding or "utf-8-sig"
        try:
            codecs.lookup(self.encoding)
        except LookupError as error:
            raise InputError(f"unknown encoding {encoding!r}; try 'latin-1' or 'cp1252'") from error
        self.errors = errors
        self.line: int | None = None
        self.skipped: list[Skipped] = []
        self.path: Path | None = None
        if isinstance(file, (str, os.PathLike)):
            self.path = Path(file)
            self.name = str(file)
        elif isinstance(file, io.TextIOBase):
            self.name = str(getattr(file, "name", "<text>"))
            self._text = file
        else:
            raise InputError(
                f"cannot read from {file!r:.80}: give a path, or a file opened in text mode"
            )

    def binary(self) -> BinaryIO:
        """The file as bytes, opened on first use, at its beginning.

        Raises:
            InputError: If the source is an open text file.
            OSError: If the file cannot be opened.
        """
        if self.path is None:
            raise InputError(f"{self.name} is open as text; give the path instead")
        if self._raw is None:
            if self.path.is_dir():
                raise IsADirectoryError(
                    errno.EISDIR, "a folder, not a file; read its files one by one", self.name
                )
            self._raw = open(self.path, "rb", buffering=_HEAD)  # noqa: SIM115 -- closed by close()
        return self._raw

    def head(self) -> str:
        """The beginning of the file as text, as far as it can be decoded; nothing is consumed."""
        if self.path is None:
            return ""
        self.binary()
        assert self._raw is not None
        return self._raw.peek()[:_HEAD].decode(self.encoding, errors="ignore")

    def text(self) -> TextIO:
        """The file as text, opened on first use; every kind of line end reads as ``"\\n"``.

        Raises:
            FileFormatError: If the file is a binary one, or in UTF-16 without that being said.
            OSError: If the file cannot be opened.
        """
        if self._text is None:
            self.binary()
            assert self._raw is not None
            self._refuse_binary(self._raw.peek()[:_HEAD])
            self._text = io.TextIOWrapper(self._raw, encoding=self.encoding, newline=None)
        return self._text

    def _refuse_binary(self, head: bytes) -> None:
        if b"\0" not in head or re.match(r"(utf|u)[-_]?(16|32)", self.encoding.lower()):
            return
        if head.startswith(_UTF16):
            raise FileFormatError(
                "the file is in UTF-16; say so with encoding='utf-16'", path=self.name
            )
        raise FileFormatError(
            "this is a binary file", path=self.name, expected="text; name another format="
        )

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line with its number, counted from 1, without its line end.

        Raises:
            FileFormatError: At the first line that is not in the encoding.
        """
        stream = self.text()
        try:
            for number, line in enumerate(stream, 1):
                yield number, line.rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise FileFormatError(
                f"not in {error.encoding}: byte {error.object[error.start]:#04x} cannot be "
                "decoded; name the file's encoding, for example encoding='latin-1'",
                path=self.name,
                line=self._first_undecodable_line(),
            ) from error

    def blocks(self) -> Iterator[tuple[int, list[str]]]:
        """Every run of lines between blank lines, with the number of its first line."""
        block: list[str] = []
        first = 1
        for number, line in self.lines():
            if line and not line.isspace():
                if not block:
                    first = number
                block.append(line)
            elif block:
                yield first, block
                block = []
        if block:
            yield first, block

    def reject(
        self, message: str, *, line: int | None = None, expected: str = "", text: str = ""
    ) -> None:
        """Report an entry that cannot be read: raise, or keep it in `skipped`.

        Args:
            message: What is wrong with it.
            line: Number of the line at fault.
            expected: What should have stood there.
            text: The entry as it stands.

        Raises:
            FileFormatError: Where the caller did not ask to skip.
        """
        error = FileFormatError(message, path=self.name, line=line, expected=expected)
        if self.errors == "raise":
            raise error
        self.skipped.append(Skipped(self.name, line, str(error), text))

    def _first_undecodable_line(self) -> int | None:
        """Decode the file again, piece by piece, to learn where: the text layer reads ahead."""
        if self.path is None or not self.path.is_file():
            return None
        decoder = io.IncrementalNewlineDecoder(
            codecs.getincrementaldecoder(self.encoding)(), translate=True
        )
        line = 1
        with open(self.path, "rb") as stream:
            while piece := stream.read(1 << 16):
                try:
                    line += decoder.decode(piece).count("\n")
                except UnicodeDecodeError as error:
                    good = error.object[: error.start].decode(self.encoding, errors="ignore")
                    return line + len(_NEWLINE.findall(good))
        return line  # cut off in the middle of a character

    def close(self) -> None:
        """Close the file, if it was opened here."""
        if self.path is not None:
            for stream in (self._text, self._raw):
                if stream is not None:
                    stream.close()

    def __del__(self) -> None:
        if hasattr(self, "path"):
            self.close()
