"""Whether `igtkit gloss` knows how many words are right: ``python benchmarks/estimate.py``.

    OMP_NUM_THREADS=1 python benchmarks/estimate.py [--sizes 100 500]

After it has glossed, the command says of how many words it thinks that form and gloss are right
(`igtkit.models.Completion.expected_right`). Here that is set beside the truth, on development sets.
"""

from __future__ import annotations

import numpy as np
from glosser_data import (
    LANGUAGES,
    Read,
    arguments,
    cldf,
    large,
    print_head,
    print_header,
    print_row,
    sample,
    shared_task,
    split,
    vamale,
    words,
)

from igtkit import IGT
from igtkit.models import Completion, CrfGlosser, complete

_MOST = 200  # texts that are glossed


def right(done: Completion, gold: list[IGT]) -> tuple[int, int]:
    """Number of words that are right, form and gloss, and of words that can be compared."""
    correct = total = 0
    for made, text in zip(done.texts, gold, strict=True):
        rows = [words(line) for line in (made.segmentation, made.glosses)]
        wanted = [words(line) for line in (text.segmentation, text.glosses)]
        if len({len(row) for row in (*rows, *wanted)}) == 1:
            pairs = [*zip(*rows, strict=True)], [*zip(*wanted, strict=True)]
            correct += sum(a == b for a, b in zip(*pairs, strict=True))
            total += len(pairs[0])
    return correct, total


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 500],
                        help="sentences to learn from")  # fmt: skip
    parser.add_argument("--corpora", nargs="*", help="only corpora whose names begin so")
    options = parser.parse_args()
    print_head()
    corpora = {
        name: (
            shared_task(options.shared, name, "train"),
            shared_task(options.shared, name, "dev"),
        )
        for name in LANGUAGES
    }
    others: list[Read] = [
        *cldf(options.shared, "palula").values(),
        *large(cldf(options.shared, "lapollaqiang"), 100)[:1],
        *large(cldf(options.shared, "uratyp"), 100)[:2],
        vamale(options.shared),
        sample(),
    ]
    corpora |= {read.name: split(read.texts, options.seed)[:2] for read in others}
    print_header("corpus", "sentences", "words", "says", "are right", "off by")
    off: dict[int, list[float]] = {size: [] for size in options.sizes}
    for name, (train, dev) in corpora.items():
        gold = [text for text in dev if text.segmentation and text.glosses][:_MOST]
        asked = [text.replace(segmentation=None, glosses=None) for text in gold]
        if options.corpora and not name.startswith(tuple(options.corpora)):
            continue
        for size in options.sizes:
            if size > len(train) and size != min(options.sizes):
                continue
            done = complete(CrfGlosser(seed=options.seed).fit(train[:size]), asked)
            said = done.expected_right / done.judged
            correct, total = right(done, gold)
            off[size].append(said - correct / total)
            learned = min(size, len(train))
            print_row(name, learned, total, said, correct / total, f"{off[size][-1]:+.3f}")
    for size, each in ((size, each) for size, each in off.items() if each):
        print_row("all", size, "", "", "", f"{np.mean(each):+.3f}, {np.mean(np.abs(each)):.3f} "
                  "without the sign")  # fmt: skip


if __name__ == "__main__":
    main()
