"""``igtkit normalize``: set punctuation apart in a whole file."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import get_args

from igtkit.cli._languages import add_language, is_of_language, language_name, no_text
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
from igtkit.igt import IGT
from igtkit.normalize import FIXES, Rules, normalize

__all__ = ["add"]

_EXAMPLES = """\
  igtkit normalize corpus.txt -o clean.txt --to sigmorphon
  igtkit normalize corpus.txt --in-place             the old file is kept as corpus.txt.bak
  igtkit normalize corpus.jsonl | igtkit check - --format jsonl
  igtkit normalize corpus.txt --fix invisible-characters
  igtkit normalize corpus.txt --rules polygloss      as the published corpus was
  igtkit normalize corpus.jsonl --in-place --language Tsez

With --language the texts in other languages are written as they are."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "normalize", "set punctuation apart", _EXAMPLES, _run)
    parser.add_argument("input", metavar="FILE", help="the file to read, or -")
    parser.add_argument("-o", dest="output", metavar="OUT",
                        help="the file to write (default: standard output)")  # fmt: skip
    add_in_place(parser)
    parser.add_argument("--rules", choices=get_args(Rules), default="igtkit",
                        help="igtkit: no word or gloss is touched; polygloss: exactly as the "
                        "published corpus was standardized (default: igtkit)")  # fmt: skip
    parser.add_argument("--fix", action="append", default=[], metavar="NAME", choices=FIXES,
                        help="make this fix first; may be repeated; "
                        f"there are: {', '.join(FIXES)}")  # fmt: skip
    parser.add_argument("--close-spaces", action="store_true",
                        help="close every stray space at a boundary, not only where the other "
                        "lines show that it is one")  # fmt: skip
    add_language(parser, "normalize only")
    add_reading(parser)
    add_writing(parser)


def _run(options: argparse.Namespace) -> int:
    if options.in_place and options.output:
        raise InputError("-o and --in-place say two different things; give one")
    target = options.input if options.in_place else options.output or "-"
    counts: Counter[str] = Counter()
    with open_texts(options.input, options) as reader:
        require_in_place(options.input, reader, options)
        kept = reader.format.name if target == "-" else None
        name = options.to or kept or same_format(options.input, target, reader.format)
        replaced = prepare_target(options.input, target, in_place=options.in_place)
        texts = _normalized(counted(reader), options, counts)
        given = writing_options(options)
        given += toolbox_template(options.input, target, name, reader.format, options)
        report = write_texts(texts, target, name, given)
    also = "; the file that was there is replaced" if replaced else ""
    note(f"{report}; {counts['changed']} changed{also}")
    return 0


def _normalized(
    texts: Iterable[IGT], options: argparse.Namespace, counts: Counter[str]
) -> Iterator[IGT]:
    others: Counter[str | None] = Counter()
    for igt in texts:
        if options.language is not None and not is_of_language(igt, options.language):
            others[language_name(igt)] += 1
            yield igt
            continue
        counts["texts"] += 1
        changed = normalize(
            igt, options.rules, fixes=options.fix, close_spaces=options.close_spaces
        )
        counts["changed"] += changed != igt
        yield changed
    if others and not counts["texts"]:
        raise InputError(no_text(options.language, others))
