"""``igtkit score``: predictions against gold, one system or several."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from igtkit.cli._shared import Subparsers, add_command, add_reading, read_texts
from igtkit.corpus import Corpus
from igtkit.errors import InputError
from igtkit.metrics import PRESETS, Report, compare, confidence_intervals, evaluate
from igtkit.metrics.rendering import render_text
from igtkit.metrics.statistics import flatten_figures
from igtkit.normalize import normalize

__all__ = ["add"]

_EXAMPLES = """\
  igtkit score predicted.txt gold.txt
  igtkit score predicted.txt gold.txt --preset published --confidence
  igtkit score ours.txt theirs.txt gold.txt          the second against the first, with p-values
  igtkit score predicted.jsonl gold.jsonl --by language --json

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
    parser.add_argument("--rules", choices=["igtkit", "polygloss"],
                        help="set punctuation apart in all files first")  # fmt: skip
    parser.add_argument("--empty", choices=["raise", "skip"], default="raise",
                        help="what to do with empty gold lines (default: raise)")  # fmt: skip
    parser.add_argument("--confidence", action="store_true", help="95 %% intervals (bootstrap)")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn at random")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")
    add_reading(parser)


def _run(options: argparse.Namespace) -> int:
    if len(options.files) < 2:
        raise InputError("give the predictions and the gold: igtkit score PRED [PRED ...] GOLD")
    *systems, gold = [_read(path, options) for path in options.files]
    for path, system in zip(options.files, systems, strict=False):
        _require_same_ids(path, system, gold)
    common = {"references": gold, "preset": options.preset, "empty": options.empty}
    reports = [evaluate(predictions=system, by=options.by, **common) for system in systems]
    drawn = {**common, "seed": options.seed}
    intervals = [
        confidence_intervals(predictions=system, **drawn) if options.confidence else {}
        for system in systems
    ]
    comparisons = [compare(a=systems[0], b=system, **drawn) for system in systems[1:]]
    names = _names(options.files[:-1])
    if options.json:
        print(_as_json(names, reports, intervals, comparisons))
        return 0
    metrics = options.metrics.split(",") if options.metrics else None
    if len(systems) == 1 and not options.confidence:
        print(reports[0].to_text(metrics))
        return 0
    header, rows = _table(names, reports, intervals, comparisons, metrics)
    print(render_text(header, rows), reports[0].signature, sep="\n")
    return 0


def _read(path: str, options: argparse.Namespace) -> Corpus:
    corpus = read_texts(path, options)
    return corpus.map(lambda igt: normalize(igt, options.rules)) if options.rules else corpus


def _require_same_ids(path: str, system: Corpus, gold: Corpus) -> None:
    for index, (one, other) in enumerate(zip(system, gold, strict=False)):
        if one.id is not None and other.id is not None and one.id != other.id:
            raise InputError(
                f"{path}: entry {index} has the id {one.id!r}, the gold there {other.id!r}; "
                "entries must be in the same order"
            )


def _names(paths: Sequence[str]) -> list[str]:
    stems = [Path(path).stem for path in paths]
    return stems if len(set(stems)) == len(stems) else list(paths)


def _table(
    names: Sequence[str],
    reports: Sequence[Report],
    intervals: Sequence[Mapping[str, Any]],
    comparisons: Sequence[Mapping[str, Any]],
    metrics: Sequence[str] | None,
) -> tuple[list[str], list[list[str]]]:
    figures = [flatten_figures(report.figures) for report in reports]
    header = [""]
    for name, interval in zip(names, intervals, strict=True):
        header += [name, "95 %"] if interval else [name]
    header += [f"p ({name})" for name in names[1:]]
    rows = []
    for metric in metrics or figures[0]:
        if metric not in figures[0]:
            raise InputError(f"no figure {metric!r}; there are: {', '.join(figures[0])}")
        row = [metric]
        for flat, interval in zip(figures, intervals, strict=True):
            row.append(_number(flat[metric]))
            if interval:
                ends = interval.get(metric)
                row.append(f"{_number(ends.low)} to {_number(ends.high)}" if ends else "")
        tested = [comparison.get(metric) for comparison in comparisons]
        rows.append(row + ["" if each is None else _number(each.p_value) for each in tested])
    return header, rows


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _as_json(
    names: Sequence[str],
    reports: Sequence[Report],
    intervals: Sequence[Mapping[str, Any]],
    comparisons: Sequence[Mapping[str, Any]],
) -> str:
    systems = {}
    for index, (name, report) in enumerate(zip(names, reports, strict=True)):
        systems[name] = report.to_dict()
        if intervals[index]:
            systems[name]["intervals"] = _as_dicts(intervals[index])
        if index:
            systems[name]["compared_with_first"] = _as_dicts(comparisons[index - 1])
    return json.dumps(systems, ensure_ascii=False, indent=2, allow_nan=False)


def _as_dicts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: attrs.asdict(value) for name, value in values.items()}
