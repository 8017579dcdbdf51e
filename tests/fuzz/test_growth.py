"""Time grows in proportion to the length of an input; `growth.py` measures all patterns better."""

from __future__ import annotations

import importlib.util
import shutil

import pytest

from fuzz.growth import Growth, measure
from fuzz.patterns import FOLDER, PATTERNS, Pattern

NEEDS = {"conllu": "conllu", "textgrid": "praatio", "cldf": "pycldf", "parquet": "pyarrow"}
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
    *("normalize: two accents in turn", "find: two accents in turn", "decode word: translation"),
    *("decode word: two accents in turn", "learn uneven lines: marks"),
    *("inconsistencies: labels", "inconsistencies: splits"),
)
"""Patterns that once took the square of their length, or might have."""

LIMIT = 1.5  # for a quick look on a machine that has other work
QUICK = [*(name for name in PATTERNS if name.startswith("read ")), *ONCE]


@pytest.fixture(scope="session", autouse=True)
def remove_inputs():
    yield
    shutil.rmtree(FOLDER)


@pytest.mark.parametrize("name", QUICK)
def test_time_grows_in_proportion(name):
    needs = next((needs for format_, needs in NEEDS.items() if format_ in name), None)
    if needs is not None and importlib.util.find_spec(needs) is None:
        pytest.skip(f"{needs} is not installed")
    found = measure(PATTERNS[name], floor=0.01, doublings=2)
    assert found.exponent is None or found.exponent < LIMIT, str(found)


class Steps:
    """Work whose time is its number of steps, a hundred thousand in a second."""

    def __init__(self, power: float) -> None:
        self.power = power
        self.done = 0.0

    def run(self, size: int) -> None:
        self.done += size**self.power

    def clock(self) -> float:
        return self.done / 100_000


@pytest.mark.parametrize("power", [1, 1.5, 2])
def test_growth_is_told(power):
    steps = Steps(power)
    found = measure(Pattern(int, steps.run), floor=0.01, doublings=2, clock=steps.clock)
    assert found.exponent == pytest.approx(power)
    assert len(found.sizes) == len(found.seconds) == 3
    assert found.seconds[0] >= 0.01
    assert found.sizes == (found.sizes[0], 2 * found.sizes[0], 4 * found.sizes[0])


def test_what_is_done_at_once_has_no_growth():
    steps = Steps(0)
    assert measure(Pattern(int, steps.run), clock=steps.clock).exponent is None


@pytest.mark.parametrize("slow", [1, 2, 3])
def test_what_was_slow_for_other_reasons_is_measured_again(slow):
    """The last of three sizes is slow, as often as is told; then it takes its time."""
    steps = Steps(1)
    largest = []

    def run(size):
        steps.run(size)
        if size >= 4096 and size not in largest:
            largest.append(size)
            if len(largest) <= slow:
                steps.run(15 * size)

    found = measure(Pattern(int, run), floor=0.01, doublings=2, clock=steps.clock)
    assert found.sizes[-1] == 4096 * 2**slow
    assert found.exponent == pytest.approx(1)


def test_a_square_is_measured_four_times():
    steps = Steps(2)
    sizes = []

    def run(size):
        steps.run(size / 8)
        sizes.append(size)

    found = measure(Pattern(int, run), floor=0.01, doublings=2, clock=steps.clock)
    assert found.exponent == pytest.approx(2)
    first, *_, last = sizes[-12::3]
    assert last == 8 * first


def test_growth_is_written():
    assert str(Growth(2.0, (8, 16), (0.1, 0.4))) == "n^2.00, 16 pieces in 0.40 s"
    assert str(Growth(None, (8,), (0.0,))) == "none, 8 pieces in 0.00 s"
