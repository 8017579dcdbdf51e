"""`inspect`: how a file is understood, before that costs anything."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from igtkit.corpus.collection import Skipped
from igtkit.errors import FileFormatError
from igtkit.igt.text import ALL_LINES
from igtkit.io._api import stream
from igtkit.io._parts import AS_ASKED, Part
from igtkit.io._registry import format_names, guess_reason, is_dataset

__all__ = ["Inspection", "inspect"]


@attrs.frozen
class Inspection:
    """How a file was understood.

    Attributes:
        path: The file.
        format: The format that it was read as.
        why: Why as that.
        entries: How many entries it has.
        lines: In how many of them each line is.
        metadata: In how many of them there is metadata of a name.
        parts: What each tier, marker, column, writing system or unknown macro was taken for.
        skipped: The entries that could not be read.
        problem: Why the file could not be read to its end; empty if it could.
    """

    path: str
    format: str
    why: str
    entries: int
    lines: Mapping[str, int]
    metadata: Mapping[str, int]
    parts: tuple[Part, ...]
    skipped: tuple[Skipped, ...]
    problem: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain dicts, lists, numbers and strings."""
        return attrs.asdict(self)


def inspect(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002 -- the word for it
    **options: Any,
) -> Inspection:
    r"""Read a file and say how it is understood: what each part is taken for, and why.

    Args:
        path: The file.
        format: Name of the format; by default told from the file.
        **options: As for `igtkit.stream`.

    Returns:
        What was understood. A file that cannot be read to its end gives what was seen until there.

    Raises:
        InputError: If the format is unknown or cannot be told, or has no such option.
        OSError: If the file cannot be opened.

    Example:
        >>> import pathlib, tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> path = pathlib.Path(folder.name, "old.db")
        >>> _ = path.write_text("\\ref 1\n\\tx cats\n\\mb cat -s\n\n\\xy 7\n")
        >>> found = inspect(path)
        >>> folder.cleanup()
        >>> found.format, found.why, found.entries
        ('toolbox', "by its extension '.db'", 1)
        >>> for part in found.parts:
        ...     print(part.name, part.line, "|", part.why)
        \ref record | the usual marker
        \tx transcription | the usual marker
        \mb segmentation | the usual marker
        \xy None | nothing has this marker; kept as it is
    """
    lines: Counter[str] = Counter()
    metadata: Counter[str] = Counter()
    entries, problem = 0, ""
    with stream(path, format, errors="skip", **options) as reader:
        try:
            for igt in reader:
                entries += 1
                lines.update(name for name in ALL_LINES if getattr(igt, name) is not None)
                metadata.update(map(str, igt.metadata))
        except FileFormatError as error:
            problem = str(error)
    return Inspection(
        os.fspath(path),
        reader.format.name,
        _why(Path(path), format),
        entries,
        {name: lines[name] for name in ALL_LINES},
        dict(metadata.most_common()),
        reader.parts,
        reader.skipped,
        problem,
    )


def _why(path: Path, format_name: str | None) -> str:
    """Why the file was read as it was."""
    if format_name in format_names():
        return AS_ASKED
    return "a folder with metadata" if is_dataset(path) else guess_reason(path.name)
