"""The template of a package that adds to igtkit, built, installed and found."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import igtkit

PLUGIN = Path(__file__).resolve().parents[2] / "docs" / "examples" / "plugin"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The environment of a process that finds the package."""
    pytest.importorskip("hatchling", reason="hatchling, which builds the package, is not installed")
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation",
         "--no-index", "--target", folder, PLUGIN],
        check=True,
    )  # fmt: skip
    here = Path(igtkit.__file__).parents[1]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder, here)))}


def test_its_own_tests_pass(installed, tmp_path):
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull,
         "--rootdir", tmp_path, PLUGIN / "tests"],
        check=True, cwd=tmp_path, env={**installed, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def test_the_commands_know_its_format(installed, tmp_path):
    igtkit.write(igtkit.load_sample()[:3], tmp_path / "a.jsonl")

    def run(*arguments):
        command = [sys.executable, "-m", "igtkit", *arguments]
        return subprocess.run(command, check=True, cwd=tmp_path, env=installed, capture_output=True)

    run("convert", "a.jsonl", "b.bars")
    run("convert", "b.bars", "c.jsonl")
    run("convert", "b.bars", "d.jsonl", "--format", "bars")
    written = igtkit.read(tmp_path / "c.jsonl")
    assert [igt.glosses for igt in written] == [igt.glosses for igt in igtkit.load_sample()[:3]]
    assert (tmp_path / "c.jsonl").read_bytes() == (tmp_path / "d.jsonl").read_bytes()
