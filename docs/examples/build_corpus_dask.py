"""The corpus pipeline on a Dask cluster: the same steps, the same result, any number of machines.

Every file is a part. Parts are read and taken through the first steps where the cluster likes; then
the hashes of all texts (eight bytes each) come together to find the duplicates, and the
segmentations that a duplicate has and the text that is kept lacks; then the remaining steps run on
the parts again. The reports of the parts add up.

    python build_corpus_dask.py --out corpus odin/*.txt
    python build_corpus_dask.py --out corpus --scheduler tcp://head-node:8786 odin/*.txt

Each part becomes a file in the folder, and report.json is the account of the whole.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import add
from pathlib import Path
from typing import Any, NamedTuple

import igtkit
from igtkit import IGT, check
from igtkit.alignment import is_misaligned
from igtkit.corpus import Audit, PipelineReport, Step, StepReport, paper_pipeline, run_steps
from igtkit.corpus.languages import find
from igtkit.corpus.steps import DuplicateIndex, fingerprint

Part = tuple[list[IGT], tuple[StepReport, ...]]
Place = tuple[int, int]  # number of the part, and of the text in it


class Mark(NamedTuple):
    """What tells a duplicate, and what it has that another may lack."""

    print: int
    split: str | None
    is_segmented: bool
    is_unsegmented: bool
    is_translated: bool


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, help="files named by ISO 639-3 codes")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.add_argument("--scheduler", help="address of a cluster; by default one is made here")
    parser.add_argument("--workers", type=int, default=2, help="number of its processes")
    arguments = parser.parse_args()
    distributed: Any = importlib.import_module("distributed")  # pip install distributed
    where = (
        {"address": arguments.scheduler}
        if arguments.scheduler
        else {"n_workers": arguments.workers, "threads_per_worker": 1, "dashboard_address": None}
    )
    with distributed.Client(**where) as client:
        arguments.out.mkdir(parents=True, exist_ok=True)
        report = build(client, arguments.files, arguments.out)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (arguments.out / "report.json").write_text(text + "\n", encoding="utf-8")
    print(f"{report['audit']['total']['entries']:,} entries: {arguments.out}")


def build(client: Any, files: Sequence[Path], out: Path) -> dict[str, Any]:
    """Run the pipeline on the cluster; the order of the files is that of the corpus."""
    first_steps, (duplicates,), last_steps = paper_pipeline().stages
    parts = [client.submit(read_part, path, first_steps, pure=False) for path in files]
    marks = client.gather([client.submit(mark_part, part, pure=False) for part in parts])
    masks, wanted, found = find_duplicates(marks, duplicates.name)
    lines = client.gather(
        [
            client.submit(segmentations_of, part, [place for _, place in pairs], pure=False)
            for part, pairs in zip(parts, wanted, strict=True)
        ]
    )
    taken: list[dict[int, str]] = [{} for _ in parts]
    for pairs, found_lines in zip(wanted, lines, strict=True):
        for ((part_of, place_of), _), line in zip(pairs, found_lines, strict=True):
            taken[part_of][place_of] = line
    done = [
        client.submit(
            finish_part, part, mask, gains, last_steps, out / f"{path.stem}.jsonl", pure=False
        )
        for part, mask, gains, path in zip(parts, masks, taken, files, strict=True)
    ]
    before = client.gather([client.submit(reports_of, part, pure=False) for part in parts])
    after = client.gather(done)
    reports = [
        *(reduce(add, reports) for reports in zip(*before, strict=True)),
        found,
        *(reduce(add, reports) for reports in zip(*(reports for reports, _ in after), strict=True)),
    ]
    audit = reduce(add, (audit for _, audit in after), Audit())
    return PipelineReport(tuple(reports), audit).to_dict()


def read_part(path: Path, steps: Sequence[Step]) -> Part:
    """On a worker: read a file, and run the first steps."""
    found = find(path.stem) if len(path.stem) == 3 else None
    language = found.to_language() if found is not None else None
    with igtkit.stream(
        path, "sigmorphon", errors="skip", language=language, source="odin"
    ) as items:
        kept, report = run_steps(steps, items)
    return kept, report.steps


def mark_part(part: Part) -> list[Mark]:
    """On a worker: what is needed of each text to find duplicates."""
    return [
        Mark(
            fingerprint(igt),
            igt.split,
            bool(igt.segmentation) and not is_misaligned(check(igt)),
            igt.segmentation is None,
            bool(igt.translation),
        )
        for igt in part[0]
    ]


def segmentations_of(part: Part, places: Sequence[int]) -> list[str]:
    """On a worker: the segmentations of some texts."""
    return [part[0][place].segmentation or "" for place in places]


def reports_of(part: Part) -> tuple[StepReport, ...]:
    """On a worker: the reports of the first steps."""
    return part[1]


def find_duplicates(
    marks: Sequence[Sequence[Mark]], step: str
) -> tuple[list[list[bool]], list[list[tuple[Place, int]]], StepReport]:
    """Here: which texts of each part to keep, and where its segmentations go."""
    index, report = DuplicateIndex(), StepReport(step)
    unsegmented: dict[int, Place] = {}
    untranslated: set[int] = set()
    masks, wanted = [], []
    for number, part in enumerate(marks):
        mask, pairs = [], []
        for place, mark in enumerate(part):
            reason = index.add(mark.print, mark.split)
            mask.append(reason is None)
            report.seen += 1
            if reason is None:
                if mark.is_unsegmented:
                    unsegmented[mark.print] = (number, place)
                if not mark.is_translated:
                    untranslated.add(mark.print)
                continue
            if mark.print in unsegmented and mark.is_segmented:
                pairs.append((unsegmented.pop(mark.print), place))
                report.changed += 1
                report.reasons["segmentation of a duplicate"] += 1
            if mark.print in untranslated and mark.is_translated and reason == "duplicate":
                reason = "duplicate-with-translation"
            report.dropped[reason] += 1
        masks.append(mask)
        wanted.append(pairs)
    return masks, wanted, report


def finish_part(
    part: Part,
    mask: Sequence[bool],
    gains: Mapping[int, str],
    steps: Sequence[Step],
    path: Path,
) -> tuple[tuple[StepReport, ...], Audit]:
    """On a worker: run the last steps on the texts that are kept, and write them."""
    whole = [
        igt.replace(segmentation=gains[place]) if place in gains else igt
        for place, igt in enumerate(part[0])
    ]
    kept, report = run_steps(steps, compress(whole, mask))
    igtkit.write(kept, path, "jsonl")
    return report.steps, report.audit


if __name__ == "__main__":
    main()
