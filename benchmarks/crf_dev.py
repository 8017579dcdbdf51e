"""Scores of CrfGlosser on the development sets of the shared task, with times and sizes.

Run ``python benchmarks/crf_dev.py ../shared/data/sigmorphon2023 [language ...]``. The settings are
`CrfGlosser`'s defaults; texts and references are standardized with ``rules="polygloss"`` and scored
under ``preset="published"``, as PolyGloss's own rows were. Times are processor time of one core.
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
    predictions: list[igtkit.Prediction], references: list[igtkit.IGT]
) -> tuple[float, float]:
    """Morpheme error rate and segmentation F1."""
    report = igtkit.metrics.evaluate(
        predictions=predictions, references=references, preset="published"
    ).to_dict()
    return report["glossing"]["morpheme"]["error_rate"], report["segmentation"]["f1"]


def main() -> None:
    """Train and score each language, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("languages", nargs="*", default=["ddo", "git", "usp", "lez", "ntu", "nyb"])
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(
        "| language | sentences | MER | segmentation F1 | lookup MER | train s | sentences/s | MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
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
        lookup, _ = score(LookupGlosser().fit(train).predict(dev), dev)
        rows.append(score(predictions, dev))
        print(
            f"| {language} | {len(train)} | {rows[-1][0]:.4f} | {rows[-1][1]:.4f} | {lookup:.4f} "
            f"| {trained - started:.1f} | {speed:.0f} | {size:.1f} |",
            flush=True,
        )
    errors, scores = zip(*rows, strict=True)
    print(f"| average | | {sum(errors) / len(rows):.4f} | {sum(scores) / len(rows):.4f} | | | | |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory {peak:.0f} MiB.")


if __name__ == "__main__":
    main()
