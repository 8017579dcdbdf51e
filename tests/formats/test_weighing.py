"""How much counts weigh against a model."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from igtkit.formats.weighing import COUNTS_ALONE, Choice, cost_weight, cost_weights

COSTS = st.lists(st.floats(0, 20), min_size=2, max_size=4)


def drawn(scale, count=600):
    """Choices that are right as often as log-probability - cost * scale says."""
    rng = random.Random(0)
    for _ in range(count):
        scores, costs = ([rng.uniform(0, 4) for _ in range(3)] for _ in range(2))
        rated = [-score - scale * cost for score, cost in zip(scores, costs, strict=True)]
        weights = [2.718281828**each for each in rated]
        yield Choice([-score for score in scores], costs, rng.choices(range(3), weights)[0])


def test_the_weight_that_made_the_choices_is_found():
    for scale in (0.25, 1.0, 4.0):
        assert scale / 2 <= cost_weight(list(drawn(scale))) <= scale * 2


@given(st.lists(COSTS, min_size=1, max_size=5), st.data())
def test_a_model_that_says_nothing_is_not_asked(costs, data):
    choices = [
        Choice([-1.0] * len(each), each, data.draw(st.integers(0, len(each) - 1))) for each in costs
    ]
    assert cost_weight(choices) == COUNTS_ALONE


def test_groups_with_little_take_the_weight_of_all():
    good, bad = Choice([-1.0, -5.0], [1.0, 1.0], 0), Choice([-1.0, -5.0], [1.0, 1.0], 1)
    found = cost_weights({"large": [bad] * 30, "small": [good] * 3, "empty": []})
    assert set(found.values()) == {COUNTS_ALONE}
    found = cost_weights({"large": [bad] * 20, "other": [good] * 90, "empty": []})
    assert found == {"large": COUNTS_ALONE, "other": 0.0, "empty": 0.0}
    assert cost_weights({"empty": []}) == {}
