"""The marginals of splits against enumeration, and the straight-through gradient."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="needs torch (the extra models)")

from igtkit.models.hard_attention.marginals import (  # noqa: E402
    best_split,
    morpheme_marginals,
    straight_through,
)


@st.composite
def words(draw):
    """Scores, lengths and counts of a few words."""
    longest = draw(st.integers(2, 6))
    rows = draw(st.integers(1, 3))
    number = st.floats(-6, 6, allow_nan=False, width=32)
    scores = draw(
        st.lists(st.lists(number, min_size=longest, max_size=longest), min_size=rows, max_size=rows)
    )
    lengths = [draw(st.integers(1, longest)) for _ in range(rows)]
    counts = [draw(st.integers(1, length)) for length in lengths]
    return torch.tensor(scores), torch.tensor(lengths), torch.tensor(counts)


def splits(length, count):
    """Every split of a word, as the morpheme of each character."""
    for cuts in combinations(range(length - 1), count - 1):
        yield [sum(cut < at for cut in cuts) for at in range(length)]


def weight(scores, split):
    """How likely a split is, up to a constant: each boundary there or not, on its own."""
    product = 1.0
    for at in range(len(split) - 1):
        chance = 1 / (1 + math.exp(-scores[at]))
        product *= chance if split[at + 1] > split[at] else 1 - chance
    return product


@given(words())
def test_marginals_are_those_of_all_splits(drawn):
    scores, lengths, counts = drawn
    found = morpheme_marginals(scores, lengths, counts)
    for row, (length, count) in enumerate(zip(lengths.tolist(), counts.tolist(), strict=True)):
        total, expected = 0.0, torch.zeros(scores.shape[1], found.shape[2])
        for split in splits(length, count):
            one = weight(scores[row].tolist(), split)
            total += one
            for at, morpheme in enumerate(split):
                expected[at, morpheme] += one
        assert torch.allclose(found[row], expected / total, atol=1e-4)


@given(words())
def test_the_best_split_is_the_one_with_the_highest_scores(drawn):
    scores, lengths, counts = drawn
    found = best_split(scores, lengths, counts)
    for row, (length, count) in enumerate(zip(lengths.tolist(), counts.tolist(), strict=True)):
        values = scores[row].tolist()

        def worth(split, values=values):
            return sum(values[at] for at in range(len(split) - 1) if split[at + 1] > split[at])

        best = max(worth(split) for split in splits(length, count))
        mine = found[row, :length].tolist()
        assert mine in list(splits(length, count))
        assert worth(mine) == pytest.approx(best, abs=1e-4)


@given(words())
def test_going_forward_it_is_hard_and_going_back_it_is_soft(drawn):
    scores, lengths, counts = drawn
    weights = torch.randn(*morpheme_marginals(scores, lengths, counts).shape)
    hard, soft = scores.clone().requires_grad_(), scores.clone().requires_grad_()
    matrix = straight_through(hard, lengths, counts)
    for row, length in enumerate(lengths.tolist()):
        split = best_split(scores, lengths, counts)[row, :length]
        assert matrix[row, :length].argmax(1).tolist() == split.tolist()
        assert torch.allclose(matrix[row].sum(), torch.tensor(float(length)), atol=1e-4)
    (matrix * weights).sum().backward()
    (morpheme_marginals(soft, lengths, counts) * weights).sum().backward()
    assert torch.allclose(hard.grad, soft.grad, atol=1e-5)
    assert torch.isfinite(hard.grad).all()


def test_a_word_of_one_character_is_one_morpheme():
    scores, one = torch.zeros(1, 1), torch.tensor([1])
    assert morpheme_marginals(scores, one, one).tolist() == [[[1.0]]]
    assert best_split(scores, one, one).tolist() == [[0]]


def test_the_gradient_is_right():
    scores = torch.randn(2, 5, dtype=torch.float64, requires_grad=True)
    lengths, counts = torch.tensor([5, 4]), torch.tensor([3, 2])
    assert torch.autograd.gradcheck(
        lambda values: morpheme_marginals(values, lengths, counts), (scores,)
    )
