"""What the words of a translation say of the glosses of a candidate, labels included.

``they`` and ``were`` speak for ``3PL`` and ``PST``: of each gloss, how much oftener than by chance
sentences with it have the words of this translation (naive Bayes).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from igtkit.models.crf.arrays import distinct
from igtkit.models.crf.candidates.lexicon import Lexicon
from igtkit.models.crf.likeness import fold
from igtkit.models.crf.translation import Translations

__all__ = ["TOLD", "told"]

TOLD = ("told labels", "told stems", "told label")
"""The columns of `told`."""

_BELIEF, _MOST = 3.0, 3.0  # sentences that chance is worth, and the most a word says, in nats
_SEEN = 2  # sentences that a word of the translation must have been in


def told(  # noqa: PLR0917
    lexicon: Lexicon,
    translations: Translations,
    lines: Sequence[Sequence[str]],
    bounds: np.ndarray,
    entry: np.ndarray,
    used: np.ndarray,
) -> np.ndarray:
    """Return what translations say of the candidates of their sentences.

    Args:
        lexicon: The morphemes.
        translations: Which glosses go with which words.
        lines: For each sentence the words of its translation.
        bounds: For each sentence its first row, and the end of the last.
        entry: For each row the entries of the candidate, -1 for none.
        used: Which of them there are.

    Returns:
        Shape ``(rows, len(TOLD))``: the sums over the candidate's labels and over its stems, and
        the most that is said of a label.
    """
    known = used & (entry >= 0)
    gloss = np.where(known, lexicon.gloss[np.maximum(entry, 0)], -1)
    value = np.zeros(gloss.shape)
    names = lexicon.glosses.all
    for number, line in enumerate(lines):
        low, high = bounds[number], bounds[number + 1]
        words = sorted({fold(word) for word in line})
        words = [word for word in words if translations.word(word) >= _SEEN]
        if not words or low == high:
            continue
        numbers, back = distinct(gloss[low:high])
        chance = np.array([translations.word(word) for word in words]) / translations.count
        glosses = [names[g] if g >= 0 else "" for g in numbers.tolist()]
        both = translations.together(glosses, words)
        every = np.array([translations.gloss(one) for one in glosses])[:, None]
        lift = np.log((both + _BELIEF * chance) / ((every + _BELIEF) * chance))
        said = np.where(every[:, 0] > 0, np.clip(lift, -_MOST, _MOST).sum(1), 0.0)
        value[low:high] = said[back.reshape(high - low, -1)]
    stem = lexicon.cls[np.maximum(entry, 0)] == lexicon.stem
    label = known & ~stem
    labels = np.where(label, value, 0.0)
    most = np.where(label, value, -np.inf).max(1)
    return np.stack(
        [
            labels.sum(1) / 4,
            np.where(known & stem, value, 0.0).sum(1) / 4,
            np.where(label.any(1), most, 0.0) / 4,
        ],
        1,
    )
