"""``igtkit check``: what does not align, for people, for CI, and for other programs."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator

from igtkit.alignment import ERROR_CODES, NOTE_CODES, check, written_apart
from igtkit.alignment.notes import apart_message
from igtkit.cli._findings import STYLES, Located, place_of, render
from igtkit.cli._languages import add_language, is_of_language, language_name, no_text
from igtkit.cli._messages import in_options, said
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted,
    counted_noun,
    note,
    open_texts,
    say,
)
from igtkit.errors import FileFormatError, InputError
from igtkit.igt import Issue

__all__ = ["add"]

_EXAMPLES = """\
  igtkit check corpus.txt
  igtkit check *.txt --notes                        also what is not wrong, but odd
  igtkit check corpus.txt --ignore boundary-kind    leave a kind of issue out
  igtkit check corpus.txt --output-format github    annotations on a pull request
  igtkit check corpus.txt --output-format sarif > out.sarif

A finding that comes again and again has one line, with its count; --all shows each.

The exit status is 1 if there are errors, 0 if not; notes are no errors."""

UNREADABLE = "unreadable"
_CODES = (*ERROR_CODES, UNREADABLE, *NOTE_CODES)


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "check", "find what does not align", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any format, or -")
    parser.add_argument("--notes", action="store_true", help="report notes as well as errors")
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE",
                        help="leave out issues of this code; may be repeated")  # fmt: skip
    parser.add_argument("--all", action="store_true",
                        help="show every finding, also one that comes again and again")  # fmt: skip
    parser.add_argument("--output-format", choices=STYLES, default="text",
                        help="text: one line an issue; json: one object a line; sarif; "
                        "github: workflow commands (default: text)")  # fmt: skip
    add_language(parser, "check only")
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    for code in options.ignore:
        if code not in _CODES:
            raise InputError(f"no issue has the code {code!r}; there are: {', '.join(_CODES)}")
    counts: Counter[str] = Counter()
    others: Counter[str | None] = Counter()
    found = (each for path in options.files for each in _issues(path, options, counts, others))
    kept = (each for each in found if each.issue.code not in options.ignore)
    for line in render(_tallied(kept, counts), options.output_format, every=options.all):
        say(line, commands=options.output_format == "github")
    if others and not counts["entries"]:
        raise InputError(no_text(options.language, others))
    parts = [counted_noun(counts["error"], "error")]
    parts += [counted_noun(counts["note"], "note")] * options.notes
    note(f"{counted_noun(counts['entries'], 'entry', 'entries')} checked: {', '.join(parts)}")
    return 1 if counts["error"] else 0


def _issues(
    path: str,
    options: argparse.Namespace,
    counts: Counter[str],
    others: Counter[str | None],
) -> Iterator[Located]:
    """What is wrong in a file; counts its entries, and apart those of other languages."""
    apart: Counter[str] = Counter()  # told once for each form, not once for each text
    try:
        opened = open_texts(path, options, skip=True)
    except (OSError, InputError) as error:
        yield _among_others(path, options, error)
        return
    with opened as reader:
        try:
            for igt in counted(reader):
                if options.language is not None and not is_of_language(igt, options.language):
                    others[language_name(igt)] += 1
                    continue
                counts["entries"] += 1
                for issue in check(igt, notes=options.notes):
                    if issue.code == "written-apart":
                        continue
                    yield Located(path, reader.line, igt.id, place_of(igt), issue)
                if options.notes:
                    apart.update({word: count for word, (_, count) in written_apart(igt).items()})
        except FileFormatError as error:  # of the file, not of an entry
            yield _unreadable(path, error.line, str(error))
        except (
            OSError
        ) as error:  # a file whose name tells its format is opened only when it is read
            yield _among_others(path, options, error)
    for skipped in reader.skipped:
        yield _unreadable(path, skipped.line, skipped.message)
    for word, count in apart.most_common():
        message = apart_message(word, count)
        issue = Issue("written-apart", "note", "segmentation", None, None, message)
        yield Located(path, None, None, "", issue)


def _among_others(path: str, options: argparse.Namespace, error: Exception) -> Located:
    """What to say of a file that cannot be read; the other files are checked all the same.

    Raises:
        Exception: The error, where there is no other file.
    """
    if len(options.files) == 1:
        raise error
    return _unreadable(path, None, said(error))


def _unreadable(path: str, line: int | None, message: str) -> Located:
    shown = in_options(message.removeprefix(f"{path}:{line}: ").removeprefix(f"{path}: "))
    return Located(path, line, None, "", Issue(UNREADABLE, "error", "", None, None, shown))


def _tallied(found: Iterable[Located], counts: Counter[str]) -> Iterator[Located]:
    for each in found:
        counts[each.issue.severity] += 1
        yield each
