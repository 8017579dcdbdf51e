"""Automata that are put together by names, and the distances in them."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch", reason="the package of constraints needs torch")

from igtkit.models.constraints.automaton import (
    COLUMNS,
    DEAD,
    END_COLUMN,
    FAR,
    OVER,
    Builder,
    distances,
)
from igtkit.models.constraints.characters import LETTER


def word_of_letters():
    builder = Builder()
    builder.read_character("start", {LETTER: "more"})
    builder.read_character("more", {LETTER: "more"})
    builder.connect("more", [END_COLUMN], "over")
    return builder.build()


def accepts(automaton, text):
    state = automaton.names["start"]
    for byte in text.encode():
        state = automaton.step[state, byte]
    return bool(state > OVER and automaton.step[state, END_COLUMN] == OVER)


@pytest.mark.parametrize(
    ("text", "accepted"), [("a", True), ("şapka", True), ("猫𐐨", True), ("", False), ("a b", False)]
)
def test_a_character_of_any_number_of_bytes_is_one_step(text, accepted):
    assert accepts(word_of_letters(), text) is accepted


def test_states_are_made_when_they_are_named_and_can_be_copied():
    builder = Builder()
    builder.connect("one", "ab", "two")
    builder.copy("one", "three")
    assert builder.names[:2] == ("dead", "over")
    assert set(builder.names[2:]) == {"one", "two", "three"}
    step = builder.build().step
    assert np.array_equal(step[builder["one"]], step[builder["three"]])
    assert step[builder["one"], ord("b")] == builder["two"]
    assert step[DEAD, END_COLUMN] == step[OVER, END_COLUMN] == OVER


@given(st.integers(3, 8), st.randoms(use_true_random=False))
def test_distances_are_those_of_a_search_state_by_state(states, random):
    step = np.zeros((states, COLUMNS), dtype=np.int64)
    for _ in range(2 * states):
        step[random.randrange(states), random.randrange(COLUMNS)] = random.randrange(states)
    expected = {OVER: 0}
    queue = deque([OVER])
    while queue:  # the slow way: backwards from the goal
        goal = queue.popleft()
        if goal == DEAD:
            continue
        for state in range(states):
            if (step[state] == goal).any() and state not in expected:
                expected[state] = expected[goal] + 1
                queue.append(state)
    found = distances(step, [OVER])
    assert found.tolist() == [
        expected.get(state, FAR) if state != DEAD else found[DEAD] for state in range(states)
    ]
