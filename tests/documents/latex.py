"""Small papers for tests, and what reads and writes them."""

from __future__ import annotations

import io

from hypothesis import HealthCheck, settings

from igtkit.igt import IGT
from igtkit.io import read, write

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
STYLES = ("gb4e", "expex", "linguex")


def parse(text: str, **options):
    return read(io.StringIO(text), "latex", **options)


def render(items, **options) -> tuple[str, dict[str, int]]:
    out = io.StringIO()
    report = write(items, out, "latex", **options)
    return out.getvalue(), dict(report.lost)


HOUSES = IGT(None, "pala-si buro", "house-PL burn", "The houses burned.")
