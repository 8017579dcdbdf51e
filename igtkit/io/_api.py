"""`read`, `stream` and `write`: the ways in and out, the same for every format."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

import attrs

from igtkit.corpus.collection import Corpus, Skipped
from igtkit.errors import InputError
from igtkit.igt import IGT, Language, judgment_of
from igtkit.igt.text import LINES
from igtkit.io import _registry
from igtkit.io._format import Format
from igtkit.io._judgments import put_judgment, take_judgment
from igtkit.io._losses import CONTROL_CHARACTERS, differences, metadata_key
from igtkit.io._options import check_options
from igtkit.io._parts import Part, tell
from igtkit.io._sink import Sink, WriteReport
from igtkit.io._source import ErrorPolicy, PathOrFile, Source

__all__ = ["Reader", "read", "stream", "write"]

_log = logging.getLogger("igtkit.io")


class Reader(Iterator[IGT]):
    """The entries of a file, one at a time: what `stream` gives.

    The file is closed at its end; use the reader in a ``with`` statement to close it earlier.

    Attributes:
        format: The format that the file is read as.
    """

    def __init__(
        self, source: Source, format_: Format, options: dict[str, Any], given: dict[str, Any]
    ) -> None:
        if format_.read is None:
            raise InputError(f"the format {format_.name!r} can be written, not read")
        check_options(format_.read, options, format_.name)
        self.format = format_
        self._source = source
        self._given = given
        self._finished = False
        self._judged = 0
        self._entries = format_.read(source, **options)

    @property
    def line(self) -> int | None:
        """Line of the file where the entry given last begins; None where lines mean nothing."""
        return self._source.line

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The entries that could not be read so far."""
        return tuple(self._source.skipped)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each part of the file was taken for; whole once the file has been read."""
        return tuple(self._source.parts)

    def __next__(self) -> IGT:
        try:
            igt = next(self._entries)
        except StopIteration:
            self._finish()
            raise
        except BaseException:
            self.close()
            raise
        if self.format.judgments_in_text:
            bare = take_judgment(igt, self.format.name)
            self._judged += bare is not igt
            igt = bare
        return igt.replace(**self._given) if self._given else igt

    def _finish(self) -> None:
        if self._judged and not self._finished:
            told = tell("guess", "judgment", "judgment", "mark-at-first-word", count=self._judged)
            self._source.parts.append(told)
        if self._source.skipped and not self._finished:
            count = len(self._source.skipped)
            what = "1 entry" if count == 1 else f"{count} entries"
            _log.warning(
                "%s: %s could not be read: left out, kept in Corpus.skipped",
                self._source.name,
                what,
            )
        self._finished = True
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()


def stream(
    path: PathOrFile,
    format: str | None = None,  # noqa: A002 -- the word for it
    *,
    errors: ErrorPolicy = "raise",
    encoding: str | None = None,
    language: Language | str | None = None,
    metalanguage: Language | str | None = None,
    split: str | None = None,
    source: str | None = None,
    **options: Any,
) -> Reader:
    r"""Read a file one entry at a time, in constant memory.

    Args:
        path: The file, or an open text file (with a `format`).
        format: Name of the format (see `formats`); by default told from the extension and, where
            that does not tell, from the beginning of the file. A folder with the metadata of a CLDF
            dataset in it is one.
        errors: What to do with an entry that cannot be read: ``"raise"``, or ``"skip"`` it, which
            keeps it in `Reader.skipped` and logs how many there were.
        encoding: Name of the encoding; by default UTF-8, with or without byte-order mark.
        language: Language of every entry, whatever the file says.
        metalanguage: Metalanguage of every entry.
        split: Split of every entry.
        source: Name of the source of every entry.
        **options: Options of the format.

    Returns:
        An iterator over the entries.

    Raises:
        FileFormatError: For a malformed file, while iterating; names file, line and what was
            expected. A file that is not in the encoding gives one, whatever `errors` says; single
            bytes that are not UTF-8 in a file that is, are skipped.
        InputError: If the format is unknown or cannot be told, or has no such option.
        OSError: If the file cannot be opened.

    Example:
        >>> import io
        >>> file = io.StringIO("cat-s\ncat-PL\n\ndog\ndog\n")
        >>> with stream(file, "text") as reader:
        ...     [igt.glosses for igt in reader]
        ['cat-PL', 'dog']
    """
    given = _checked_values(
        language=language, metalanguage=metalanguage, split=split, source=source
    )
    opened = Source(path, encoding=encoding, errors=errors)
    try:
        chosen = _registry.get(format) if format is not None else _guess(opened)
        return Reader(opened, chosen, options, given)
    except BaseException:
        opened.close()
        raise


def _checked_values(**values: Any) -> dict[str, Any]:
    """Those that are given, as an entry has them."""
    given = {name: value for name, value in values.items() if value is not None}
    if not given:
        return given
    return {name: getattr(IGT(None, **given), name) for name in given}


def _guess(source: Source) -> Format:
    if source.path is None:
        raise InputError(f"name the format= of {source.name}, which is an open file")
    if _registry.is_dataset(source.path):
        return _registry.get("cldf")
    return _registry.guess_for_reading(source.name, source.head)


def read(
    path: PathOrFile,
    format: str | None = None,  # noqa: A002 -- the word for it
    *,
    errors: ErrorPolicy = "raise",
    **options: Any,
) -> Corpus:
    r"""Read a file whole.

    Args:
        path: The file, or an open text file (with a `format`).
        format: Name of the format (see `formats`); by default told from the file.
        errors: ``"raise"`` at the first entry that cannot be read, or ``"skip"`` such entries and
            keep them in `Corpus.skipped`.
        **options: ``encoding``, ``language``, ``metalanguage``, ``split``, ``source`` as in
            `stream`, and the options of the format.

    Returns:
        The entries, in the order of the file. An empty file is an empty corpus.

    Raises:
        FileFormatError: For a malformed file; names file, line and what was expected.
        InputError: If the format is unknown or cannot be told, or has no such option.
        OSError: If the file cannot be opened.

    Example:
        >>> import io
        >>> corpus = read(io.StringIO("\\t cats\n\\g cat-PL\n"), "sigmorphon", split="dev")
        >>> corpus[0].glosses, corpus[0].split
        ('cat-PL', 'dev')
    """
    with stream(path, format, errors=errors, **options) as reader:
        return Corpus(list(reader), skipped=reader.skipped)


def write(
    items: Iterable[IGT],
    path: PathOrFile,
    format: str | None = None,  # noqa: A002 -- the word for it
    *,
    encoding: str = "utf-8",
    **options: Any,
) -> WriteReport:
    """Write entries to a file, which appears whole or, if anything fails, not at all.

    Args:
        items: The entries; may be a stream larger than memory.
        path: The file, which is replaced if it exists, or an open text file (with a `format`).
        format: Name of the format (see `formats`); by default told from the extension.
        encoding: Name of the encoding.
        **options: Options of the format.

    Returns:
        What was written, and what the format could not hold.

    Raises:
        InputError: If an item is no `IGT`, the format is unknown, cannot be told or cannot be
            written, it has no such option, or the encoding lacks a character.
        OSError: If the file cannot be written.

    Example:
        >>> import sys
        >>> report = write([IGT("Cats!", "cat-s !", "cat-PL !", split="dev")], sys.stdout, "text")
        Cats!
        cat-s  !
        cat-PL !
        <BLANKLINE>
        >>> dict(report.lost)
        {'split': 1}
    """
    sink = Sink(path, encoding)
    if format is not None:
        chosen = _registry.get(format)
    elif sink.path is None:
        raise InputError(f"name the format= of {sink.name}, which is an open file")
    else:
        chosen = _registry.guess_for_writing(sink.name)
    if chosen.write is None:
        raise InputError(f"the format {chosen.name!r} can be read, not written")
    check_options(chosen.write, options, chosen.name)
    count = _Count()
    try:
        with sink.opened():
            chosen.write(_checked(items, chosen, sink, count), sink, **options)
    except UnicodeEncodeError as error:
        raise InputError(
            f"{sink.name}: {error.object[error.start]!r} cannot be written in {error.encoding} "
            f"(at or before entry {count.entries}); name another encoding="
        ) from error
    return WriteReport(sink.name, chosen.name, count.entries, sink.lost, tuple(sink.notes))


def _without_nul(igt: IGT, sink: Sink) -> IGT:
    """The entry with U+FFFD for NUL, which makes a file a binary one."""
    held = {name: getattr(igt, name) for name in _ATTRIBUTES}
    replaced = {name: _replace_nul(value) for name, value in held.items()}
    if all(replaced[name] is value for name, value in held.items()):
        return igt
    sink.lose(CONTROL_CHARACTERS)
    return IGT(**replaced)


def _replace_nul(value: Any, levels: int = 2) -> Any:
    """The value itself where there is no NUL; what is nested deeper is written as JSON."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd") if "\0" in value else value
    if not levels:
        return value
    if isinstance(value, Language):
        parts = attrs.astuple(value)
        found = [_replace_nul(part) for part in parts]
        return Language(*found) if _differ(found, parts) else value
    if isinstance(value, Mapping):
        mapped = {_replace_nul(k): _replace_nul(part, levels - 1) for k, part in value.items()}
        same = not _differ(mapped, value) and not _differ(mapped.values(), value.values())
        return value if same else mapped
    if isinstance(value, (list, tuple)):
        found = [_replace_nul(part, levels - 1) for part in value]
        return found if _differ(found, value) else value
    return value


