"""How much the laptop glosser learns from how many sentences: learning curves.

    OMP_NUM_THREADS=1 python benchmarks/glosser_curve.py [--four [--unlabeled N]]

With ``--four``: Vamale, Palula, Lezgi and Natügu (of the shared task the training files), 20 to 200
sentences of a random order, the last 150 of it scored; the mean of the four languages, with a 95 %
interval over the scored sentences. With ``--unlabeled N`` the glosser reads the scored sentences
and at most N others without their glosses, too. Else Vamale alone:

Each random split sets some sentences aside for testing; the glosser is trained on the first 50,
100, ... of the others. Mean and standard deviation over the splits, preset ``published``. The curve
of figure 6 of the PolyGloss paper (fine-tuning with LoRA) is of another split of about the same
examples, so it does not stand beside this one.
"""

from __future__ import annotations

import random
import statistics
from pathlib import Path

import numpy as np
from glosser_data import (
    arguments,
    cldf,
    print_head,
    print_header,
    print_row,
    score,
    shared_task,
    vamale,
)

from igtkit import IGT
from igtkit.models import CrfGlosser, LookupGlosser

SIZES = (50, 100, 150, 200, 250, 300, 350, 380)
FEW, SCORED, DRAWS = (20, 50, 100, 200), 150, 2000


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--repeated", action="store_true", help="keep examples given twice")
    parser.add_argument("--four", action="store_true", help="four languages, few sentences")
    parser.add_argument("--unlabeled", type=int, help="other sentences without glosses")
    options = parser.parse_args()
    if options.four:
        four_languages(options.shared, options.seed, options.splits, options.unlabeled)
        return
    corpus = vamale(options.shared, repeated=options.repeated)
    print_head()
    held_out = len(corpus.texts) - max(SIZES)
    print(f"{len(corpus.texts)} sentences, {held_out} of them for testing in each split; left out:")
    print(f"{corpus.reasons()}\n")
    print_header("trained on", "lookup", "MER", "± sd", "seg. F1")
    for size in SIZES:
        rows = [measure(corpus.texts, size, options.seed + n) for n in range(options.splits)]
        lookup, error, f1 = map(statistics.mean, zip(*rows, strict=True))
        spread = statistics.stdev(row[1] for row in rows) if len(rows) > 1 else 0.0
        print_row(size, lookup, error, spread, f1)


def four_languages(shared: Path, seed: int, splits: int, others: int | None) -> None:
    corpora = {
        "Vamale": vamale(shared).texts,
        "Palula": cldf(shared, "palula")["Palula"].texts,
        "Lezgi": shared_task(shared, "lez", "train"),
        "Natügu": shared_task(shared, "ntu", "train"),
    }
    print_head()
    print_header("trained on", *corpora, "mean", "95 %")
    for size in FEW:
        rows = [
            [error_rates(texts, size, seed + number, others) for number in range(splits)]
            for texts in corpora.values()
        ]
        rng = np.random.default_rng(0)
        every = [one for row in rows for one in row]
        drawn = [
            np.mean([one[rng.integers(0, len(one), len(one))].mean() for one in every])
            for _ in range(DRAWS)
        ]
        means = [float(np.mean(np.concatenate(row))) for row in rows]
        low, high = np.percentile(drawn, [2.5, 97.5])
        print_row(size, *means, statistics.mean(means), f"{low:.3f} to {high:.3f}")


def error_rates(texts: list[IGT], size: int, seed: int, others: int | None) -> np.ndarray:
    """The morpheme error rate of each scored text; see ``--unlabeled`` for the others."""
    shuffled = list(texts)
    random.Random(seed).shuffle(shuffled)
    test = shuffled[-SCORED:]
    read = [] if others is None else [*test, *shuffled[size:-SCORED][:others]]
    found = CrfGlosser(seed=seed).fit(shuffled[:size], unlabeled=read).predict(test)
    return np.array([score([one], [text])[0] for one, text in zip(found, test, strict=True)])


def measure(texts: list[IGT], size: int, seed: int) -> tuple[float, float, float]:
    shuffled = list(texts)
    random.Random(seed).shuffle(shuffled)
    train, test = shuffled[:size], shuffled[max(SIZES) :]
    lookup, _ = score(LookupGlosser().fit(train).predict(test), test)
    return lookup, *score(CrfGlosser(seed=seed).fit(train).predict(test), test)


if __name__ == "__main__":
    main()
