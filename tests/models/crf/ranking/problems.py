"""Problems for the ranker, made by chance."""

from __future__ import annotations

import numpy as np

from igtkit.models.crf.hashing import mix
from igtkit.models.crf.ranking.batch import Problem
from igtkit.models.crf.ranking.features import CandidateFeatures


def random_problem(seed: int = 0, sentences: int = 6) -> Problem:
    """Random sentences of one to four words with one to four candidates each."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 5, sentences)
    words = int(lengths.sum())
    sizes = rng.integers(1, 5, words)
    rows = int(sizes.sum())
    offset = np.r_[0, np.cumsum(rng.integers(1, 4, rows))]
    own = CandidateFeatures(
        rng.integers(0, 50, (rows, 9)).astype(np.uint32),
        mix(1, rng.integers(0, 40, offset[-1]).astype(np.uint32)),
        offset,
        rng.normal(size=(rows, 2)).astype(np.float32),
    )
    first = np.r_[0, np.cumsum(sizes)]
    target = np.zeros(rows, np.float32)
    target[first[:-1] + rng.integers(0, sizes)] = 1
    return Problem(
        np.r_[0, np.cumsum(lengths)],
        np.arange(words),
        first,
        own,
        rng.integers(0, 9, (words, 3)).astype(np.uint32),
        first,
        mix(2, rng.integers(0, 9, (rows, 2)).astype(np.uint32)),
        rng.normal(size=(rows, 1)).astype(np.float32),
        target,
    )
