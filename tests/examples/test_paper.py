"""The commands on the page about the paper are commands that exist."""

from __future__ import annotations

import functools
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="torch is not installed (the extra `train`)")
pytest.importorskip("accelerate", reason="accelerate is not installed (the extra `train`)")
ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "paper.md").read_text(encoding="utf-8")
COMMANDS = [
    line for fence in FENCE.findall(PAGE) for line in fence.replace("\\\n", "").splitlines()
]


@functools.cache
def help_of(script):
    return subprocess.run(
        [sys.executable, ROOT / script, "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=280,
    ).stdout


def test_the_page_has_commands():
    assert len(COMMANDS) > 5


@pytest.mark.parametrize("command", COMMANDS)
def test_scripts_know_the_options_they_are_given(command):
    words = shlex.split(command)
    place = next(index for index, word in enumerate(words) if word.endswith(".py"))
    known = set(re.findall(r"--[a-z0-9-]+", help_of(words[place])))
    assert {word for word in words[place:] if word.startswith("--")} <= known


def test_scripts_that_are_only_named_are_there():
    named = set(re.findall(r"`((?:docs/examples/|benchmarks/)?\w+\.py)", PAGE))
    folders = (ROOT, ROOT / "docs" / "examples")
    assert [name for name in named if not any((each / name).is_file() for each in folders)] == []


def test_benchmark_pages_that_are_named_are_there():
    for name in set(re.findall(r"`(benchmarks/[\w-]+\.md)`", PAGE)):
        assert (ROOT / name).is_file(), name
