"""A release is one command: what it refuses, and what it leaves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import igtkit

ROOT = Path(__file__).resolve().parents[1]
VERSION = igtkit.__version__
NAMES = {"AUTHOR": "A. Linguist", "COMMITTER": "A. Linguist"}

pytestmark = pytest.mark.skipif(
    not (ROOT / ".ci" / "release").is_file() or shutil.which("git") is None,
    reason="a release is made from a git checkout",
)


def git(folder, *arguments):
    names = {f"GIT_{who}_NAME": name for who, name in NAMES.items()}
    addresses = {f"GIT_{who}_EMAIL": "a@example.org" for who in NAMES}
    done = subprocess.run(
        ["git", "-C", folder, *arguments],
        env={**os.environ, **names, **addresses},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def copy(tmp_path):
    """A repository of its own with the files of this checkout, all committed."""
    folder = tmp_path / "igtkit"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    changelog = folder / "CHANGELOG.md"
    text = re.sub(r"\(\d{4}-\d\d-\d\d\)", "(unreleased)", changelog.read_text(), count=1)
    changelog.write_text(text)
    citation = folder / "CITATION.cff"
    citation.write_text(re.sub(r"\ndate-released: .*", "", citation.read_text()))
    git(tmp_path, "init", "--quiet", folder)
    git(folder, "config", "user.name", "A. Linguist")
    git(folder, "config", "user.email", "a@example.org")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


def release(folder, version=VERSION):
    done = subprocess.run(
        [sys.executable, folder / ".ci" / "release", version],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_what_is_not_ready_is_not_released(copy):
    begun = git(copy, "rev-parse", "HEAD")
    assert release(copy, "9.9.9") == (1, f"igtkit/__init__.py is of version {VERSION}, not 9.9.9\n")
    (copy / "README.md").write_text("changed")
    assert "not committed" in release(copy)[1]
    git(copy, "checkout", "--", "README.md")
    citation = (copy / "CITATION.cff").read_text()
    (copy / "CITATION.cff").write_text(
        citation.replace(f"\nversion: {VERSION}", "\nversion: 0.0.1")
    )
    git(copy, "commit", "--quiet", "--all", "--message", "Another version")
    assert "CITATION.cff is of version 0.0.1" in release(copy)[1]
    git(copy, "reset", "--quiet", "--hard", begun)
    git(copy, "tag", f"v{VERSION}")
    assert f"there is a tag v{VERSION} already" in release(copy)[1]
    git(copy, "tag", "--delete", f"v{VERSION}")
    changelog = (copy / "CHANGELOG.md").read_text().replace("(unreleased)", "(2001-01-01)", 1)
    (copy / "CHANGELOG.md").write_text(changelog)
    git(copy, "commit", "--quiet", "--all", "--message", "A day")
    assert "CHANGELOG.md has the day of a release already" in release(copy)[1]
    assert git(copy, "tag") == ""
    assert not (copy / "dist").exists()


@pytest.mark.slow
def test_a_release_is_dated_built_tried_and_tagged(copy):
    for needed in ("build", "twine", "hatchling", "cffconvert"):
        pytest.importorskip(needed)
    status, said = release(copy)
    if "No matching distribution" in said:
        pytest.skip("the packages that igtkit needs cannot be installed from here")
    assert status == 0, said
    assert f"tagged v{VERSION}" in said
    assert git(copy, "log", "-1", "--format=%s") == f"Release {VERSION}"
    assert git(copy, "describe", "--exact-match") == f"v{VERSION}"
    assert git(copy, "status", "--porcelain") == ""
    day = re.search(r"^date-released: (.*)$", (copy / "CITATION.cff").read_text(), re.MULTILINE)[1]
    assert f"## {VERSION} ({day})\n" in (copy / "CHANGELOG.md").read_text()
    assert {path.name for path in (copy / "dist").iterdir()} == {
        f"igtkit-{VERSION}-py3-none-any.whl",
        f"igtkit-{VERSION}.tar.gz",
    }
    assert f"there is a tag v{VERSION} already" in release(copy)[1]
