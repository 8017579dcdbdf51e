"""What the laptop glosser costs: time to train, to gloss, to take in corrections; size and memory.

    OMP_NUM_THREADS=1 python benchmarks/glosser_speed.py [language ...]

The corpora of the shared task, standardized. Times are processor time; every language has a process
of its own, so that its peak memory is its own. The first text glossed pays for tables made on first
use; texts are glossed one by one by a glosser that has just been loaded and glossed one, and then
once more, when their words have been met. In a loop each of the first texts is corrected, glossed
once more, and the next one glossed, as at the desk. All of these are the best of three glossers, as
the machine has other work, too.
"""

from __future__ import annotations

import itertools
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from glosser_data import LANGUAGES, arguments, print_head, print_header, print_row, shared_task

from igtkit import IGT
from igtkit.models import CrfGlosser

CORRECTIONS, ONES = 40, 120


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    options = parser.parse_args()
    print_head()
    print_header(
        "language", "sentences", "training s", "glossing sentences/s", "one by one ms, median",
        "of 95 in 100", "once more, median", "of 95 in 100", "in a loop, median", "of 95 in 100",
        "disk MB", "saving s", "loading s",
        "update ms, mean", "longest", "peak memory MiB",
    )  # fmt: skip
    spawn = multiprocessing.get_context("spawn")
    for language in options.languages:
        with spawn.Pool(1) as pool:
            print_row(*pool.apply(measure, (options.shared, language, options.seed)))


def measure(shared: Path, language: str, seed: int) -> list[object]:
    train, dev = (shared_task(shared, language, part) for part in ("train", "dev"))
    glosser = CrfGlosser(seed=seed)
    training = timed(lambda: glosser.fit(train))
    glossing = timed(lambda: glosser.predict(dev))
    with tempfile.TemporaryDirectory() as folder:
        saving = timed(lambda: glosser.save_pretrained(folder))
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        loading = timed(lambda: CrfGlosser.from_pretrained(folder))
        glossers = [CrfGlosser.from_pretrained(folder) for _ in range(3)]
        for glosser in glossers:
            glosser.predict(dev[-1:])
        single, again = (one_by_one(glossers, dev[:ONES]) for _ in range(2))
    updates, looped = loop(glossers, dev[: CORRECTIONS + 1])
    ways = (single, again, looped)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        language, len(train), f"{training:.1f}", f"{len(dev) / glossing:.0f}",
        *(f"{ones[len(ones) * n // 100]:.1f}" for ones in ways for n in (50, 95)),
        f"{size:.1f}", f"{saving:.1f}", f"{loading:.1f}", f"{sum(updates) / len(updates):.1f}",
        f"{max(updates):.0f}", f"{peak:.0f}",
    ]  # fmt: skip


def one_by_one(glossers: list[CrfGlosser], texts: list[IGT]) -> list[float]:
    """Milliseconds for each text, alone, in order of time: the best of some glossers."""
    rows = [[timed(lambda t=t, g=g: g.predict([t])) for t in texts] for g in glossers]
    return sorted(1000 * min(column) for column in zip(*rows, strict=True))


def loop(glossers: list[CrfGlosser], texts: list[IGT]) -> tuple[list[float], list[float]]:
    """Milliseconds for each correction, and, in order of time, for each text glossed after one."""
    updates, rows = [], list[float]()
    for text, following in itertools.pairwise(texts):
        updates.append(min(1000 * timed(lambda t=text, g=g: g.update(t)) for g in glossers))
        rows += [one_by_one(glossers, [one])[0] for one in (text, following)]
    return updates, sorted(rows)


def timed(job: Callable[[], object]) -> float:
    started = time.process_time()
    job()
    return time.process_time() - started


if __name__ == "__main__":
    main()
