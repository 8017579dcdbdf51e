"""Look-alikes of boundary marks: mended where the text is plainly segmented with them."""

from __future__ import annotations

import re

from igtkit._lookalikes import describe, find_lookalikes, mend_lookalikes
from igtkit.boundaries import LEIPZIG, is_word, split_morphemes
from igtkit.igt import Issue

__all__ = ["mend_pair"]

_GAPS = re.compile(r"(\s+)")


def mend_pair(segmentation: str, glosses: str) -> tuple[str, str, tuple[Issue, ...]]:
    """Mend the words whose form and gloss then have the same boundaries, and differ.

    Args:
        segmentation: The segmentation line.
        glosses: The gloss line. Both stay where they have different numbers of words.

    Returns:
        The lines, and a note for each word that changed.

    Example:
        >>> mend_pair("ev‑ler‑de kim", "house‑PL-LOC who")[:2]
        ('ev-ler-de kim', 'house-PL-LOC who')
        >>> mend_pair("Šimon–Peres", "Šimon–Peres")[0]
        'Šimon–Peres'
    """
    if not find_lookalikes(segmentation) and not find_lookalikes(glosses):
        return segmentation, glosses, ()
    forms, labels = _GAPS.split(segmentation), _GAPS.split(glosses)
    rows = [
        [at for at in range(0, len(parts), 2) if parts[at] and is_word(parts[at])]
        for parts in (forms, labels)
    ]
    if len(rows[0]) != len(rows[1]):
        return segmentation, glosses, ()
    issues: list[Issue] = []
    for word, (at, other) in enumerate(zip(*rows, strict=True)):
        old = forms[at], labels[other]
        form, gloss = map(mend_lookalikes, old)
        if (form, gloss) == old or form == gloss or not _pair_up(form, gloss):
            continue
        forms[at], labels[other] = form, gloss
        line = "glosses" if form == old[0] else "segmentation"
        odd = dict.fromkeys(c for token in old for c in find_lookalikes(token))
        message = f"read {', '.join(map(describe, odd))} as a boundary in {old[0]!r}, {old[1]!r}"
        issues.append(Issue("look-alike-mended", "note", line, word, None, message))
    return "".join(forms), "".join(labels), tuple(issues)


def _pair_up(form: str, gloss: str) -> bool:
    """Whether form and gloss have the same boundaries, each between two morphemes."""
    pairs = [split_morphemes(token, LEIPZIG) for token in (form, gloss)]
    marks = [[boundary for boundary, _ in each] for each in pairs]
    return marks[0] == marks[1] and all(text for each in pairs for _, text in each)
