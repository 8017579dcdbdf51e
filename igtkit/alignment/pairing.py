"""Which words of a transcription are which of its segmentation, where one line has more of them.

A filler or a false start stands in the transcription alone, a clitic is a word of its own in one
line and none in the other. Words are paired by their letters, in order; what is not sure stays
alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from igtkit._characters import fold_case, put_in_form

__all__ = ["LONGEST_WORD", "are_alike", "pair_words"]

# Fewer than two letters in five may differ: so 73 to 100 % of the words that belong together are
# found, and to 1.3 % of the pairs are wrong (benchmarks/crf_log.md, *More words in one line*).
_EDITS_IN, _EDITS = 5, 2
_LONGEST = 3  # words that may be one in the other line; by hand
_STEPS = (
    (1, 1),
    *((n, 1) for n in range(2, _LONGEST + 1)),
    *((1, n) for n in range(2, _LONGEST + 1)),
)
_MOST = 10_000  # words of one line times those of the other; of more none is paired, for time

LONGEST_WORD = 500
"""Letters. What is longer is no word, and is neither paired nor cut, so that it costs little. By
hand: the longest compounds, of Sanskrit, have some 430."""

Pair = tuple[tuple[int, int], tuple[int, int]]
"""Begin and end of the words of the one line, and of those of the other."""


@lru_cache(maxsize=1 << 12)
def pair_words(surfaces: tuple[str, ...], forms: tuple[str, ...]) -> tuple[Pair, ...]:
    """Return what belongs together in the words of a transcription and of a segmentation.

    The last ones are remembered: several steps ask for the same lines in turn.

    Args:
        surfaces: Words of the transcription.
        forms: Words of the segmentation.

    Returns:
        The pairs in order: of one word each, or of up to three words that are one in the other
        line. A word that two places fit equally well is in none.

    Example:
        >>> pair_words(("[er]", "palasilu", "de", "kia"), ("palasi=lu", "dekia"))
        (((1, 2), (0, 1)), ((2, 4), (1, 2)))
    """
    if len(surfaces) * len(forms) > _MOST:
        return ()
    ones, others = list(map(_letters, surfaces)), list(map(_letters, forms))
    found = _best_way(ones, others)
    backward = [word[::-1] for word in ones[::-1]], [word[::-1] for word in others[::-1]]
    m, n = len(ones), len(others)
    ways = (
        {(one, other) for other, one in _best_way(others, ones)},
        {((m - b, m - a), (n - d, n - c)) for (a, b), (c, d) in _best_way(*backward)},
        {((m - b, m - a), (n - d, n - c)) for (c, d), (a, b) in _best_way(*backward[::-1])},
    )
    return tuple(pair for pair in found if all(pair in way for way in ways))


def are_alike(surface: str, form: str) -> bool:
    """Return whether a word of a transcription may be one of the segmentation, by its letters.

    Example:
        >>> are_alike("Nôkonda,", "n-okon=da"), are_alike("tha", "li")
        (True, False)
    """
    return _gain(_letters(surface), _letters(form)) > 0


@lru_cache(maxsize=1 << 14)
def _letters(word: str) -> str:
    """A word in small letters without diacritics, marks and punctuation."""
    return "".join(
        character
        for character in put_in_form(fold_case(word), "NFKD")
        if not unicodedata.combining(character)
        and (character.isalnum() or unicodedata.category(character)[0] == "M")
    )


def _gain(one: str, other: str) -> int:
    """How many letters more are the same than must be; 0 where they are not alike."""
    length = max(len(one), len(other))
    if length > LONGEST_WORD or _EDITS_IN * abs(len(one) - len(other)) >= _EDITS * length:
        return 0
    edits = Levenshtein.distance(one, other, score_cutoff=_EDITS * length // _EDITS_IN)
    return max(0, _EDITS * length - _EDITS_IN * edits)


def _best_way(ones: Sequence[str], others: Sequence[str]) -> list[Pair]:
    """The pairs that gain most together; of equal ways the one with the earliest pairs."""
    best = [[0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    runs, other_runs = _runs(ones), _runs(others)
    for i, j in product(range(1, len(ones) + 1), range(1, len(others) + 1)):
        most, step = max((best[i - 1][j], (1, 0)), (best[i][j - 1], (0, 1)), key=itemgetter(0))
        for x, y in _STEPS:
            if x <= i and y <= j:
                gain = _gain(runs[x][i], other_runs[y][j])
                if gain and best[i - x][j - y] + gain > most:
                    most, step = best[i - x][j - y] + gain, (x, y)
        best[i][j], taken[i, j] = most, step
    pairs, i, j = [], len(ones), len(others)
    while i and j:
        x, y = taken[i, j]
        if x and y:
            pairs.append(((i - x, i), (j - y, j)))
        i, j = i - x, j - y
    return pairs[::-1]


def _runs(words: Sequence[str]) -> dict[int, list[str]]:
    """For each number of words what so many spell that end before each place."""
    return {
        count: ["".join(words[max(0, end - count) : end]) for end in range(len(words) + 1)]
        for count in range(1, _LONGEST + 1)
    }
