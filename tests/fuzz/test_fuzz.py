"""The fuzzing targets on a few inputs each, what once failed, and the runner itself."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

import igtkit
from fuzz.mutators import MUTATORS, mutate
from fuzz.run import Watch
from fuzz.targets import CRASHES, SEEDS, TARGETS, seeds

EXECUTIONS = 40
KEPT = [path for path in sorted(CRASHES.glob("*/*")) if path.is_file()]


def target_of(name):
    target = TARGETS[name]
    if target.needs is not None and importlib.util.find_spec(target.needs) is None:
        pytest.skip(f"{target.needs} is not installed")
    return target


@pytest.mark.filterwarnings("ignore::UserWarning")  # a library's word on damaged metadata
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_entries_and_igtkit_errors(name):
    target = target_of(name)
    start = [seed for seed in seeds(target) if len(seed) < 5_000]
    for seed in start:
        target.check(seed)
    own = random.Random(7)
    for _ in range(EXECUTIONS):
        target.check(mutate(target.mutation, own.choice(start), own))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_failed_holds(path):
    target_of(path.parent.name).check(path.read_bytes())


def test_every_folder_of_seeds_has_a_target():
    folders = {path.name for path in (*SEEDS.iterdir(), *CRASHES.iterdir())}
    assert folders <= set(TARGETS)


def test_every_format_that_can_be_read_has_a_target():
    from igtkit.io import formats

    assert {format_.name for format_ in formats().values() if format_.read} <= set(TARGETS)


@pytest.mark.parametrize("kind", MUTATORS)
def test_a_mutation_depends_on_its_seed_alone(kind):
    seed = b'<a x="1"><b>c d</b></a>\n{"a": [1, "b c"]}\n===\na,b\n1,2\n'
    outcomes = [mutate(kind, seed, random.Random(number)) for number in range(20)]
    assert outcomes == [mutate(kind, seed, random.Random(number)) for number in range(20)]
    assert len(set(outcomes)) > 10
    mutate(kind, b"", random.Random(0))


def test_a_failure_is_kept_once_for_each_place(tmp_path):
    def check(data):
        if data.startswith(b"bad"):
            raise KeyError("bad")

    watch = Watch(check, tmp_path, slow=60)
    for data in (b"good", b"bad 1", b"bad 2"):
        watch(data)
    kept, told = sorted(tmp_path.iterdir(), key=lambda path: path.suffix)
    assert kept.read_bytes() == b"bad 1"
    assert "KeyError" in told.read_text()


def test_the_runner_counts_what_it_ran(tmp_path):
    command = [sys.executable, str(Path(__file__).with_name("run.py"))]
    command += ["gloss", "--engine", "plain", "--seconds", "1", "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    figures = json.loads((tmp_path / "figures.jsonl").read_text())
    assert figures["target"] == "gloss"
    assert figures["executions"] > 10
    assert figures["findings"] == 0


RUNS = {
    "text": b"ev-ler\nhouse-PL small" + "\u200f\n".encode() * 20_000 + b"\n'x y'\n",
    "lexicon": b"form,gloss" + ",\u0301".encode() * 20_000 + b"\nx,y\n",
    "normalize": b"biber var, " + b"x(y)" * 20_000,
    "alignment": b"a\x1ea\x1ea" + b"-" * 20_000,
    "sigmorphon": b"\\t a\n\\m a\n\\g a" + b"-" * 20_000 + b"\n",
}
"""Inputs that once took time or memory by the square of their length; now milliseconds each."""


@pytest.mark.parametrize("name", RUNS)
def test_long_runs_are_no_trap(name):
    target_of(name).check(RUNS[name])


def test_messages_about_a_long_word_are_short():
    word = "a" + "-" * 5_000
    issues = igtkit.check(igtkit.IGT("a", word, word))
    assert len(issues) > 5_000
    assert max(len(issue.message) for issue in issues) < 200
