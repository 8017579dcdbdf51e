"""How forms may look on the surface: rules that the training words show.

If ``city`` was seen as ``citi`` and ``lady`` as ``ladi``, then the rule ``y>i`` says how other
stems in ``y`` may look before a suffix.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from igtkit._characters import shared_start
from igtkit.models.crf.candidates.numbers import Numbers, grown

__all__ = ["Rewrites", "split_rule"]

# By hand; see *Numbers set by hand* in benchmarks/crf_log.md.
_LEAST_RULE = 0.02  # share of the forms of an ending that a rule is seen with, twice or more
_RULE = 1e-3  # pseudo-count that keeps the probability of a rule above 0

_Rule = tuple[str, str]  # what a form loses at its end, and what it gets for it


def split_rule(chunk: str, form: str) -> _Rule:
    """The ends of form and chunk after what they share: ``("y", "i")`` for ``city``, ``citi``."""
    shared = shared_start(form, chunk)
    return form[shared:], chunk[shared:]


class Rewrites:
    """The rules of a corpus, and the rule of each entry of its lexicon.

    Args:
        pairs: Each chunk of surface that was seen with the form, in lower case, that it is one of.

    Attributes:
        names: For each entry its rule, such as ``y>i``.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.names: list[str] = []
        self._numbers, self._contexts = Numbers(), Numbers()
        self._rows: list[list[int]] = []
        self._columns = np.zeros((0, 6), np.int64)
        self._likely = _likely_rules(pairs)

    def spellings(self, form: str) -> Iterator[str]:
        """Yield how a form, in lower case, may look by likely rules, the likeliest first."""
        for _, (removed, added) in self._likely.get(form[-1:], ()):
            if form.endswith(removed) and len(removed) < len(form):
                yield form[: len(form) - len(removed)] + added

    def add(self, chunk: str, form: str) -> None:
        """Number the rule of one more entry, in contexts of the last 2, 1 and 0 letters."""
        removed, added = split_rule(chunk, form)
        rule = f"{removed}>{added}"
        self.names.append(rule)
        row: list[int] = []
        for back in (0, 1, 2):
            context = form[len(form) - back :] if back else ""
            row.append(self._numbers((back, context, rule)))
            row.append(self._contexts((back, context)))
        self._rows.append(row)

    def gather(self) -> None:
        """Put the rules of entries into arrays, as far as they are new."""
        self._columns = grown(self._columns, self._rows)

    def weigh(self, seen: np.ndarray, live: np.ndarray) -> np.ndarray:
        """For each entry P(rule | form), backed off over the form's last 2, 1 and 0 letters.

        Args:
            seen: The entries that were seen.
            live: For each of those 1.0 if it is counted, else 0.0.
        """
        probability = np.full(len(self.names), _RULE)
        for back in (0, 1, 2):
            rule, context = self._columns[:, 2 * back], self._columns[:, 2 * back + 1]
            n_rule = np.bincount(rule[seen], live, len(self._numbers))
            n_context = np.bincount(context[seen], live, len(self._contexts))
            probability = (n_rule[rule] + probability) / (n_context[context] + 1)
        return probability


def _likely_rules(pairs: Iterable[tuple[str, str]]) -> dict[str, list[tuple[float, _Rule]]]:
    """For each last letter of a form the likely rules, the likeliest first: shares are negative."""
    counts: Counter[tuple[str, str, str]] = Counter()
    by_ending: defaultdict[str, set[_Rule]] = defaultdict(set)
    totals: Counter[str] = Counter()
    for chunk, form in pairs:
        if not chunk:
            continue
        removed, added = split_rule(chunk, form)
        if len(removed) > 3 or len(added) > 3 or (len(removed) == len(form) and form != chunk):
            continue
        ending = form[-1:]
        counts[ending, removed, added] += 1
        totals[ending] += 1
        by_ending[ending].add((removed, added))
    return {
        ending: sorted(
            (-counts[ending, *rule] / totals[ending], rule)
            for rule in rules
            if counts[ending, *rule] >= max(2, _LEAST_RULE * totals[ending])
        )
        for ending, rules in by_ending.items()
    }
