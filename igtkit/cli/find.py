"""``igtkit find``: morphemes in a corpus, with the sentences they are in."""

from __future__ import annotations

import argparse
import shlex
import shutil
from collections.abc import Sequence
from itertools import groupby
from os import path as os_path

from igtkit._characters import shown
from igtkit.cli._languages import add_language, language_name, of_one_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    add_writing,
    counted,
    counted_noun,
    note,
    open_texts,
    prepare_target,
    say,
    whole_from,
    write_texts,
)
from igtkit.corpus import Concordance, Hit, kwic
from igtkit.corpus.patterns import format_pattern, parse_pattern, wider_patterns
from igtkit.display import to_text
from igtkit.errors import InputError
from igtkit.igt import IGT

__all__ = ["add", "attach_pattern"]

_EXAMPLES = """\
  igtkit find ev corpus.txt                   the form ev
  igtkit find /PL corpus.txt                  whatever is glossed PL
  igtkit find '/*.PL' corpus.txt              whatever is glossed something.PL
  igtkit find lu- corpus.txt                  lu with something joined to it, as a prefix is
  igtkit find -e -de/LOC corpus.txt           a suffix: a pattern with a hyphen first needs -e
  igtkit find 'ev -*/LOC' corpus.txt          ev, then a suffix glossed LOC
  igtkit find 'ev -de git' a.txt b.flextext   across words
  igtkit find /PL corpus.txt -o examples.tex  the sentences, in any format

Letters are the same in either of their Unicode forms. ^ stands beneath the words
that were found."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "find", "find morphemes, with their sentences", _EXAMPLES, _run)
    parser.add_argument("pattern", metavar="PATTERN", help="form/gloss, one for each morpheme")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files of any format, or -")
    parser.add_argument("-e", dest="given", metavar="PATTERN",
                        help="the pattern, where it begins with a hyphen")  # fmt: skip
    parser.add_argument("--kwic", action="store_true",
                        help="one line a hit, what was found in the middle")  # fmt: skip
    parser.add_argument("--ignore-case", action="store_true", help="take Ev and ev for the same")
    parser.add_argument("--limit", type=whole_from(0), metavar="N", help="show only so many hits")
    parser.add_argument("-o", dest="output", metavar="OUT",
                        help="write the sentences there, each once, or to -")  # fmt: skip
    add_language(parser)
    add_reading(parser)
    add_writing(parser)


def attach_pattern(arguments: Sequence[str]) -> list[str]:
    """Return arguments in which what follows ``-e`` is attached to it, whatever it begins with.

    Args:
        arguments: What stands after ``igtkit``, ``find`` first.

    Raises:
        InputError: If a pattern stands where an option does.
    """
    attached: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            return [*attached, argument, *rest]
        if argument == "-e":
            attached.append("".join([argument, *[next(rest, "")]]))
        elif len(argument) > 2 and argument[0] == "-" and argument[1] not in "-o":
            raise InputError(f"write -e {shlex.quote(argument)}: it begins with a hyphen")
        else:
            attached.append(argument)
    return attached


def _run(options: argparse.Namespace) -> int:
    pattern, files = options.pattern, options.files
    if options.given is not None:
        pattern, files = options.given, [pattern, *files]
    if not files:
        raise InputError(f"name a file to find {pattern} in")
    if options.given is None:
        _require_pattern_first(pattern, files)
    texts, places = _read(files, options)
    concordance = Concordance(texts, ignore_case=options.ignore_case)
    hits = concordance.find(pattern, limit=options.limit)
    if options.output and hits:
        _write(hits, files, options)
    elif options.kwic and hits:
        say(kwic(hits, shutil.get_terminal_size().columns))
    else:
        _show(hits, places)
    total, found = concordance.count(pattern), len(concordance.texts(pattern))
    entries = counted_noun(len(texts), "entry", "entries")
    note(f"{counted_noun(total, 'hit')} in {f'{found} of ' if found else ''}{entries}")
    if not total:
        _say_what_to_try(pattern, texts, concordance, options)
    return 0


def _require_pattern_first(pattern: str, files: Sequence[str]) -> None:
    """Refuse a file where the pattern stands, with what is no file after it."""
    has_file = os_path.isfile  # that of Path raises where a pattern is too long for a name
    if has_file(pattern) and not any(file == "-" or has_file(file) for file in files):
        typed = " ".join(map(shlex.quote, [*files, pattern]))
        raise InputError(f"the pattern comes first, then the file: igtkit find {typed}")


def _read(files: Sequence[str], options: argparse.Namespace) -> tuple[list[IGT], list[str]]:
    """The texts of all files, and for each where it is."""
    texts: list[IGT] = []
    places: list[str] = []
    for path in files:
        with open_texts(path, options) as reader:
            for number, igt in enumerate(counted(reader), 1):
                texts.append(igt)
                where = path if reader.line is None else f"{path}:{reader.line}"
                known = (igt.source, igt.id or f"entry {number}", language_name(igt))
                places.append(" · ".join([where, *filter(None, known)]))
    if options.language is None:
        return texts, places
    chosen = of_one_language(texts, options.language)
    return [texts[index] for index in chosen], [places[index] for index in chosen]


def _show(hits: Sequence[Hit], places: Sequence[str]) -> None:
    for index, group in groupby(hits, key=lambda hit: hit.index):
        of_text = list(group)
        marked = {word for hit in of_text for word in range(hit.start, hit.stop)}
        say(f"# {shown(places[index])}")
        say(f"{to_text(of_text[0].igt, marked=marked)}\n")


def _write(hits: Sequence[Hit], files: Sequence[str], options: argparse.Namespace) -> None:
    checked = [prepare_target(path, options.output, in_place=False) for path in files]
    texts = {hit.index: hit.igt for hit in hits}.values()
    report = write_texts(texts, options.output, options.to, options.out_option)
    note(f"{report}; the file that was there is replaced" if any(checked) else report)


def _say_what_to_try(
    pattern: str, texts: Sequence[IGT], concordance: Concordance, options: argparse.Namespace
) -> None:
    """Say which patterns like one that finds nothing find something."""
    found = concordance.widen(pattern)
    tries = {_as_typed(wider): count for wider, count in found.items()}
    if not options.ignore_case:
        tries["--ignore-case"] = Concordance(texts, ignore_case=True).count(pattern)
    lines = [f"  {typed}  {counted_noun(count, 'hit')}" for typed, count in tries.items() if count]
    if lines:
        note("\n".join(["these find something:", *lines]))
    elif apart := _apart(pattern):
        note(
            f"write {_as_typed(apart)}, with a blank before each further morpheme and a / before a "
            "gloss; that finds nothing here, either"
        )
    if options.output:
        note(f"{options.output} is not written")


def _apart(pattern: str) -> str | None:
    """A pattern with its morphemes apart; None where they are."""
    parts = parse_pattern(pattern)
    wider = next(wider_patterns(parts), parts)
    return format_pattern(wider) if len(wider) > len(parts) else None


def _as_typed(pattern: str) -> str:
    return f"{'-e ' if pattern.startswith('-') else ''}{shlex.quote(pattern)}"
