"""``igtkit score``: predictions against gold, one system or several."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from igtkit.cli._languages import add_language, of_one_language
from igtkit.cli._shared import (
    Subparsers,
    add_command,
    add_reading,
    note,
    read_texts,
    say,
    whole_from,
)
from igtkit.corpus import Corpus
from igtkit.errors import InputError
from igtkit.igt import IGT, text_key
from igtkit.metrics import (
    PRESETS,
    Comparison,
    Interval,
    Report,
    compare,
    confidence_intervals,
    evaluate,
)
from igtkit.metrics.inputs import split_seen
from igtkit.metrics.rendering import render_text
from igtkit.metrics.statistics import Figures, flatten_figures
from igtkit.normalize import normalize

__all__ = ["add"]

_EXAMPLES = """\
  igtkit score predicted.txt gold.txt
  igtkit score predicted.txt gold.txt --preset published --intervals
  igtkit score ours.txt theirs.txt gold.txt          the second against the first, with p-values
  igtkit score ours.txt theirs.txt gold.txt --test randomization          the same on few texts
  igtkit score predicted.jsonl gold.jsonl --by language --intervals
                                                     each language, and the average over them
  igtkit score predicted.txt gold.txt --seen train.txt
                                                     seen and unseen texts apart

The last file is the gold; entries correspond by their order."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "score", "score predictions", _EXAMPLES, _run)
    parser.usage = "igtkit score [options] PRED [PRED ...] GOLD"
    parser.add_argument("files", nargs="+", metavar="FILE", help="predictions, and the gold last")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="paper",
                        help="definitions of the paper's text, or those behind its tables "
                        "(default: paper)")  # fmt: skip
    parser.add_argument("--metrics", metavar="NAME,NAME", help="only these figures")
    parser.add_argument("--by", choices=["language", "source", "split"], help="also by group")
    parser.add_argument("--seen", action="append", metavar="TRAIN",
                        help="training texts: also score the gold texts that stand in them, and "
                        "those that do not; may be repeated")  # fmt: skip
    parser.add_argument("--rules", choices=["igtkit", "polygloss"],
                        help="set punctuation apart in all files first")  # fmt: skip
    parser.add_argument("--empty", choices=["raise", "skip"], default="raise",
                        help="what to do with empty gold lines (default: raise)")  # fmt: skip
    parser.add_argument("--intervals", action="store_true", help="95 %% intervals (bootstrap)")
    parser.add_argument("--test", choices=["bootstrap", "randomization"], default="bootstrap",
                        help="the test behind the p-values; with fewer than 20 texts only "
                        "randomization will do (default: bootstrap)")  # fmt: skip
    parser.add_argument("--seed", type=whole_from(0), default=0, help="of what is drawn at random")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    add_language(parser, "score only")
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    if len(options.files) < 2:
        raise InputError("give the predictions and the gold: igtkit score PRED [PRED ...] GOLD")
    *systems, gold = [_read(path, options) for path in options.files]
    for path, system in zip(options.files, systems, strict=False):
        _require_same_ids(path, system, gold)
        _tell_other_texts(path, system, gold)
    if options.language is not None:
        systems, gold = _of_language(options.files, systems, gold, options.language)
    seen = _training_texts(options)
    reports = [
        evaluate(
            predictions=system,
            references=gold,
            preset=options.preset,
            by=options.by,
            empty=options.empty,
            seen=seen,
        )
        for system in systems
    ]
    drawn = _drawn("all", systems, gold, options)
    parts = [_Part("all", [report.figures for report in reports], *drawn)]
    if seen is not None:
        for name, rows in zip(("seen", "unseen"), split_seen(gold, seen), strict=True):
            *of_systems, of_gold = ([texts[row] for row in rows] for texts in (*systems, gold))
            figures = [getattr(report, name) for report in reports]
            parts.append(_Part(name, figures, *_drawn(name, of_systems, of_gold, options)))
    grouped = _groups(reports, systems, gold, options)
    names = _names(options.files[:-1])
    metrics = options.metrics.split(",") if options.metrics else None
    _require_known(metrics, reports[0].figures)
    if options.json:
        say(_as_json(names, reports, [*parts, *grouped[:1]], metrics))
        return 0
    if len(systems) == 1 and not options.intervals:
        say(reports[0].to_text(metrics))
        return 0
    every = [*parts, *grouped]
    say(f"{render_text(*_table(names, every, metrics))}\n{reports[0].signature}")
    return 0


