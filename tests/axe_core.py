"""axe-core, by which pages are looked at for what hinders access; npm fetches it once."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from igtkit._files import replace_file

AXE = "axe-core@4.10.3"


def fetch_axe(folder: Path) -> str:
    """The script, from a folder that it is kept in; the test is skipped where npm does not get it."""
    script = folder / "axe.min.js"
    if not script.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("access is checked with axe-core, which npm fetches; there is no npm")
        try:
            done = subprocess.run(
                [npm, "pack", AXE, "--silent"],
                cwd=folder, capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            pytest.skip(f"npm does not get {AXE}: no answer in a minute")
        if done.returncode:
            pytest.skip(f"npm does not get {AXE}: {done.stderr.strip()[-200:]}")
        with tarfile.open(folder / done.stdout.split()[-1]) as packed:
            replace_file(script, packed.extractfile("package/axe.min.js").read())
    return script.read_text(encoding="utf-8")
