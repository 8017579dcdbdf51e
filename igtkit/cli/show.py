"""``igtkit show``: words above their morphemes and glosses, in the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from itertools import islice

from igtkit._characters import shown
from igtkit.cli._languages import add_language, is_of_language, language_name
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    note,
    open_texts,
    say,
    whole_from,
)
from igtkit.display import to_text
from igtkit.igt import IGT

__all__ = ["add"]

_EXAMPLES = """\
  igtkit show corpus.txt --limit 5
  igtkit show story.flextext | less
  igtkit show corpus.jsonl --id 17 --width 60
  igtkit show story.suggested.eaf --color always | less -R

Beneath the words of a suggestion stands how probable they are; ? marks those that are more likely
wrong than right."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "show", "show texts word by word", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any format, or -")
    parser.add_argument(
        "--limit", type=whole_from(0), metavar="N", help="show only so many of each file"
    )
    parser.add_argument("--id", metavar="ID", help="show only the entry of this id")
    parser.add_argument("--width", type=whole_from(1), metavar="N",
                        help="columns to wrap to (default: those of the terminal)")  # fmt: skip
    parser.add_argument("--color", choices=["auto", "always", "never"], default="auto",
                        help="color suggestions and doubtful words (default: auto, which is in a "
                        "terminal, unless NO_COLOR is set)")  # fmt: skip
    add_language(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    color = options.color == "always" or (options.color == "auto" and _wants_color())
    count = 0
    for path in options.files:
        with open_texts(path, options) as reader:
            chosen = (igt for igt in reader if _is_asked_for(igt, options))
            for igt in islice(chosen, options.limit):
                if heading := _heading(igt):
                    say(heading)
                text = to_text(igt, options.width, color=color)
                say(f"{text}\n", colored=color)
                count += 1
    if not count:
        note("no entry is shown; igtkit inspect tells what a file is taken for")
    return 0


def _is_asked_for(igt: IGT, options: argparse.Namespace) -> bool:
    return (options.id is None or igt.id == options.id) and (
        options.language is None or is_of_language(igt, options.language)
    )


def _wants_color() -> bool:
    """Whether output goes to a terminal whose user has nothing against color (no-color.org)."""
    out = sys.stdout
    return out is not None and out.isatty() and not os.environ.get("NO_COLOR")


def _heading(igt: IGT) -> str:
    known = [part for part in (igt.source, igt.id, language_name(igt)) if part]
    return f"# {shown(' · '.join(known))}" if known else ""
