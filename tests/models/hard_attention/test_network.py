"""The network: what it says of a word depends on its sentence alone."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="needs torch (the extra models)")

from igtkit.models.hard_attention.data import make_batch  # noqa: E402
from igtkit.models.hard_attention.network import Network, Size  # noqa: E402

NUMBERS = {character: number for number, character in enumerate("abcdef", 2)}
SENTENCES = [["abc", "d"], ["a"], ["fed", "cab", "ab"]]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    size = Size(characters=8, labels=5, hidden_size=12, layers=2, dropout=0.3, max_morphemes=3)
    return Network(size).eval()


def test_a_word_is_analyzed_the_same_in_any_batch(network):
    together = network.analyze(make_batch(SENTENCES, NUMBERS))
    word = 0
    for sentence in SENTENCES:
        split, labels, sure = network.analyze(make_batch([sentence], NUMBERS))
        for row, text in enumerate(sentence):
            at = word + row
            assert together[0][at, : len(text)].tolist() == split[row, : len(text)].tolist()
            most = min(together[1].shape[1], labels.shape[1])
            count = int(split[row, len(text) - 1]) + 1
            assert count <= most
            assert torch.allclose(together[1][at, :count], labels[row, :count], atol=1e-5)
            assert torch.allclose(together[2][at], sure[row], atol=1e-5)
        word += len(sentence)


def test_no_word_has_more_morphemes_than_characters(network):
    batch = make_batch(SENTENCES, NUMBERS)
    scores = network.counts(network.encode(batch), batch.word_lengths)
    for row, length in zip(scores, batch.word_lengths.tolist(), strict=True):
        assert torch.isfinite(row).tolist() == [size < length for size in range(3)]


def test_a_given_split_is_kept(network):
    batch = make_batch([["abc"]], NUMBERS)
    split, labels, _ = network.analyze(batch, torch.tensor([[0, 1, 1]]))
    assert split.tolist() == [[0, 1, 1]]
    assert labels.shape == (1, 2, 5)
    assert labels.exp().sum(2).flatten().tolist() == pytest.approx([1, 1], abs=1e-5)


def test_boundaries_are_noisy_in_training_alone(network):
    states = network.encode(make_batch(SENTENCES, NUMBERS))
    assert torch.equal(network.boundaries(states), network.boundaries(states))
    network.train()
    try:
        assert not torch.equal(network.boundaries(states), network.boundaries(states))
    finally:
        network.eval()