def _differ(new: Iterable[object], old: Iterable[object]) -> bool:
    return any(one is not other for one, other in zip(new, old, strict=True))


class _Count:
    entries = 0


def _judged(igt: IGT, format_: Format, sink: Sink) -> IGT:
    """The entry with its judgment in the text, with what would not be read so reported."""
    shown = put_judgment(igt, format_.name)
    told = shown.replace(metadata={}) if "judgment" in shown.metadata else shown
    back = take_judgment(told, format_.name)
    if shown is not igt or back is not told:
        for what in differences(igt, back, LINES):
            sink.lose(what)
        if shown is not igt and judgment_of(back) != judgment_of(igt):
            sink.lose(metadata_key("judgment"))
    return shown


def _checked(items: Iterable[IGT], format_: Format, sink: Sink, count: _Count) -> Iterator[IGT]:
    """The entries as they come, counted, with what the format cannot hold reported."""
    if isinstance(items, (IGT, str)) or not isinstance(items, Iterable):
        raise InputError(f"write takes a Corpus or a list of IGT, not {items!r:.80}")
    unheld = [name for name in _ATTRIBUTES if name not in format_.holds]
    for index, igt in enumerate(items):
        if not isinstance(igt, IGT):
            raise InputError(
                f"write takes IGT items; item {index} is {igt!r:.80}"
                " (a Prediction becomes one with .to_igt(source))"
            )
        if format_.judgments_in_text:
            igt = _judged(igt, format_, sink)  # noqa: PLW2901 -- as the file shows it
        for name in unheld:
            if name == "metadata":
                for key in igt.metadata:
                    sink.lose(metadata_key(key))
            elif getattr(igt, name) is not None:
                sink.lose(name)
        yield igt if format_.holds_nul else _without_nul(igt, sink)
        count.entries += 1


_ATTRIBUTES = tuple(field.name for field in IGT.__attrs_attrs__)
