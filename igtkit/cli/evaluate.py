"""``igtkit evaluate``: how good a glosser would be on texts like these."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from igtkit.cli._glossing import NOTHING_TO_DO
from igtkit.cli._languages import add_language, of_one_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    counted_noun,
    note,
    read_texts,
    say,
    whole_from,
)
from igtkit.corpus import work_state
from igtkit.errors import InputError
from igtkit.igt import IGT
from igtkit.metrics import PRESETS
from igtkit.models import (
    CurvePoint,
    Validation,
    cross_validate,
    expected_gain,
    learning_curve,
    load_glosser,
)
from igtkit.normalize import normalize

__all__ = ["add"]

_FIGURES = (
    ("morpheme error rate", "glossing.morpheme.error_rate"),
    ("words glossed right", "glossing.word.accuracy.micro"),
    ("segmentation F1", "segmentation.f1"),
)

_EXAMPLES = """\
  igtkit evaluate story.flextext                 how good a glosser trained on this would be
  igtkit evaluate story.flextext --curve         and what a hundred more sentences would bring
  igtkit evaluate test.txt --model my-glosser    how good a saved one is on these texts

The file is parted into five blocks, by text where it has texts; each is glossed by a glosser that
learned from the other four. Give no test sentences to --model that it was trained on.

exit status: 0; 2 if something could not be done; 3 if too little is glossed."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "evaluate", "say how good a glosser is", _EXAMPLES, _run)
    parser.add_argument("files", nargs="+", metavar="FILE", help="glossed files of any format")
    parser.add_argument("--model", metavar="FOLDER", help="judge this saved glosser")
    parser.add_argument("--folds", type=whole_from(2), default=5, metavar="N",
                        help="number of blocks (default: 5)")  # fmt: skip
    parser.add_argument("--curve", action="store_true",
                        help="also say what more sentences would bring")  # fmt: skip
    parser.add_argument("--preset", choices=sorted(PRESETS), default="paper",
                        help="definitions of the paper's text, or those behind its tables "
                        "(default: paper)")  # fmt: skip
    parser.add_argument("--rules", choices=["igtkit", "polygloss"],
                        help="set punctuation apart in all files first")  # fmt: skip
    parser.add_argument("--seen", action="append", default=[], metavar="TRAIN",
                        help="with --model: its training texts; texts that stand in them are "
                        "scored apart")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    add_language(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    if options.model and options.curve:
        raise InputError("--curve is about glossers that are trained here; leave out --model")
    every = _read(options.files, options)
    chosen = [every[index] for index in of_one_language(every, options.language)]
    texts = [igt for igt in chosen if work_state(igt) == "glossed" and igt.transcription]
    least = 1 if options.model else 2 * options.folds
    if not any(igt.glosses for igt in chosen):
        note("igtkit: nothing is glossed yet in these files")
        return NOTHING_TO_DO
    if len(texts) < least:
        note(
            f"igtkit: {counted_noun(len(texts), 'sentence')} glossed throughout: too few to judge "
            f"by; it takes {least}"
        )
        return NOTHING_TO_DO
    if options.model:
        predictions = tuple(load_glosser(options.model).predict(texts))
        blocks = (tuple(range(len(texts))),)
        found = Validation(tuple(texts), predictions, blocks, (False,) * len(texts))
        if not options.seen:
            note(
                f"igtkit: sentences that {options.model} has learned from say nothing of new ones; "
                "name its training texts with --seen, and they are scored apart"
            )
    else:
        found = cross_validate(texts, folds=options.folds)
    training = _read(options.seen, options) or None
    report = found.report(preset=options.preset, empty="skip", seen=training)
    curve = learning_curve(texts, folds=options.folds) if options.curve else ()
    if options.json:
        said: dict[str, Any] = report.to_dict()
        said["signature"] = report.signature
        said["reliability"] = [attrs.asdict(row) for row in found.reliability()]
        said["curve"] = [attrs.asdict(point) for point in curve]
        say(json.dumps(said, ensure_ascii=False))
        return 0
    for line in _lines(found, report, curve):
        say(line)
    return 0


def _read(paths: Sequence[str], options: argparse.Namespace) -> list[IGT]:
    texts = [igt for path in paths for igt in read_texts(path, options)]
    return [normalize(igt, options.rules) for igt in texts] if options.rules else texts


def _lines(found: Validation, report: Any, curve: Sequence[CurvePoint]) -> Iterator[str]:
    parts = counted_noun(len(found.blocks), "block") + " of whole texts" * _has_whole_texts(found)
    yield f"{counted_noun(len(found.texts), 'sentence')} in {parts}"
    for name, path in _FIGURES:
        value = report[path]
        yield f"  {name:22}{'–' if value is None else f'{value:.3f}'}"
    if any(found.seen):
        yield (
            f"{sum(found.seen)} of these sentences stand in the training part word for word, and "
            "may be easier than new ones"
        )
    if report.unseen is not None:
        yield "on the sentences that were not seen in training:"
        for name, path in _FIGURES:
            value = _at(report.unseen, path)
            yield f"  {name:22}{'–' if value is None else f'{value:.3f}'}"
    yield "words right, by the probability that the glosser gave them:"
    for row in found.reliability():
        if row.right is not None:
            yield f"  {row.low:.2f} to {row.high:.2f}  {row.right:6.1%} of {row.words}"
    if curve:
        yield "morpheme error rate by sentences to learn from (two blocks held out in turn):"
        for point in curve:
            yield f"  {point.sentences:6}  {point.error_rate:.3f}"
        if len(curve) > 1:
            gain = expected_gain(curve)
            rate = curve[-1].error_rate
            yield (
                f"A hundred more sentences should bring the error rate from {rate:.2f} to about "
                f"{max(rate - gain, 0):.2f}, if they are like these."
            )
    yield report.signature


def _has_whole_texts(found: Validation) -> bool:
    """Whether no text was parted: what is learned from a text helps with the rest of it."""
    blocks = [{found.texts[index].source for index in block} for block in found.blocks]
    sources = set().union(*blocks)
    return len(blocks) > 1 and None not in sources and sum(map(len, blocks)) == len(sources)


def _at(figures: Any, path: str) -> float | None:
    for name in path.split("."):
        figures = figures[name]
    value: float | None = figures
    return value
