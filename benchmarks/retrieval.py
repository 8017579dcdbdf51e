"""chrF neighbors: igtkit's index beside scoring every line with sacrebleu.

Run from anywhere, one core::

    OMP_NUM_THREADS=1 python benchmarks/retrieval.py --data ../shared/data > benchmarks/retrieval.md

Writes a section of Markdown to standard output. Needs the shared-task files of Tsez and ODIN.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import sacrebleu
from sacrebleu.metrics import CHRF

import igtkit
from igtkit.io import read
from igtkit.retrieval import ChrfIndex

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NEIGHBORS = 10


def transcriptions(path):
    return [igt.transcription or "" for igt in read(path, "sigmorphon")]


def odin(folder):
    """The transcriptions of ODIN, by hand: what is malformed there is no matter here."""
    for path in sorted(folder.glob("*.txt")):
        with path.open(encoding="utf-8") as file:
            yield from (line[3:].rstrip("\n") for line in file if line.startswith("\\t "))


def brute_force(lines, query):
    metric = CHRF()
    scores = [metric.sentence_score(line, [query]).score for line in lines]
    ranking = sorted(range(len(lines)), key=lambda line: (-scores[line], line))
    return [(line, scores[line]) for line in ranking[:NEIGHBORS]]


def seconds(function, *arguments):
    begin = time.process_time()
    result = function(*arguments)
    return time.process_time() - begin, result


def resident():
    """Peak resident memory of this process so far, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def held(index):
    """What the index holds, in megabytes."""
    return sum(part.nbytes for part in vars(index).values() if isinstance(part, np.ndarray)) / 2**20


def small(data, rounds, compared):
    folder = data / "sigmorphon2023" / "ddo"
    lines = transcriptions(folder / "ddo-train-track2-uncovered")
    queries = transcriptions(folder / "ddo-dev-track2-uncovered")
    building, index = seconds(ChrfIndex, lines)
    ours, theirs, ratios = [], [], []
    for _ in range(rounds):  # side by side, so that a busy machine is busy for both
        took, _ = seconds(lambda: [index.search(query, NEIGHBORS) for query in queries])
        ours.append(took / len(queries))
        sample = queries[:: len(queries) // compared]
        took, expected = seconds(lambda s=sample: [brute_force(lines, query) for query in s])
        theirs.append(took / len(sample))
        ratios.append(theirs[-1] / ours[-1])
        if expected != [index.search(query, NEIGHBORS) for query in sample]:
            sys.exit("the index and sacrebleu disagree")
    characters = sum(map(len, lines))
    print(
        f"\n{len(lines):,} Tsez training lines ({characters:,} characters), {len(queries)} queries "
        f"from dev, {NEIGHBORS} neighbors each. sacrebleu scores every line of {len(sample)} of "
        f"the queries. Best of {rounds} rounds, taken in turns; same neighbors, same floats.\n"
    )
    print("| | per query | pairs/s |\n|---|---|---|")
    for name, times in (("sacrebleu", theirs), ("igtkit", ours)):
        print(f"| {name} | {min(times) * 1e3:,.2f} ms | {len(lines) / min(times):,.0f} |")
    print(
        f"\nRatio: {min(theirs) / min(ours):,.0f} (median of the rounds "
        f"{statistics.median(ratios):,.0f}). Building: {building:.2f} s, "
        f"{held(index):.1f} MB held, {held(index) * 2**20 / characters:.0f} bytes a character."
    )


def large(data, count, rounds):
    own = list(odin(data / "odin"))
    lines = list(islice(cycle(own), count))
    queries = own[:: len(own) // 50]
    before = resident()
    building, index = seconds(ChrfIndex, lines)
    peak = resident() - before
    times = [
        seconds(lambda: [index.search(query, NEIGHBORS) for query in queries])[0] / len(queries)
        for _ in range(rounds)
    ]
    characters = sum(map(len, lines))
    print(
        f"\n{count:,} lines ({characters:,} characters): the {len(own):,} of ODIN, repeated. "
        f"{len(queries)} queries from among them.\n"
    )
    print("| building | peak while building | held | per query | pairs/s |\n|---|---|---|---|---|")
    print(
        f"| {building:.0f} s | {peak:,.0f} MB | {held(index):,.0f} MB | "
        f"{min(times) * 1e3:.1f} ms | {count / min(times):,.0f} |"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the corpora")
    parser.add_argument("--rounds", type=int, default=5, help="how often to measure")
    parser.add_argument("--compared", type=int, default=10, help="queries for sacrebleu")
    parser.add_argument("--lines", type=int, default=350_000, help="size of the large index")
    arguments = parser.parse_args()
    print("## Exact chrF neighbors\n")
    print(
        f"`benchmarks/retrieval.py`, igtkit {igtkit.__version__}, sacrebleu "
        f"{sacrebleu.__version__}, numpy {np.__version__}, Python {platform.python_version()}, "
        f"one core; processor time."
    )
    small(arguments.data, arguments.rounds, arguments.compared)
    large(arguments.data, arguments.lines, arguments.rounds)


if __name__ == "__main__":
    main()
