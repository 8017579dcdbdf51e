"""The laptop glosser on further languages, its settings untouched, against looking words up.

    OMP_NUM_THREADS=1 python benchmarks/glosser_generality.py [--splits N] [--least N]

Random splits into 80, 10 and 10 % of the sentences; the 10 % for development are not used. Scored
on the test part under the preset ``published``; means over the splits, and how the difference
spreads.
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
        "corpus", "sentences", "lookup MER", "MER", "difference ± sd", "lookup seg. F1", "seg. F1"
    )
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
        lookup = score(LookupGlosser().fit(train).predict(test), test)
        found.append((*lookup, *score(CrfGlosser(seed=seed).fit(train).predict(test), test)))
    lookup_mer, lookup_f1, mer, f1 = map(statistics.mean, zip(*found, strict=True))
    differences = [row[2] - row[0] for row in found]
    spread = statistics.stdev(differences) if splits > 1 else 0.0
    difference = f"{statistics.mean(differences):+.3f} ± {spread:.3f}"
    print_row(corpus.name, len(corpus.texts), lookup_mer, mer, difference, lookup_f1, f1)


if __name__ == "__main__":
    main()