def _require_known(metrics: Sequence[str] | None, figures: Figures) -> None:
    known = flatten_figures(figures)
    for metric in metrics or ():
        if metric not in known:
            raise InputError(f"no figure {metric!r}; there are: {', '.join(known)}")


def _read(path: str, options: argparse.Namespace) -> Corpus:
    corpus = read_texts(path, options)
    return corpus.map(lambda igt: normalize(igt, options.rules)) if options.rules else corpus


def _training_texts(options: argparse.Namespace) -> Corpus | None:
    if not options.seen:
        return None
    return sum((read_texts(path, options) for path in options.seen), Corpus())


def _require_same_ids(path: str, system: Corpus, gold: Corpus) -> None:
    for index, (one, other) in enumerate(zip(system, gold, strict=False)):
        if one.id is not None and other.id is not None and one.id != other.id:
            raise InputError(
                f"{path}: entry {index} has the id {one.id!r}, the gold there {other.id!r}; "
                "entries must be in the same order"
            )


def _tell_other_texts(path: str, system: Corpus, gold: Corpus) -> None:
    """Say how many predictions are of another text than the gold; punctuation may differ."""
    pairs = [
        (text_key(one), text_key(other))
        for one, other in zip(system, gold, strict=False)
        if one.transcription and other.transcription
    ]
    if different := sum(one != other for one, other in pairs):
        note(
            f"igtkit: {path}: {different} of {len(pairs)} predictions have another text than the "
            "gold there; is it the same file, in the same order?"
        )


def _of_language(
    files: Sequence[str], systems: Sequence[Corpus], gold: Corpus, asked: str
) -> tuple[list[Corpus], Corpus]:
    """The texts of a language, which the gold tells, and what each system made of them."""
    for path, system in zip(files, systems, strict=False):
        if len(system) != len(gold):
            raise InputError(f"{path} has {len(system)} entries, the gold {len(gold)}")
    rows = of_one_language(gold, asked)
    return [Corpus(each[row] for row in rows) for each in systems], Corpus(
        gold[row] for row in rows
    )


def _names(paths: Sequence[str]) -> list[str]:
    stems = [Path(path).stem for path in paths]
    return stems if len(set(stems)) == len(stems) else list(paths)


@attrs.frozen
class _Part:
    """All texts, or some of them: what is said of each system on them.

    The comparisons are those of each system after the first with the first.
    """

    name: str
    figures: Sequence[Figures]
    intervals: Sequence[Mapping[str, Interval]]
    comparisons: Sequence[Mapping[str, Comparison]]

    def title(self, system: str) -> str:
        return system if self.name == "all" else f"{system}, {self.name}"


def _drawn(
    part: str,
    systems: Sequence[Sequence[IGT]],
    gold: Sequence[IGT],
    options: argparse.Namespace,
) -> tuple[list[Mapping[str, Interval]], list[Mapping[str, Comparison]]]:
    """What takes resampling: intervals and comparisons; nothing where nothing can be scored."""
    if all(text.segmentation is None and text.glosses is None for text in gold):
        return [{} for _ in systems], [{} for _ in systems[1:]]
    common: dict[str, Any] = {
        "references": gold,
        "preset": options.preset,
        "empty": options.empty,
        "by": options.by if part == "average" else None,
        "seed": options.seed,
    }
    intervals: list[Mapping[str, Interval]] = [
        confidence_intervals(predictions=system, **common) if options.intervals else {}
        for system in systems
    ]
    comparisons: list[Mapping[str, Comparison]]
    try:
        comparisons = [
            compare(a=systems[0], b=system, method=options.test, **common) for system in systems[1:]
        ]
    except InputError as error:
        if part == "all":
            raise
        what = f"the average over {options.by}s" if part == "average" else f"the {part} texts"
        note(f"igtkit: no p-values for {what}: {error}")  # too few of them
        comparisons = [{} for _ in systems[1:]]
    return intervals, comparisons


