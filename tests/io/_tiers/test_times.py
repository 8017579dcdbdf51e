"""When each entry begins and ends, where a format needs to be told."""

from __future__ import annotations

import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from igtkit import IGT
from igtkit.io import Sink
from igtkit.io._tiers.times import spans


def entry(begin=None, end=None):
    metadata = {"begin": begin, "end": end}
    return IGT("a", metadata={key: value for key, value in metadata.items() if value is not None})


def found(*items):
    sink = Sink(io.StringIO())
    return spans(items, sink), sink.lost["made-up times"]


def test_times_that_are_told_stand():
    assert found(entry(1, 2.5), entry(0.25, 1)) == ([(1.0, 2.5), (0.25, 1.0)], 0)


def test_entries_without_times_follow_each_other_two_seconds_each():
    assert found(entry(), entry()) == ([(0.0, 2.0), (2.0, 4.0)], 2)
    assert found(entry(3, 4), entry()) == ([(3.0, 4.0), (4.0, 6.0)], 1)


def test_in_a_gap_they_share_it_evenly():
    told, lost = found(entry(0, 1), entry(), entry(), entry(2, 3), entry())
    assert told == [(0.0, 1.0), (1.0, 1.5), (1.5, 2.0), (2.0, 3.0), (3.0, 5.0)]
    assert lost == 3
    assert found(entry(), entry(100, 101))[0][0] == (0.0, 2.0)  # no longer than two seconds


@pytest.mark.parametrize(
    "no_times",
    [
        entry(1),
        entry(end=1),
        entry(2, 1),
        entry(1, 1),
        entry(-1, 1),
        entry("1", "2"),
        entry(0, math.inf),
        entry(math.nan, 1),
    ],
)
def test_what_is_no_span_of_time_is_made_up(no_times):
    assert found(no_times) == ([(0.0, 2.0)], 1)


@given(st.lists(st.none() | st.tuples(st.integers(0, 50), st.integers(1, 5)), max_size=8))
def test_no_entry_is_lost_and_what_is_made_up_comes_after_what_was_before(told):
    items = [entry() if one is None else entry(one[0], one[0] + one[1]) for one in told]
    times, lost = found(*items)
    assert len(times) == len(items)
    assert lost == told.count(None)
    for at, (begin, end) in enumerate(times):
        assert 0 <= begin < end
        if told[at] is None:
            assert begin >= max((before for _, before in times[:at]), default=0.0)
            assert end - begin <= 2.0
        else:
            assert (begin, end) == (told[at][0], sum(told[at]))
