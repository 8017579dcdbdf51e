"""How well two lines align, in one number."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from igtkit.boundaries import (
    PAPER,
    is_punctuation,
    split_words,
)
from igtkit.igt import require_text

__all__ = ["alignment_score", "shape"]

_FEW = 32
"""Edits that are looked for first: time is in proportion to length where lines are that alike."""
_RUN = re.compile(rf"[^{PAPER.joiners}]+")


def alignment_score(segmentation: str | None, glosses: str | None) -> float:
    """Return how well two lines align, without a reference (PolyGloss, section 3.3).

    Punctuation-only words are dropped; every run of characters other than ``-``, ``=`` and space
    becomes one ``x``; the score is 1 - edit distance / length of the longer.

    Args:
        segmentation: The segmentation line; None counts as empty.
        glosses: The gloss line; None counts as empty.

    Returns:
        0 to 1; two empty lines score 1.

    Raises:
        InputError: If a line is neither a string nor None.

    Example:
        >>> round(alignment_score("the cat-s ru-n", "DET cat-PL run.SG"), 2)
        0.78
    """
    require_text(segmentation, "segmentation")
    require_text(glosses, "glosses")
    first, second = _skeleton(segmentation), _skeleton(glosses)
    longer = max(len(first), len(second))
    distance = Levenshtein.distance(first, second, score_hint=_FEW)
    return 1 - distance / longer if longer else 1.0


@lru_cache(maxsize=1 << 16)
def shape(token: str) -> str:
    """A token with ``x`` for every run of characters that are no boundary."""
    return _RUN.sub("x", token)


def _skeleton(line: str | None) -> str:
    return " ".join(shape(token) for token in split_words(line) if not is_punctuation(token))
