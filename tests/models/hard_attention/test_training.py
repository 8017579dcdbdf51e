"""Training: it ends with the weights that were best, and stops when nothing gets better."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs torch (the extra models)")

from igtkit import IGT  # noqa: E402
from igtkit.models.hard_attention.data import Vocabulary, learnable  # noqa: E402
from igtkit.models.hard_attention.network import Network, Size  # noqa: E402
from igtkit.models.hard_attention.training import (  # noqa: E402
    Recipe,
    _loss,
    train_network,
    word_accuracy,
)

SENTENCES = [
    learnable(text)
    for text in (
        IGT("evler evde", None, "house-PL house-LOC"),
        IGT("suda sular", None, "water-LOC water-PL"),
        IGT("a b", None, "X-Y-Z b"),  # more morphemes than letters
    )
]
VOCABULARY = Vocabulary.of([each for each in SENTENCES for _ in range(2)])


def network():
    torch.manual_seed(1)
    characters, labels = len(VOCABULARY.characters) + 2, len(VOCABULARY.labels)
    return Network(Size(characters, labels, 24, 1, 0.0, 3))


def recipe(**changes):
    values = {
        "learning_rate": 0.01, "decay": 0.99, "batch_size": 2, "epochs": 25, "patience": 25, "seed": 3,
    }  # fmt: skip
    return Recipe(**{**values, **changes})


def test_the_weights_are_those_of_the_best_epoch():
    made = network()
    history = train_network(
        made, VOCABULARY, SENTENCES, SENTENCES[:2], recipe(), device="cpu", progress=False
    )
    best = max(each["dev_word_accuracy"] for each in history)
    assert best > history[0]["dev_word_accuracy"]
    assert word_accuracy(made, VOCABULARY, SENTENCES[:2], device="cpu") == best
    assert history[-1]["loss"] < history[0]["loss"]


def test_it_stops_when_nothing_gets_better():
    history = train_network(
        network(), VOCABULARY, SENTENCES, [], recipe(patience=3), device="cpu", progress=False
    )
    assert len(history) == 4  # the first, and three that are no better


def test_the_same_seed_gives_the_same_weights():
    made = [network() for _ in range(3)]
    for each, seed in zip(made, (3, 3, 4), strict=True):
        torch.manual_seed(0)  # the noise of the boundaries
        train_network(
            each,
            VOCABULARY,
            SENTENCES,
            [],
            recipe(epochs=2, seed=seed),
            device="cpu",
            progress=False,
        )
    one, same, other = (torch.cat([p.flatten() for p in each.parameters()]) for each in made)
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


def test_a_word_of_too_many_morphemes_teaches_nothing():
    made = network().train()
    for dropout in (made.dropout, made.lstm):
        dropout.eval()
    torch.manual_seed(0)
    alone = _loss(made, VOCABULARY, [SENTENCES[2]], "cpu")
    assert torch.isfinite(alone)
