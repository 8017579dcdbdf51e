"""How time grows with the length of an input: what grows faster than n^1.3 is reported.

    python tests/fuzz/growth.py [NAME ...] [--quick] [--all]

Each pattern is an input of any length and something that is done to it. The input is made longer
until that takes a floor of processor time (50 ms), then doubled three times. The exponent is the
slope of the logarithms: 1 is in proportion, 2 the square. Whatever is above the limit is measured
again, with inputs twice as long each time, and the lowest figure counts: a machine with other work,
or memory that is asked of the system for the first time, makes one size slow, a square stays one.
NAME is the beginning of a pattern's name. --quick is for continuous integration: a lower floor, and
two doublings. Patterns stand in `fuzz.patterns`.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import math
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import attrs

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fuzz.patterns import PATTERNS, Pattern, known
from igtkit.errors import IGTError

__all__ = ["LIMIT", "Growth", "measure"]

LIMIT = 1.3
LARGEST = 1 << 16  # pieces; what takes no time with so many has none to lose
LONGEST = 8.0  # seconds after which nothing is doubled any more
ATTEMPTS = 4


@attrs.frozen
class Growth:
    """What was measured.

    Attributes:
        exponent: The slope; None where the largest input did not take the floor.
        sizes: Numbers of pieces.
        seconds: Processor time of each.
    """

    exponent: float | None
    sizes: tuple[int, ...]
    seconds: tuple[float, ...]

    def __str__(self) -> str:
        last = f"{self.sizes[-1]:,} pieces in {self.seconds[-1]:.2f} s"
        return f"n^{self.exponent:.2f}, {last}" if self.exponent is not None else f"none, {last}"


def measure(
    pattern: Pattern,
    *,
    floor: float = 0.05,
    doublings: int = 3,
    clock: Callable[[], float] = time.process_time,
) -> Growth:
    """Measure how the time of a pattern grows; again, while that is faster than the limit."""

    def seconds_of(size: int) -> float:
        return _seconds(pattern, size, clock)

    seconds_of(pattern.start)  # loads what is loaded once
    found = _measure_once(seconds_of, pattern.start, floor, doublings)
    start = found.sizes[0]
    for _ in range(ATTEMPTS - 1):
        if found.exponent is None or found.exponent <= LIMIT:
            break
        start *= 2
        again = _measure_once(seconds_of, start, floor, doublings)
        if again.exponent is None or again.exponent < found.exponent:
            found = again
    return found


def _measure_once(
    seconds_of: Callable[[int], float], size: int, floor: float, doublings: int
) -> Growth:
    took = seconds_of(size)
    while took < floor and size < LARGEST:
        size *= 4 if took < floor / 8 else 2
        took = seconds_of(size)
    if took < floor:
        return Growth(None, (size,), (took,))
    sizes, seconds = [size], [took]
    while len(sizes) <= doublings and seconds[-1] < LONGEST:
        sizes.append(2 * sizes[-1])
        seconds.append(seconds_of(sizes[-1]))
    slope = math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
    return Growth(slope, tuple(sizes), tuple(seconds))


def _seconds(pattern: Pattern, size: int, clock: Callable[[], float]) -> float:
    made = pattern.make(size)
    gc.disable()  # whose time grows with everything else that lives
    try:
        start = clock()
        with contextlib.suppress(IGTError):
            pattern.run(made)
        return clock() - start
    finally:
        gc.enable()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=[""])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--all", action="store_true", help="tell of every pattern")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    faster = 0
    for name, pattern in PATTERNS.items():
        if not name.startswith(tuple(options.names)):
            continue
        how = {"floor": 0.01, "doublings": 2} if options.quick else {}
        found = measure(pattern, **how)
        is_faster = found.exponent is not None and found.exponent > LIMIT
        why = known(name) if is_faster else None
        faster += is_faster and why is None
        if is_faster or options.all:
            mark = "FASTER " if is_faster else ""
            print(f"{mark}{name}: {found}{f' (known: {why})' if why else ''}", flush=True)
    print(f"{faster} patterns grow faster than n^{LIMIT}, beside those that are known to")
    return int(faster > 0)


if __name__ == "__main__":
    sys.exit(main())
