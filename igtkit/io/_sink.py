"""What a format writes to: a file that appears whole or not at all, and an account of what was lost."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, TextIO

import attrs

from igtkit.errors import InputError

__all__ = ["Sink", "WriteReport"]


@attrs.frozen
class WriteReport:
    """What `write` did.

    Attributes:
        path: The file that was written.
        format: Name of its format.
        entries: Number of entries written.
        lost: What the format cannot hold, by the name of the `IGT` attribute (or in words, for a
            part of one), with the number of entries that had it.

    Example:
        >>> print(WriteReport("a.txt", "sigmorphon", 12, {"language": 12}))
        a.txt: 12 entries written as sigmorphon; lost: language (12)
    """

    path: str
    format: str
    entries: int
    lost: Mapping[str, int] = attrs.field(
        factory=dict, converter=lambda lost: MappingProxyType(dict(sorted(lost.items())))
    )

    def __str__(self) -> str:
        count = f"{self.entries} {'entry' if self.entries == 1 else 'entries'}"
        text = f"{self.path}: {count} written as {self.format}"
        lost = ", ".join(f"{name} ({n})" for name, n in self.lost.items())
        return f"{text}; lost: {lost}" if lost else text


class Sink:
    """An output that a format writes to; what `write` opens and hands to ``Format.write``.

    Attributes:
        path: The path that is being written, or None for an open file.
        name: What error messages call the output.
        lost: Counts of what could not be held so far.
    """

    def __init__(self, file: str | os.PathLike[str] | TextIO, encoding: str = "utf-8") -> None:
        self.path: Path | None = None
        self.encoding = encoding
        self.lost: Counter[str] = Counter()
        self._text: TextIO | None = None
        self._binary: IO[bytes] | None = None
        if isinstance(file, (str, os.PathLike)):
            self.path = Path(file)
            self.name = str(file)
        elif isinstance(file, io.TextIOBase):
            self.name = str(getattr(file, "name", "<text>"))
            self._text = file
        else:
            raise InputError(
                f"cannot write to {file!r:.80}: give a path, or a file opened in text mode"
            )

    def lose(self, what: str) -> None:
        """Count, once for an entry, something that the format cannot hold."""
        self.lost[what] += 1

    def binary(self) -> IO[bytes]:
        """Where to write bytes.

        Raises:
            InputError: If the output is an open text file.
        """
        if self._binary is None:
            raise InputError(f"{self.name} is open as text; give the path instead")
        return self._binary

    def text(self) -> TextIO:
        """Where to write text; the line end is ``"\\n"``."""
        if self._text is None:
            self._text = io.TextIOWrapper(
                self.binary(), encoding=self.encoding, newline="\n", write_through=False
            )
        return self._text

    @contextlib.contextmanager
    def opened(self) -> Iterator[Sink]:
        """Write to a new file in the same folder, and put it in place once it is whole."""
        if self.path is None:
            yield self
            return
        target = Path(os.path.realpath(self.path))  # a link stays a link
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder, not a file", self.name)
        if target.exists() and not target.is_file():  # a pipe or a terminal cannot be replaced
            with open(target, "wb") as self._binary:
                yield self
                self._finish()
            return
        if not target.parent.is_dir():
            raise FileNotFoundError(
                errno.ENOENT, "the folder to write to does not exist", str(self.path.parent)
            )
        temporary = tempfile.NamedTemporaryFile(  # noqa: SIM115 -- closed below, before the move
            dir=target.parent, prefix=f".{target.name}.", suffix=".part", delete=False
        )
        try:
            with temporary as self._binary:
                yield self
                self._finish()
                os.fsync(temporary.fileno())
            os.chmod(temporary.name, _mode(target))
            os.replace(temporary.name, target)
        except BaseException:
            if self._text is not None:
                with contextlib.suppress(ValueError, OSError):
                    self._text.detach()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary.name)
            raise

    def _finish(self) -> None:
        if self._text is not None:
            self._text.flush()
            self._text.detach()
        assert self._binary is not None
        self._binary.flush()


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, or what the process gives a new one."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
