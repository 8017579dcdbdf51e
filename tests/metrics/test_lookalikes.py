"""Words that are wrong only to a program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit.metrics._lookalikes import count_lookalikes

LINE = st.text("ev- ‑\u200b\u0301é", max_size=12)


@pytest.mark.parametrize(
    ("predicted", "gold", "count"),
    [
        ("ev‑de gel", "ev-de git", 1),
        ("ev\u200b ev", "ev ev\u00ad", 2),
        ("evde", "ev\u00adde", 0),  # inside a word, a soft hyphen stands for a boundary
        ("é", "e\u0301", 1),
        ("ev-de", "ev-de", 0),
        ("ev=de", "ev-de", 0),  # both can be seen
        ("x ev‑de", "ev-de", 0),  # by position
        ("ev‑de x", "ev-de", 1),
        ("", "ev‑de", 0),
        (None, "ev‑de", 0),
        ("ev‑de", None, 0),
    ],
)
def test_words_are_paired_by_position(predicted, gold, count):
    assert count_lookalikes([(predicted, gold)]) == count


@given(st.lists(st.tuples(LINE, LINE), max_size=4))
def test_lines_are_counted_each_by_itself_and_both_ways_round(pairs):
    expected = sum(count_lookalikes([pair]) for pair in pairs)
    assert count_lookalikes(pairs) == expected
    assert count_lookalikes([pair[::-1] for pair in pairs]) == expected
    assert count_lookalikes([(line, line) for line, _ in pairs]) == 0
