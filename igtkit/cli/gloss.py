"""``igtkit gloss``: learn from what is glossed in a file, and suggest the rest."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from igtkit.cli._glossing import NOTHING_TO_DO, add_learning, learn
from igtkit.cli._languages import add_language, of_one_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted_noun,
    keep_copy,
    note,
    open_texts,
    read_texts,
    say,
    write_texts,
)
from igtkit.corpus import Work, count_work
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.io import Format
from igtkit.models import Completion, CrfGlosser, Glosser, complete, load_glosser

__all__ = ["add"]

_SHOWN = 5

_EXAMPLES = """\
  igtkit gloss story.flextext                        writes story.suggested.flextext
  igtkit gloss story.eaf --dry-run                   only tells what would be done
  igtkit gloss new.txt --learn old.txt older.txt     learns from other files, too
  igtkit gloss story.eaf --threshold 0.8             words less sure than that stay ???
  igtkit gloss story.flextext -o review.csv          into another format
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
    parser.add_argument("-o", dest="output", metavar="OUT",
                        help="the file to write; its name says the format "
                        "(default: FILE with .suggested before its extension)")  # fmt: skip
    parser.add_argument("--in-place", action="store_true",
                        help="write into FILE itself, and keep a copy as FILE.bak")  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only tell")
    add_language(parser)
    parser.add_argument("--threshold", type=float, default=0.0, metavar="P",
                        help="leave words that are less probable than P open: ???")  # fmt: skip
    parser.add_argument("--n-best", type=int, default=1, metavar="N",
                        help="keep the N best suggestions for each word")  # fmt: skip
    parser.add_argument("--evidence", action="store_true",
                        help="keep what each suggestion rests on")  # fmt: skip
    add_learning(parser)
    parser.add_argument("--labels", action="append", default=[], metavar="A=B",
                        help="write the label A as B; may be repeated")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="tell what was done as JSON")
    add_reading(parser)
    parser.add_argument("--to", metavar="NAME", help="format of the output")
    parser.add_argument("--out-option", action="append", default=[], metavar="NAME=VALUE",
                        help="an option of the output's format; may be repeated")  # fmt: skip


def _run(options: argparse.Namespace) -> int:
    target = _target(options)
    with open_texts(options.file, options) as reader:
        held, format_ = list(reader), reader.format
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
    done = complete(glosser, (held[index] for index in chosen), **_asked(glosser, options))
    for index, why in done.refused[:_SHOWN]:
        note(f"  not glossed: {held[chosen[index]].id or f'entry {chosen[index] + 1}'}: {why}")
    if options.json:
        say(json.dumps(_as_json(done, target), ensure_ascii=False))
    else:
        note(_summary(done))
    if done.suggested and not options.dry_run:
        after = dict(enumerate(held)) | dict(zip(chosen, done.texts, strict=True))
        suggested = [chosen[index] for index in done.suggested]
        _write(after, suggested, target, format_, options)
    return 0


def _target(options: argparse.Namespace) -> Path:
    """Where to write, decided before anything takes time.

    Raises:
        InputError: If it would be written over what was not named.
    """
    path = Path(options.file)
    if options.in_place:
        if options.output:
            raise InputError("-o and --in-place say two different things; give one")
        if path.is_dir() or path.suffix.lower() == ".json":
            raise InputError(f"{path}: a CLDF dataset is several files; write another one")
        return path
    if options.output:
        output = Path(options.output)
        if output.exists() and path.exists() and output.samefile(path):
            raise InputError(f"{path} would be written over; say so with --in-place")
        return output
    if options.file == "-":
        raise InputError("say with -o where to write what came from standard input")
    target = _beside(path)
    if target.exists() and not options.dry_run:
        raise InputError(
            f"{target} is there already, perhaps with your corrections; "
            f"write over it with -o {target}, or give another name"
        )
    return target


def _beside(path: Path) -> Path:
    """The file of suggestions; a CLDF dataset, which is several files, gets a folder of its own."""
    if not path.is_dir() and path.suffix.lower() != ".json":
        return path.with_name(f"{path.stem}.suggested{path.suffix}")
    folder = path if path.is_dir() else path.parent
    folder = folder if folder.name else folder.resolve()
    name = "Generic-metadata.json" if path.is_dir() else path.name
    return folder.with_name(f"{folder.name}.suggested") / name


def _asked(glosser: Glosser, options: argparse.Namespace) -> dict[str, Any]:
    """The options for `predict`: those that differ from its defaults."""
    asked: dict[str, Any] = {}
    if options.threshold:
        asked["threshold"] = options.threshold
    if options.n_best != 1:
        asked["n_best"] = options.n_best
    if options.evidence:
        asked["evidence"] = True
    if options.labels:
        pairs = [item.partition("=") for item in options.labels]
        if not all(old and new for old, _, new in pairs):
            raise InputError("write --labels as OLD=NEW, such as --labels PST=PRET")
        asked["labels"] = {old: new for old, _, new in pairs}
    if asked and not isinstance(glosser, CrfGlosser):
        names = ", ".join(f"--{name.replace('_', '-')}" for name in asked)
        raise InputError(f"{type(glosser).__name__} has no {names}; leave it out")
    return asked


def _summary(done: Completion) -> str:
    what = (
        f"suggested {counted_noun(done.words, 'word')} "
        f"in {counted_noun(len(done.suggested), 'sentence')}"
    )
    if done.judged:
        of = "them" if done.judged == done.words else f"the {done.judged} it can judge"
        share = done.expected_right / done.judged
        what += f"; by its own estimate {share:.0%} of {of} are right"
    if done.refused:
        what += f"; {counted_noun(len(done.refused), 'sentence')} could not be glossed"
    return what


def _done(work: Work) -> str:
    if work.words["suggested"]:
        count = counted_noun(work.sentences["suggested"], "sentence")
        return f"{count} with suggestions that nobody has confirmed, the rest is glossed"
    return "every word is glossed"


def _as_json(done: Completion, target: Path) -> dict[str, Any]:
    return {
        "sentences": len(done.suggested),
        "words": done.words,
        "judged": done.judged,
        "expected_right": round(done.expected_right, 2),
        "refused": len(done.refused),
        "output": str(target),
    }


def _write(
    texts: Mapping[int, IGT],
    suggested: Sequence[int],
    target: Path,
    format_: Format,
    options: argparse.Namespace,
) -> None:
    """Write the texts; an ELAN file keeps everything else, since it is the template of the new."""
    given, name, written = list(options.out_option), options.to, list(texts.values())
    if name is None and target.suffix.lower() == Path(options.file).suffix.lower():
        name = format_.name
        if options.encoding:
            given.append(f"encoding={options.encoding}")
        if name == "eaf":
            given.append(f"template={json.dumps(options.file)}")
            written = [texts[index] for index in suggested]
    if name in (None, "cldf") and target.suffix.lower() == ".json":
        target.parent.mkdir(exist_ok=True)
    if options.in_place:
        keep_copy(options.file)
    note(write_texts(written, str(target), name, given))
