"""Small Toolbox files for tests, and what reads and writes them."""

from __future__ import annotations

import io

from hypothesis import HealthCheck, settings

from igtkit.igt import IGT
from igtkit.io import read, write

RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

RECORD = """\\ref a.1
\\tx palasilu        buro
\\mb pala  -si =lu   buro
\\ge house -PL =and  burn
\\ps n     -sf =cl   v

\\ft And the houses burned.
"""


def parse(text: str, **options):
    return read(io.StringIO(text), "toolbox", **options)


def render(items, **options) -> tuple[str, dict[str, int]]:
    out = io.StringIO()
    report = write(items, out, "toolbox", **options)
    return out.getvalue(), dict(report.lost)


def issues(igt: IGT) -> list[str]:
    return igt.metadata.get("toolbox", {}).get("issues", [])
