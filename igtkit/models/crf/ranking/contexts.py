"""The context of each word in its sentence, as hashed numbers."""

from __future__ import annotations

from collections.abc import Sequence

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
    rows = []
    for i in range(n):
        two_before, before, own, after, two_after = padded[i : i + 5]
        place = "single" if n == 1 else "first" if i == 0 else "last" if i == n - 1 else "inside"
        capital = surfaces[i][:1].isupper()
        rows.append(
            (
                before,
                after,
                two_before,
                two_after,
                before[-2:],
                before[-3:],
                before[:2],
                after[:2],
                after[:3],
                after[-2:],
                after[-3:],
                own,
                f"{before}\t{own}",
                f"{own}\t{after}",
                f"{before}\t{after}",
                place,
                f"{capital}{place == 'first'}",
                " ".join(gaps[i]),
                " ".join(gaps[i + 1]),
                " ".join(gaps[n]),
                str(min(n, 9)),
            )
        )
    table = np.array([[code(text) for text in row] for row in rows], np.uint32)
    return table.reshape(n, -1) if n else np.zeros((0, 21), np.uint32)
