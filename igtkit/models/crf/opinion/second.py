"""The second opinion: networks whose probabilities are averaged with the ranker's.

The networks begin as many other languages taught them, and go on with the language's own sentences.
They are tried on sentences that they and the ranker were spared, and count for as much as makes
what is right there likeliest, or for nothing.
"""

from __future__ import annotations

import gzip
import json
import zlib
from functools import lru_cache
from importlib.resources import files

import attrs
import numpy as np

from igtkit.models.crf.hashing import code
from igtkit.models.crf.opinion.clues import CLUES
from igtkit.models.crf.opinion.network import BATCH, Network, softmax
from igtkit.models.crf.ranking.batch import Problem

__all__ = [
    "SecondOpinion",
    "clue_names",
    "learn",
    "load_start",
    "start_code",
    "to_network",
    "word_weights",
]

# crf_log.md, *A second opinion*; passes and steps, *Less to learn from*.
_SHARES = (0.15, 0.3, 0.5, 0.7)
_EPOCHS, _STEPS, _RATE = 10, 750, 1e-3
_LEAST = 1e-9  # probabilities below count as this


@attrs.frozen
class SecondOpinion:
    """Networks whose probabilities are averaged with the ranker's.

    Attributes:
        network: The networks.
        share: How much they count; the ranker counts the rest.
    """

    network: Network
    share: float

    def of(self, clues: np.ndarray, first: np.ndarray, bias: np.ndarray | None) -> np.ndarray:
        """Return the networks' probability of each row.

        Args:
            clues: Shape ``(rows, clues)``.
            first: Each word's first row, and the end of the last.
            bias: What is added to each row's score, or None.
        """
        score = self.network.scores(clues).mean(1)
        return softmax(score if bias is None else score + bias, first)

    def beside(
        self, ranked: np.ndarray, clues: np.ndarray, first: np.ndarray, bias: np.ndarray | None
    ) -> np.ndarray:
        """Return the ranker's probabilities averaged with those of the networks."""
        return (1 - self.share) * ranked + self.share * self.of(clues, first, bias)


def learn(
    problem: Problem, clues: np.ndarray, unseen: np.ndarray, seed: int
) -> tuple[SecondOpinion | None, np.ndarray]:
    """Return the second opinion, if it helps, and what it makes of words that training was spared.

    Args:
        problem: The training sentences.
        clues: The clues of its rows.
        unseen: The probability of each row by a run of the ranker that has not seen its sentence,
            NaN where all have.
        seed: Seed of the training.

    Returns:
        The opinion, or None, and `unseen` as it is with it.
    """
    first = problem.first
    if len(first) == 1:
        return None, unseen
    start = load_start()
    tried = ~np.isnan(unseen[first[:-1]])
    weight = word_weights(problem)
    every = np.repeat(weight[:, None], len(start.out), 1)
    spare = _spare(problem, tried, len(start.out), seed)
    network = _train(problem, clues, np.where(spare, 0.0, every), seed)
    rows = np.repeat(spare, np.diff(first), axis=0)
    asked = rows.any(1)
    score = np.zeros(len(rows))
    votes = np.where(rows[asked], network.scores(clues[asked]), 0.0)
    score[asked] = votes.sum(1) / rows[asked].sum(1)
    own = np.where(np.isnan(unseen), np.nan, softmax(score, first))
    told = (problem.target > 0) & ~np.isnan(unseen)
    value = np.repeat(weight, np.diff(first))[told]
    likely = {
        share: float(
            (value * np.log((1 - share) * unseen[told] + share * own[told] + _LEAST)).sum()
        )
        for share in (0.0, *_SHARES)
    }
    share = max(likely, key=likely.__getitem__)
    if not share:
        return None, unseen
    if spare.any(1).mean() > 0.5:  # few words: the networks that are kept are spared nothing
        network = _train(problem, clues, every, seed)
    return SecondOpinion(network, share), (1 - share) * unseen + share * own


def word_weights(problem: Problem) -> np.ndarray:
    """How much each word counts: each sentence the more, the longer, but less than its words."""
    length = np.diff(problem.sentence)
    weight = np.repeat(length, length) ** -0.5
    return np.asarray(weight / weight.mean())


def _spare(problem: Problem, tried: np.ndarray, many: int, seed: int) -> np.ndarray:
    """Which words each network is spared: all that are tried, or of most words a part each."""
    if tried.mean() <= 0.5:
        return np.repeat(tried[:, None], many, 1)
    length = np.diff(problem.sentence)
    part = np.random.default_rng((seed, 3)).permutation(len(length)) % many
    own: np.ndarray = np.repeat(part, length)[:, None] == np.arange(many)
    return np.asarray(tried[:, None] & own)


def _train(problem: Problem, clues: np.ndarray, weight: np.ndarray, seed: int) -> Network:
    steps = min(_EPOCHS * -(-len(weight) // BATCH), _STEPS)
    return load_start().trained(
        clues, problem.target, problem.first, weight, steps=steps, rate=_RATE, seed=seed
    )


def clue_names() -> int:
    """A number that changes whenever the clues do."""
    return code(repr(CLUES))


@lru_cache(maxsize=1)
def start_code() -> int:
    """A number that changes whenever the clues, or what the networks begin with, do."""
    return zlib.crc32(_content(), clue_names())


def _content() -> bytes:
    return (files("igtkit") / "data" / "opinion.json.gz").read_bytes()


@lru_cache(maxsize=1)
def load_start() -> Network:
    """Return the networks that come with the library, made by ``benchmarks/crf_opinion.py``."""
    return to_network(json.loads(gzip.decompress(_content()))["network"])


def to_network(raw: dict[str, list[float]]) -> Network:
    """Return the networks that a file holds: for each array of weights its numbers."""
    arrays = {name: np.array(numbers, np.float32) for name, numbers in raw.items()}
    many, units = arrays["shape"].astype(int).tolist()
    return Network(
        arrays["mean"],
        arrays["spread"],
        arrays["hidden"].reshape(-1, many, units),
        arrays["shift"].reshape(many, units),
        arrays["out"].reshape(many, units),
        arrays["straight"].reshape(-1, many),
    )
