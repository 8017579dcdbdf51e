"""The corpus pipeline on a Dask cluster: the same steps, the same result, any number of machines.

Every file is a part. Parts are read and taken through the first steps where the cluster likes; then
the hashes of all texts (eight bytes each) come together to find the duplicates; then the remaining
steps run on the parts again. The reports of the parts add up.

    python build_corpus_dask.py --out corpus odin/*.txt
    python build_corpus_dask.py --out corpus --scheduler tcp://head-node:8786 odin/*.txt

Each part becomes a file in the folder, and report.json is the account of the whole.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections.abc import Sequence
from functools import reduce
from itertools import compress
from operator import add
from pathlib import Path
from typing import Any

import igtkit
from igtkit import IGT
from igtkit.corpus import Audit, PipelineReport, Step, StepReport, paper_pipeline, run_steps
from igtkit.corpus.languages import find
from igtkit.corpus.steps import DuplicateIndex, fingerprint

Part = tuple[list[IGT], tuple[StepReport, ...]]


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
    masks, found = find_duplicates(marks, duplicates.name)
    done = [
        client.submit(finish_part, part, mask, last_steps, out / f"{path.stem}.jsonl", pure=False)
        for part, mask, path in zip(parts, masks, files, strict=True)
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


def mark_part(part: Part) -> list[tuple[int, str | None]]:
    """On a worker: what is needed of each text to find duplicates."""
    return [(fingerprint(igt), igt.split) for igt in part[0]]


def reports_of(part: Part) -> tuple[StepReport, ...]:
    """On a worker: the reports of the first steps."""
    return part[1]


def find_duplicates(
    marks: Sequence[Sequence[tuple[int, str | None]]], step: str
) -> tuple[list[list[bool]], StepReport]:
    """Here: which texts of each part to keep."""
    index, report = DuplicateIndex(), StepReport(step)
    masks = []
    for part in marks:
        reasons = [index.add(mark, split) for mark, split in part]
        report.seen += len(reasons)
        report.dropped.update(reason for reason in reasons if reason is not None)
        masks.append([reason is None for reason in reasons])
    return masks, report


def finish_part(
    part: Part, mask: Sequence[bool], steps: Sequence[Step], path: Path
) -> tuple[tuple[StepReport, ...], Audit]:
    """On a worker: run the last steps on the texts that are kept, and write them."""
    kept, report = run_steps(steps, compress(part[0], mask))
    igtkit.write(kept, path, "jsonl")
    return report.steps, report.audit


if __name__ == "__main__":
    main()
