"""Labels that are not in capitals (``house-pl``, ``house-Pl``), as FLEx and many a project write.

Which glosses name categories matters to the glosser: each category is a class of its own, so that
it knows which follows which, while all stems are one class, and a stem never seen is likely.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from igtkit._labels import is_standard_lower
from igtkit.conventions import guess_labels
from igtkit.igt import IGT
from igtkit.models.crf.labels import is_label
from igtkit.models.crf.likeness import fold
from igtkit.models.crf.sentences import Sentence

__all__ = ["small_labels"]

_PIECE = re.compile(r"[^\W_]+")
# What a label of a corpus' own making must have, by hand: uses in words of several morphemes, and
# different glosses beside it there (benchmarks/crf_log.md, *Labels in lower case*).
_USES, _BESIDE = 5, 3
_ALONE = 5  # times as often in such words as a word of its own


def small_labels(texts: Sequence[IGT], sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the labels of a corpus that writes most of them in lower case; none of any other.

    They are what `guess_labels` finds, and labels of the corpus' own making: what glosses parts of
    words again and again, beside different others, and is no word of its translations.

    Args:
        texts: The corpus.
        sentences: The same, as the glosser sees it.

    Example:
        >>> from igtkit.models.crf.sentences import make_sentence
        >>> texts = [IGT("geldim", "gel-di-m", "come-pst-1sg", "I came")]
        >>> sorted(small_labels(texts, [make_sentence(text) for text in texts]))
        ['1sg', 'pst']
    """
    words = [
        [gloss for _, gloss, _ in analysis]
        for sentence in sentences
        for analysis in sentence.analyses
        if analysis
    ]
    parts = [gloss for word in words if len(word) > 1 for gloss in word]
    standard = [
        piece
        for gloss in parts
        for piece in _PIECE.findall(gloss)
        if any(map(str.islower, piece)) and is_standard_lower(piece.lower())
    ]
    if len(standard) <= sum(map(is_label, parts)):
        return frozenset()
    known = guess_labels(texts) | {piece for piece in standard if piece != piece.lower()}
    told = {fold(word) for sentence in sentences for word in sentence.translation}
    if not told:
        return known
    return known | {piece for piece in _of_own_making(words) if fold(piece) not in told}


def _of_own_making(words: Iterable[Sequence[str]]) -> frozenset[str]:
    """The pieces of glosses that are parts of words again and again, beside different others."""
    uses: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    beside: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for gloss in word:
            if len(word) == 1:
                alone.update(_PIECE.findall(gloss)[:1])
                continue
            for piece in _PIECE.findall(gloss):
                uses[piece] += 1
                beside[piece].update(other for other in word if other != gloss)
    return frozenset(
        piece
        for piece, times in uses.items()
        if times >= max(_USES, _ALONE * alone[piece])
        and len(beside[piece]) >= _BESIDE
        and any(map(str.islower, piece))
    )
