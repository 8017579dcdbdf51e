"""The linear chain over the words of a sentence.

Each word is in one of its candidates; the sentence's score is the sum of the words' scores and of
the scores of neighboring candidates. Forward-backward gives the probability of every candidate and
of every pair of neighbors, for a batch of sentences at once. The chains are the last axis of all
arrays, so that what is summed over, the states, is never the axis whose numbers lie side by side.
"""

from __future__ import annotations

import numpy as np

__all__ = ["forward_backward", "state_probabilities"]

_LOWEST = np.finfo(float).min


def _log_sum(values: np.ndarray) -> np.ndarray:
    """The log of the sum of exponentials over the states, axis 0.

    It is added up state by state, so that states that are not there (-inf) change no bit of it.
    """
    top = np.maximum(values.max(0), _LOWEST)
    shares = np.exp(values - top)
    # numbers that lie side by side numpy adds in another order
    total = np.add.reduce(shares) if top.size > 1 else np.add.accumulate(shares)[-1]
    return np.asarray(np.log(total) + top)


def _messages(unary: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The sums up to each word, those beyond it, and the log of each chain's partition sum."""
    words, _, chains = unary.shape
    # the way back as chains of their own, so that both ways are gone at once
    states = np.concatenate([unary, unary[::-1]], 2)
    beside = np.concatenate([pairs, pairs[::-1].swapaxes(1, 2)], 3)
    before = np.zeros_like(states)  # the sums of what comes before a word on its way
    with np.errstate(divide="ignore"):
        for t in range(1, words):
            before[t] = _log_sum((states[t - 1] + before[t - 1])[:, None] + beside[t - 1])
        forward, backward = unary + before[..., :chains], before[::-1, :, chains:]
        return forward, backward, _log_sum(forward[-1])


def state_probabilities(unary: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Return the probabilities of the states alone, as `forward_backward` does."""
    forward, backward, total = _messages(unary, pairs)
    return np.asarray(np.exp(forward + backward - total))


def forward_backward(
    unary: np.ndarray, pairs: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the marginal probabilities of a batch of chains.

    Args:
        unary: Log-scores, shape ``(words, states, chains)``; -inf where a word has no such state.
            A position beyond a chain's end has the one state 0 with score 0.
        pairs: Log-scores of neighbors, shape ``(words - 1, states, states, chains)``.

    Returns:
        The states' probabilities (shape of `unary`), the pairs' (shape of `pairs`), and the log of
        each chain's partition sum.

    Example:
        >>> p, _, _ = forward_backward(np.log([[[1.0], [3.0]]]), np.zeros((0, 2, 2, 1)))
        >>> p.round(2).tolist()
        [[[0.25], [0.75]]]
    """
    forward, backward, total = _messages(unary, pairs)
    states = np.exp(forward + backward - total)
    joint = forward[:-1, :, None] + pairs
    joint += (unary[1:] + backward[1:])[:, None]
    joint -= total
    return states, np.exp(joint, out=joint), total
