"""The linear chain over the words of a sentence.

Each word is in one of its candidates; the sentence's score is the sum of the words' scores and of
the scores of neighboring candidates. Forward-backward gives the probability of every candidate and
of every pair of neighbors, for a batch of sentences at once.
"""

from __future__ import annotations

import numpy as np

__all__ = ["forward_backward"]


def _log_sum(values: np.ndarray) -> np.ndarray:
    """The log of the sum of exponentials over the states, axis 1 of ``(chains, states, k)``.

    It is added up state by state, so that states that are not there (-inf) change no bit of it.
    """
    top = values.max(1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total = np.log(np.add.accumulate(np.exp(values - top), 1)[:, -1]) + top.squeeze(1)
    return np.asarray(total)


def forward_backward(
    unary: np.ndarray, pairs: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the marginal probabilities of a batch of chains.

    Args:
        unary: Log-scores, shape ``(chains, words, states)``; -inf where a word has no such state.
            A position beyond a chain's end has the one state 0 with score 0.
        pairs: Log-scores of neighbors, shape ``(chains, words - 1, states, states)``.

    Returns:
        The states' probabilities (shape of `unary`), the pairs' (shape of `pairs`), and the log of
        each chain's partition sum.

    Example:
        >>> p, _, _ = forward_backward(np.log([[[1.0, 3.0]]]), np.zeros((1, 0, 2, 2)))
        >>> p.round(2).tolist()
        [[[0.25, 0.75]]]
    """
    words = unary.shape[1]
    forward = np.empty_like(unary)
    backward = np.zeros_like(unary)
    forward[:, 0] = unary[:, 0]
    for t in range(1, words):
        forward[:, t] = unary[:, t] + _log_sum(forward[:, t - 1, :, None] + pairs[:, t - 1])
    for t in range(words - 2, -1, -1):
        ahead = (unary[:, t + 1] + backward[:, t + 1])[:, None, :]
        backward[:, t] = _log_sum((pairs[:, t] + ahead).swapaxes(1, 2))
    total = _log_sum(forward[:, -1, :, None])[:, 0]
    states = np.exp(forward + backward - total[:, None, None])
    joint = np.exp(
        forward[:, :-1, :, None]
        + pairs
        + (unary[:, 1:] + backward[:, 1:])[:, :, None, :]
        - total[:, None, None, None]
    )
    return states, joint, total
