"""``igtkit inspect``: how a file is understood."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from itertools import groupby

from igtkit._characters import display_width, pad
from igtkit.cli._messages import in_options
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted_noun,
    format_options,
    say,
)
from igtkit.errors import InputError
from igtkit.io import Inspection, inspect

__all__ = ["add"]

_SHOWN = 5
"""So many of the entries that could not be read are named."""

_EXAMPLES = """\
  igtkit inspect story.eaf                    which tier is which line, and why
  igtkit inspect texts.db                     markers
  igtkit inspect table.csv                    columns
  igtkit inspect story.flextext               writing systems
  igtkit inspect paper.tex                    macros that nothing explains
  igtkit inspect story.eaf --option tiers.glosses=gl@A

So that a wrong guess is seen before it costs; the rule of each guess stands in brackets. The exit
status is 1 if the file cannot be read to its end."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "inspect", "tell how a file is understood", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any format")
    parser.add_argument("--json", action="store_true", help="one object a line for each file")
    add_reading(parser, skip=False)


def _run(options: argparse.Namespace) -> int:
    failed = False
    if "-" in options.files:
        raise InputError("inspect takes files by name, not standard input")
    for path in options.files:
        found = inspect(path, options.format, encoding=options.encoding, **format_options(options))
        failed = failed or bool(found.problem)
        if options.json:
            say(json.dumps(found.to_dict(), ensure_ascii=False))
        else:
            say("\n".join([*_lines(found), ""]))
    return 1 if failed else 0


def _lines(found: Inspection) -> Iterator[str]:
    yield f"{found.path}: {found.format}, {found.why}"
    lines = _listed({name: count for name, count in found.lines.items() if count})
    yield f"  {counted_noun(found.entries, 'entry', 'entries')}: {lines or 'no lines'}"
    without = [name for name, count in found.lines.items() if not count]
    if without:
        yield f"  not found: {', '.join(without)}"
    if found.metadata:
        yield f"  metadata: {_listed(found.metadata)}"
    for kind, parts in groupby(found.parts, key=lambda part: part.kind):
        yield f"{kind}es:" if kind.endswith("s") else f"{kind}s:"
        rows = [
            (
                part.name,
                "" if part.count is None else str(part.count),
                part.line or "–",
                f"{part.why} [{part.rule}]",
            )
            for part in parts
        ]
        widths = [max(display_width(row[index]) for row in rows) for index in range(3)]
        for name, count, line, why in rows:
            yield f"  {pad(name, widths[0])}  {count:>{widths[1]}}  {pad(line, widths[2])}  {why}"
    if found.skipped:
        yield f"could not be read: {counted_noun(len(found.skipped), 'entry', 'entries')}"
    for skipped in found.skipped[:_SHOWN]:
        yield f"  {in_options(skipped.message)}"
    if found.problem:
        yield in_options(found.problem)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
