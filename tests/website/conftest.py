"""The site, built once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from igtkit._files import locked_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the built site, and what MkDocs warned of; processes of one run share it."""
    pytest.importorskip("mkdocstrings", reason="the documentation needs the extra 'docs'")
    pytest.importorskip("material", reason="the documentation needs the extra 'docs'")
    if not (ROOT / "mkdocs.yml").is_file():
        pytest.skip("the configuration of the site is not part of the built package")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    folder.mkdir(exist_ok=True)
    with locked_folder(folder):
        log = folder / "mkdocs.log"
        if not log.exists():
            log.write_text(_build(folder / "html"), encoding="utf-8")
        said = log.read_text(encoding="utf-8")
    return folder / "html", [
        line for line in said.split("\n") if line[:7] in {"WARNING", "ERROR  "}
    ]


def _build(folder):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", folder],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.fixture(scope="session")
def site(built):
    """The folder alone."""
    return built[0]
