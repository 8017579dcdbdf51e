"""Learning from glosses: the loss, the epochs, and when to stop."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence

import attrs
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from igtkit._progress import Progress
from igtkit.models.hard_attention.data import LabeledSentence, Vocabulary, chunked, make_batch
from igtkit.models.hard_attention.network import Network

__all__ = ["Recipe", "train_network", "word_accuracy"]

_IGNORED = -100


@attrs.frozen
class Recipe:
    """The settings of a training.

    Attributes:
        learning_rate: Of AdamW, in the first epoch.
        decay: What it is multiplied with after each epoch.
        batch_size: Sentences in a step.
        epochs: The most epochs.
        patience: Stop after so many epochs without a better word accuracy on dev.
        seed: Of the order of the sentences.
    """

    learning_rate: float
    decay: float
    batch_size: int
    epochs: int
    patience: int
    seed: int


def train_network(
    network: Network,
    vocabulary: Vocabulary,
    sentences: Sequence[LabeledSentence],
    dev: Sequence[LabeledSentence],
    recipe: Recipe,
    *,
    device: str,
    progress: bool | None = None,
) -> list[dict[str, float]]:
    """Train a network; it ends with the weights that were best on dev.

    Args:
        network: Changed in place.
        vocabulary: Numbers of characters and labels.
        sentences: What to learn from.
        dev: What to watch.
        recipe: How.
        device: Where.
        progress: As for `Seq2SeqGlosser.predict`.

    Returns:
        Loss and word accuracy on dev of each epoch.
    """
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.learning_rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, recipe.decay)
    shuffled = random.Random(recipe.seed)  # noqa: S311 -- an order is no secret
    order = list(range(len(sentences)))
    history: list[dict[str, float]] = []
    best, best_weights, since = -1.0, copy.deepcopy(network.state_dict()), 0
    with Progress(recipe.epochs * len(sentences), progress) as bar:
        for _ in range(recipe.epochs):
            shuffled.shuffle(order)
            network.train()
            total = 0.0
            for part in chunked(order, recipe.batch_size):
                loss = _loss(network, vocabulary, [sentences[index] for index in part], device)
                optimizer.zero_grad()
                loss.backward()  # type: ignore[no-untyped-call]
                optimizer.step()
                total += float(loss.detach()) * len(part)
                bar.advance(len(part))
            schedule.step()
            accuracy = word_accuracy(network, vocabulary, dev, device=device)
            history.append({"loss": total / len(sentences), "dev_word_accuracy": accuracy})
            if accuracy > best:
                best, best_weights, since = accuracy, copy.deepcopy(network.state_dict()), 0
            else:
                since += 1
                if since >= recipe.patience:
                    break
    network.load_state_dict(best_weights)
    network.eval()
    return history


def _loss(
    network: Network, vocabulary: Vocabulary, sentences: Sequence[LabeledSentence], device: str
) -> Tensor:
    """Cross-entropy of the glosses plus that of the numbers of morphemes (Girrbach 2023).

    A word with more morphemes than characters, or than the network can count, teaches nothing.
    """
    batch = make_batch([each.words for each in sentences], vocabulary.number_characters())
    numbers = vocabulary.number_labels()
    labels = [word for sentence in sentences for word in sentence.labels]
    most = network.count.out_features
    usable = torch.tensor(
        [
            len(word) <= min(most, length)
            for word, length in zip(labels, batch.word_lengths.tolist(), strict=True)
        ]
    )
    counts = torch.tensor([len(word) for word in labels]).where(usable, torch.tensor(1))
    targets = torch.full((len(labels), int(counts.max())), _IGNORED)
    for row, (word, fits) in enumerate(zip(labels, usable.tolist(), strict=True)):
        if fits:
            targets[row, : len(word)] = torch.tensor([numbers[label] for label in word])
    count_targets = (counts - 1).where(usable, torch.tensor(_IGNORED)).to(device)
    count_scores, label_scores = network(batch.to(device), counts.to(device))
    gloss_targets = targets.flatten().to(device)
    loss: Tensor = cross_entropy(label_scores.flatten(0, 1), gloss_targets, reduction="sum")
    loss = loss / max(int((targets != _IGNORED).sum()), 1)
    of_counts: Tensor = cross_entropy(count_scores, count_targets, reduction="sum")
    return loss + of_counts / max(int(usable.sum()), 1)


def word_accuracy(
    network: Network, vocabulary: Vocabulary, sentences: Sequence[LabeledSentence], *, device: str
) -> float:
    """Return the share of words of which every morpheme is glossed right."""
    network.eval()
    numbers = vocabulary.number_characters()
    right = count = 0
    for part in chunked(range(len(sentences)), 64):
        chosen = [sentences[index] for index in part]
        batch = make_batch([each.words for each in chosen], numbers)
        split, labels, _ = network.analyze(batch.to(device))
        lengths = batch.word_lengths.tolist()
        best = labels.argmax(2).tolist()
        sizes = [row[length - 1] + 1 for row, length in zip(split.tolist(), lengths, strict=True)]
        gold = [word for sentence in chosen for word in sentence.labels]
        for row, size, word in zip(best, sizes, gold, strict=True):
            right += tuple(vocabulary.labels[label] for label in row[:size]) == word
            count += 1
    return right / max(count, 1)
