"""The command ``igtkit``: a thin layer over the library, one module for each command."""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import os
import sys
import traceback
from collections.abc import Sequence

from igtkit.cli._messages import Formatter, explain_bug, in_options, said, traceback_wanted
from igtkit.cli._shared import CommandParser, note, version
from igtkit.errors import IGTError

__all__ = ["main"]

_COMMANDS = (
    *("gloss", "merge", "train", "evaluate", "update", "next", "serve", "plaid"),
    *("check", "inspect", "convert", "normalize", "audit", "score", "show", "find"),
)
_EXAMPLES = """\
examples:
  igtkit gloss story.flextext                    suggest glosses for what is not glossed yet
  igtkit merge review.csv story.flextext         lay what you corrected back into your file
  igtkit train story.flextext -o my-glosser      a glosser to keep, and how good it is
  igtkit evaluate story.flextext --curve         how good it would be, and what more would bring
  igtkit serve my-glosser                        suggestions for annotation software
  igtkit check corpus.txt                        what does not align, and where
  igtkit inspect story.eaf                       which tier is taken for which line, and why
  igtkit convert story.flextext story.jsonl      from one file format to another
  igtkit normalize corpus.txt -o clean.txt       set punctuation apart
  igtkit audit corpus.txt                        what is in it
  igtkit score system.txt gold.txt               every metric of the PolyGloss paper
  igtkit show corpus.txt | less                  words above morphemes and glosses
  igtkit find 'ev -*/PL' corpus.txt              sentences with these morphemes

igtkit COMMAND --help tells more about each. A file may be - for standard input or output.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status.

    Args:
        arguments: What stands after ``igtkit``; by default what the program was called with.

    Returns:
        The exit status: 0; 1 if `check` found errors; 2 if something could not be done, after one
        line on standard error that says what; 3 if there was nothing to do; 130 if it was stopped
        (Ctrl-C), which leaves every file as it was or whole.
    """
    _speak_of_warnings()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a notebook has something else there
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        command = given[0] if given and given[0] in _COMMANDS else None
        parser = _parser(command)
        if not given:
            note(parser.format_help().rstrip())
            return 2
        if command == "find":
            given = importlib.import_module("igtkit.cli.find").attach_pattern(given)
        options = parser.parse_args(given)
        status: int = options.run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` say, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        note("igtkit: stopped")
        return 130
    except Exception as error:  # noqa: BLE001  # whatever it is, a user gets one line
        if traceback_wanted():
            note(traceback.format_exc())
        foreseen = isinstance(error, (IGTError, OSError))
        note(f"igtkit: {in_options(said(error)) if foreseen else explain_bug(error)}")
        return 2
    return status


class _Noting(logging.Handler):
    """Says what is logged as the commands say all that is not their output."""

    def emit(self, record: logging.LogRecord) -> None:
        note(self.format(record))


def _speak_of_warnings() -> None:
    handler = _Noting()
    handler.setFormatter(Formatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def _parser(command: str | None = None) -> argparse.ArgumentParser:
    """The parser of the command that is asked for, or of all; each is loaded only with its own."""
    parser = argparse.ArgumentParser(
        prog="igtkit",
        description="Gloss, check, convert, audit, score and show interlinear glossed text.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"igtkit {version()}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=CommandParser)
    for name in _COMMANDS if command is None else (command,):
        importlib.import_module(f"igtkit.cli.{name}").add(commands)
    return parser
