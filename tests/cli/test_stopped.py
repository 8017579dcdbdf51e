"""Ctrl-C, a real one, at any moment: every file is as it was, or whole."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import pytest
from cli.story import SENTENCES

from igtkit import read, write
from igtkit.models import load_glosser

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")

STOPPED = 130
SECONDS = (0.0, 1.0, 2.5)  # while it learns, and while it writes or thereafter


@pytest.fixture(autouse=True)
def heard():
    """Ctrl-C is heard, also where a shell began the tests in the background, which do not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def stopped(folder, *arguments, begun, seconds):
    """Run the command, press Ctrl-C so many seconds later if it still runs; its status and words.

    With `begun` the seconds are counted from the first line that it says.
    """
    command = [sys.executable, "-m", "igtkit", *map(str, arguments)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        said = process.stderr.readline() if begun else ""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.send_signal(signal.SIGINT)
        said += process.stderr.read()
        return process.wait(timeout=60), said


def content(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*")
            if path.is_file()}  # fmt: skip


@pytest.mark.parametrize("seconds", SECONDS)
def test_gloss_in_place_leaves_the_file_and_nothing_beside_it(story, seconds):
    before = story.read_bytes()
    status, said = stopped(story.parent, "gloss", story, "--in-place", begun=True, seconds=seconds)
    assert "Traceback" not in said
    if status == STOPPED:
        assert said.endswith("igtkit: stopped\n")
    assert {path.name for path in story.parent.iterdir()} <= {story.name, f"{story.name}.bak"}
    if story.read_bytes() != before:  # it is written whole, even if the signal came just after
        assert all(igt.glosses for igt in read(story))


@pytest.mark.parametrize("seconds", SECONDS)
def test_train_leaves_no_half_of_a_glosser(story, tmp_path, seconds):
    status, said = stopped(tmp_path, "train", story, "-o", "mine", begun=True, seconds=2 * seconds)
    assert "Traceback" not in said
    if status == STOPPED:
        assert not (tmp_path / "mine").exists()
    else:
        load_glosser(tmp_path / "mine")


@pytest.mark.parametrize("seconds", SECONDS)
def test_update_leaves_the_old_glosser_or_the_new_one(model, tmp_path, seconds):
    write(SENTENCES[30:40], tmp_path / "corrected.jsonl")
    before = content(model)
    _, said = stopped(
        tmp_path, "update", model, "corrected.jsonl", begun=False, seconds=0.7 + seconds / 2
    )
    load_glosser(model)  # whose checksums tell that it is whole
    after = content(model)
    assert len(after) == len(before), said
    assert not [name for name in after if name.name.startswith(".")], said


def test_evaluate_writes_nothing(story):
    status, said = stopped(story.parent, "evaluate", story, begun=False, seconds=1.5)
    assert status in (STOPPED, 0), said  # a fast machine is at the end before
    assert status == 0 or said == "igtkit: stopped\n"
    assert list(content(story.parent)) == [story.relative_to(story.parent)]
