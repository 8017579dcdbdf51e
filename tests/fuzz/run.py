"""Fuzz the readers, the decoders, the normalizer and the checker.

    python tests/fuzz/run.py [TARGET ...] [--seconds 180] [--jobs 2] [--out FOLDER]

Each target runs in a process of its own, on mutations of its seeds, by coverage with atheris (pip
install atheris) or, with --engine plain, at random without it. What may come of any input: entries,
rejected entries, or one error of igtkit's; anything else, and what takes longer than --slow seconds
of processor time or more memory than --memory, is kept in FOLDER, one input for each place where it
failed, with the traceback. A line of JSON with the figures of each target goes to
FOLDER/figures.jsonl. The exit code is 1 if something was found.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz import mutators

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    options = _options()
    if options.child:
        _child(options)
        return
    from fuzz.targets import TARGETS

    if options.list:
        print("\n".join(TARGETS))
        return
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        sys.exit(f"no target {', '.join(unknown)}; there are: {', '.join(TARGETS)}")
    options.out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        all_figures = list(
            pool.map(lambda name: _supervise(name, options), options.targets or TARGETS)
        )
    sys.exit(any(figures["findings"] for figures in all_figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    engine = "atheris" if importlib.util.find_spec("atheris") else "plain"
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="by default all; see --list")
    parser.add_argument("--list", action="store_true", help="list the targets")
    parser.add_argument("--seconds", type=float, default=180, help="for each target")
    parser.add_argument("--jobs", type=int, default=2, help="targets at a time")
    parser.add_argument("--engine", choices=("atheris", "plain"), default=engine)
    parser.add_argument("--out", type=Path, default=Path("fuzz-out"), help="folder of findings")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="real corpora")
    parser.add_argument("--slow", type=float, default=3, help="processor seconds of one input")
    parser.add_argument("--memory", type=int, default=2048, help="MiB of one process")
    parser.add_argument("--largest", type=int, default=20_000, help="bytes of one input")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def _supervise(name: str, options: argparse.Namespace) -> dict[str, object]:
    """Run a target in processes of its own until its time is over; returns its figures."""
    out = options.out / name
    out.mkdir(exist_ok=True)
    before = {path.name for path in out.iterdir()}
    figures = {"target": name, "engine": options.engine, "executions": 0, "cpu": 0.0, "runs": 0}
    start = time.monotonic()
    while (left := options.seconds - (time.monotonic() - start)) > 0.1:
        arguments = [sys.executable, __file__, "--child", name, "--seconds", str(left)]
        for each in ("engine", "out", "shared", "slow", "memory", "largest"):
            arguments += [f"--{each}", str(getattr(options, each))]
        arguments += ["--seed", str(options.seed + figures["runs"])]
        with (out / "log.txt").open("wb") as log:
            process = subprocess.Popen(arguments, stdout=log, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        said = (out / "log.txt").read_text(errors="replace")
        counts = [
            int(n)
            for n in re.findall(r"(?:^#|number_of_executed_units: )(\d+)", said, re.MULTILINE)
        ]
        figures["executions"] += max(counts, default=0)
        figures["cpu"] += round(usage.ru_utime + usage.ru_stime, 1)
        figures["peak"] = max(figures.get("peak", 0), usage.ru_maxrss // 1024)
        figures["runs"] += 1
        if process.returncode:
            kept = out / f"died-{figures['runs']}.log.txt"
            kept.write_text(said[-20_000:])
        if not counts:
            break  # it cannot even start
    figures["wall"] = round(time.monotonic() - start)
    found = {path.name for path in out.iterdir()} - before - {"log.txt"}
    figures["findings"] = len({name.split(".")[0] for name in found})
    figures["cpu"] = round(figures["cpu"], 1)
    with (options.out / "figures.jsonl").open("a") as stream:
        stream.write(json.dumps(figures) + "\n")
    print(json.dumps(figures), flush=True)
    return figures


def _child(options: argparse.Namespace) -> None:
    logging.disable()
    warnings.simplefilter("ignore")
    if options.engine == "atheris":
        import atheris

        with atheris.instrument_imports(include=["igtkit"], enable_loader_override=False):
            _import_all()
    from fuzz.targets import TARGETS, seeds

    target = TARGETS[options.child]
    start = seeds(target, options.shared if options.shared.is_dir() else None)
    start = [seed[: options.largest] for seed in start]
    watch = Watch(target.check, options.out / target.name, options.slow)
    if options.engine == "plain":
        fuzz_plainly(target.mutation, start, watch, options)
        return
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(start):
            Path(corpus, str(number)).write_bytes(seed)
        arguments = [
            sys.argv[0],
            corpus,
            f"-max_total_time={max(1, round(options.seconds))}",
            f"-max_len={options.largest}",
            f"-rss_limit_mb={options.memory}",
            f"-malloc_limit_mb={options.memory}",
            "-timeout=300",
            "-report_slow_units=300",  # in wall time; `Watch` counts the processor's
            f"-seed={options.seed}",
            "-print_final_stats=1",
            "-verbosity=1",
            f"-artifact_prefix={options.out / target.name}/",
        ]

        def mutated(data: bytes, largest: int, seed: int) -> bytes:
            own = random.Random(seed)
            if own.random() < 0.4:
                return atheris.Mutate(data, largest)
            return mutators.mutate(target.mutation, data, own)[:largest]

        atheris.Setup(arguments, watch, custom_mutator=mutated)
        atheris.Fuzz()


def _import_all() -> None:
    """Every module that a check reaches, while imports are instrumented."""
    import igtkit

    igtkit.io.formats()
    import fuzz.targets  # noqa: F401


def fuzz_plainly(
    mutation: str, start: list[bytes], watch: Watch, options: argparse.Namespace
) -> None:
    """Mutate seeds at random for so many seconds."""
    own = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    pool = list(start)
    for seed in start:
        watch(seed)
    count = len(start)
    while time.monotonic() < end:
        data = mutators.mutate(mutation, own.choice(pool), own)[: options.largest]
        watch(data)
        count += 1
        if own.random() < 0.01:
            pool.append(data)
    print(f"\nstat::number_of_executed_units: {count}")


class Watch:
    """A check that keeps what fails, once for each place, and goes on."""

    def __init__(self, check: Callable[[bytes], None], folder: Path, slow: float) -> None:
        self.check = check
        self.folder = folder
        self.slow = slow
        self.known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        began = time.process_time()
        try:
            self.check(data)
        except Exception as error:  # noqa: BLE001 -- what may be raised is the question
            self.keep(data, error)
        seconds = time.process_time() - began
        if seconds > self.slow:
            self.keep(data, TimeoutError(f"{seconds:.1f} s of processor time"))

    def keep(self, data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        own = [f"{f.filename}:{f.lineno}" for f in frames]
        inside = [place for place in own if f"{os.sep}igtkit{os.sep}" in place]
        place = f"{type(error).__name__} {(inside or own or ['slow'])[-1]} {own[-1:]}"
        if place in self.known:
            return
        self.known.add(place)
        name = hashlib.sha256(place.encode()).hexdigest()[:10]
        if (self.folder / name).exists():
            return
        (self.folder / name).write_bytes(data)
        (self.folder / f"{name}.txt").write_text(
            "".join(traceback.format_exception(error)), errors="replace"
        )


if __name__ == "__main__":
    main()
