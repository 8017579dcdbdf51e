"""Edit distance over gold length, against Levenshtein by the book."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from metrics.oracle import LEVELS, PRESETS, corpora, slow_distance, slow_error_rate

from igtkit.metrics import error_rate
from igtkit.metrics._codes import encode_glosses
from igtkit.metrics._error_rate import edit_distances, sentence_error_rates
from igtkit.metrics.presets import PAPER_PRESET

TEXTS = st.lists(st.tuples(st.text("abc字", max_size=8), st.text("abc字", max_size=8)), max_size=5)


@given(TEXTS)
def test_distances_are_those_by_the_book(pairs):
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    expected = [slow_distance(one, other) for one, other in pairs]
    assert edit_distances(first, second).tolist() == expected
    assert edit_distances(second, first).tolist() == expected


@given(corpora, st.sampled_from(LEVELS), st.sampled_from(PRESETS))
def test_error_rate_equals_the_slow_one(corpus, level, preset):
    expected = slow_error_rate(*corpus, level, preset)
    assert error_rate(*corpus, level=level, preset=preset) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("predicted", "gold", "paper", "published"),
    [
        ("", "a-B c", 1.0, 3.0),  # published: costs its gold length
        ("a-B c d e f g", "a-B c", 2.0, 1.0),  # published: ends at 1
        ("a-B-c", "a-B c", 0.25, 0.0),  # only the paper sees the space between words
        ("-", "a", 2.0, 1.0),  # a lone dash is two empty morphemes
    ],
)
def test_where_the_presets_differ_on_error_rate(predicted, gold, paper, published):
    assert error_rate(predicted, gold) == paper
    assert error_rate(predicted, gold, preset="published") == published


@pytest.mark.parametrize(
    ("setting", "rates"),
    [
        ({}, [1, 2.5, 0.25]),
        ({"separators": False}, [1, 5 / 3, 0]),
        ({"clamp": True}, [1, 1, 0.25]),
        ({"empty_costs_length": True}, [4, 2.5, 0.25]),
        ({"separators": False, "empty_costs_length": True}, [3, 5 / 3, 0]),
        ({"surplus_is_error": False, "unknown_is_wrong": True}, [1, 2.5, 0.25]),
    ],
)
def test_each_setting_of_a_preset_counts_by_itself(setting, rates):
    predicted = ["", "a-B c d e f g h", "a-B-c"]
    codes = encode_glosses(predicted, ["a-B c"] * 3).morphemes
    preset = attrs.evolve(PAPER_PRESET, **setting)
    assert sentence_error_rates(codes, preset).tolist() == pytest.approx(rates)


def test_in_characters_nothing_stands_for_the_space_between_words():
    preset = attrs.evolve(PAPER_PRESET, separators=False)
    codes = encode_glosses(["a\0b"], ["a\0b\0c"]).characters
    assert sentence_error_rates(codes, preset, tokens=False).tolist() == [2 / 5]
