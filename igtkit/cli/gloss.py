"""``igtkit gloss``: learn from what is glossed in a file, and suggest the rest."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from igtkit.cli._findings import place_of
from igtkit.cli._glossing import NOTHING_TO_DO, add_learning, learn
from igtkit.cli._languages import add_language, of_one_language
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
    whole_from,
)
from igtkit.cli._writing import add_target, find_target, is_table, told_anew, write_after
from igtkit.corpus import Work, count_work
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.models import Completion, CrfGlosser, Glosser, complete, load_glosser

__all__ = ["add"]

_SHOWN, _OF_MANY = 5, 2  # sentences that are refused: all of so few, else the first
_TABLES = ("csv", "xlsx")
_REVIEW, _FOR_REVIEW = "layout=review", 3
_LEAST_JUDGED = 10  # a share of fewer words says nothing; by hand

_EXAMPLES = """\
  igtkit gloss story.flextext                        writes story.suggested.flextext
  igtkit gloss story.eaf --dry-run                   only tells what would be done
  igtkit gloss new.txt --learn old.txt older.txt     learns from other files, too
  igtkit gloss story.eaf --threshold 0.8             words less sure than that stay ???
  igtkit gloss story.flextext -o review.csv          a table of words to correct in a spreadsheet
  igtkit gloss story.flextext -o story.jsonl         into another format
  igtkit gloss corpus.jsonl --model my-glosser       with a glosser that was trained before

What is glossed already is never changed; what is suggested is marked as not confirmed.

exit status: 0 if there are suggestions; 2 if something could not be done; 3 if there is nothing to
learn from, or nothing left to gloss."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(
        commands, "gloss", "suggest glosses for what is not glossed yet", _EXAMPLES, _run
    )
    parser.add_argument("file", metavar="FILE", help="a file of any format, glossed in part")
    parser.add_argument("--learn", nargs="+", default=[], metavar="FILE",
                        help="more files to learn from")  # fmt: skip
    parser.add_argument("--model", metavar="FOLDER",
                        help="use a saved glosser, and learn nothing from the files")  # fmt: skip
    add_target(parser, "suggested")
    add_language(parser)
    parser.add_argument("--threshold", type=float, default=0.0, metavar="P",
                        help="leave words that are less probable than P open: ???")  # fmt: skip
    parser.add_argument("--n-best", type=whole_from(1), metavar="N",
                        help="keep the N best suggestions for each word "
                        f"(default: {_FOR_REVIEW} in a review table, else 1)")  # fmt: skip
    parser.add_argument("--evidence", action="store_true",
                        help="keep what each suggestion rests on")  # fmt: skip
    parser.add_argument("--jobs", type=whole_from(1), default=1, metavar="N",
                        help="gloss in N processes at once: the same, sooner where much is open "
                        "(default: 1)")  # fmt: skip
    add_learning(parser)
    parser.add_argument("--labels", action="append", default=[], metavar="A=B",
                        help="write the label A as B; may be repeated")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="tell what was done as JSON")
    add_reading(parser)
    add_writing(parser)


def _run(options: argparse.Namespace) -> int:
    _require_sense(options)
    target = find_target(options, "suggested")
    with open_texts(options.file, options) as reader:
        more = require_in_place(options.file, reader, options)
        held, format_ = list(reader), reader.format
    asked = _REVIEW in options.out_option
    review = options.to is None and is_table(target) and (asked or format_.name not in _TABLES)
    if review:
        _spare_corrections(target)
        options.to = "xlsx" if target.suffix.lower() == ".xlsx" else "csv"
        options.out_option = [*options.out_option, *([] if asked else [_REVIEW])]
    learned = [igt for path in options.learn for igt in read_texts(path, options)]
    texts = [*held, *learned]
    same = of_one_language(texts, options.language)
    chosen = [index for index in same if index < len(held)]
    if held and not chosen:
        raise InputError(f"{options.file} has no text in {options.language}")
    work = count_work(held[index] for index in chosen)
    if not work.words["open"]:
        note(f"igtkit: {options.file}: nothing to suggest: {_done(work)}")
        return NOTHING_TO_DO
    glosser: Glosser | None
    if options.model:
        glosser = load_glosser(options.model)
    else:
        glosser = learn((texts[index] for index in same), options, quiet=options.json)
    if glosser is None:
        note(
            f"igtkit: {options.file}: nothing is glossed yet that could be learned from. Gloss "
            "some 20 sentences, or name glossed files with --learn, or a saved glosser with --model"
        )
        return NOTHING_TO_DO
    if review and options.n_best is None and isinstance(glosser, CrfGlosser):
        options.n_best = _FOR_REVIEW
    done = complete(glosser, (held[index] for index in chosen), **_asked(glosser, options))
    for line in _refused(done, [held[index] for index in chosen], chosen):
        note(line)
    if options.json:
        say(json.dumps(_as_json(done, target), ensure_ascii=False))
    else:
        note(_summary(done))
    if not done.words:
        note(f"igtkit: {options.file}: nothing could be suggested, so nothing is written")
        return NOTHING_TO_DO
    if not options.dry_run:
        after = dict(enumerate(held)) | dict(zip(chosen, done.texts, strict=True))
        suggested = [chosen[index] for index in done.suggested]
        report = write_after([*after.values()], suggested, target, format_, options)
        note(_to_review(done, target, options) if review else told_anew(report, format_, more))
    return 0