def _groups(
    reports: Sequence[Report],
    systems: Sequence[Corpus],
    gold: Corpus,
    options: argparse.Namespace,
) -> list[_Part]:
    """The average over groups and each of the groups, if groups were asked for."""
    if reports[0].average is None:
        return []
    drawn = _drawn("average", systems, gold, options)
    parts = [_Part("average", [report.average or {} for report in reports], *drawn)]
    nothing: list[Mapping[str, Any]] = [{} for _ in reports]
    return parts + [
        _Part(name, [report.groups[name] for report in reports], nothing, nothing[1:])
        for name in reports[0].groups
    ]


def _table(
    names: Sequence[str], parts: Sequence[_Part], metrics: Sequence[str] | None
) -> tuple[list[str], list[list[str]]]:
    header = [""]
    columns: list[dict[str, str]] = []
    for part in parts:
        for name, figures, intervals in zip(names, part.figures, part.intervals, strict=True):
            header.append(part.title(name))
            columns.append(
                {path: _number(value) for path, value in flatten_figures(figures).items()}
            )
            if intervals:
                header.append("95 %")
                columns.append({path: _ends(each) for path, each in intervals.items()})
    for part in parts:
        for name, comparison in zip(names[1:], part.comparisons, strict=True):
            if not comparison:
                continue
            header.append(f"p ({part.title(name)})")
            columns.append({path: _number(each.p_value) for path, each in comparison.items()})
    chosen = metrics or list(columns[0])
    rows = [[metric, *(column.get(metric, "") for column in columns)] for metric in chosen]
    return header, rows


def _ends(interval: Interval) -> str:
    return f"{_number(interval.low)} to {_number(interval.high)}"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _as_json(
    names: Sequence[str],
    reports: Sequence[Report],
    parts: Sequence[_Part],
    metrics: Sequence[str] | None,
) -> str:
    systems = {
        name: _only(report.to_dict(), metrics) for name, report in zip(names, reports, strict=True)
    }
    for part in parts:
        for index, of_system in enumerate(systems.values()):
            place = of_system if part.name == "all" else of_system[part.name]
            if part.intervals[index]:
                place["intervals"] = _as_dicts(part.intervals[index], metrics)
            if index:
                place["compared_with_first"] = _as_dicts(part.comparisons[index - 1], metrics)
    return json.dumps(systems, ensure_ascii=False, indent=2, allow_nan=False)


def _only(report: dict[str, Any], metrics: Sequence[str] | None) -> dict[str, Any]:
    """A report as dicts, with no figures but those asked for; what is no figure stays."""
    if metrics is None:
        return report
    kept = {name: report[name] for name in _NO_FIGURES if name in report}
    parts = {name: _pick(report[name], metrics) for name in _PARTS if name in report}
    if "groups" in report:
        parts["groups"] = {
            name: _pick(figures, metrics) for name, figures in report["groups"].items()
        }
    return {**_pick(report, metrics), **kept, **parts}


_NO_FIGURES = ("skipped", "signature", "lookalikes")
_PARTS = ("average", "seen", "unseen")


def _pick(figures: Mapping[str, Any], metrics: Sequence[str]) -> dict[str, Any]:
    """The figures of these paths, nested as they were."""
    picked: dict[str, Any] = {}
    for path in metrics:
        *outer, last = path.split(".")
        found: Mapping[str, Any] = figures
        place = picked
        for name in outer:
            found, place = found[name], place.setdefault(name, {})
        place[last] = found[last]
    return picked


def _as_dicts(values: Mapping[str, Any], metrics: Sequence[str] | None) -> dict[str, Any]:
    chosen = values if metrics is None else {n: values[n] for n in metrics if n in values}
    return {name: attrs.asdict(value) for name, value in chosen.items()}
