"""``igtkit convert``: from one file format to another."""

from __future__ import annotations

import argparse

from igtkit.cli._languages import add_language, of_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_in_place,
    add_reading,
    add_writing,
    counted,
    note,
    open_texts,
    prepare_target,
    require_in_place,
    write_texts,
    writing_options,
)
from igtkit.cli._writing import same_format, toolbox_template
from igtkit.errors import InputError

__all__ = ["add"]

_EXAMPLES = """\
  igtkit convert story.flextext story.jsonl
  igtkit convert corpus.txt examples.tex --out-option style=expex
  igtkit convert old.db new.txt --encoding cp1252 --to sigmorphon
  igtkit convert table.csv - --to text --option columns.glosses=Gloss
  igtkit convert story.jsonl --in-place --set-language Tsez
  igtkit convert corpus.jsonl tsez.txt --to sigmorphon --language Tsez

What the new format cannot hold is said at the end."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "convert", "turn a file into another format", _EXAMPLES, _run)
    parser.add_argument("input", metavar="FILE", help="the file to read, or -")
    parser.add_argument("output", metavar="OUT", nargs="?", help="the file to write, or -")
    add_language(parser, "write only")
    parser.add_argument("--set-language", metavar="NAME", help="language of every entry")
    parser.add_argument("--set-split", metavar="NAME", help="split of every entry")
    add_in_place(parser)
    add_reading(parser)
    add_writing(parser)


def _run(options: argparse.Namespace) -> int:
    if (options.output is None) != options.in_place:
        raise InputError("give the file to write, or else --in-place")
    if options.in_place and options.language:
        raise InputError("--language and --in-place would lose the texts in other languages")
    target = options.output or options.input
    with open_texts(options.input, options) as reader:
        require_in_place(options.input, reader, options)
        name = options.to or same_format(options.input, target, reader.format)
        replaced = prepare_target(options.input, target, in_place=options.in_place)
        said = {"language": options.set_language, "split": options.set_split}
        changes = {name: value for name, value in said.items() if value is not None}
        chosen = of_language(counted(reader), options.language)
        texts = (igt.replace(**changes) for igt in chosen)
        given = writing_options(options)
        if not options.language:
            given += toolbox_template(options.input, target, name, reader.format, options)
        report = write_texts(texts, target, name, given)
    note(f"{report}; the file that was there is replaced" if replaced else report)
    return 0
