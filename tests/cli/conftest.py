"""A small file, and the command called in this process."""

from __future__ import annotations

import shutil

import pytest
from cli.entries import BAD, GOOD
from cli.story import OPEN_SENTENCES, SENTENCES
from models.quick import quick_glosser

from igtkit import write
from igtkit.cli import main


@pytest.fixture
def corpus(tmp_path):
    """A file with one entry that aligns and one that does not."""
    path = tmp_path / "corpus.txt"
    path.write_text(f"{GOOD}\n{BAD}", encoding="utf-8")
    return path


@pytest.fixture
def run(capsys):
    """Call the command; gives its exit status and what it printed on both streams."""

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.fixture
def story(tmp_path):
    """A file with fifty glossed sentences and ten that are not."""
    path = tmp_path / "story.jsonl"
    write([*SENTENCES[:50], *OPEN_SENTENCES], path)
    return path


@pytest.fixture(scope="session")
def fitted(tmp_path_factory):
    """A folder with a glosser that learned from thirty sentences; no test changes it."""
    folder = tmp_path_factory.mktemp("fitted") / "model"
    quick_glosser().fit(SENTENCES[:30]).save_pretrained(folder)
    return folder


@pytest.fixture
def model(fitted, tmp_path):
    """A copy of it, to be changed."""
    return shutil.copytree(fitted, tmp_path / "model")
