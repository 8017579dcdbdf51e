"""``igtkit find``: a concordance of morphemes."""

from __future__ import annotations

import argparse
import shutil

from igtkit.cli._languages import add_language, of_language
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
from igtkit.corpus import Concordance, kwic

__all__ = ["add"]

_EXAMPLES = """\
  igtkit find ev corpus.txt                  the form ev
  igtkit find /PL corpus.txt                 whatever is glossed PL
  igtkit find 'ev -*/LOC' corpus.txt         ev, then a suffix glossed LOC
  igtkit find 'ev -de git' a.txt b.flextext  across words
  igtkit find -- -de/LOC corpus.txt          after --, a pattern may begin with a hyphen"""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "find", "find morphemes, in context", _EXAMPLES, _run)
    parser.add_argument("pattern", metavar="PATTERN", help="form/gloss, one for each morpheme")
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any format, or -")
    parser.add_argument("--ignore-case", action="store_true", help="take Ev and ev for the same")
    parser.add_argument("--limit", type=int, metavar="N", help="show only so many hits")
    add_language(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    every = (igt for path in options.files for igt in counted(open_texts(path, options)))
    texts = list(of_language(every, options.language))
    concordance = Concordance(texts, ignore_case=options.ignore_case)
    hits = concordance.find(options.pattern, limit=options.limit)
    if hits:
        say(kwic(hits, shutil.get_terminal_size().columns))
    found = counted_noun(concordance.count(options.pattern), "hit")
    note(f"{found} in {counted_noun(len(texts), 'entry', 'entries')}")
    return 0
