"""Measure the light core: scoring, reading and checking, importing.

    python benchmarks/core.py [--shared FOLDER] [--sentences N] [--repeats N]

All parts of one comparison run here, one after the other, on the same data. With the shared-task
files beside the checkout it is real data, else the sample corpus repeated. `glossing`, which the
scoring is compared with, is installed by hand: ``pip install glossing``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path

import igtkit
from igtkit import IGT, Prediction
from igtkit.metrics import evaluate

LANGUAGES = ("ddo", "git", "lez", "ntu", "nyb", "usp")
PACKAGES = ("igtkit", "glossing", "numpy", "rapidfuzz", "sacrebleu", "attrs")
IMPORTS = {
    "import numpy, attrs, rapidfuzz": "import numpy, attrs, rapidfuzz",
    "import igtkit": "import igtkit",
    "import igtkit, and show a text as HTML": (
        "import igtkit; igtkit.IGT('ev', 'ev', 'house')._repr_html_()"
    ),
    "import igtkit.metrics": "import igtkit.metrics",
    "import igtkit, first read of a .txt": "import igtkit, sys; igtkit.read(sys.argv[1])",
}
EXAMPLE = "cats\ncat-s\ncat-PL\n‘cats’\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    beside = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=beside, help="folder with the real corpora")
    parser.add_argument("--sentences", type=int, default=4495, help="sentences to score")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each part; the best counts")
    options = parser.parse_args()
    print_versions()
    files = shared_task_files(options.shared)
    corpus = [igt for path in files for igt in igtkit.read(path, format="sigmorphon")]
    print(f"data: {'six shared-task corpora' if files else 'the sample corpus, repeated'}\n")
    if not corpus:
        corpus = sample(options.sentences)
    scoring(corpus, options.sentences, options.repeats)
    reading(files, corpus, options.repeats)
    importing(options.repeats)


def print_versions() -> None:
    versions = [f"{name} {metadata.version(name)}" for name in PACKAGES if installed(name)]
    print(f"{dt.datetime.now(tz=dt.UTC):%Y-%m-%d}, Python {platform.python_version()}")
    print(", ".join(versions))


def scoring(corpus: list[IGT], count: int, repeats: int) -> None:
    """(a) The complete report against another package's gloss scores alone."""
    rng = random.Random(0)
    both = [
        igt for igt in corpus if (igt.segmentation or "").strip() and (igt.glosses or "").strip()
    ]
    references = rng.sample(both, min(count, len(both)))
    predictions = damage(references, rng)
    print(f"(a) scoring {len(references)} sentences, about a quarter of the words wrong")
    first = timed(lambda: evaluate(predictions=predictions, references=references), 1)
    ours = timed(lambda: evaluate(predictions=predictions, references=references), repeats)
    show("igtkit, complete report, first call (loads sacrebleu)", first)
    show("igtkit, complete report", ours)
    if not installed("glossing"):
        print("    glossing is not installed: pip install glossing\n")
        return
    from glossing import evaluate_glosses  # noqa: PLC0415  # not everyone has it

    predicted = [item.glosses for item in predictions]
    gold = [item.glosses for item in references]
    theirs = timed(lambda: evaluate_glosses(predicted, gold), min(repeats, 2))
    show("glossing, evaluate_glosses alone", theirs)
    print(
        f"    igtkit is {theirs / ours:.1f} times as fast, {theirs / first:.1f} on the first call\n"
    )


def reading(files: list[Path], corpus: list[IGT], repeats: int) -> None:
    """(b) Reading, normalizing and checking, in sentences per second."""
    print(f"(b) reading, normalizing and checking {len(corpus)} sentences")
    runs: dict[str, Callable[[], object]] = {
        "normalize": lambda: [igtkit.normalize(igt) for igt in corpus],
        "check": lambda: [igtkit.check(igt, notes=True) for igt in corpus],
    }
    if files:
        runs = {
            "read": lambda: [list(igtkit.read(path, format="sigmorphon")) for path in files],
            **runs,
        }
    total = 0.0
    for name, run in runs.items():
        seconds = timed(run, min(repeats, 2))
        total += seconds
        print(f"    {name:<54}{len(corpus) / seconds:>10,.0f} sentences/s")
    print(f"    {'all of it':<54}{len(corpus) / total:>10,.0f} sentences/s\n")


def importing(repeats: int) -> None:
    """(c) Processor time of imports in fresh interpreters, without the interpreter's own start."""
    print("(c) importing")
    codes = {"": "pass", **IMPORTS}
    times: dict[str, list[float]] = {name: [] for name in codes}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "example.txt")
        path.write_text(EXAMPLE, encoding="utf-8")
        for _ in range(4 * repeats):  # in turn, so that a busy moment hits all of them
            for name, code in codes.items():
                times[name].append(processor_time(code, str(path)))
    bare, *seconds = map(statistics.median, times.values())
    for name, value in zip(IMPORTS, seconds, strict=True):
        show(name, value - bare)
    floor, ours, shown, _, read = (value - bare for value in seconds)
    print(f"    igtkit takes {ours / floor:.2f} times what its dependencies take")
    print(f"    with the first text as HTML {shown / ours:.2f} times what importing takes")
    print(f"    with a first read of a .txt {read / ours:.2f} times what importing takes")


def damage(references: Iterable[IGT], rng: random.Random) -> list[Prediction]:
    """Predictions that are wrong in the ways systems are: words replaced, split, dropped."""
    references = list(references)
    forms = [word for igt in references for word in (igt.segmentation or "").split()]
    glosses = [word for igt in references for word in (igt.glosses or "").split()]

    def spoil(line: str, words: list[str]) -> str:
        made = []
        for word in line.split():
            luck = rng.random()
            if luck < 0.18:
                made.append(rng.choice(words))
            elif luck < 0.22:
                made.append(word.replace("-", "", 1))
            elif luck > 0.02 + 0.22:
                made.append(word)
        return " ".join(made)

    return [
        Prediction(spoil(igt.segmentation or "", forms), spoil(igt.glosses or "", glosses))
        for igt in references
    ]


def shared_task_files(shared: Path) -> list[Path]:
    folder = shared / "data" / "sigmorphon2023"
    return [
        path
        for code in LANGUAGES
        for path in sorted(folder.glob(f"{code}/{code}-*-track2-uncovered"))
    ]


def sample(count: int) -> list[IGT]:
    corpus = list(igtkit.load_sample())
    return (corpus * (count // len(corpus) + 1))[:count]


def timed(
    run: Callable[[], object], repeats: int, clock: Callable[[], float] = time.process_time
) -> float:
    """Seconds of the best of some runs; by default of processor time, which others cannot spoil."""
    best = float("inf")
    for _ in range(repeats):
        start = clock()
        run()
        best = min(best, clock() - start)
    return best


def processor_time(code: str, *arguments: str) -> float:
    """Seconds of processor time that a fresh interpreter takes for some code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def installed(name: str) -> bool:
    return importlib.util.find_spec("attr" if name == "attrs" else name) is not None


def show(name: str, seconds: float) -> None:
    print(f"    {name:<54}{seconds * 1000:>10,.1f} ms")


if __name__ == "__main__":
    main()
