"""The candidate that the ranker is to learn, for each training word.

Where the analysis of the training data is among the candidates, it is the target. Where it is not
(a stem that only this sentence has, say), the target is the candidate nearest to it: gloss edits
count most, then edits of the forms. An unknown stem is near any stem gloss that the other
sentences lack.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from igtkit.models.crf.candidates.lexicon import Lexicon, Weights
from igtkit.models.crf.candidates.table import Candidates
from igtkit.models.crf.unknown import UNKNOWN_GLOSS

__all__ = ["nearest"]

# What makes a candidate less near, beside 1 for a gloss edit (benchmarks/crf_log.md).
_UNKNOWN_TO_NEW = 0.05  # an unknown stem for a stem that the others lack: cross-validation 5
_UNKNOWN_TO_KNOWN = 0.8  # for one that they know: better than a wrong gloss, cross-validation 5
_FORM = 0.15  # a wrong form: less than any gloss; by hand, *Numbers set by hand*
_CUT = 0.03  # a cut elsewhere: less than any form; by hand, the same
_LIKELY = 1e-5  # a nat of probability: of equals the less probable one, *Not better*


def _gloss_edits(candidate: Sequence[str], gold: Sequence[str], new: Sequence[float]) -> float:
    """Edit distance of gloss sequences.

    Args:
        candidate: Glosses, `UNKNOWN_GLOSS` for an unknown stem's.
        gold: Glosses.
        new: For each gold gloss what it costs to be met by an unknown stem.
    """
    previous = [float(j) for j in range(len(gold) + 1)]
    for i, gloss in enumerate(candidate, 1):
        row = [float(i)]
        for j, other in enumerate(gold, 1):
            change = new[j - 1] if gloss == UNKNOWN_GLOSS else float(gloss != other)
            row.append(min(previous[j] + 1, row[-1] + 1, previous[j - 1] + change))
        previous = row
    return previous[-1]


def nearest(
    lexicon: Lexicon,
    weights: Weights,
    candidates: Candidates,
    pairs: Sequence[tuple[int, int]],
) -> list[tuple[int, bool]]:
    """Return, for each word and right item, the row of the best candidate, and whether it is exact.

    Args:
        lexicon: The entries.
        weights: Weights of the part of the corpus the candidates come from.
        candidates: The candidates.
        pairs: ``(index of the word among the candidates' words, number of the gold item)``.
    """
    result: list[tuple[int, bool]] = []
    forms, glosses = lexicon.forms.all, lexicon.glosses.all
    for word, item in pairs:
        own = lexicon.item_entries[item]
        gold_morphs = lexicon.morph[own].tolist()
        gold_glosses = [glosses[g] for g in lexicon.gloss[own]]
        gold_forms = [forms[f] for f in lexicon.form[own]]
        new = [
            1.0
            if lexicon.cls[e] != lexicon.stem
            else (_UNKNOWN_TO_NEW if weights.morphs[lexicon.morph[e]] == 0 else _UNKNOWN_TO_KNOWN)
            for e in own
        ]
        cuts = set(np.cumsum([len(lexicon.chunks[e]) for e in own]).tolist())
        best, best_row, exact = np.inf, -1, False
        for row in range(candidates.start[word], candidates.start[word + 1]):
            size = candidates.size[row]
            entries = candidates.entry[row, :size].tolist()
            if size == len(gold_morphs) and all(
                e >= 0 and lexicon.morph[e] == m for e, m in zip(entries, gold_morphs, strict=True)
            ):
                best_row, exact = row, True
                break
            mine = [glosses[lexicon.gloss[e]] if e >= 0 else UNKNOWN_GLOSS for e in entries]
            cost = _gloss_edits(mine, gold_glosses, new)
            segments = [
                forms[lexicon.form[e]]
                if e >= 0
                else candidates.text(word, candidates.begin[row, c], candidates.end[row, c])
                for c, e in enumerate(entries)
            ]
            cost += _FORM * (
                max(len(segments), len(gold_forms))
                - sum(a == b for a, b in zip(segments, gold_forms, strict=False))
            )
            cost += _CUT * len(cuts ^ set(candidates.end[row, :size].tolist()))
            cost += _LIKELY * max(-50.0, float(candidates.score[row]))
            if cost < best:
                best, best_row = cost, row
        result.append((best_row, exact))
    return result
