"""Step 1: which stretch of the surface word each morpheme accounts for.

``retinäy`` is analyzed as ``r-eti-näy``: there the surface is the morphemes in a row. ``hlidaa`` is
``hli-daa``, but ``q’ˤuyzix`` is ``q’ˤuya-zo-x``: the underlying forms differ from the surface. A dynamic
programme cuts the surface word into one chunk for each morpheme (a chunk may be empty), at least
cost. The cost starts as edit distance; after each round it is re-estimated from how often a morpheme
was found as that chunk elsewhere (hard expectation-maximization).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from igtkit.models.crf.text import Analysis

__all__ = ["align"]

_SLACK = 4  # a chunk is at most this much longer than its morpheme
_STRENGTH = 2.0  # weight of edit distance against counts
_DECAY = 1.5


@lru_cache(maxsize=1 << 18)
def _distance(chunk: str, form: str) -> int:
    return Levenshtein.distance(chunk, form)


def align(items: Sequence[tuple[str, Analysis, int]], rounds: int = 2) -> list[tuple[str, ...]]:
    """Cut surface words into one chunk for each morpheme of their analyses.

    Args:
        items: ``(surface word, analysis, how often)``; the surface lower-cased, without edge
            punctuation.
        rounds: Rounds of re-estimation after the first alignment by edit distance.

    Returns:
        For each item its chunks; they join to the surface word.

    Example:
        >>> cut = (("pala", "run", ""), ("si", "3SG", "-"))
        >>> align([("palsi", cut, 1), ("palasi", cut, 1)])
        [('pal', 'si'), ('pala', 'si')]
    """
    forms = [tuple(form.lower() for form, _, _ in analysis) for _, analysis, _ in items]
    plain = ["".join(parts) == word for (word, _, _), parts in zip(items, forms, strict=True)]
    chunks = [
        parts if easy else _cut(word, parts, None, None, 0)
        for (word, _, _), parts, easy in zip(items, forms, plain, strict=True)
    ]
    hard = [index for index, easy in enumerate(plain) if not easy]
    for _ in range(rounds if hard else 0):
        counts: Counter[tuple[str, str, str]] = Counter()
        for (_, analysis, times), parts, pieces in zip(items, forms, chunks, strict=True):
            for (_, gloss, _), form, chunk in zip(analysis, parts, pieces, strict=True):
                counts[chunk, form, gloss] += times
                counts["\0", form, gloss] += times
        for index in hard:
            word, analysis, times = items[index]
            keys = [(f, g) for f, (_, g, _) in zip(forms[index], analysis, strict=True)]
            own = Counter((chunk, *key) for chunk, key in zip(chunks[index], keys, strict=True))
            own.update(("\0", *key) for key in keys)
            left = {key: counts[key] - times * number for key, number in own.items()}
            chunks[index] = _cut(word, forms[index], [g for _, g, _ in analysis], counts, left)
    return chunks


def _cut(word, forms, glosses, counts, left):  # type: ignore[no-untyped-def]
    length = len(word)
    rest = [sum(map(len, forms[k:])) for k in range(len(forms) + 1)]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for k, form in enumerate(forms):
        row: dict[int, tuple[float, int]] = {}
        last = k == len(forms) - 1
        if counts is not None:
            gloss = glosses[k]
            key = ("\0", form, gloss)
            total = left.get(key, counts[key]) + _STRENGTH
        for start, (cost, _) in best[k].items():
            ends = (length,) if last else range(start, min(length, start + len(form) + _SLACK) + 1)
            for end in ends:
                chunk = word[start:end]
                step = float(_distance(chunk, form))
                if counts is not None:
                    key = (chunk, form, gloss)
                    n = left[key] if key in left else counts.get(key, 0)
                    step = -math.log((n + _STRENGTH * math.exp(-_DECAY * step)) / total)
                elif not chunk and form:
                    step += 0.5
                # ties go to the cut that keeps pace with the underlying forms
                step += 1e-3 * abs((length - end) - rest[k + 1])
                if end not in row or cost + step < row[end][0]:
                    row[end] = (cost + step, start)
        best.append(row)
    pieces: list[str] = []
    end = length
    for k in range(len(forms), 0, -1):
        start = best[k][end][1]
        pieces.append(word[start:end])
        end = start
    return tuple(reversed(pieces))
