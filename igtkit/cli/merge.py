"""``igtkit merge``: lay corrections back into the file that they are of."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from igtkit.cli._glossing import NOTHING_TO_DO
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    add_writing,
    counted_noun,
    note,
    open_texts,
    read_texts,
    require_in_place,
    say,
)
from igtkit.cli._writing import add_target, find_target, is_table, told_anew, write_after
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import read
from igtkit.models import Merged, merge_corrections

__all__ = ["add"]

_SHOWN = 5

_EXAMPLES = """\
  igtkit gloss story.flextext -o review.csv              a table of suggestions, word by word
  (correct it in a spreadsheet: change what is wrong, write yes under confirmed where it is right)
  igtkit merge review.csv story.flextext                 writes story.merged.flextext
  igtkit merge review.csv story.eaf --in-place           into the file; a copy is kept as .bak
  igtkit merge corrected.txt story.txt -o new.txt        any file of corrected texts will do

Words that were changed or confirmed are taken; all others stay open. What a person has glossed in
FILE never changes. To teach a saved glosser, too: igtkit update MODEL review.csv
How FILE is to be read (--format, --encoding, --option) holds for its corrected copy, too.

exit status: 0 if something was laid in; 2 if something could not be done; 3 if nothing is confirmed
or corrected, or all of it is in FILE already."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        commands, "merge", "lay corrections back into the file that they are of", _EXAMPLES, _run
    )
    parser.add_argument("corrected", metavar="CORRECTED",
                        help="a review table, or a file of corrected texts")  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="the file that was glossed")
    add_target(parser, "merged")
    parser.add_argument("--json", action="store_true", help="tell what was done as JSON")
    add_reading(parser)
    add_writing(parser)


def _run(options: argparse.Namespace) -> int:
    target = find_target(options, "merged")
    corrected = _corrections(options)
    with open_texts(options.file, options) as reader:
        more = require_in_place(options.file, reader, options)
        held, format_ = list(reader), reader.format
    if _is_review(held, options.file) and not _is_review(corrected, options.corrected):
        raise InputError(
            f"{options.file} is a review table, and comes first: "
            f"igtkit merge {options.file} {options.corrected}"
        )
    done = merge_corrections(held, corrected)
    for index, why in done.unplaced[:_SHOWN]:
        name = corrected[index].id or corrected[index].metadata.get("sentence") or index + 1
        note(f"  not laid in: {name}: {why}")
    if options.json:
        say(json.dumps(_as_json(done, target), ensure_ascii=False))
    else:
        note(_summary(done, options))
    if not done.changed:
        return NOTHING_TO_DO
    if not options.dry_run:
        report = write_after(done.texts, done.changed, target, format_, options)
        note(told_anew(report, format_, more))
    return 0


def _corrections(options: argparse.Namespace) -> Sequence[IGT]:
    """The corrected texts; a copy of the file is read as the file is."""
    path, file = Path(options.corrected), Path(options.file)
    if is_table(path) or path.suffix.lower() != file.suffix.lower():
        encoding = None
        if not _is_utf8(path):
            encoding = options.encoding
            if _is_utf8(file):
                options.encoding = None  # it is that of the table alone
        return read(path, errors="skip" if options.skip else "raise", encoding=encoding)
    return read_texts(options.corrected, options)


def _is_utf8(path: Path) -> bool:
    """Whether a file is in UTF-8, or is no text whose encoding could be named."""
    if path.is_dir() or path.suffix.lower() == ".xlsx":
        return True
    try:
        content = path.read_bytes()
        content.decode()
    except OSError:
        return True
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def _is_review(texts: Sequence[IGT], path: str) -> bool:
    """Whether texts were read from a table with a word in a row."""
    numbered = all(isinstance(text.metadata.get("sentence"), int) for text in texts)
    return bool(texts) and is_table(Path(path)) and numbered


def _summary(done: Merged, options: argparse.Namespace) -> str:
    what = (
        f"{counted_noun(done.words, 'word')} laid in, "
        f"in {counted_noun(len(done.changed), 'sentence')}"
    )
    if not done.changed:
        what = f"{options.corrected}: nothing to lay in"
    if done.unconfirmed:
        count = counted_noun(done.unconfirmed, "sentence")
        what += f"; {count} in which nothing is confirmed or corrected"
    if done.kept:
        what += f"; {counted_noun(done.kept, 'word')} that {options.file} has otherwise: that stays"
    if done.unplaced:
        what += f"; {counted_noun(len(done.unplaced), 'sentence')} not laid in"
    return what


def _as_json(done: Merged, target: Path) -> dict[str, object]:
    return {
        "words": done.words,
        "sentences": len(done.changed),
        "kept": done.kept,
        "unconfirmed": done.unconfirmed,
        "unplaced": len(done.unplaced),
        "output": str(target),
    }
