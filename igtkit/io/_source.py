"""What a format reads from: an opened file, decoded line by line, and the errors it gives."""

from __future__ import annotations

import codecs
import errno
import io
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TextIO

from igtkit.corpus.collection import Skipped
from igtkit.errors import FileFormatError, InputError
from igtkit.io._encodings import (
    UNDECODED,
    checked_encoding,
    count_utf8,
    is_wide,
    lacks_mark,
    marked_encoding,
    rather_windows,
    undecodable_line,
    unmarked_encoding,
)
from igtkit.io._parts import Part

__all__ = ["ErrorPolicy", "PathOrFile", "Source", "path_or_file"]

_log = logging.getLogger("igtkit.io")

ErrorPolicy = Literal["raise", "skip"]
PathOrFile = str | os.PathLike[str] | TextIO

_HEAD = 1 << 16
_PIECE = 1 << 14
_BYTE_ORDER_MARK = "\ufeff"
_DOS_END = "\x1a"
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_UTF_8 = ("utf-8", "utf-8-sig")


class Source:
    """An input that a format reads from; what `stream` opens and hands to ``Format.read``.

    Args:
        file: A path, or a text file that is open for reading.
        encoding: Name of the encoding; None is UTF-8, with or without byte-order mark, or what the
            byte-order mark says.
        errors: Whether `reject` raises or keeps what was rejected.

    Attributes:
        path: The path, or None for an open file.
        name: What error messages call the input.
        encoding: As above.
        line: Line number where the entry that the format gave last begins; formats set it.
        skipped: What was rejected so far.
        parts: What the format took each part of the file for; formats add to it.

    Raises:
        InputError: For another kind of file, an unknown encoding or error policy.
    """

    def __init__(
        self, file: PathOrFile, *, encoding: str | None = None, errors: ErrorPolicy = "raise"
    ) -> None:
        self.path: Path | None = None
        self.line: int | None = None
        self.skipped: list[Skipped] = []
        self.parts: list[Part] = []
        self._raw: io.BufferedReader | None = None
        self._text: TextIO | None = None
        self._mixture: tuple[int, int] | None = None
        if errors not in ("raise", "skip"):
            raise InputError(f"errors must be 'raise' or 'skip', not {errors!r}")
        self._errors = errors
        self.encoding = checked_encoding(encoding or "utf-8-sig")
        self._may_tell = encoding is None
        self.path, opened, self.name = path_or_file(file)
        if opened is not None:
            self._text = opened

    def binary(self) -> BinaryIO:
        """Return the file as bytes, opened on first use, at its beginning.

        Raises:
            InputError: If the source is an open text file.
            OSError: If the file cannot be opened (FileNotFoundError, PermissionError, ...).
        """
        return self._buffered()

    def _buffered(self) -> io.BufferedReader:
        if self.path is None:
            raise InputError(f"{self.name} is open as text; give the path instead")
        if self._raw is None:
            self._raw = io.BufferedReader(_opened(self.path), _HEAD)
            if self._may_tell:
                self.encoding = marked_encoding(self._raw.peek()) or self.encoding
            else:
                self._require_mark(self._raw.peek())
        return self._raw

    def head(self) -> str:
        """Return the beginning of the file as text, as far as it can be decoded; none is consumed.

        Raises:
            FileFormatError: If the file is a binary one.
        """
        head = self._buffered().peek()[:_HEAD]
        self._refuse_binary(head)
        # Python has the codec that takes the mark away in Python.
        name = "utf-8" if self.encoding == "utf-8-sig" else self.encoding
        return head.decode(name, errors="ignore").removeprefix(_BYTE_ORDER_MARK)

    def text(self) -> TextIO:
        r"""The file as text, opened on first use; every kind of line end reads as ``"\n"``.

        Raises:
            FileFormatError: If the file is a binary one.
            OSError: If the file cannot be opened.
        """
        if self._text is None:
            self._refuse_binary(self._buffered().peek()[:_HEAD])
            self._text = io.TextIOWrapper(self._buffered(), encoding=self.encoding, newline=None)
        return self._text

    def _require_mark(self, head: bytes) -> None:
        """Refuse what begins without the mark that says which byte of a wide character is first."""
        name = codecs.lookup(self.encoding).name
        if lacks_mark(head, name):
            raise FileFormatError(
                f"not in {name}: it does not begin with a byte-order mark; it may be "
                f"encoding='utf-8', or say the order of its bytes, encoding='{name}-le'",
                path=self.name,
            )

    def _refuse_binary(self, head: bytes) -> None:
        if b"\0" not in head or is_wide(self.encoding):
            return
        if wide := unmarked_encoding(head):
            raise FileFormatError(
                "this looks like text in UTF-16 without the mark that says so; save it as UTF-8, "
                f"or name its encoding, encoding='{wide}'",
                path=self.name,
            )
        raise FileFormatError(
            "this is a binary file", path=self.name, expected="text; or name another format="
        )

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield every line with its number, counted from 1, without its line end.

        DOS's end of file (``^Z``) at the end is no text. Where a file is UTF-8 but for some bytes,
        and the caller skips, U+FFFD stands for these, and `skipped` has the line.

        Raises:
            FileFormatError: At the first line that is not in the encoding.
        """
        for number, text in self.texts():
            lines = text.split("\n")
            if not lines[-1]:  # what stands behind the last line end is no line
                del lines[-1]
            yield from enumerate(lines, number)

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield the same in texts of one or more whole lines, with the number of the first."""
        number = 1
        suspicious = codecs.lookup(self.encoding).name == "iso8859-1"
        try:
            for piece, decoded in self._pieces():
                if suspicious and (why := rather_windows(piece, number)):
                    suspicious = False
                    _log.warning("%s: %s", self.name, why)
                is_whole = decoded or UNDECODED.search(piece) is None
                if is_whole and "\r" not in piece and _DOS_END not in piece:
                    yield number, piece
                    number += piece.count("\n")
                    continue
                for line in io.StringIO(piece, newline="\n"):
                    yield number, self._cleaned(line, number) + "\n"
                    number += 1
        except UnicodeError as error:
            raise self.undecodable(error) from error

    def _pieces(self) -> Iterator[tuple[str, bool]]:
        """The file in pieces of whole lines, the first without its byte-order mark.

        Those of what cannot be read again, a pipe say, are single lines, which come as they are
        written.

        Yields:
            Each piece, and whether it is known that all of its bytes are in the encoding.
        """
        pieces = self._bytes_decoded() if self._has_plain_lines() else self._text_read()
        mark = _BYTE_ORDER_MARK  # still there where the caller named the encoding
        for piece, decoded in pieces:
            yield piece.lstrip(mark), decoded
            mark = ""

    def _has_plain_lines(self) -> bool:
        """Whether bytes tell where lines end: whether this is UTF-8, and has line feeds."""
        if self._text is not None or self.path is None:
            return False
        head = self._buffered().peek()  # which tells the encoding
        return codecs.lookup(self.encoding).name in _UTF_8 and b"\n" in head

    def _bytes_decoded(self) -> Iterator[tuple[str, bool]]:
        """The pieces of such a file, decoded one by one: less work than a stream of text is."""
        raw = self._buffered()
        self._refuse_binary(raw.peek()[:_HEAD])
        size = _PIECE if raw.seekable() else 0
        while data := raw.read(size) + raw.readline():
            lines = _with_line_feeds(data)
            try:
                yield lines.decode(), True
            except UnicodeDecodeError:
                yield lines.decode(errors="surrogateescape"), False

    def _text_read(self) -> Iterator[tuple[str, bool]]:
        """The pieces of any other text."""
        stream = self._lenient_text()
        size = _PIECE if self._raw is not None and self._raw.seekable() else 0
        while piece := stream.read(size) + stream.readline():
            yield piece, _encodes(piece)

    def _cleaned(self, line: str, number: int) -> str:
        """A line without its end, with U+FFFD for what is not in the encoding."""
        text = line.rstrip("\r\n")
        bare = text.rstrip(_DOS_END)  # with which some programs fill up the last block
        if not bare or not line.endswith("\n"):
            text = bare
        return text if _encodes(text) else self._replaced(text, number)

    def undecodable(self, error: UnicodeError) -> FileFormatError:
        """The error for what is not in the encoding: says where, and what to do."""
        if not isinstance(error, UnicodeDecodeError):  # no byte-order mark, say
            return FileFormatError(f"not in {self.encoding}: {error}", path=self.name)
        line = None
        if self.path is not None and self.path.is_file():  # it can be read again
            line = undecodable_line(self.path, self.encoding)
        return self._not_decoded(error.encoding, error.object[error.start], line)

    def _lenient_text(self) -> TextIO:
        """The file as text, in which a surrogate stands for each byte that is not decoded."""
        if self._text is None:
            raw = self._buffered()  # which tells the encoding
            if not is_wide(self.encoding):
                self._refuse_binary(raw.peek()[:_HEAD])
                self._text = io.TextIOWrapper(
                    raw, encoding=self.encoding, errors="surrogateescape", newline=None
                )
        return self.text()

    def _replaced(self, text: str, line: int) -> str:
        """Report the bytes of a line that are not in the encoding, and replace them."""
        first = UNDECODED.search(text)
        if first is None or self.path is None:
            return text
        byte = ord(first[0]) - 0xDC00
        name = self.encoding.removesuffix("-sig")
        good, bad = self._count_utf8() if name == "utf-8" else (0, 1)
        if 20 * good < bad or not good:  # hardly by chance: the file is in another encoding
            raise self._not_decoded(name, byte, line)
        at = len(text[: first.start()].encode("utf-8", errors="surrogateescape")) + 1
        count = "1 byte is" if bad == 1 else f"{bad} bytes are"
        replaced = UNDECODED.sub("\ufffd", text)
        self.reject(
            f"not in utf-8: byte {byte:#04x}, the {at}. of the line; {count} not UTF-8 in this "
            "file, and all others are",
            line=line,
            expected="text in one encoding; errors='skip' reads the rest, with U+FFFD for the byte",
            text=replaced,
        )
        return replaced

    def _not_decoded(self, encoding: str, byte: int, line: int | None) -> FileFormatError:
        is_table = str(self.name).lower().endswith((".csv", ".tsv", ".tab"))
        save = "save it as CSV UTF-8 in the spreadsheet, or " if is_table else ""
        return FileFormatError(
            f"not in {encoding}: byte {byte:#04x} cannot be decoded; {save}name the file's "
            "encoding, for example encoding='cp1252'",
            path=self.name,
            line=line,
        )

    def _count_utf8(self) -> tuple[int, int]:
        """What `count_utf8` says of the file; nothing is good where it cannot be read again."""
        if self.path is None or not self.path.is_file():
            return 0, 1
        if self._mixture is None:
            self._mixture = count_utf8(self.path)
        return self._mixture

    def blocks(self) -> Iterator[tuple[int, list[str]]]:
        """Yield every run of lines between blank lines, with the number of its first line."""
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
        if self._errors == "raise":
            raise error
        self.skipped.append(Skipped(self.name, line, str(error), text))

    def close(self) -> None:
        """Close the file, if it was opened here."""
        if self._raw is not None:
            (self._text or self._raw).close()

    def __del__(self) -> None:
        if hasattr(self, "_raw"):
            self.close()


