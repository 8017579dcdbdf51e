"""What a format writes to: a file that appears whole or not at all, and a tally of losses."""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Protocol, TextIO

import attrs

from igtkit._files import replacing
from igtkit.errors import InputError
from igtkit.io._encodings import checked_encoding
from igtkit.io._source import PathOrFile, path_or_file

__all__ = ["Sink", "Tally", "WriteReport"]


def _sorted_counts(counts: Mapping[str, int]) -> Mapping[str, int]:
    return MappingProxyType(dict(sorted(counts.items())))


@attrs.frozen
class WriteReport:
    """What `write` did.

    Attributes:
        path: The file that was written.
        format: Name of its format.
        entries: Number of entries written.
        lost: What the file does not hold, in the words of "What is lost on the way" in the guide
            (the name of an `IGT` attribute, ``spacing of glosses``, ``metadata: page``), with the
            number of entries that had it.
        notes: What the writer guessed, in sentences.

    Example:
        >>> print(WriteReport("a.txt", "sigmorphon", 12, {"language": 12}))
        a.txt: 12 entries written as sigmorphon; lost: language (12)
    """

    path: str
    format: str
    entries: int
    lost: Mapping[str, int] = attrs.field(factory=dict, converter=_sorted_counts)
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        count = f"{self.entries} {'entry' if self.entries == 1 else 'entries'}"
        text = f"{self.path}: {count} written as {self.format}"
        lost = ", ".join(f"{name} ({n})" for name, n in self.lost.items())
        return "; ".join([f"{text}; lost: {lost}" if lost else text, *self.notes])


class Tally(Protocol):
    """Whatever counts losses: a `Sink`, or one entry's share of it."""

    def lose(self, what: str) -> None:
        """Count something that the format cannot hold."""


class Sink:
    """An output that a format writes to; what `write` opens and hands to ``Format.write``.

    Args:
        file: A path, or a text file that is open for writing.
        encoding: Name of the encoding.

    Attributes:
        path: The path, or None for an open file.
        name: What error messages call the output.
        encoding: As above.
        lost: Counts of what could not be held so far.
        notes: What was guessed so far.
    """

    def __init__(self, file: PathOrFile, encoding: str = "utf-8") -> None:
        self.path, self._given, self.name = path_or_file(file)
        self.encoding = checked_encoding(encoding)
        self.lost: Counter[str] = Counter()
        self.notes: list[str] = []
        self._binary: BinaryIO | None = None
        self._text: io.TextIOWrapper | None = None

    def lose(self, what: str) -> None:
        """Count, once for an entry, something that the format cannot hold."""
        self.lost[what] += 1

    def tell(self, note: str) -> None:
        """Say, for the report, what was guessed."""
        self.notes.append(note)

    def binary(self) -> BinaryIO:
        """Return the stream to write bytes to.

        Raises:
            InputError: If the output is an open text file.
        """
        if self._binary is None:
            raise InputError(f"{self.name} is open as text; give the path instead")
        return self._binary

    def text(self) -> TextIO:
        r"""Return the stream to write text to; lines end in ``"\n"``."""
        if self._given is not None:
            return self._given
        if self._text is None:
            self._text = io.TextIOWrapper(self.binary(), encoding=self.encoding, newline="\n")
        return self._text

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Write to the output, a file whole or not at all."""
        if self.path is None:
            yield
            return
        with replacing(self.path) as stream, self._writing_to(stream):
            yield

    @contextlib.contextmanager
    def _writing_to(self, stream: BinaryIO) -> Iterator[None]:
        self._binary = stream
        try:
            yield
        finally:
            if self._text is not None:
                self._text.detach()  # writes what it has buffered, and leaves the stream open
            stream.flush()
