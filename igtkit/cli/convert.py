"""``igtkit convert``: from one file format to another."""

from __future__ import annotations

import argparse

from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    add_writing,
    counted,
    note,
    open_texts,
    write_texts,
)

__all__ = ["add"]

_EXAMPLES = """\
  igtkit convert story.flextext story.jsonl
  igtkit convert corpus.txt examples.tex --out-option style=expex
  igtkit convert old.db new.txt --encoding cp1252 --to sigmorphon
  igtkit convert table.csv - --to text --option 'columns={"glosses": "Gloss"}'

What the new format cannot hold is said at the end."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "convert", "turn a file into another format", _EXAMPLES, _run)
    parser.add_argument("input", metavar="IN", help="the file to read, or -")
    parser.add_argument("output", metavar="OUT", help="the file to write, or -")
    parser.add_argument("--language", metavar="NAME", help="language of every entry")
    parser.add_argument("--split", metavar="NAME", help="split of every entry")
    add_reading(parser)
    add_writing(parser)


def _run(options: argparse.Namespace) -> int:
    with open_texts(options.input, options) as reader:
        given = {name: getattr(options, name) for name in ("language", "split")}
        changes = {name: value for name, value in given.items() if value is not None}
        texts = (igt.replace(**changes) for igt in counted(reader))
        note(write_texts(texts, options.output, options.to, options.out_option))
    return 0
