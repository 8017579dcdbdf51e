"""The pictures of the gallery are drawn by the examples of its page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="matplotlib is not installed (the extra `plots`)")
DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_picture_of_the_page_is_drawn(tmp_path):
    drawn = subprocess.run(
        [sys.executable, DOCS / "examples" / "figures.py", "--output", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=280,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert drawn.returncode == 0, drawn.stdout + drawn.stderr
    page = (DOCS / "figures.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[.+\]\(images/(.+)\)", page)  # each with an alternative text
    assert sorted(shown) == sorted(path.name for path in tmp_path.iterdir())
    assert all((DOCS / "images" / name).is_file() for name in shown)