def _with_line_feeds(data: bytes) -> bytes:
    """Whole lines with line feeds as their ends, whatever they ended with."""
    if b"\r" not in data:
        return data
    if _LONE_RETURN.search(data) is None:
        return data.translate(None, b"\r")  # in a third of the time that replacing takes
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _encodes(text: str) -> bool:
    """Whether no surrogate stands in a text, as for a byte that is not in the encoding."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _opened(path: Path) -> io.FileIO:
    try:
        return io.FileIO(str(path))
    except OSError:
        if path.is_dir():
            message = "this is a folder, and no CLDF dataset; read its files one by one"
            raise IsADirectoryError(errno.EISDIR, message, str(path)) from None
        raise


def path_or_file(file: PathOrFile) -> tuple[Path | None, TextIO | None, str]:
    """Tell a path from an open text file: one of both, and what to call it."""
    if isinstance(file, (str, os.PathLike)):
        return _checked_path(file), None, os.fspath(file)
    if isinstance(file, io.TextIOBase):
        return None, file, str(getattr(file, "name", "<text>"))
    raise InputError(f"give a path, or a file opened in text mode, not {file!r:.80}")


def _checked_path(file: str | os.PathLike[str]) -> Path:
    try:
        is_name = b"\0" not in os.fsencode(file)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise InputError(f"no name that a file can have: {os.fspath(file)!r:.200}")
    return file if isinstance(file, Path) else Path(file)
