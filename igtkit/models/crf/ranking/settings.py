"""How the ranker is trained."""

from __future__ import annotations

import attrs

__all__ = ["RankerSettings"]


@attrs.frozen
class RankerSettings:
    """The settings of the ranker's training.

    The defaults of `bits`, `epochs`, `rate`, `l2`, `dropout`, `length_power`, `least_steps` and
    `runs` were chosen by cross-validation (``benchmarks/crf_log.md``, groups 1 to 6), the others by
    hand.

    Attributes:
        bits: The weights are a table of ``2 ** bits``.
        epochs: Passes over the sentences.
        averaged: How many of the last passes the weights are averaged over.
        rate: Adagrad's step.
        l2: Strength of the pull towards 0.
        dropout: Share of the features switched off in each step.
        batch: Most sentences in a step.
        length_power: A sentence of n words weighs ``n ** -length_power`` for each word: the error
            rate that is reported counts sentences alike, short or long.
        least_steps: Steps in a pass over a small corpus.
        runs: Trainings with other random numbers whose weights are averaged; 0 for 4 below
            2,000 words, 2 below 6,000, else 1.
    """

    bits: int = 20
    epochs: int = 6
    averaged: int = 4
    rate: float = 0.05
    l2: float = 1e-3
    dropout: float = 0.3
    batch: int = 32
    length_power: float = 0.5
    least_steps: int = 12
    runs: int = 0
