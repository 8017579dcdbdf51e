"""The laptop glosser on further languages, its settings untouched, against looking words up.

    OMP_NUM_THREADS=1 python benchmarks/glosser_generality.py [--splits N] [--least N]

Random splits into 80, 10 and 10 % of the sentences; the 10 % for development are not used. Scored
on the test part under the preset ``published``; means over the splits, and how the difference
spreads. What a corpus says twice may be in both parts: the last columns are of the test texts that
are not in the training part.
"""

from __future__ import annotations

import statistics

from glosser_data import (
    Read,
    arguments,
    cldf,
    large,
    print_head,
    print_header,
    print_row,
    sample,
    score,
    split,
    unseen,
    vamale,
)

from igtkit.models import CrfGlosser, LookupGlosser


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--splits", type=int, default=5, help="random splits of each corpus")
    parser.add_argument(
        "--least", type=int, default=140, help="fewest sentences of a language of uratyp"
    )
    options = parser.parse_args()
    corpora = [
        *cldf(options.shared, "palula").values(),
        *cldf(options.shared, "lapollaqiang").values(),
        vamale(options.shared),
        sample(),
        *large(cldf(options.shared, "uratyp"), options.least),
    ]
    print_head()
    print_header(
        "corpus", "sentences", "lookup MER", "MER", "difference ± sd", "lookup seg. F1", "seg. F1",
        "test texts seen", "lookup MER, unseen", "MER, unseen",
    )  # fmt: skip
    for corpus in corpora:
        measure(corpus, options.splits, options.seed)
    print()
    print_header("corpus", "left out")
    for corpus in corpora:
        print_row(corpus.name, corpus.reasons())


def measure(corpus: Read, splits: int, seed: int) -> None:
    found = []
    for number in range(splits):
        train, _, test = split(corpus.texts, seed + number)
        looked_up = LookupGlosser().fit(train).predict(test)
        predicted = CrfGlosser(seed=seed).fit(train).predict(test)
        new = unseen(train, test)
        parts = [[each[row] for row in new] for each in (looked_up, predicted, test)]
        found.append(
            (
                *score(looked_up, test),
                *score(predicted, test),
                1 - len(new) / len(test),
                score(parts[0], parts[2])[0],
                score(parts[1], parts[2])[0],
            )
        )
    lookup_mer, lookup_f1, mer, f1, *of_parts = map(statistics.mean, zip(*found, strict=True))
    differences = [row[2] - row[0] for row in found]
    spread = statistics.stdev(differences) if splits > 1 else 0.0
    difference = f"{statistics.mean(differences):+.3f} ± {spread:.3f}"
    figures = (lookup_mer, mer, difference, lookup_f1, f1, *of_parts)
    print_row(corpus.name, len(corpus.texts), *figures)


if __name__ == "__main__":
    main()
