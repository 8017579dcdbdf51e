"""``igtkit train``: a glosser from glossed files, kept in a folder."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from igtkit._files import replace_file
from igtkit.cli._glossing import NOTHING_TO_DO, add_learning, learn
from igtkit.cli._languages import add_language, language_name, of_one_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted_noun,
    note,
    read_texts,
    version,
)
from igtkit.corpus import work_state
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.metrics import evaluate
from igtkit.models import CrfGlosser, Validation, cross_validate
from igtkit.models._manifest import MANIFEST

__all__ = ["add"]

_HELD_OUT = 5
"""One in so many sentences is held out to say how good the glosser is."""

_EXAMPLES = """\
  igtkit train story.flextext -o my-glosser
  igtkit train *.eaf -o my-glosser --lexicon dictionary.lift
  igtkit gloss new.eaf --model my-glosser

The folder gets a README.md that says what was learned and how good it is.

exit status: 0; 2 if something could not be done; 3 if nothing is glossed."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "train", "make a glosser and keep it", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="glossed files of any format")
    parser.add_argument("-o", dest="output", metavar="MODEL", required=True,
                        help="the folder to save the glosser in")  # fmt: skip
    parser.add_argument("--no-check", action="store_true",
                        help="do not measure how good it is, which takes time")  # fmt: skip
    add_language(parser)
    add_learning(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    _require_own(Path(options.output))
    held = [igt for path in options.files for igt in read_texts(path, options)]
    texts = [held[index] for index in of_one_language(held, options.language)]
    glosser = learn(texts, options, quiet=False)
    if glosser is None:
        note("igtkit: nothing is glossed in these files that could be learned from")
        return NOTHING_TO_DO
    found = None if options.no_check else _measure(texts)
    card = _card(glosser, texts, options.files, found)
    glosser.save_pretrained(options.output)
    replace_file(Path(options.output) / "README.md", card.encode())
    if found is not None:
        note(_quality(found))
    note(f"saved in {options.output}; use it with igtkit gloss FILE --model {options.output}")
    return 0


def _require_own(folder: Path) -> None:
    """Refuse a folder with other things in it, whose README would be written over.

    Raises:
        InputError: If it is one, or no folder at all.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; name a folder for the glosser")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).exists():
        raise InputError(f"{folder} holds other things than a glosser; name a folder of its own")


def _measure(texts: Sequence[IGT]) -> Validation | None:
    glossed = [igt for igt in texts if work_state(igt) == "glossed"]
    if len(glossed) < 2 * _HELD_OUT:
        return None
    try:
        return cross_validate(glossed, folds=_HELD_OUT, at_most=1)
    except InputError:  # what is left teaches nothing
        return None


def _quality(found: Validation) -> str:
    count, seen = len(found.texts), sum(found.seen)
    held = f"with a fifth of the sentences held out ({counted_noun(count, 'sentence')})"
    said = f"{held}: {_figures(range(count), found)}"
    if not seen:
        return said
    new = [row for row in range(count) if not found.seen[row]]
    others = f"; of the others, {_figures(new, found)}" if new else ""
    stand = "stands" if seen == 1 else "stand"
    return f"{said}; {seen} of them {stand} in the rest word for word{others}"


def _figures(rows: Iterable[int], found: Validation) -> str:
    """How well some of the sentences were glossed."""
    pairs = [(found.predictions[row], found.texts[row]) for row in rows]
    predictions, texts = zip(*pairs, strict=True)
    report = evaluate(predictions=predictions, references=texts, empty="skip")
    right = report["glossing.word.accuracy.micro"] or 0.0
    rate = report["glossing.morpheme.error_rate"] or 0.0
    return f"{right:.0%} of the words glossed right, morpheme error rate {rate:.3f}"


def _card(
    glosser: CrfGlosser, texts: Sequence[IGT], files: Sequence[str], found: Validation | None
) -> str:
    """The README of the folder."""
    glossed = [igt for igt in texts if work_state(igt) == "glossed"]
    names = sorted({name for name in map(language_name, texts) if name})
    labels = Counter(
        part
        for igt in glossed
        for word in igt.align(strict=False)
        for morpheme in word.morphemes
        for part in (morpheme.gloss or "").split(".")
        if part.isupper()
    )
    shown = ", ".join(f"{label} ({count})" for label, count in labels.most_common(40)) or "none"
    words = sum(len(row) for _, row in glosser.passed_over)
    lines = [
        "# A glosser made by igtkit",
        "",
        f"- language: {', '.join(names) or 'not said'}",
        f"- learned from: {counted_noun(len(glossed), 'glossed sentence')}",
        f"- files: {', '.join(Path(name).name for name in files)}",
        f"- sentences that taught nothing: {glosser.left_out}",
        f"- words of others that taught nothing: {words}",
        f"- labels: {shown}",
        f"- measured: {_quality(found) if found else 'no'}",
        f"- igtkit {version()}, {type(glosser).__name__}",
        "",
        "Suggest glosses with it: `igtkit gloss FILE --model FOLDER`. Take in corrections:",
        "`igtkit update FOLDER CORRECTED`. In Python: `igtkit.models.load_glosser(FOLDER)`.",
        "",
        "The folder holds sentences that it was trained on: share it as you would share them.",
        "",
    ]
    return "\n".join(lines)
