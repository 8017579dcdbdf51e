"""The site, built once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the built site, and what MkDocs warned of."""
    pytest.importorskip("mkdocstrings", reason="the documentation needs the extra 'docs'")
    pytest.importorskip("material", reason="the documentation needs the extra 'docs'")
    if not (ROOT / "mkdocs.yml").is_file():
        pytest.skip("the configuration of the site is not part of the built package")
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", folder],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return folder, [line for line in done.stderr.split("\n") if line[:7] in {"WARNING", "ERROR  "}]


@pytest.fixture(scope="session")
def site(built):
    """The folder alone."""
    return built[0]
