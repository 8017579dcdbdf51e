"""A file that grows with each correction and loses none."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from igtkit.corpus import Corpus
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import read, write

if sys.platform != "win32":
    import fcntl

__all__ = ["Journal"]

_BLOCK = 1 << 16


class Journal:
    r"""A JSON Lines file of texts, to which more are appended.

    What `append` was given is on the disk when it returns. A line that was not finished, since the
    program or the computer stopped in the middle of it, is taken away when the journal is opened
    again: nobody was told that it was there.

    Args:
        path: The file; it is made where it does not exist.

    Attributes:
        path: The file.

    Raises:
        OSError: If the file cannot be made or written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     journal = Journal(f"{folder}/journal.jsonl")
        ...     journal.append([IGT("cats", "cat-s", "cat-PL")])
        ...     Journal(journal.path).read()[0].glosses
        'cat-PL'
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        with self.path.open("a+b") as stream:
            if not _is_held(stream):  # who holds it may be writing
                _mend(stream)

    def read(self) -> Corpus:
        """The texts, in the order in which they were appended.

        Raises:
            FileFormatError: If the file holds something else.
        """
        return read(self.path, "jsonl") if self.path.stat().st_size else Corpus([])

    def append(self, texts: Iterable[IGT]) -> None:
        """Put texts at the end, on the disk: all of them, or none if that fails.

        Raises:
            OSError: If they cannot be written.
        """
        lines = io.StringIO()
        write(texts, lines, "jsonl")
        with self.path.open("ab", buffering=0) as stream:
            before = stream.seek(0, os.SEEK_END)
            left = memoryview(lines.getvalue().encode())
            try:
                while left:
                    left = left[stream.write(left) :]
                os.fsync(stream.fileno())
            except BaseException:
                stream.truncate(before)
                raise

    def clear(self) -> None:
        """Forget all texts."""
        with self.path.open("r+b") as stream:
            stream.truncate(0)
            os.fsync(stream.fileno())

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep the journal from others that would hold it, as long as this lasts.

        Raises:
            InputError: If another program holds it.
        """
        with self.path.open("ab") as stream:
            if _is_held(stream):
                raise InputError(f"{self.path} is in use: another program holds it")
            yield


def _is_held(stream: IO[bytes]) -> bool:
    """Whether another program holds an open journal; if not, it is held until it is closed."""
    if sys.platform != "win32":
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # a file system without locks
            return False
    return False


def _mend(stream: io.BufferedRandom) -> None:
    """Finish the last line of an open journal where only its end is missing, else take it away."""
    last = _last_line(stream)
    if not last.startswith(b"{"):  # nothing is missing, or it is no journal, which `read` tells
        return
    try:
        json.loads(last)
    except RecursionError:  # nothing that was ever noted, which `read` tells
        return
    except ValueError:
        stream.truncate(stream.seek(-len(last), os.SEEK_END))
    else:
        stream.write(b"\n")


def _last_line(stream: io.BufferedRandom) -> bytes:
    """What stands after the last line feed."""
    at, line = stream.seek(0, os.SEEK_END), b""
    while at:
        start = max(0, at - _BLOCK)
        stream.seek(start)
        _, found, after = stream.read(at - start).rpartition(b"\n")
        line = after + line
        if found:
            break
        at = start
    return line
