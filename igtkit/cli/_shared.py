"""What the commands share: files on the command line, read and written."""

from __future__ import annotations

import argparse
import errno
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn, TextIO

import attrs

from igtkit._characters import shown, shown_line
from igtkit._files import open_descriptor
from igtkit._progress import Progress
from igtkit.cli._messages import in_options
from igtkit.corpus import Corpus
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import (
    Reader,
    WriteReport,
    format_names,
    keep_copy,
    parse_options,
    read,
    stream,
    write,
)
from igtkit.io._original import TEMPLATES, what_more

__all__ = [
    "CommandParser",
    "Subparsers",
    "add_command",
    "add_in_place",
    "add_reading",
    "add_writing",
    "counted",
    "counted_noun",
    "format_options",
    "note",
    "open_texts",
    "prepare_target",
    "read_texts",
    "require_in_place",
    "say",
    "version",
    "whole_from",
    "write_texts",
    "writing_options",
]

_WHOLE = re.compile(r"-?[0-9]{1,18}")

Subparsers = Any
"""What `argparse.ArgumentParser.add_subparsers` gives; its class is private."""


class CommandParser(argparse.ArgumentParser):
    """The parser of a command: files may stand before, between and after its options."""

    _within = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As that of argparse, which takes no file after an option where one stands before it."""
        if self._within or "--" in (args or ()):
            return super().parse_known_args(args, namespace)
        self._within = True  # on the way to what is parsed, Python 3.11 comes here again
        try:
            found, unknown = self.parse_known_intermixed_args(args, namespace)
        finally:
            self._within = False
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")  # with the usage of this one
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """End with a message, and say where the examples are."""
        super().error(f"{message} ({self.prog} --help has examples)")


def add_command(
    commands: Subparsers,
    name: str,
    what: str,
    examples: str,
    run: Any,
) -> argparse.ArgumentParser:
    """Return the parser of a command that does `what`, with examples under its help."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,  # so that an option that comes later changes no script
    )
    parser.set_defaults(run=run)
    return parser


def add_reading(parser: argparse.ArgumentParser, *, skip: bool = True) -> None:
    """Add the options that say how files are read; `skip` where a command may refuse entries."""
    known = ", ".join(format_names("read"))
    parser.add_argument("--format", metavar="NAME", help=f"format of the input: {known}")
    parser.add_argument("--encoding", metavar="NAME", help="encoding of the input (default: UTF-8)")
    parser.add_argument("--option", action="append", default=[], metavar="NAME=VALUE",
                        help="an option of the input's format; may be repeated")  # fmt: skip
    if skip:
        parser.add_argument("--skip", action="store_true",
                            help="leave out entries that cannot be read, and say how "
                            "many")  # fmt: skip