def _require_sense(options: argparse.Namespace) -> None:
    """Refuse what would be refused once the glosser has learned, before that takes time."""
    _labels(options)
    if not 0 <= options.threshold <= 1:
        raise InputError(f"--threshold is a probability from 0 to 1, not {options.threshold}")


def _labels(options: argparse.Namespace) -> dict[str, str]:
    pairs = [item.partition("=") for item in options.labels]
    if not all(old and new for old, _, new in pairs):
        raise InputError("write --labels as OLD=NEW, such as --labels PST=PRET")
    return {old: new for old, _, new in pairs}


def _asked(glosser: Glosser, options: argparse.Namespace) -> dict[str, Any]:
    """The options for `predict`: those that differ from its defaults."""
    asked: dict[str, Any] = {}
    if options.threshold:
        asked["threshold"] = options.threshold
    if options.n_best not in (None, 1):
        asked["n_best"] = options.n_best
    if options.evidence:
        asked["evidence"] = True
    if options.labels:
        asked["labels"] = _labels(options)
    if options.jobs > 1:
        asked["n_jobs"] = options.jobs
    if asked and not isinstance(glosser, CrfGlosser):
        flags = {"n_best": "--n-best", "n_jobs": "--jobs"}
        names = ", ".join(flags.get(name, f"--{name}") for name in asked)
        raise InputError(f"{type(glosser).__name__} has no {names}; leave it out")
    if isinstance(glosser, CrfGlosser):
        asked["transductive"] = True  # all that is open is at hand
    return asked


def _summary(done: Completion) -> str:
    what = (
        f"suggested {counted_noun(done.words, 'word')} "
        f"in {counted_noun(len(done.suggested), 'sentence')}"
    )
    if done.judged >= _LEAST_JUDGED:
        of = "them" if done.judged == done.words else f"the {done.judged} it can judge"
        share = done.expected_right / done.judged
        what += f"; by its own estimate {share:.0%} of {of} are right"
    if done.left:
        what += f"; {counted_noun(done.left, 'word')} still with ???"
    if done.refused:
        what += f"; {counted_noun(len(done.refused), 'sentence')} could not be glossed"
    return what


def _refused(done: Completion, texts: Sequence[IGT], numbers: Sequence[int]) -> Iterator[str]:
    """Which sentences were refused, and why: each where they are few, else the first of them."""
    few = len(done.refused) <= _SHOWN
    shown = done.refused if few else done.refused[:_OF_MANY]
    for index, why in shown:
        place = place_of(texts[index]) or f"entry {numbers[index] + 1}"
        yield f"  not glossed: {place}: {why}"
    if not few:
        yield (
            f"  not glossed: {len(done.refused) - len(shown)} more, likewise; igtkit check --notes "
            "names each whose lines do not pair up"
        )


def _spare_corrections(target: Path) -> None:
    if target.exists():
        raise InputError(
            f"{target} is there already, perhaps with your corrections; give another name, or "
            "delete it when they are merged"
        )


def _to_review(done: Completion, target: Path, options: argparse.Namespace) -> str:
    words = counted_noun(done.words + done.left, "word")
    return (
        f"{target}: {words} to look at. Correct segmentation and glosses in a spreadsheet, write "
        f"yes under confirmed where they are right; then: igtkit merge {target} {options.file}"
    )


def _done(work: Work) -> str:
    if not any(count for state, count in work.sentences.items() if state != "empty"):
        return "no text is found in it; igtkit inspect tells what it is taken for"
    if work.words["suggested"]:
        count = counted_noun(work.sentences["suggested"], "sentence")
        return f"{count} with suggestions that nobody has confirmed, the rest is glossed"
    return "every word is glossed"


def _as_json(done: Completion, target: Path) -> dict[str, Any]:
    return {
        "sentences": len(done.suggested),
        "words": done.words,
        "left": done.left,
        "judged": done.judged,
        "expected_right": round(done.expected_right, 2),
        "refused": len(done.refused),
        "output": str(target),
    }
