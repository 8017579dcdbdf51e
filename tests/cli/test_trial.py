"""Whatever options and files a user gives, the answer is a line, and no other file changes."""

from __future__ import annotations

import io
import os
import random
import shutil
import types

import pytest
from cli.trial import draw, make_files

from igtkit.cli import main

READING = {"check", "inspect", "audit", "score", "show", "evaluate", "next"}
TRIALS = range(int(os.environ.get("IGTKIT_TRIALS", "60")))
"""Commands that learn take longer, and come once in ten."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    make_files(folder)
    return folder


@pytest.mark.parametrize("seed", TRIALS)
def test_no_command_fails_in_silence_or_aloud(files, tmp_path, monkeypatch, capsys, seed):
    folder = tmp_path / "work"
    shutil.copytree(files, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    names = sorted(path.name for path in folder.iterdir())
    arguments = draw(random.Random(seed), names, learning=seed % 10 == 0)
    monkeypatch.chdir(folder)
    standard_input = io.BytesIO((folder / "story.jsonl").read_bytes())
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=standard_input))
    try:
        status = main(arguments)
    except SystemExit as exit_:  # argparse, of what it does not know
        status = exit_.code
    said = capsys.readouterr().err
    assert "bug in igtkit" not in said, (arguments, said)
    assert "Traceback" not in said, (arguments, said)
    assert status in (0, 1, 2, 3), arguments
    changed = [path for path, content in before.items()
               if not path.exists() or path.read_bytes() != content]  # fmt: skip
    named = [str(path.relative_to(folder)).partition("/")[0] in arguments for path in changed]
    assert all(named), (arguments, changed)
    assert not changed or arguments[0] not in READING, (arguments, changed)
    assert not list(folder.rglob(".*.part")), arguments
