"""Splitting words at scored boundaries: the best split, and how likely each split is.

A word of ``T`` characters has a score after each character but the last; its logistic function is
the probability of a boundary there, one independent of the others. Given how many morphemes there
are, some split is the best, and each character is in each morpheme with some probability.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import logsigmoid, one_hot

__all__ = ["best_split", "morpheme_marginals", "straight_through"]

_IMPOSSIBLE = -1e9  # not -inf, whose gradient is no number


def best_split(scores: Tensor, lengths: Tensor, counts: Tensor) -> Tensor:
    """The split of each word at its best boundaries.

    Args:
        scores: Boundary scores, ``[words, characters]``.
        lengths: Characters of each word, at least 1, ``[words]``.
        counts: Morphemes of each word, from 1 to its length, ``[words]``.

    Returns:
        Index of the morpheme of each character, ``[words, characters]``.

    Example:
        >>> scores = torch.tensor([[0.0, 2.0, 1.0, 9.0]])
        >>> best_split(scores, torch.tensor([4]), torch.tensor([3])).tolist()
        [[0, 0, 1, 2]]
    """
    positions = torch.arange(scores.shape[1], device=scores.device)
    inside = positions < lengths[:, None] - 1
    order = scores.masked_fill(~inside, _IMPOSSIBLE).argsort(dim=1, descending=True, stable=True)
    rank = order.argsort(1)
    boundaries = (rank < counts[:, None] - 1) & inside
    morphemes: Tensor = boundaries.long().cumsum(1).roll(1, 1).where(positions > 0, 0)
    return morphemes


def morpheme_marginals(scores: Tensor, lengths: Tensor, counts: Tensor) -> Tensor:
    """Return the probability of each character in each morpheme, given the number of morphemes.

    Args:
        scores: As for `best_split`.
        lengths: As for `best_split`.
        counts: As for `best_split`.

    Returns:
        Probabilities, ``[words, characters, morphemes]``; 0 beyond the end of a word.

    Example:
        >>> even = morpheme_marginals(torch.zeros(1, 3), torch.tensor([3]), torch.tensor([2]))
        >>> even[0].tolist()
        [[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]]
    """
    words, characters = scores.shape
    split, joined = logsigmoid(scores), logsigmoid(-scores)
    first = scores.new_full((words, int(counts.max())), _IMPOSSIBLE)
    last = first.scatter(1, counts[:, None] - 1, 0.0)
    first = first.index_fill(1, torch.tensor(0, device=scores.device), 0.0)

    forward = [first]
    for t in range(1, characters):
        before = forward[-1]
        stay, move = before + joined[:, t - 1, None], _shift(before) + split[:, t - 1, None]
        forward.append(torch.logaddexp(stay, move))
    backward = [last] * characters
    for t in range(characters - 2, -1, -1):
        after = backward[t + 1]
        stay, move = after + joined[:, t, None], _shift(after, -1) + split[:, t, None]
        ended = (lengths <= t + 1)[:, None]
        backward[t] = torch.where(ended, last, torch.logaddexp(stay, move))
    both = torch.stack(forward, 1) + torch.stack(backward, 1)
    total = both.logsumexp(2, keepdim=True)
    inside = torch.arange(characters, device=scores.device) < lengths[:, None]
    return (both - total).exp() * inside[:, :, None]


def straight_through(scores: Tensor, lengths: Tensor, counts: Tensor) -> Tensor:
    """The best split as a matrix, with the gradient of the marginals.

    Args:
        scores: As for `best_split`.
        lengths: As for `best_split`.
        counts: As for `best_split`.

    Returns:
        1 where a character is in a morpheme, else 0, ``[words, characters, morphemes]``.
    """
    inside = torch.arange(scores.shape[1], device=scores.device) < lengths[:, None]
    hard = one_hot(best_split(scores, lengths, counts), int(counts.max())) * inside[:, :, None]
    soft = morpheme_marginals(scores, lengths, counts)
    return hard + soft - soft.detach()


def _shift(values: Tensor, by: int = 1) -> Tensor:
    """Move the values of each row by one column, and make impossible what comes in."""
    moved = values.roll(by, 1)
    return moved.index_fill(1, torch.tensor(0 if by > 0 else -1, device=values.device), _IMPOSSIBLE)
