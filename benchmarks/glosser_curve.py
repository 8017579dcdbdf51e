"""How much the laptop glosser learns from how many sentences: a learning curve on Vamale.

    OMP_NUM_THREADS=1 python benchmarks/glosser_curve.py [--images docs/images]

Each random split sets some sentences aside for testing; the glosser is trained on the first 50,
100, ... of the others. Mean and standard deviation over the splits, preset ``published``. The curve
of figure 6 of the PolyGloss paper (fine-tuning with LoRA) is of another split of about the same
examples, so it does not stand beside this one.
"""

from __future__ import annotations

import random
import statistics
from pathlib import Path

from glosser_data import (
    arguments,
    picture_option,
    print_head,
    print_header,
    print_row,
    save_picture,
    score,
    vamale,
)

from igtkit import IGT, plots
from igtkit.models import CrfGlosser, LookupGlosser

SIZES = (50, 100, 150, 200, 250, 300, 350, 380)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--repeated", action="store_true", help="keep examples given twice")
    picture_option(parser)
    options = parser.parse_args()
    corpus = vamale(options.shared, repeated=options.repeated)
    print_head()
    held_out = len(corpus.texts) - max(SIZES)
    print(f"{len(corpus.texts)} sentences, {held_out} of them for testing in each split; left out:")
    print(f"{corpus.reasons()}\n")
    print_header("trained on", "lookup", "MER", "± sd", "seg. F1")
    means, spreads, lookups = [], [], []
    for size in SIZES:
        rows = [measure(corpus.texts, size, options.seed + n) for n in range(options.splits)]
        lookup, error, f1 = map(statistics.mean, zip(*rows, strict=True))
        means.append(error)
        lookups.append(lookup)
        spreads.append(statistics.stdev(row[1] for row in rows) if len(rows) > 1 else 0.0)
        print_row(size, lookup, error, spreads[-1], f1)
    if options.images:
        draw(options.images, means, spreads, lookups)


def measure(texts: list[IGT], size: int, seed: int) -> tuple[float, float, float]:
    shuffled = list(texts)
    random.Random(seed).shuffle(shuffled)
    train, test = shuffled[:size], shuffled[max(SIZES) :]
    lookup, _ = score(LookupGlosser().fit(train).predict(test), test)
    return lookup, *score(CrfGlosser(seed=seed).fit(train).predict(test), test)


def draw(folder: Path, means: list[float], spreads: list[float], lookups: list[float]) -> None:
    axes = plots.learning_curve(SIZES, lookups, label="looking words up")
    plots.learning_curve(SIZES, means, spread=spreads, label="CrfGlosser, mean ± sd", ax=axes)
    axes.set_title("Vamale: errors against glossed sentences")
    save_picture(axes.figure, folder / "laptop-curve.png")


if __name__ == "__main__":
    main()
