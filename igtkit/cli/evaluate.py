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
from igtkit.igt.key import seen_among
from igtkit.metrics import PRESETS, Report
from igtkit.models import (
    CurvePoint,
    Reliability,
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
learned from the other four. With --model, sentences that it has learned from are scored apart.

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
                        help="with --model: its training texts, where it does not know "
                        "them itself; texts that stand in them are scored apart")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    add_language(parser)
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    if options.model and options.curve:
        raise InputError("--curve is about glossers that are trained here; leave out --model")
    if options.seen and not options.model:
        raise InputError("--seen names what a saved glosser was trained on; give it with --model")
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
    training = _read(options.seen, options)
    if options.model:
        found = _judged(options.model, texts, training)
        training += [text for text, seen in zip(texts, found.seen, strict=True) if seen]
    else:
        found = cross_validate(texts, folds=options.folds)
    report = found.report(preset=options.preset, empty="skip", seen=training or None)
    curve = learning_curve(texts, folds=options.folds) if options.curve else ()
    reliability = (_unseen(found) if options.model else found).reliability()
    if options.json:
        said: dict[str, Any] = report.to_dict()
        said["signature"] = report.signature
        said["reliability"] = [attrs.asdict(row) for row in reliability]
        said["curve"] = [attrs.asdict(point) for point in curve]
        say(json.dumps(said, ensure_ascii=False))
        return 0
    lines = _of_model(found, report) if options.model else _of_blocks(found, report)
    for line in (*lines, *_by_probability(reliability), *_of_curve(curve), report.signature):
        say(line)
    return 0


def _judged(model: str, texts: Sequence[IGT], training: Sequence[IGT]) -> Validation:
    """The texts as a saved glosser makes them, and which of them it was trained on."""
    glosser = load_glosser(model)
    predictions = tuple(glosser.predict(texts))
    known = glosser.find_seen(texts)
    if known is None and not training:
        note(
            f"igtkit: sentences that {model} has learned from say nothing of new ones; "
            "name its training texts with --seen, and they are scored apart"
        )
    seen = seen_among(texts, training)
    if known is not None:
        seen = [one or other for one, other in zip(seen, known, strict=True)]
    return Validation(tuple(texts), predictions, (tuple(range(len(texts))),), tuple(seen))


def _unseen(found: Validation) -> Validation:
    """What was judged, without the texts that were seen in training."""
    rows = [index for index, seen in enumerate(found.seen) if not seen]
    texts = tuple(found.texts[index] for index in rows)
    predictions = tuple(found.predictions[index] for index in rows)
    return Validation(texts, predictions, (tuple(range(len(rows))),), (False,) * len(rows))


def _read(paths: Sequence[str], options: argparse.Namespace) -> list[IGT]:
    texts = [igt for path in paths for igt in read_texts(path, options)]
    return [normalize(igt, options.rules) for igt in texts] if options.rules else texts


def _of_model(found: Validation, report: Report) -> Iterator[str]:
    """The figures of a saved glosser: of all sentences, and of those that it has not seen."""
    count, seen = len(found.texts), sum(found.seen)
    sentences = counted_noun(count, "sentence")
    if not seen:
        yield sentences
        yield from _figures(report.figures)
        return
    if seen == count:
        yield f"{sentences}, all seen in training: the figures say nothing of new ones"
        yield from _figures(report.figures)
        return
    yield f"{sentences}, {seen} of them seen in training"
    yield from _figures(report.figures)
    yield f"on the {counted_noun(count - seen, 'sentence')} not seen in training:"
    yield from _figures(report.unseen)


def _of_blocks(found: Validation, report: Report) -> Iterator[str]:
    """The figures of glossers that learned from the other blocks."""
    parts = counted_noun(len(found.blocks), "block") + " of whole texts" * _has_whole_texts(found)
    yield f"{counted_noun(len(found.texts), 'sentence')} in {parts}"
    yield from _figures(report.figures)
    if any(found.seen):
        yield (
            f"{sum(found.seen)} of these sentences stand in the training part word for word, and "
            "may be easier than new ones"
        )


def _figures(figures: Any) -> Iterator[str]:
    for name, path in _FIGURES:
        value = figures
        for step in path.split("."):
            value = value[step]
        yield f"  {name:22}{'–' if value is None else f'{value:.3f}'}"


def _by_probability(reliability: Sequence[Reliability]) -> Iterator[str]:
    rows = [row for row in reliability if row.right is not None]
    if rows:
        yield "words right, by the probability that the glosser gave them:"
    for row in rows:
        yield f"  {row.low:.2f} to {row.high:.2f}  {row.right:6.1%} of {row.words}"


def _of_curve(curve: Sequence[CurvePoint]) -> Iterator[str]:
    if curve:
        yield "morpheme error rate by sentences to learn from (two blocks held out in turn):"
    for point in curve:
        yield f"  {point.sentences:6}  {point.error_rate:.3f}"
    if len(curve) > 1:
        rate = curve[-1].error_rate
        yield (
            f"A hundred more sentences should bring the error rate from {rate:.2f} to about "
            f"{max(rate - expected_gain(curve), 0):.2f}, if they are like these."
        )


def _has_whole_texts(found: Validation) -> bool:
    """Whether no text was parted: what is learned from a text helps with the rest of it."""
    blocks = [{found.texts[index].source for index in block} for block in found.blocks]
    sources = set().union(*blocks)
    return len(blocks) > 1 and None not in sources and sum(map(len, blocks)) == len(sources)
