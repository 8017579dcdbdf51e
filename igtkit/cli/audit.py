"""``igtkit audit``: what a corpus holds, and where it disagrees with itself."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from igtkit._characters import shown
from igtkit.cli._languages import add_language, of_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted,
    open_texts,
    read_texts,
    say,
    whole_from,
)
from igtkit.corpus.audit import Audit
from igtkit.corpus.consistency import find_inconsistencies
from igtkit.corpus.overlaps import overlap
from igtkit.corpus.work import WorkState, count_work
from igtkit.igt import IGT
from igtkit.igt.language import label_of

__all__ = ["add"]

_EXAMPLES = """\
  igtkit audit corpus.txt
  igtkit audit train.jsonl dev.jsonl test.jsonl --json > audit.json
  igtkit audit corpus.txt --findings 20       where the corpus disagrees with itself
  igtkit audit train.txt --overlap test.txt   how many texts of test stand in train too
  igtkit audit story.flextext --to-do         how much is glossed, and how much is still to do

The table is Markdown, with a column for each source (where an entry names none, its file) and each
split."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "audit", "tell what a corpus holds", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="files of any format, or -")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    parser.add_argument("--findings", type=whole_from(0), metavar="N",
                        help="list so many of each kind of disagreement")  # fmt: skip
    parser.add_argument("--overlap", metavar="TEST",
                        help="only count the texts of TEST that stand in FILE too")  # fmt: skip
    parser.add_argument("--to-do", action="store_true",
                        help="only count, by text, what is glossed and what is not")  # fmt: skip
    add_language(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    if options.overlap is not None:
        found = overlap(_texts(options), read_texts(options.overlap, options))
        say(_as_json(found.to_dict()) if options.json else found.to_markdown())
        return 0
    if options.findings is not None:
        held = list(_texts(options))
        for line in _findings(held, options.findings):
            say(line)
        return 0
    if options.to_do:
        for line in _work(_texts(options), as_json=options.json):
            say(line)
        return 0
    audit = Audit.of(_texts(options))
    say(_as_json(audit.to_dict()) if options.json else audit.to_markdown())
    return 0


def _work(texts: Iterable[IGT], *, as_json: bool) -> Iterator[str]:
    """A table of the sentences in each state, and the words to do, of each source and in all."""
    by_source: dict[str, list[IGT]] = {}
    for igt in texts:
        by_source.setdefault(igt.source or "", []).append(igt)
    works = {name: count_work(held) for name, held in by_source.items()}
    if len(works) != 1:
        works["all"] = count_work(igt for held in by_source.values() for igt in held)
    if as_json:
        yield _as_json({name: attrs.asdict(work) for name, work in works.items()})
        return
    states: tuple[WorkState, ...] = ("glossed", "begun", "suggested", "open")
    yield f"| sentences | {' | '.join(states)} | words glossed | words to do |"
    yield f"|---|{'--:|' * (len(states) + 2)}"
    for name, work in works.items():
        counts = [work.sentences[state] for state in states]
        counts += [work.words["glossed"], work.words["open"]]
        yield f"| {name} | {' | '.join(f'{count:,}' for count in counts)} |"


def _as_json(figures: dict[str, Any]) -> str:
    return json.dumps(figures, ensure_ascii=False)


def _texts(options: argparse.Namespace) -> Iterator[IGT]:
    return of_language(_every(options), options.language)


def _every(options: argparse.Namespace) -> Iterator[IGT]:
    for path in options.files:
        with open_texts(path, options) as reader:
            for igt in counted(reader):
                yield igt if igt.source is not None else igt.replace(source=Path(path).name)


def _findings(texts: list[IGT], most: int) -> Iterator[str]:
    found = find_inconsistencies(texts)
    for code in dict.fromkeys(finding.code for finding in found):
        kind = [finding for finding in found if finding.code == code]
        yield f"{code} ({len(kind)})"
        for finding in islice(kind, most):
            name = label_of(finding.language)
            where = ", ".join(str(texts[index].id or index + 1) for index in finding.texts)
            yield shown(f"  {f'{name}: ' if name else ''}{finding.message} [{where}]")
