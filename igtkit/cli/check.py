"""``igtkit check``: what does not align, for people, for CI, and for other programs."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import attrs

from igtkit._characters import shown
from igtkit.alignment import check, written_apart
from igtkit.alignment.notes import apart_message
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted,
    counted_noun,
    note,
    open_texts,
    say,
    version,
)
from igtkit.errors import FileFormatError
from igtkit.igt import Issue

__all__ = ["Located", "add"]

_EXAMPLES = """\
  igtkit check corpus.txt
  igtkit check *.txt --notes                        also what is not wrong, but odd
  igtkit check corpus.txt --ignore boundary-kind    leave a kind of issue out
  igtkit check corpus.txt --output github           annotations on a pull request
  igtkit check corpus.txt --output sarif > out.sarif

The exit status is 1 if there are errors, 0 if not; notes are no errors."""

UNREADABLE = "unreadable"


@attrs.frozen
class Located:
    """An issue and where it is.

    Attributes:
        path: The file.
        line: Line where the entry begins, from 1; None where lines mean nothing.
        id: Identifier of the entry, if it has one.
        issue: What was found.
    """

    path: str
    line: int | None
    id: str | None
    issue: Issue


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "check", "find what does not align", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any format, or -")
    parser.add_argument("--notes", action="store_true", help="report notes as well as errors")
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE",
                        help="leave out issues of this code; may be repeated")  # fmt: skip
    parser.add_argument("--output", choices=_OUTPUTS, default="text",
                        help="text: one line an issue; json: one object a line; sarif; "
                        "github: workflow commands (default: text)")  # fmt: skip
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    counts: Counter[str] = Counter()
    found = (each for path in options.files for each in _issues(path, options, counts))
    kept = (each for each in found if each.issue.code not in options.ignore)
    for line in _OUTPUTS[options.output](_tallied(kept, counts)):
        say(line, commands=options.output == "github")
    parts = [counted_noun(counts["error"], "error")]
    parts += [counted_noun(counts["note"], "note")] * options.notes
    note(f"{counted_noun(counts['entries'], 'entry', 'entries')} checked: {', '.join(parts)}")
    return 1 if counts["error"] else 0


def _issues(path: str, options: argparse.Namespace, counts: Counter[str]) -> Iterator[Located]:
    apart: Counter[str] = Counter()  # told once for each form, not once for each text
    with open_texts(path, options, skip=True) as reader:
        try:
            for igt in counted(reader):
                counts["entries"] += 1
                for issue in check(igt, notes=options.notes):
                    if issue.code == "written-apart":
                        continue
                    yield Located(path, reader.line, igt.id, issue)
                if options.notes:
                    apart.update({word: count for word, (_, count) in written_apart(igt).items()})
        except FileFormatError as error:  # of the file, not of an entry
            yield _unreadable(path, error.line, str(error))
    for skipped in reader.skipped:
        yield _unreadable(path, skipped.line, skipped.message)
    for word, count in apart.most_common():
        message = apart_message(word, count)
        issue = Issue("written-apart", "note", "segmentation", None, None, message)
        yield Located(path, None, None, issue)


def _unreadable(path: str, line: int | None, message: str) -> Located:
    shown = message.removeprefix(f"{path}:{line}: ").removeprefix(f"{path}: ")
    return Located(path, line, None, Issue(UNREADABLE, "error", "", None, None, shown))


def _tallied(found: Iterable[Located], counts: Counter[str]) -> Iterator[Located]:
    for each in found:
        counts[each.issue.severity] += 1
        yield each


def _as_text(found: Iterable[Located]) -> Iterator[str]:
    for each in found:
        place = ":".join(str(part) for part in (each.path, each.line) if part is not None)
        entry = f" {each.id}:" if each.id else ""
        issue = each.issue
        yield shown(f"{place}:{entry} {issue.severity}: {issue.message} [{issue.code}]")


def _as_json(found: Iterable[Located]) -> Iterator[str]:
    for each in found:
        where = {"file": each.path, "file_line": each.line, "id": each.id}
        yield json.dumps(where | attrs.asdict(each.issue), ensure_ascii=False)


def _as_github(found: Iterable[Located]) -> Iterator[str]:
    for each in found:
        level = {"error": "error", "note": "notice"}[each.issue.severity]
        line = f",line={each.line}" if each.line is not None else ""
        place = f"file={_property(each.path)}{line},title={_property(each.issue.code)}"
        yield f"::{level} {place}::{_data(each.issue.message)}"


def _data(text: str) -> str:
    """A text as GitHub reads it after a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _as_sarif(found: Iterable[Located]) -> Iterator[str]:
    results = [_sarif_result(each) for each in found]
    rules = [{"id": code} for code in sorted({str(result["ruleId"]) for result in results})]
    driver = {"name": "igtkit", "version": version(), "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
    yield json.dumps(log, ensure_ascii=False, indent=2)


def _sarif_result(each: Located) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(each.path)}}
    if each.line is not None:
        place["region"] = {"startLine": each.line}
    return {
        "ruleId": each.issue.code,
        "level": each.issue.severity,
        "message": {"text": each.issue.message},
        "locations": [{"physicalLocation": place}],
    }


def _uri(path: str) -> str:
    """A path as a reference of RFC 3986: relative stays relative, and every odd character is coded.

    Example:
        >>> _uri("my corpus/#1.txt")
        'my%20corpus/%231.txt'
    """
    if PurePath(path).is_absolute():
        return Path(path).as_uri()
    coded = quote(PurePath(path).as_posix(), errors="surrogateescape")
    return f"./{coded}" if ":" in coded.partition("/")[0] else coded


_OUTPUTS = {"text": _as_text, "json": _as_json, "sarif": _as_sarif, "github": _as_github}
