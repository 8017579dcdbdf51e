"""The context of each word in its sentence, as hashed numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from igtkit.models.crf.hashing import code

__all__ = ["contexts"]


def contexts(
    cores: Sequence[str], surfaces: Sequence[str], gaps: Sequence[Sequence[str]]
) -> np.ndarray:
    """Return the attributes of each word's place in its sentence.

    Args:
        cores: The words, lower-cased and without edge punctuation.
        surfaces: The words as written.
        gaps: The other tokens before each word and after the last.

    Returns:
        Shape ``(words, k)``, uint32.
    """
    n = len(cores)
    padded = ["\2\2", "\2", *cores, "\3", "\3\3"]
    parts = [_parts(word) for word in padded]
    at_end, size = code(" ".join(gaps[n])), code(str(min(n, 9)))
    rows = []
    for i in range(n):
        (two_before, *_), before, own, after, (two_after, *_) = parts[i : i + 5]
        place = "single" if n == 1 else "first" if i == 0 else "last" if i == n - 1 else "inside"
        capital = surfaces[i][:1].isupper()
        left, here, right = padded[i + 1 : i + 4]
        rows.append(
            (
                before[0],
                after[0],
                two_before,
                two_after,
                *before[1:4],
                *after[3:],
                *after[1:3],
                own[0],
                code(f"{left}\t{here}"),
                code(f"{here}\t{right}"),
                code(f"{left}\t{right}"),
                code(place),
                code(f"{capital}{place == 'first'}"),
                code(" ".join(gaps[i])),
                code(" ".join(gaps[i + 1])),
                at_end,
                size,
            )
        )
    return np.array(rows, np.uint32).reshape(n, -1) if n else np.zeros((0, 21), np.uint32)


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> tuple[int, ...]:
    """The numbers of a word, of its last two and three letters, and of its first two and three."""
    return tuple(map(code, (word, word[-2:], word[-3:], word[:2], word[:3])))
