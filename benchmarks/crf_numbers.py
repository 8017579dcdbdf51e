"""Whether the numbers of the laptop glosser matter that were set by hand: each is changed alone.

    OMP_NUM_THREADS=1 python benchmarks/crf_numbers.py [NAME ...]

The first 500 sentences of the training files of Lezgi and Natügu (shared task, standardized) are
learned from, the next 200 scored; no development or test set is looked at. Without names, first the
defaults with three seeds, then every number; with names, these numbers.
"""

from __future__ import annotations

import importlib
from statistics import mean

from glosser_data import arguments, print_head, print_header, print_row, score, shared_task

from igtkit.models import CrfGlosser
from igtkit.models.crf import CrfSettings

LEARNED, SCORED = 500, 200
NUMBERS = {
    "targets._UNKNOWN_TO_KNOWN": (0.5, 1.0),
    "targets._FORM": (0.05, 0.3),
    "targets._CUT": (0.0, 0.1),
    "unknown.rules._KNOWN_BONUS": (2.0, 8.0),
    "unknown.rules._NO_WORD": (0.2, 0.8),
    "unknown.rules._MADE": (1, 6),
    "unknown.rules._SHORT_LIST": (12, 48),
    "unknown.rules._LONGEST": (3, 8),
    "translation._LIFT": (1.5, 6.0),
    "translation._COMPANY": (4, 16),
    "candidates.lexicon._REWRITE_MASS": (0.25, 1.0),
    "candidates.rewrites._LEAST_RULE": (0.01, 0.05),
    "candidates.lexicon._RULES_PER_FORM": (3, 12),
    "candidates.align._STRENGTH": (1.0, 4.0),
    "candidates.align._DECAY": (0.75, 3.0),
    "candidates.align._EMPTY": (0.0, 1.0),
    "candidates.align._SLACK": (2, 8),
    "candidates.lattice._BEAM": (8, 32),
    "candidates.lattice._PRUNE": (7.0, 28.0),
    "candidates.lattice._EMPTIES": (3, 12),
    "candidates.table._FIRST": (1, 6),
    "inference._LIKELY": (0.001, 0.05),
    "hypothesis._CONSIDERED": (6, 24),
}
SETTINGS = {"gap": (6.0, 12.0), "options": (2, 8), "variants_from": (1, 1000)}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("names", nargs="*", help="numbers, as they stand in the table")
    options = parser.parse_args()
    texts = [shared_task(options.shared, language, "train") for language in ("lez", "ntu")]
    corpora = [(each[:LEARNED], each[LEARNED : LEARNED + SCORED]) for each in texts]

    def row(name: str, value: object, seed: int = options.seed, **settings: object) -> None:
        rates = []
        for train, test in corpora:
            glosser = CrfGlosser(CrfSettings(**settings), seed=seed).fit(train)
            rates.append(score(glosser.predict(test), test)[0])
        print_row(name, value, *(f"{rate:.4f}" for rate in (*rates, mean(rates))))

    print_head()
    print_header("number", "value", "lez MER", "ntu MER", "mean")
    if not options.names:
        for seed in range(3):
            row("as it is", f"seed {seed}", seed)
    for name, values in SETTINGS.items():
        for value in values if not options.names or name in options.names else ():
            row(name, f"{value} ({getattr(CrfSettings(), name)})", **{name: value})
    for name, values in NUMBERS.items():
        module_name, _, constant = name.rpartition(".")
        module = importlib.import_module(f"igtkit.models.crf.{module_name}")
        before = getattr(module, constant)
        for value in values if not options.names or name in options.names else ():
            setattr(module, constant, value)
            row(name, f"{value} ({before})")
        setattr(module, constant, before)


if __name__ == "__main__":
    main()
