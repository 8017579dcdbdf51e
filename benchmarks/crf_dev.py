"""Scores of CrfGlosser on the development sets of the shared task, with times and sizes.

Run ``python benchmarks/crf_dev.py ../shared/data/sigmorphon2023 [language ...]``. The settings are
`CrfGlosser`'s defaults; texts and references are standardized with ``rules="polygloss"`` and scored
under ``preset="published"``, as PolyGloss's own rows were. Dev texts may stand in the training file
too, so every figure is of the file as it is, and of its unseen texts only. Times are processor time
of one core.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import igtkit
from igtkit.models import CrfGlosser, LookupGlosser


def load(path: Path) -> list[igtkit.IGT]:
    """Read and standardize a file of the shared task."""
    return [igtkit.normalize(text, rules="polygloss") for text in igtkit.read(path, "sigmorphon")]


def score(
    predictions: list[igtkit.Prediction], references: list[igtkit.IGT], train: list[igtkit.IGT]
) -> tuple[list[float], int]:
    """Error rate and F1 of all texts, then of the unseen ones; and how many these are."""
    report = igtkit.metrics.evaluate(
        predictions=predictions, references=references, preset="published", seen=train
    ).to_dict()
    figures = [
        figure
        for part in (report, report["unseen"])
        for figure in (part["glossing"]["morpheme"]["error_rate"], part["segmentation"]["f1"])
    ]
    return figures, report["unseen"]["n"]["glossing"]


def main() -> None:
    """Train and score each language, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", default=["ddo", "git", "usp", "lez", "ntu", "nyb"])
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(
        "| language | sentences | MER | F1 | lookup MER | unseen dev texts | MER, unseen "
        "| F1, unseen | lookup MER, unseen | train s | sentences/s | MB |"
    )
    print("|---" * 12 + "|")
    rows = []
    for language in arguments.languages:
        folder = arguments.folder / language
        train = load(folder / f"{language}-train-track2-uncovered")
        dev = load(folder / f"{language}-dev-track2-uncovered")
        started = time.process_time()
        glosser = CrfGlosser(seed=arguments.seed).fit(train)
        trained = time.process_time()
        predictions = glosser.predict(dev)
        speed = len(dev) / (time.process_time() - trained)
        with tempfile.TemporaryDirectory() as saved:
            glosser.save_pretrained(saved)
            size = sum(file.stat().st_size for file in Path(saved).iterdir()) / 1e6
        found, unseen = score(predictions, dev, train)
        lookup, _ = score(LookupGlosser().fit(train).predict(dev), dev, train)
        rows.append((*found[:2], lookup[0], *found[2:], lookup[2]))
        cells = [f"{figure:.4f}" for figure in rows[-1]]
        cells.insert(3, f"{unseen} of {len(dev)}")
        print(
            f"| {language} | {len(train)} | {' | '.join(cells)} "
            f"| {trained - started:.1f} | {speed:.0f} | {size:.1f} |",
            flush=True,
        )
    means = [f"{sum(column) / len(rows):.4f}" for column in zip(*rows, strict=True)]
    means.insert(3, "")
    print(f"| average | | {' | '.join(means)} | | | |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory {peak:.0f} MiB.")


if __name__ == "__main__":
    main()
