"""The network: characters in their sentence, how many morphemes, where they end, what they mean."""

from __future__ import annotations

import attrs
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from igtkit.models.hard_attention.marginals import best_split, straight_through

__all__ = ["Batch", "Network", "Size"]


@attrs.frozen
class Size:
    """The size of a network.

    Attributes:
        characters: Different characters, the unknown one and the filling included.
        labels: Different glosses.
        hidden_size: Width of everything inside.
        layers: Layers of the LSTM.
        dropout: Share of values dropped in training.
        max_morphemes: The most morphemes of a word.
    """

    characters: int
    labels: int
    hidden_size: int
    layers: int
    dropout: float
    max_morphemes: int


@attrs.frozen
class Batch:
    """Sentences, and the words in them.

    Attributes:
        characters: Ids of characters, ``[sentences, longest]``, 0 where a sentence has ended.
        lengths: Characters of each sentence, ``[sentences]``.
        sentences: The sentence of each word, ``[words]``.
        starts: Where the word starts in it, ``[words]``.
        word_lengths: Characters of each word, ``[words]``.
    """

    characters: Tensor
    lengths: Tensor
    sentences: Tensor
    starts: Tensor
    word_lengths: Tensor

    def to(self, device: str) -> Batch:
        """The batch on a device."""
        return Batch(*(value.to(device) for value in attrs.astuple(self, recurse=False)))


class Network(nn.Module):
    """A bidirectional LSTM over the characters of a sentence, with three heads for its words.

    Args:
        size: Its size.
    """

    def __init__(self, size: Size) -> None:
        super().__init__()
        hidden = size.hidden_size
        self.embedding = nn.Embedding(size.characters, hidden, padding_idx=0)
        self.dropout = nn.Dropout(size.dropout)
        self.lstm = nn.LSTM(
            hidden,
            hidden,
            size.layers,
            batch_first=True,
            bidirectional=True,
            dropout=size.dropout if size.layers > 1 else 0,
        )
        self.begin = nn.Parameter(torch.zeros(2, 2 * size.layers, 1, hidden))
        self.project = nn.Linear(2 * hidden, hidden)
        self.count = nn.Linear(hidden, size.max_morphemes)
        self.boundary = nn.Linear(hidden, 1)
        self.label = nn.Linear(hidden, size.labels)

    def encode(self, batch: Batch) -> Tensor:
        """The states of the characters of each word, ``[words, characters, hidden]``."""
        embedded = self.dropout(self.embedding(batch.characters))
        packed = pack_padded_sequence(
            embedded, batch.lengths.cpu(), batch_first=True, enforce_sorted=False
        )
        hidden, cell = self.begin.expand(-1, -1, len(batch.lengths), -1).contiguous()
        states, _ = pad_packed_sequence(self.lstm(packed, (hidden, cell))[0], batch_first=True)
        states = self.dropout(self.project(states))
        offsets = torch.arange(int(batch.word_lengths.max()), device=states.device)
        places = (batch.starts[:, None] + offsets).clamp(max=states.shape[1] - 1)
        words: Tensor = states[batch.sentences[:, None], places]
        return words

    def counts(self, states: Tensor, lengths: Tensor) -> Tensor:
        """Scores of each number of morphemes, from 1 on, ``[words, max_morphemes]``.

        No word has more morphemes than characters.
        """
        offsets = torch.arange(states.shape[1], device=states.device)
        pooled = states.masked_fill((offsets >= lengths[:, None])[:, :, None], -torch.inf).amax(1)
        scores: Tensor = self.count(pooled)
        sizes = torch.arange(scores.shape[1], device=states.device)
        return scores.masked_fill(sizes >= lengths[:, None], -torch.inf)

    def boundaries(self, states: Tensor) -> Tensor:
        """A score for a boundary after each character, ``[words, characters]``; noisy in training.

        The noise (of unit variance) makes the network push scores away from zero.
        """
        scores: Tensor = self.boundary(states).squeeze(2)
        return scores + torch.randn_like(scores) if self.training else scores

    def labels(self, states: Tensor, assignment: Tensor) -> Tensor:
        """Scores of the glosses of each morpheme, the sum of its characters.

        Args:
            states: ``[words, characters, hidden]``.
            assignment: Which character is in which morpheme, ``[words, characters, morphemes]``.

        Returns:
            ``[words, morphemes, labels]``.
        """
        scores: Tensor = self.label(assignment.transpose(1, 2) @ states)
        return scores

    def forward(self, batch: Batch, counts: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of the numbers of morphemes, and of the glosses, given the true numbers."""
        states = self.encode(batch)
        scores = self.boundaries(states)
        assignment = straight_through(scores, batch.word_lengths, counts)
        return self.counts(states, batch.word_lengths), self.labels(states, assignment)

    @torch.no_grad()
    def analyze(self, batch: Batch, split: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Return words split and glossed, with log-probabilities.

        Args:
            batch: The words.
            split: The morpheme of each character, where that is given.

        Returns:
            The morpheme of each character, ``[words, characters]``; the glosses of each morpheme,
            best first, ``[words, morphemes, labels]``, as log-probabilities; the log-probability of
            the number of morphemes, ``[words]``.
        """
        states = self.encode(batch)
        sure = self.counts(states, batch.word_lengths).log_softmax(1)
        counts = sure.argmax(1) + 1
        if split is None:
            split = best_split(self.boundaries(states), batch.word_lengths, counts)
        offsets = torch.arange(states.shape[1], device=states.device)
        inside = offsets < batch.word_lengths[:, None]
        most = int(split.masked_fill(~inside, 0).max()) + 1
        split = split.masked_fill(~inside, most)
        hard = nn.functional.one_hot(split, most + 1)[:, :, :most].to(states.dtype)
        labels = self.labels(states, hard).log_softmax(2)
        return split, labels, sure.amax(1)
