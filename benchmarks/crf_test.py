"""Final scores of CrfGlosser on test sets of which nothing was seen in training.

Run ``python benchmarks/crf_test.py ../shared/data/sigmorphon2023 FOLDER [language ...]``. FOLDER
holds the test files, ``git-test-track2-uncovered`` and so on; by default all of them are scored.
The glosser learns from the training file of the shared task less every text that stands in the
test file. What else is set, standardized and scored is as in ``crf_dev.py``. It is for the last
figure of a version only: nothing is to be chosen by what it prints.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from crf_dev import load
from glosser_data import unseen

import igtkit
from igtkit.models import CrfGlosser

ENDING = "-test-track2-uncovered"


def main() -> None:
    """Train and score each language, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("training", type=Path)
    parser.add_argument("tests", type=Path)
    parser.add_argument("languages", nargs="*")
    arguments = parser.parse_args()
    languages = arguments.languages or [
        path.name.removesuffix(ENDING) for path in sorted(arguments.tests.glob(f"*{ENDING}"))
    ]
    print("| language | learned from | left out | test texts | MER | word accuracy | F1 |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for language in languages:
        train = load(arguments.training / language / f"{language}-train-track2-uncovered")
        test = load(arguments.tests / f"{language}{ENDING}")
        kept = [train[place] for place in unseen(test, train)]
        report = igtkit.metrics.evaluate(
            predictions=CrfGlosser().fit(kept).predict(test),
            references=test,
            preset="published",
            seen=kept,
        ).to_dict()
        if report["unseen"]["n"]["glossing"] != len(test):
            parser.error(f"{language}: a test text was learned from")
        glossing = report["glossing"]
        figures = (
            glossing["morpheme"]["error_rate"],
            glossing["word"]["accuracy"]["micro"],
            report["segmentation"]["f1"],
        )
        cells = [f"{figure:.4f}" for figure in figures]
        counts = f"{len(kept)} | {len(train) - len(kept)} | {len(test)}"
        print(f"| {language} | {counts} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
