"""The laptop glosser on further languages, its settings untouched, against looking words up.

    OMP_NUM_THREADS=1 python benchmarks/glosser_generality.py [--splits N] [--least N]

Random splits into 80, 10 and 10 % of the sentences; the 10 % for development are not used. Scored
on the test part under the preset ``published``; means over the splits, and of the difference a 95 %
interval (bootstrap over the texts that were tested). What a corpus says twice may be in both parts:
the last columns are of the test texts that are not in the training part. Then how many words are
right, how many should be by their probabilities, and the excess of the calibration error
(`glosser_calibration.py`).
"""

from __future__ import annotations

import statistics
from collections import defaultdict

from glosser_data import (
    Read,
    arguments,
    cldf,
    excess_error,
    interval,
    judge,
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
        "corpus", "sentences", "lookup MER", "MER", "difference", "95 %", "lookup seg. F1",
        "seg. F1", "test texts seen", "lookup MER, unseen", "MER, unseen",
    )  # fmt: skip
    judged = {corpus.name: measure(corpus, options.splits, options.seed) for corpus in corpora}
    print()
    print_header("corpus", "words", "right", "mean probability", "excess of the calibration error")
    judged["all"] = [word for each in judged.values() for word in each]
    for name, each in judged.items():
        chances, right = zip(*each, strict=True)
        means = (sum(right) / len(right), sum(chances) / len(right))
        print_row(name, len(each), *means, excess_error(chances, right))
    print()
    print_header("corpus", "left out")
    for corpus in corpora:
        print_row(corpus.name, corpus.reasons())


def measure(corpus: Read, splits: int, seed: int) -> list[tuple[float, bool]]:
    """Print the row of a corpus; return probability and rightness of the words of all splits."""
    found, judged = [], []
    gains = defaultdict(list)
    for number in range(splits):
        train, _, test = split(corpus.texts, seed + number)
        looked_up = LookupGlosser().fit(train).predict(test)
        predicted = CrfGlosser(seed=seed + number).fit(train).predict(test)
        judged += judge(predicted, test)
        for text, one, other in zip(test, predicted, looked_up, strict=True):
            gains[id(text)].append(score([one], [text])[0] - score([other], [text])[0])
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
    low, high = interval([statistics.mean(each) for each in gains.values()])
    figures = (f"{mer - lookup_mer:+.3f}", f"{low:+.3f} to {high:+.3f}", lookup_f1, f1, *of_parts)
    print_row(corpus.name, len(corpus.texts), lookup_mer, mer, *figures)
    return judged


if __name__ == "__main__":
    main()
