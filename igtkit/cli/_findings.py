"""What `igtkit check` found, in the styles it can be printed in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import attrs

from igtkit._characters import shown
from igtkit.cli._shared import version
from igtkit.igt import IGT, Issue

__all__ = ["STYLES", "Located", "place_of", "render"]

_SHOWN = 3
"""So many of the places of a finding that comes again and again are named."""

_SENTENCE_NUMBER = re.compile(r'<item[^>]* type="segnum"[^>]*>([^<]+)</item>')


@attrs.frozen
class Located:
    """An issue and where it is.

    Attributes:
        path: The file.
        line: Line where the entry begins, from 1; None where lines mean nothing.
        id: Identifier of the entry, if it has one.
        place: How the program that the file is from shows the place: a time, text and sentence;
            else the identifier. Empty for none.
        issue: What was found.
    """

    path: str
    line: int | None
    id: str | None
    place: str
    issue: Issue


def place_of(igt: IGT) -> str:
    """Say where a text is in the words of the program that its file is from.

    Example:
        >>> place_of(IGT("a", id="a7", metadata={"begin": 83.25, "eaf": {}}))
        'a7 at 1:23.250'
        >>> place_of(IGT("a", id="7"))
        '7'
    """
    own = igt.metadata.get("flextext")
    phrase = own.get("phrase") if isinstance(own, Mapping) else None
    number = _SENTENCE_NUMBER.search(phrase) if isinstance(phrase, str) else None
    if number is not None:  # its id is one that FLEx never shows
        return f"{igt.source or 'text'}, sentence {number[1].strip()}"
    begin = igt.metadata.get("begin")
    if isinstance(begin, (int, float)):
        minutes, seconds = divmod(begin, 60)
        time = f"at {int(minutes)}:{seconds:06.3f}"
        return f"{igt.id} {time}" if igt.id else time
    return igt.id or ""


def render(found: Iterable[Located], style: str, *, every: bool) -> Iterator[str]:
    """The lines to print.

    Args:
        found: The findings.
        style: One of `STYLES`.
        every: Whether, as text, a finding that comes again in its file, word by word, has a line
            each time; else its first has one, with a count.
    """
    if style == "text":
        return (_as_line(each) for each in found) if every else _as_grouped_lines(found)
    return _FOR_PROGRAMS[style](found)


def _as_line(each: Located) -> str:
    place = ":".join(str(part) for part in (each.path, each.line) if part is not None)
    entry = f" {each.place}:" if each.place else ""
    issue = each.issue
    return shown(f"{place}:{entry} {issue.severity}: {issue.message} [{issue.code}]")


def _as_grouped_lines(found: Iterable[Located]) -> Iterator[str]:
    groups: dict[tuple[str, ...], list[Located]] = {}
    for each in found:
        key = (each.path, each.issue.code, each.issue.line, each.issue.message)
        groups.setdefault(key, []).append(each)
    for same in groups.values():
        yield _as_line(same[0]) + _again(same)


def _again(same: Sequence[Located]) -> str:
    """How often a finding comes, and where else."""
    if len(same) == 1:
        return ""
    places = list(dict.fromkeys(_spot(each) for each in same))[1:]
    named = ", ".join(filter(None, places[:_SHOWN])) + (", …" if len(places) > _SHOWN else "")
    return f" ({len(same)} times{f': also {named}' if named else ''})"


def _spot(each: Located) -> str:
    return f"line {each.line}" if each.line is not None else each.place


def _as_json(found: Iterable[Located]) -> Iterator[str]:
    for each in found:
        where = {"file": each.path, "file_line": each.line, "id": each.id, "place": each.place}
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


_FOR_PROGRAMS: Mapping[str, Callable[[Iterable[Located]], Iterator[str]]] = {
    "json": _as_json,
    "sarif": _as_sarif,
    "github": _as_github,
}

STYLES = ("text", *_FOR_PROGRAMS)
"""The styles there are."""