def add_writing(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a file is written."""
    known = ", ".join(format_names("write"))
    parser.add_argument("--to", metavar="NAME", help=f"format of the output: {known}")
    parser.add_argument("--out-option", action="append", default=[], metavar="NAME=VALUE",
                        help="an option of the output's format; may be repeated")  # fmt: skip


def add_in_place(parser: argparse.ArgumentParser) -> None:
    """Add the option without which a command never writes onto what it reads."""
    parser.add_argument("--in-place", action="store_true",
                        help="write into FILE itself, and keep a copy as FILE.bak")  # fmt: skip


def require_in_place(path: str, reader: Reader, options: argparse.Namespace) -> str | None:
    """See to it that writing into a file leaves all in it that is no line of a text.

    Args:
        path: The file.
        reader: A reader of it.
        options: Those of the command: ``in_place``, ``skip``, ``to``.

    Returns:
        What more it may hold, which another file of its format will not have; None for nothing.

    Raises:
        InputError: If it is to be written in place, and would lose something.
    """
    more = what_more(reader)
    if more and options.in_place and options.to in (None, reader.format.name):
        raise InputError(f"{path}: {more}, which would not stay; write another one")
    if options.in_place and options.skip and reader.format.name not in TEMPLATES:
        raise InputError("--skip and --in-place would lose the entries that cannot be read")
    return more


_HOLDING_MORE = (".eaf", ".json")
"""ELAN files have tiers that are no lines of a text; a CLDF dataset is several files."""


def prepare_target(path: str, target: str, *, in_place: bool) -> bool:
    """See to it that nothing is written over that the command did not name.

    Args:
        path: The file that is read, or ``-``.
        target: The file that will be written, or ``-``.
        in_place: Whether the user asked to write into the file that is read; a copy is then made.

    Returns:
        Whether another file is there that will be replaced, which the command should say.

    Raises:
        InputError: If the file that is read would be written over, and nobody asked for it, or it
            holds more than its texts.
    """
    if target == "-" or open_descriptor(target) is not None or not Path(target).is_file():
        return False  # a pipe, say, is not replaced
    if path == "-" or not Path(path).exists() or not Path(path).samefile(target):
        return True
    if not in_place:
        raise InputError(f"{path} would be written over; say so with --in-place")
    if Path(path).suffix.lower() in _HOLDING_MORE:
        raise InputError(f"{path}: such a file holds more than its texts; write another one")
    keep_copy(path)
    return False


def open_texts(path: str, options: argparse.Namespace, *, skip: bool | None = None) -> Reader:
    """Return a reader of a file, ``-`` for standard input, which gives one text at a time."""
    return stream(**_reading(path, options, skip=skip))


def read_texts(path: str, options: argparse.Namespace) -> Corpus:
    """Return all texts of a file, ``-`` for standard input."""
    return read(**_reading(path, options))


def _reading(path: str, options: argparse.Namespace, *, skip: bool | None = None) -> dict[str, Any]:
    lenient = options.skip if skip is None else skip
    return {
        "path": _standard_input() if path == "-" else path,
        "format": options.format,
        "encoding": options.encoding,
        "errors": "skip" if lenient else "raise",
        **format_options(options),
    }


def format_options(options: argparse.Namespace) -> dict[str, Any]:
    """The options of the input's format."""
    return parse_options(options.option, _OWN_OPTIONS)


_OWN_OPTIONS = {
    "path": "names no option of a format",
    "format": "is said with --format",
    "encoding": "is said with --encoding",
    "errors": "is said with --skip",
}
_OWN_OUT_OPTIONS = {
    "items": "names no option of a format",
    "path": "names no option of a format",
    "format": "is said with --to",
}


def _standard_input() -> TextIO:
    return io.TextIOWrapper(_require_open(sys.stdin, "input").buffer, encoding="utf-8-sig")


def writing_options(options: argparse.Namespace) -> list[str]:
    """The options of the output's format; a file that is written in place keeps its encoding."""
    kept = [f"encoding={options.encoding}"] if options.in_place and options.encoding else []
    return [*kept, *options.out_option]


def write_texts(
    texts: Iterable[IGT], path: str, format_name: str | None, given: list[str]
) -> WriteReport:
    """Write a file, ``-`` for standard output, and return what it could not hold."""
    target = _require_open(sys.stdout, "output") if path == "-" else path
    report = write(texts, target, format_name, **parse_options(given, _OWN_OUT_OPTIONS))
    return attrs.evolve(report, notes=tuple(map(in_options, report.notes)))


def counted(texts: Iterable[IGT]) -> Iterator[IGT]:
    """The texts, with a progress bar where there is a terminal."""
    with Progress(None) as bar:
        for text in texts:
            yield text
            bar.advance(1)


def counted_noun(count: int, noun: str, plural: str | None = None) -> str:
    """The number of something with its noun, in the singular or the plural.

    Example:
        >>> counted_noun(1, "error"), counted_noun(2, "entry", "entries")
        ('1 error', '2 entries')
    """
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def version() -> str:
    """The version of igtkit that is installed."""
    return metadata.version("igtkit")


def say(text: str, *, commands: bool = False, colored: bool = False) -> None:
    """Write lines of output, as people and other programs read them.

    Nothing that stands in a text acts on the terminal, or on the service that runs the command.

    Args:
        text: The lines.
        commands: Whether they are meant as commands to GitHub Actions.
        colored: Whether they were made to be shown already, and have colors of igtkit's own.

    Raises:
        OSError: If standard output is closed.
    """
    stream = _require_open(sys.stdout, "output")
    if colored:
        print(text, file=stream)
        return
    show = shown if commands else shown_line
    print("\n".join(map(show, text.split("\n"))), file=stream)


def whole_from(least: int, most: int | None = None) -> Callable[[str], int]:
    """What reads an option that is a whole number, no less than some, and no more than some."""

    def read_number(text: str) -> int:
        number = int(text) if _WHOLE.fullmatch(text.strip()) else least - 1
        if number < least:
            raise argparse.ArgumentTypeError(f"a whole number from {least}, not {text!r}")
        if most is not None and number > most:
            raise argparse.ArgumentTypeError(f"a whole number up to {most}, not {text!r}")
        return min(number, sys.maxsize)

    return read_number


def note(message: object) -> None:
    """Say something that is not the output, where there is somebody to hear it.

    That nobody can, as standard error is closed or its disk is full, changes nothing else.
    """
    if sys.stderr is None:
        return
    try:
        print("\n".join(map(shown_line, str(message).split("\n"))), file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = None  # as where it is closed: Python would try again at the end, and fail


def _require_open(stream: TextIO | None, name: str) -> TextIO:
    if stream is None:
        raise OSError(errno.EBADF, f"standard {name} is closed")
    return stream
