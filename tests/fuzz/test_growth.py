"""Time grows in proportion to the length of an input; `growth.py` measures all patterns better."""

from __future__ import annotations

import importlib.util

import pytest

from fuzz.growth import Growth, measure
from fuzz.patterns import PATTERNS, Pattern

NEEDS = {"textgrid": "praatio", "cldf": "pycldf", "parquet": "pyarrow"}
ONCE = (
    *("align: punctuation that differs", "check: marks", "check: punctuation that differs"),
    *(
        "find: words",
        "normalize: hyphens before spaces",
        "normalize: question marks",
        "normalize: inverted",
        "normalize: brackets",
    ),
    *("normalize: colons", "normalize: quotes", "evaluate: punctuation"),
)
"""Patterns that once took the square of their length, or might have."""

LIMIT = 1.5  # for a quick look on a machine that has other work
QUICK = [*(name for name in PATTERNS if name.startswith("read ")), *ONCE]


@pytest.mark.parametrize("name", QUICK)
def test_time_grows_in_proportion(name):
    needs = next((needs for format_, needs in NEEDS.items() if format_ in name), None)
    if needs is not None and importlib.util.find_spec(needs) is None:
        pytest.skip(f"{needs} is not installed")
    found = measure(PATTERNS[name], floor=0.01, doublings=2)
    assert found.exponent is None or found.exponent < LIMIT, str(found)


def test_growth_is_told():
    def square(size):
        return sum(1 for _ in range(size) for _ in range(size))

    def proportion(size):
        return sum(range(40 * size))

    fast = measure(Pattern(int, square), floor=0.01, doublings=2)
    assert 1.7 < fast.exponent < 2.3
    assert len(fast.sizes) == len(fast.seconds) == 3
    assert measure(Pattern(int, proportion), floor=0.01, doublings=2).exponent < 1.4
    assert measure(Pattern(int, bool), floor=0.01).exponent is None
    assert str(Growth(2.0, (8, 16), (0.1, 0.4))) == "n^2.00, 16 pieces in 0.40 s"
